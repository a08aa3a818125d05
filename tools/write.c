/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/read_file.h"
#include "intake/import.h"
#include "tools/alone.h"
#include "tools/client.h"
#include "tools/export.h"

enum { EXIT_UNABLE = 3, COMPLAINT_BYTES = 1 << 20 };

/* The file that goes with a request; fd -1: none. */
struct attachment {
	int fd;
};

static void attachment_done(struct attachment *attachment)
{
	if (attachment->fd >= 0)
		(void)close(attachment->fd);
}

/* Does the line begin with "FILE:LINE:"? */
static bool has_place(struct span line)
{
	const char *end = line.start + line.len;
	for (const char *at = line.start; at < end && *at != ' '; at++) {
		size_t digits = *at == ':' ? strspn(at + 1, "0123456789") : 0;
		if (digits > 0 && at + 1 + digits < end && at[1 + digits] == ':')
			return true;
	}
	return false;
}

static void complain(const struct session *session, const char *complaint)
{
	AUTO_TEXT struct text out = text_with_limit(COMPLAINT_BYTES);
	struct span rest = span_of(complaint);
	while (rest.len > 0) {
		struct span line = span_cut(&rest, '\n');
		text_addf(&out, "%s%.*s\n", has_place(line) ? "" : "envgap: ", SPAN_ARGS(line));
	}
	session_complain(session, text_span(&out));
}

static bool show(struct session *session, const struct control_message *answer, struct error *err)
{
	session->status = (int)control_get_integer(answer, "exit", EXIT_UNABLE);
	complain(session, control_get(answer, "error"));
	return session_say(session, span_of(control_get(answer, "text")), err);
}

/* What is wrong with the configuration now need not keep a daemon from answering that was started
 * with a good one: it is a failure only when there is no daemon. */
static bool read_config(struct session *session, struct error *err)
{
	return session_find_config(session, err) &&
	       config_load(session->path, &session->config, &session->problems, err);
}

static bool do_it_here(struct session *session, const struct control_message *request,
		       const struct attachment *file, struct control_message *answer,
		       struct error *err)
{
	AUTO_FREE char *document = NULL;
	size_t len = 0;
	if (file->fd >= 0 && !read_file(file->fd, IMPORT_DOCUMENT_BYTES, &document, &len, err))
		return error_within(err, "%s", control_get(request, "name"));
	return alone_carry_out(session, request, (struct span){document, len}, answer, err);
}

/* Ask the daemon; *ret_there is false when there is none. */
static bool ask(struct session *session, const struct control_message *request, int file,
		struct control_message *answer, bool *ret_there, struct error *err)
{
	if (!read_config(session, err) ||
	    !client_ask(session->config->control, request, file, answer, ret_there, err))
		return false;
	if (*ret_there)
		problems_done(
			&session->problems); /* the daemon says what is wrong, if it is asked */
	return true;
}

/* A writer without a socket: 'envgapd --once', another command, or an envgapd that lost it.  False.
 */
static bool say_who_is_silent(const struct session *session, struct error *err)
{
	return err->code == ERROR_BUSY
		       ? error_within(err, "nobody listens at '%s'", session->config->control)
		       : false;
}

static bool carry_out(struct session *session, const struct control_message *request,
		      const struct attachment *file, bool *ret_alone, struct error *err)
{
	AUTO_MESSAGE struct control_message answer = {0};
	bool there = false;
	if (!ask(session, request, file->fd, &answer, &there, err))
		return false;
	if (!there && !do_it_here(session, request, file, &answer, err))
		return say_who_is_silent(session, err);
	*ret_alone = !there;
	return show(session, &answer, err);
}

static bool need_daemon(struct session *session, const struct control_message *request,
			const char *advice, struct error *err)
{
	AUTO_MESSAGE struct control_message answer = {0};
	bool there = false;
	if (!ask(session, request, -1, &answer, &there, err))
		return false;
	if (there)
		return show(session, &answer, err);
	return problems_ok(&session->problems, err) &&
	       error_set(err, ERROR_SYSTEM, "%s: no envgapd runs behind %s; %s",
			 control_get(request, "verb"), session->config->control, advice);
}

