/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/try_feed.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "generated/paths.h"

enum { CANNOT_START = 127, STATUS_OF_SIGNALS = 128 };

/* Beside this program, as where both were built; otherwise where it was installed. */
static bool find_daemon(struct text *path, struct error *err)
{
	char own[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", own, sizeof own - 1);
	own[len > 0 ? len : 0] = '\0';
	const char *slash = strrchr(own, '/');
	text_add(path, own, slash != NULL ? (size_t)(slash + 1 - own) : 0);
	text_add_string(path, "envgapd");
	if (!text_ok(path, "the path of envgapd", err))
		return false;
	if (slash != NULL && access(path->data, X_OK) == 0)
		return true;
	text_clear(path);
	text_add_string(path, PATH_DAEMON);
	return text_ok(path, "the path of envgapd", err);
}

static void close_stream(FILE **stream)
{
	if (*stream != NULL)
		(void)fclose(*stream);
}

/* Its messages line by line, in the language of the user. */
static void hand_on(const struct session *session, FILE *messages)
{
	AUTO_FREE char *line = NULL;
	size_t room = 0;
	ssize_t len;
	while ((len = getline(&line, &room, messages)) > 0)
		session_complain(session, (struct span){line, (size_t)len});
}

static bool wait_for(pid_t child, int *ret, struct error *err)
{
	int status = 0;
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return error_errno(err, "envgapd");
	*ret = WIFEXITED(status) ? WEXITSTATUS(status) : STATUS_OF_SIGNALS + WTERMSIG(status);
	return true;
}

static bool start(char *const *arguments, FILE **messages, pid_t *ret, struct error *err)
{
	int ends[2];
	if (pipe(ends) != 0)
		return error_errno(err, "envgapd");
	pid_t child = fork();
	if (child == 0) {
		(void)dup2(ends[1], STDERR_FILENO);
		(void)close(ends[0]);
		(void)close(ends[1]);
		(void)execv(arguments[0], arguments);
		_exit(CANNOT_START);
	}
	(void)close(ends[1]);
	*messages = child > 0 ? fdopen(ends[0], "r") : NULL;
	if (*messages == NULL)
		(void)close(ends[0]);
	if (child < 0)
		return error_errno(err, "envgapd");
	*ret = child;
	return true;
}

/* envgapd speaks English: what it says is translated on the way. */
static bool run_translated(struct session *session, char *const *arguments, struct error *err)
{
	AUTO(close_stream) FILE *messages = NULL;
	pid_t child = 0;
	if (!start(arguments, &messages, &child, err))
		return false;
	if (messages != NULL)
		hand_on(session, messages);
	if (!wait_for(child, &session->status, err))
		return false;
	if (messages == NULL)
		return error_memory(err);
	return session->status != CANNOT_START ||
	       error_set(err, ERROR_NOT_FOUND, "%s cannot be started", arguments[0]);
}

bool try_feed_run(struct session *session, struct error *err)
{
	AUTO_TEXT struct text path = text_with_limit(PATH_MAX);
	const char *feed = session_argument(session, 0);
	if (feed == NULL)
		return error_set(err, ERROR_INPUT, "feeds: --test needs a feed");
	if (!session_find_config(session, err) || !find_daemon(&path, err))
		return false;
	char records[] = "--records";
	char dry_run[] = "--dry-run";
	char config[] = "-c";
	AUTO_FREE char *id = span_dup(span_of(feed));
	if (id == NULL)
		return error_memory(err);
	char *const arguments[] = {path.data, config, session->path, dry_run, id, records, NULL};
	if (session->tongue != NULL)
		return run_translated(session, arguments, err);
	(void)execv(path.data, arguments);
	return error_errno(err, "%s cannot be started", path.data);
}
