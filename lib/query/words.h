/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Every word that answers show to people, and the habits of their language.  The caller brings the
 * translations; JSON, CSV and TSV never change. */

#include "base/text.h"

enum word {
	/* headings */
	WORD_H_AREA,
	WORD_H_BAND,
	WORD_H_DUE,
	WORD_H_ELSE,
	WORD_H_FEED,
	WORD_H_FOUND,
	WORD_H_GAP,
	WORD_H_GOAL,
	WORD_H_ID,
	WORD_H_LAST_SUCCESS,
	WORD_H_LAST_TRY,
	WORD_H_LATEST,
	WORD_H_MEASURE,
	WORD_H_METHOD,
	WORD_H_MISSED_SHARE,
	WORD_H_NEEDED,
	WORD_H_NEW,
	WORD_H_NEXT,
	WORD_H_NOTE,
	WORD_H_PACE,
	WORD_H_PERIOD,
	WORD_H_PLACE,
	WORD_H_PUBLISHED,
	WORD_H_PUBLISHER,
	WORD_H_REFUSED,
	WORD_H_ROWS,
	WORD_H_SAYS,
	WORD_H_STATE_OUTLOOK,
	WORD_H_TARGET,
	WORD_H_VALUE,
	WORD_H_WHEN,
	WORD_H_WHY,
	/* the first line */
	WORD_AS_OF,
	WORD_RECEIVED_BY,
	WORD_ONE_TARGET,
	WORD_TARGETS,
	WORD_COUNT_MET,
	WORD_COUNT_ON_TRACK,
	WORD_COUNT_NEARLY,
	WORD_COUNT_OFF_TRACK,
	WORD_COUNT_WORSENING,
	WORD_COUNT_MISSED,
	WORD_COUNT_UNKNOWN,
	WORD_NO_TARGETS,
	/* values */
	WORD_ABOUT,
	WORD_NEARLY,
	WORD_OVER,
	WORD_MARK_ESTIMATE,
	WORD_MARK_PROVISIONAL,
	WORD_MARK_FORECAST,
	WORD_SPELLED_ESTIMATE,
	WORD_SPELLED_PROVISIONAL,
	WORD_SAID_MISSING,
	WORD_WITHDRAWN,
	WORD_NO_FIGURES,
	WORD_POINT,
	WORD_POINTS,
	WORD_VALUE_AND_PERIOD,
	/* periods */
	WORD_PERIOD_QUARTER,
	WORD_PERIOD_MONTH,
	WORD_PERIOD_MONTHS,
	WORD_PERIOD_FIRST_MONTHS,
	/* goals */
	WORD_GOAL_AT_LEAST,
	WORD_GOAL_ABOVE,
	WORD_GOAL_AT_MOST,
	WORD_GOAL_BELOW,
	WORD_GOAL_ABOUT,
	WORD_GOAL_RANGE,
	WORD_GOAL_KEEP,
	WORD_GOAL_KEEP_BASE,
	WORD_GOAL_BETTER,
	WORD_GOAL_BETTER_BASE,
	WORD_GOAL_NONE,
	WORD_GOAL_RELATIVE,
	/* states */
	WORD_MET,
	WORD_MET_EXCEEDED,
	WORD_MET_LATE,
	WORD_MET_MAY_BE_LOST,
	WORD_ON_TRACK,
	WORD_NEARLY_ON_TRACK,
	WORD_OFF_TRACK,
	WORD_SHORT_SO_FAR,
	WORD_NO_CHANGE,
	WORD_WORSENING,
	WORD_MISSED,
	WORD_MISSED_REACHED_LATER,
	WORD_TOO_FEW,
	WORD_TOO_FEW_BREAK,
	WORD_NO_DATA,
	WORD_NOT_REPORTED,
	WORD_NOT_ASSESSABLE,
	WORD_BASELINE_UNKNOWN,
	WORD_NO_NUMBER,
	WORD_AREA_ENDED,
	WORD_METHOD_UNKNOWN,
	WORD_WITH_ESTIMATE,
	WORD_WITH_PROVISIONAL,
	WORD_WITH_NOT_FINAL,
	WORD_OVERDUE_ONE,
	WORD_OVERDUE,
	/* lines below a table */
	WORD_NOTE_ESTIMATE,
	WORD_NOTE_PROVISIONAL,
	WORD_NOTE_REFERENCE,
	WORD_NEXT_SHOW,
	WORD_NEXT_ALL,
	WORD_NEXT_REJECTS,
	WORD_NO_GAPS,
	WORD_NOT_JUDGED,
	/* one series */
	WORD_UP,
	WORD_DOWN,
	WORD_STAY,
	WORD_YEARLY,
	WORD_HALF_YEARLY,
	WORD_QUARTERLY,
	WORD_MONTHLY,
	WORD_WEEKLY,
	WORD_DAILY,
	WORD_SOURCES,
	WORD_DEFINITION,
	WORD_FORMULA,
	WORD_BREAK,
	WORD_PUBLISHERS_DIFFER,
	WORD_NO_ROWS,
	WORD_NO_SERIES_TARGETS,
	WORD_DEFAULT_METHOD,
	WORD_MEASURE_MISS,
	WORD_MEASURE_CHANGE,
	WORD_SUN,
	WORD_SLIGHTLY_CLOUDY,
	WORD_CLOUD,
	WORD_THUNDERSTORM,
	WORD_NOT_ASSESSED,
	WORD_EVIDENCE,
	WORD_THEIL_SEN,
	WORD_MANN_KENDALL,
	WORD_ATTAINMENT,
	/* feeds */
	WORD_TODAY,
	WORD_YESTERDAY,
	WORD_TOMORROW,
	WORD_DAYS_AGO,
	WORD_NEVER,
	WORD_NOW,
	WORD_NOT_POLLED,
	WORD_NOT_CONFIGURED,
	WORD_FAILED_TIMES,
	WORD_REFUSED_RECORDS,
	WORD_NO_FEEDS,
	WORD_NO_REJECTS,
	WORD_OUTCOME_NEW,
	WORD_OUTCOME_REFUSED,
	WORD_OUTCOME_FAILED,
	/* pictures */
	WORD_G_VALUE,
	WORD_G_ESTIMATE,
	WORD_G_BREAK,
	WORD_G_PATH,
	WORD_G_PROJECTION,
	WORD_G_BAND,
	WORD_G_DUE,
	WORD_G_LEFT_OUT,
	WORD_G_NO_VALUE,
	WORD_G_TARGET,
	WORD_G_LATEST,
	WORD_G_LATEST_UNDATED,
	WORD_G_REFERENCE,
	WORD_COUNT,
};

struct language {
	const char *words[WORD_COUNT]; /* NULL: English; borrowed */
	bool has_local_names;	       /* name_vi before name */
	bool has_decimal_comma;
	bool is_day_first; /* 08/10/2021 */
};

/* The English words; also the message ids of translations. */
const char *word_english(enum word word);

/* The word in this language. */
const char *word_of(const struct language *language, enum word word);

/* Append a pattern with {1}, {2} ... replaced by these texts. */
void word_fill(struct text *out, const char *pattern, const char *const *texts, size_t count);

/* The same for a word: word_add(out, language, WORD_AS_OF, "2026-11-22"). */
#define word_add(out, language, word, ...)                                                         \
	word_fill((out), word_of((language), (word)), (const char *const[]){__VA_ARGS__},          \
		  COUNT_OF(((const char *const[]){__VA_ARGS__})))

/* Likewise for a count: `one` when it is 1, else `many` with the count as {1}. */
void word_add_count(struct text *out, const struct language *language, enum word one,
		    enum word many, long count);
