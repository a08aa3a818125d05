/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/try_feed.h"

#include <limits.h>
#include <unistd.h>

#include "base/text.h"
#include "generated/paths.h"

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
	(void)execv(path.data, arguments);
	return error_errno(err, "%s cannot be started", path.data);
}
