/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One call of the program: what was asked for and what a command needs to answer it. */

#include "base/clock.h"
#include "base/problem.h"
#include "base/tongue.h"
#include "config/config.h"
#include "tools/options.h"

struct command;

struct session {
	struct options options;
	const struct command *command;
	char *const *arguments; /* behind the command's name */
	size_t argument_count;
	const char *program; /* argv[0], to find what lies beside it */
	struct clock clock;
	int64_t now;		  /* unix seconds */
	char *path;		  /* of envgap.conf */
	struct config *config;	  /* NULL until session_read_config */
	struct problems problems; /* of files; main() shows them */
	int status;		  /* exit status when nothing failed */
	struct tongue *tongue;	  /* of help and messages; NULL: English */
};

#define AUTO_SESSION AUTO(session_done)

/* Which envgap.conf: -c, else $ENVGAP_CONF, else the installed one. */
MUST_CHECK bool session_find_config(struct session *session, struct error *err);

/* Read it into session->config; what is wrong with it goes to session->problems. */
MUST_CHECK bool session_read_config(struct session *session, struct error *err);

/* The same for who only reads the ledger: a mistake elsewhere in the file is passed over when it
 * says where the ledger is. */
MUST_CHECK bool session_read_place(struct session *session, struct error *err);
void session_done(struct session *session);

/* The i-th argument; NULL when there are not so many. */
const char *session_argument(const struct session *session, size_t index);

/* The value of an option; NULL when it was not given. */
const char *session_option(const struct session *session, enum option_id option);

/* A text of ours that stands in a table, in the language of the user. */
const char *session_text(const struct session *session, const char *english);

/* Write messages to standard error in the language of the user. */
void session_complain(const struct session *session, struct span messages);

/* Write to standard output, all of it. */
MUST_CHECK bool session_print(const struct session *session, struct span text, struct error *err);

/* The same for English messages, in the language of the user. */
MUST_CHECK bool session_say(const struct session *session, struct span messages, struct error *err);
