/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The words of the account of a year and of notes, beside those of words.h. */

#include "query/words.h"

enum report_word {
	REPORT_TITLE,
	REPORT_PAGE,
	REPORT_FIGURES_UNTIL,
	REPORT_ACT_ONLY,
	REPORT_ROLL_UP,
	REPORT_ROLL_UP_NONE,
	REPORT_ROLL_UP_ONLY,
	REPORT_ONE_NOT_MET,
	REPORT_NOT_MET,
	REPORT_ESTIMATES,
	REPORT_NO_TARGETS,
	REPORT_BEFORE,
	REPORT_H_ALL,
	REPORT_H_GAPS,
	REPORT_H_SILENT,
	REPORT_H_REMARKS,
	REPORT_H_MEMBERS,
	REPORT_H_DUTIES,
	REPORT_H_SOURCES,
	REPORT_H_ACTS,
	REPORT_INDICATOR,
	REPORT_START,
	REPORT_LAST_YEAR,
	REPORT_SAME_PART,
	REPORT_NOW,
	REPORT_TARGET,
	REPORT_DONE,
	REPORT_VERDICT,
	REPORT_OUTLOOK,
	REPORT_GAP,
	REPORT_AREA,
	REPORT_ACT,
	REPORT_WORDING,
	REPORT_SENDER,
	REPORT_COVERAGE,
	REPORT_COMPUTED,
	REPORT_CAUSE,
	REPORT_REMEDY,
	REPORT_NOTE,
	REPORT_NO_CAUSE,
	REPORT_BASELINE,
	REPORT_OF_WAY,
	REPORT_OF_LEVEL,
	REPORT_HELD,
	REPORT_NOT_HELD,
	REPORT_PART,
	REPORT_BREAK,
	REPORT_PUBLISHED,
	REPORT_DUTY,
	REPORT_DUTY_TO,
	REPORT_DUE,
	REPORT_RECEIVED,
	REPORT_MISSING,
	REPORT_OF,
	REPORT_OF_LATE,
	REPORT_AND_MORE,
	REPORT_AWAITED,
	REPORT_DOCUMENT,
	REPORT_BY_HAND,
	REPORT_PLACE,
	REPORT_PERIOD,
	REPORT_DUE_BY,
	REPORT_DESCRIBE,
	REPORT_MEMBERS_MORE,
	REPORT_LEGEND_DONE,
	REPORT_LEGEND_START,
	REPORT_LEGEND_MARKS,
	REPORT_WORDS,
};

/* The English ones; also the message ids of translations. */
const char *report_word_english(enum report_word word);

/* The word in this language. */
const char *report_word_of(const struct language *language, enum report_word word);

/* Append it with {1}, {2} ... replaced. */
#define report_word_add(out, language, word, ...)                                                  \
	word_fill((out), report_word_of((language), (word)), (const char *const[]){__VA_ARGS__},   \
		  COUNT_OF(((const char *const[]){__VA_ARGS__})))