/* Options of the figure that are fields of the request under the same name. */
static const enum option_id figure_options[] = {
	OPTION_BREAKDOWN, OPTION_DEN, OPTION_NUM,    OPTION_PLACE,  OPTION_PUBLISHED,
	OPTION_QUALIFIER, OPTION_RAW, OPTION_SOURCE, OPTION_STATUS, OPTION_WHY,
};

static void set_figure(const struct session *session, const char *verb,
		       struct control_message *request)
{
	control_set(request, "verb", verb);
	control_set(request, "indicator", session_argument(session, 0));
	control_set(request, "area", session_argument(session, 1));
	control_set(request, "period", session_argument(session, 2));
	for (size_t i = 0; i < COUNT_OF(figure_options); i++)
		control_set(request, option_row(figure_options[i])->name,
			    session_option(session, figure_options[i]));
	if (options_has(&session->options, OPTION_CORRECT))
		control_set_integer(request, "correct", 1);
}

bool write_record(struct session *session, struct error *err)
{
	AUTO_MESSAGE struct control_message request = {0};
	const struct attachment none = {-1};
	const char *value = session_argument(session, 3);
	bool alone = false;
	set_figure(session, "record", &request);
	if (strcmp(value, "-") != 0)
		control_set(&request, "value", value);
	return carry_out(session, &request, &none, &alone, err);
}

bool write_withdraw(struct session *session, struct error *err)
{
	AUTO_MESSAGE struct control_message request = {0};
	const struct attachment none = {-1};
	bool alone = false;
	set_figure(session, "withdraw", &request);
	return carry_out(session, &request, &none, &alone, err);
}

/* Options of what is said about targets, likewise. */
static const enum option_id said_options[] = {
	OPTION_BREAKDOWN, OPTION_CAUSE, OPTION_NOTE,  OPTION_REMEDY,
	OPTION_TARGET,	  OPTION_TEXT,	OPTION_UNTIL, OPTION_YEAR,
};

static bool say(struct session *session, const char *verb, struct error *err)
{
	AUTO_MESSAGE struct control_message request = {0};
	const struct attachment none = {-1};
	bool alone = false;
	control_set(&request, "verb", verb);
	control_set(&request, "what", session_argument(session, 0));
	control_set(&request, "area", session_argument(session, 1));
	for (size_t i = 0; i < COUNT_OF(said_options); i++)
		control_set(&request, option_row(said_options[i])->name,
			    session_option(session, said_options[i]));
	if (options_has(&session->options, OPTION_REMOVE))
		control_set_integer(&request, "remove", 1);
	return carry_out(session, &request, &none, &alone, err);
}

bool write_ack(struct session *session, struct error *err)
{
	return say(session, "ack", err);
}

bool write_note(struct session *session, struct error *err)
{
	return say(session, "note", err);
}

/* The daemon reads only what cannot make it wait: anything else is copied into memory first. */
static bool copy_to_memory(struct attachment *attachment, struct error *err)
{
	AUTO_FREE char *document = NULL;
	size_t len = 0;
	size_t written = 0;
	if (!read_file(attachment->fd, IMPORT_DOCUMENT_BYTES, &document, &len, err))
		return false;
	int fd = memfd_create("envgap-import", MFD_CLOEXEC);
	if (fd < 0)
		return error_errno(err, "a file in memory");
	(void)close(attachment->fd);
	attachment->fd = fd;
	while (written < len) {
		ssize_t more = write(fd, document + written, len - written);
		if (more < 0)
			return error_errno(err, "a file in memory");
		written += (size_t)more;
	}
	return true;
}

static bool attach(const char *name, struct attachment *attachment, struct error *err)
{
	struct stat status;
	bool is_input = strcmp(name, "-") == 0;
	attachment->fd = is_input ? dup(STDIN_FILENO) : open(name, O_RDONLY | O_CLOEXEC);
	if (attachment->fd < 0 || fstat(attachment->fd, &status) != 0)
		return error_errno(err, "%s", name);
	if (S_ISDIR(status.st_mode))
		return error_set(err, ERROR_INPUT, "%s: is a directory, not a file", name);
	return S_ISREG(status.st_mode) || copy_to_memory(attachment, err) ||
	       error_within(err, "%s", name);
}

