/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The commands, a row each: what they are called, take, say about themselves and do. */

#include "tools/session.h"

/* Do it.  A failure is told by main(), which also says the exit status that belongs to its code;
 * an answer that is "no" sets session->status instead. */
typedef bool command_fn(struct session *session, struct error *err);

struct command {
	const char *name;
	const char *arguments; /* as in the usage line: "INDICATOR AREA" */
	size_t least, most;    /* arguments */
	uint64_t options;      /* TAKES() of those beside the common ones */
	command_fn *run;
	const char *help; /* one sentence for the list */
	const char *more; /* paragraphs for --help; NULL: none */
};

/* The row of this name; NULL when there is none. */
const struct command *command_find(const char *name);

/* The i-th by name; NULL beyond the last. */
const struct command *command_at(size_t index);

/* The name nearest to a wrong one; NULL when none is near. */
const char *command_nearest(const char *name);

/* Append the list of commands, or how to use one. */
void commands_help(const struct tongue *tongue, struct text *out);
void command_help(const struct command *command, const struct tongue *tongue, struct text *out);
