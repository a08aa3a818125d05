/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The states of a target and the reasons for them, with their stable names. */

#include "base/text.h"

enum assess_state {
	STATE_MET,
	STATE_ON_TRACK,
	STATE_NEARLY_ON_TRACK,
	STATE_OFF_TRACK,
	STATE_WORSENING,
	STATE_MISSED,
	STATE_INSUFFICIENT_DATA,
	STATE_NO_DATA,
	STATE_NOT_ASSESSABLE,
};

/* Why a state is what it is. */
enum assess_reason {
	REASON_NONE,
	REASON_TOO_FEW_VALUES,
	REASON_STALE, /* for methods whose window ends before the last value */
	REASON_BREAK, /* there would be values enough, but they do not join */
	REASON_NO_OBSERVATION,
	REASON_PERIOD_NOT_REPORTED, /* the due period is over and its figure has not come in time */
	REASON_BASELINE_UNKNOWN,
	REASON_TARGET_WITHOUT_VALUE,
	REASON_AREA_ENDED,
	REASON_NO_CHANGE,
	REASON_NOT_HELD,
	REASON_LOST_IF_CONTINUED,
	REASON_SHORT_SO_FAR, /* the due period's value is in and short, but the due day is not past
			      */
	REASON_METHOD_UNKNOWN,
	REASON_MEMBERS_MISSING, /* no total: too few of the members have reported */
	REASON_SPAN_TOO_SHORT,	/* values enough for the method, but they lie too close together */
	REASON_MEASURE_UNDEFINED, /* the method has no number for such values: growth across 0 */
};

/* Stable names for JSON and events: "on_track", "too_few_values"; REASON_NONE is "". */
const char *assess_state_name(enum assess_state state);
const char *assess_reason_name(enum assess_reason reason);

/* Read a state's name; the message of ERROR_INPUT lists them. */
MUST_CHECK bool assess_state_parse(struct span text, enum assess_state *ret, struct error *err);

/* The reason of this stable name, "" for none; false when there is no such. */
bool assess_reason_find(const char *name, enum assess_reason *ret);

/* For ordering, worst first: missed 0, worsening, off_track, nearly_on_track, on_track, met, then
 * what cannot be judged: insufficient_data, no_data, not_assessable. */
int assess_state_rank(enum assess_state state);
