/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/session.h"

#include <stdio.h>
#include <stdlib.h>

#include "generated/paths.h"

enum { MESSAGES_BYTES = 4 << 20 };

bool session_find_config(struct session *session, struct error *err)
{
	const char *path = session_option(session, OPTION_CONFIG);
	if (path == NULL)
		path = getenv("ENVGAP_CONF");
	if (path == NULL || path[0] == '\0')
		path = PATH_CONFIG;
	free(session->path);
	session->path = span_dup(span_of(path));
	return session->path != NULL || error_memory(err);
}

bool session_read_config(struct session *session, struct error *err)
{
	if (session->config != NULL)
		return true;
	return session_find_config(session, err) &&
	       config_load(session->path, &session->config, &session->problems, err) &&
	       problems_ok(&session->problems, err);
}

bool session_read_place(struct session *session, struct error *err)
{
	if (session->config != NULL)
		return true;
	if (!session_find_config(session, err) ||
	    !config_load(session->path, &session->config, &session->problems, err))
		return false;
	if (session->problems.errors == 0 || !config_says(session->config, "state_dir"))
		return problems_ok(&session->problems, err);
	AUTO_TEXT struct text said = text_with_limit(MESSAGES_BYTES);
	text_addf(&said,
		  "envgap: %s has mistakes, which 'envgapd --check' names; answered from %s\n",
		  session->path, session->config->state_dir);
	session_complain(session, text_span(&said));
	problems_done(&session->problems);
	return true;
}

void session_done(struct session *session)
{
	config_free(session->config);
	problems_done(&session->problems);
	tongue_free(session->tongue);
	free(session->path);
	*session = (struct session){0};
}

const char *session_argument(const struct session *session, size_t index)
{
	return index < session->argument_count ? session->arguments[index] : NULL;
}

const char *session_option(const struct session *session, enum option_id option)
{
	return session->options.values[option];
}

const char *session_text(const struct session *session, const char *english)
{
	return tongue_text(session->tongue, english);
}

void session_complain(const struct session *session, struct span messages)
{
	AUTO_TEXT struct text said = text_with_limit(MESSAGES_BYTES);
	tongue_say(session->tongue, messages, &said);
	if (said.failed)
		(void)fwrite(messages.start, 1, messages.len, stderr);
	else if (said.len > 0)
		(void)fwrite(said.data, 1, said.len, stderr);
}

bool session_print(const struct session *session, struct span text, struct error *err)
{
	(void)session;
	if ((text.len > 0 && fwrite(text.start, 1, text.len, stdout) != text.len) ||
	    fflush(stdout) != 0)
		return error_errno(err, "standard output");
	return true;
}

bool session_say(const struct session *session, struct span messages, struct error *err)
{
	AUTO_TEXT struct text said = text_with_limit(MESSAGES_BYTES);
	tongue_say(session->tongue, messages, &said);
	return text_ok(&said, "the answer", err) && session_print(session, text_span(&said), err);
}
