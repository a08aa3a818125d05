/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The options of the command line.  A row of the table says an option's name, argument and help;
 * which commands take it stands in the row of the command. */

#include <stdint.h>

#include "base/text.h"
#include "base/tongue.h"

enum option_id {
	/* of every command */
	OPTION_CONFIG,
	OPTION_FORMAT,
	OPTION_AS_OF,
	OPTION_RECEIVED_BY,
	OPTION_LANG,
	OPTION_HELP,
	OPTION_VERSION,
	OPTIONS_COMMON,
	/* of some */
	OPTION_ABOUT = OPTIONS_COMMON,
	OPTION_ACCEPT,
	OPTION_ACKNOWLEDGED_OK,
	OPTION_ACT,
	OPTION_ALL,
	OPTION_AREA,
	OPTION_BREAKDOWN,
	OPTION_CAUSE,
	OPTION_CHECK,
	OPTION_CORRECT,
	OPTION_DEN,
	OPTION_DOCUMENT,
	OPTION_DUE,
	OPTION_DUE_BEFORE,
	OPTION_HEIGHT,
	OPTION_INDICATOR,
	OPTION_LAST,
	OPTION_METHOD,
	OPTION_NOTE,
	OPTION_NUM,
	OPTION_ON,
	OPTION_OUTPUT,
	OPTION_OWNER,
	OPTION_PERIOD,
	OPTION_PLACE,
	OPTION_PUBLISHED,
	OPTION_QUALIFIER,
	OPTION_RAW,
	OPTION_REJECTS,
	OPTION_REMEDY,
	OPTION_REMIND,
	OPTION_REMOVE,
	OPTION_RESTORE,
	OPTION_SINCE,
	OPTION_SOURCE,
	OPTION_STATE,
	OPTION_STATUS,
	OPTION_TARGET,
	OPTION_TEST,
	OPTION_TEXT,
	OPTION_UNTIL,
	OPTION_WARNINGS,
	OPTION_WHY,
	OPTION_WIDTH,
	OPTION_YEAR,
	OPTION_YEARS,
	OPTION_ZOOM,
	OPTIONS,
};

/* For the set of options that a command takes. */
#define TAKES(option) (UINT64_C(1) << (option))

struct option_row {
	const char *name;
	char letter;	      /* 0: none */
	const char *argument; /* NULL: none */
	const char *help;
};

/* What was written; all borrowed from argv. */
struct options {
	const char *values[OPTIONS]; /* NULL: not given; "" for an option without argument */
	char *const *words;	     /* what is no option: the command and its arguments */
	size_t word_count;
};

/* Read argv; its words are moved behind its options.  ERROR_INPUT for an option that is not known,
 * has no argument or an argument too many, or stands there twice. */
MUST_CHECK bool options_read(int argc, char **argv, struct options *ret, struct error *err);

/* Its row; borrowed. */
const struct option_row *option_row(enum option_id option);
/* Was it given? */
bool options_has(const struct options *options, enum option_id option);

/* ERROR_INPUT when an option was given that is neither common nor in `taken`. */
MUST_CHECK bool options_check(const struct options *options, const char *command, uint64_t taken,
			      struct error *err);

/* Append the options of the set with their help, a line each. */
void options_help(uint64_t taken, const struct tongue *tongue, struct text *out);
