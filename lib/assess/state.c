/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/state.h"

static const struct {
	const char *name;
	int rank;
} states[] = {
	[STATE_MET] = {"met", 5},
	[STATE_ON_TRACK] = {"on_track", 4},
	[STATE_NEARLY_ON_TRACK] = {"nearly_on_track", 3},
	[STATE_OFF_TRACK] = {"off_track", 2},
	[STATE_WORSENING] = {"worsening", 1},
	[STATE_MISSED] = {"missed", 0},
	[STATE_INSUFFICIENT_DATA] = {"insufficient_data", 6},
	[STATE_NO_DATA] = {"no_data", 7},
	[STATE_NOT_ASSESSABLE] = {"not_assessable", 8},
};

static const char *const reasons[] = {
	[REASON_NONE] = "",
	[REASON_TOO_FEW_VALUES] = "too_few_values",
	[REASON_STALE] = "stale",
	[REASON_BREAK] = "break",
	[REASON_NO_OBSERVATION] = "no_observation",
	[REASON_PERIOD_NOT_REPORTED] = "period_not_reported",
	[REASON_BASELINE_UNKNOWN] = "baseline_unknown",
	[REASON_TARGET_WITHOUT_VALUE] = "target_without_value",
	[REASON_AREA_ENDED] = "area_ended",
	[REASON_NO_CHANGE] = "no_change",
	[REASON_NOT_HELD] = "not_held",
	[REASON_LOST_IF_CONTINUED] = "lost_if_continued",
	[REASON_SHORT_SO_FAR] = "short_so_far",
	[REASON_METHOD_UNKNOWN] = "method_unknown",
	[REASON_MEMBERS_MISSING] = "members_missing",
	[REASON_SPAN_TOO_SHORT] = "span_too_short",
	[REASON_MEASURE_UNDEFINED] = "measure_undefined",
};

const char *assess_state_name(enum assess_state state)
{
	return states[state].name;
}

const char *assess_reason_name(enum assess_reason reason)
{
	return reasons[reason];
}

bool assess_state_parse(struct span text, enum assess_state *ret, struct error *err)
{
	for (size_t i = 0; i < COUNT_OF(states); i++) {
		if (!span_is(text, states[i].name))
			continue;
		*ret = (enum assess_state)i;
		return true;
	}
	return error_set(err, ERROR_INPUT,
			 "'%.*s' is not a state; the states are met, on_track, nearly_on_track, "
			 "off_track, worsening, missed, insufficient_data, no_data, not_assessable",
			 SPAN_ARGS(text));
}

bool assess_reason_find(const char *name, enum assess_reason *ret)
{
	for (size_t i = 0; i < COUNT_OF(reasons); i++) {
		if (strcmp(name, reasons[i]) == 0) {
			*ret = (enum assess_reason)i;
			return true;
		}
	}
	return false;
}

int assess_state_rank(enum assess_state state)
{
	return states[state].rank;
}