bool write_import(struct session *session, struct error *err)
{
	AUTO_MESSAGE struct control_message request = {0};
	AUTO(attachment_done) struct attachment file = {-1};
	const char *name = session_argument(session, 0);
	bool is_restore = options_has(&session->options, OPTION_RESTORE);
	bool alone = false;
	if (is_restore && export_is_whole(name))
		return export_restore(session, name, err);
	if (!attach(name, &file, err))
		return false;
	control_set(&request, "verb", "import");
	control_set(&request, "name", name);
	if (is_restore)
		control_set_integer(&request, "restore", 1);
	return carry_out(session, &request, &file, &alone, err);
}

/* Options of a delivery, likewise. */
static const enum option_id delivery_options[] = {
	OPTION_NOTE,
	OPTION_ON,
	OPTION_OWNER,
	OPTION_WHY,
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash != NULL ? slash + 1 : path;
}

bool write_deliver(struct session *session, struct error *err)
{
	AUTO_MESSAGE struct control_message request = {0};
	AUTO(attachment_done) struct attachment file = {-1};
	const char *name = session_option(session, OPTION_DOCUMENT);
	bool is_removal = options_has(&session->options, OPTION_REMOVE);
	bool alone = false;
	if (is_removal && (name != NULL || options_has(&session->options, OPTION_ON)))
		return error_set(err, ERROR_INPUT,
				 "--remove takes back the last delivery; --document and --on are "
				 "for a new one");
	if (name != NULL && !attach(name, &file, err))
		return false;
	control_set(&request, "verb", "deliver");
	control_set(&request, "duty", session_argument(session, 0));
	control_set(&request, "period", session_argument(session, 1));
	control_set(&request, "name", name ? base_name(name) : NULL);
	for (size_t i = 0; i < COUNT_OF(delivery_options); i++)
		control_set(&request, option_row(delivery_options[i])->name,
			    session_option(session, delivery_options[i]));
	if (is_removal)
		control_set_integer(&request, "remove", 1);
	return carry_out(session, &request, &file, &alone, err);
}

/* A request that is only its name. */
static bool carry_out_verb(struct session *session, const char *verb, bool *ret_alone,
			   struct error *err)
{
	AUTO_MESSAGE struct control_message request = {0};
	const struct attachment none = {-1};
	control_set(&request, "verb", verb);
	return carry_out(session, &request, &none, ret_alone, err);
}

bool write_rebuild(struct session *session, struct error *err)
{
	bool alone = false;
	if (!carry_out_verb(session, "rebuild", &alone, err))
		return false;
	if (!alone || session->status != 0 || !session->config->has_rrd)
		return true;
	return session_say(session,
			   span_of("RRD files are written when envgapd runs next, or by "
				   "'envgapd --once'\n"),
			   err);
}

bool write_accept(struct session *session, struct error *err)
{
	AUTO_MESSAGE struct control_message request = {0};
	const struct attachment none = {-1};
	const char *feed = session_argument(session, 0);
	bool alone = false;
	if (feed == NULL || options_has(&session->options, OPTION_REJECTS))
		return error_set(err, ERROR_INPUT, "--accept needs the id of one feed, alone");
	control_set(&request, "verb", "accept");
	control_set(&request, "feed", feed);
	return carry_out(session, &request, &none, &alone, err);
}

bool write_reload(struct session *session, struct error *err)
{
	bool alone = false;
	if (!carry_out_verb(session, "reload", &alone, err))
		return false;
	return !alone || session->status != 0 ||
	       session_say(
		       session,
		       span_of("no envgapd runs: the tables are taken in, and no feed is polled\n"),
		       err);
}

bool write_poll(struct session *session, struct error *err)
{
	AUTO_MESSAGE struct control_message request = {0};
	control_set(&request, "verb", "poll");
	control_set(&request, "feed", session_argument(session, 0));
	return need_daemon(session, &request, "start it, or poll all feeds with 'envgapd --once'",
			   err);
}
