/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Judging one target on one area's series: pure functions of the standing values, the target and
 * the day. */

#include "assess/standing.h"
#include "obs/catalogue.h"

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
	REASON_STALE,
	REASON_BREAK,
	REASON_NO_OBSERVATION,
	REASON_PERIOD_NOT_REPORTED, /* the due period is over and its figure has not come in time */
	REASON_BASELINE_UNKNOWN,
	REASON_TARGET_WITHOUT_VALUE,
	REASON_AREA_ENDED,
	REASON_NO_CHANGE,
	REASON_NOT_HELD,
	REASON_LOST_IF_CONTINUED,
	REASON_SHORT_SO_FAR, /* the due period's value is in and short, but the period is not over
			      */
	REASON_METHOD_UNKNOWN,
};

enum freshness { FRESH, FRESHNESS_DUE, FRESHNESS_OVERDUE, FRESHNESS_NONE };

/* A number that may not be there; null in JSON, "-" in tables.  Never NaN or infinite when is_set.
 */
struct measure {
	bool is_set;
	double value;
};

struct assess_input {
	const struct catalogue *catalogue; /* breaks, sources */
	const struct indicator *indicator;
	const struct target *target;
	const struct area *area;
	const struct standing
		*standing; /* of target->indicator, ->breakdown, area; as of `today` */
	int32_t today;
};

/* The index in standing->points that decides, and everything a person is shown.  Values are in the
 * indicator's unit, changes per year. */
struct verdict {
	enum assess_state state;
	enum assess_reason reason;
	bool exceeded; /* strictly better than the target */
	bool final;    /* the due day is past and an official (A) whole-period value of the target's
			  own period stands */
	bool late;     /* met, but only by a value of a period after the due one */
	bool provisional; /* the symbol rests on four or five values */
	bool has_point;
	size_t point; /* the deciding value: that of the due period or else the last usable */
	struct measure target_value,
		target_value_high; /* resolved: relative targets made absolute */
	struct measure gap; /* distance of the value to the target; > 0: short of it, 0 when met */
	struct measure
		gap_to_path; /* to the path at the value's own period; null without baseline */
	struct measure base_value;
	struct measure actual_change, required_change, required_from_base;
	struct measure projected, projected_raw, projected_gap;
	struct measure band_low,
		band_high;	/* 90 % prediction interval at the due date, from five points on */
	const char *method;	/* static */
	const char *symbol;	/* the method's own category as published; "" when it gave none */
	struct measure measure; /* the method's own number (weather: share missed, or the average
				   change) */
	size_t used_first, used_count; /* the window: points[used_first ...], usable ones only */
	enum freshness freshness;
	int overdue_periods;
};

/* Judge.  Only memory can fail. */
MUST_CHECK bool assess_target(const struct assess_input *input, struct verdict *ret,
			      struct error *err);

/* Freshness of a series on a day: by its last reporting period, its frequency and its release lag.
 */
enum freshness assess_freshness(const struct indicator *indicator, const struct standing *standing,
				int32_t today, int *ret_overdue_periods);

/* Is the value at or beyond the target (strictly, about, range ... by its operator and tolerance)?
 * And strictly better? */
bool assess_meets(const struct target *target, const struct indicator *indicator,
		  double target_value, double value);
bool assess_exceeds(const struct target *target, const struct indicator *indicator,
		    double target_value, double value);

/* The path at a day: straight from the baseline through the milestones to the target (METHODS,
 * trajectories); unset without a baseline. */
struct measure assess_path(const struct assess_input *input, double at_time);

/* Stable names for JSON and events: "on_track", "too_few_values", "overdue". */
const char *assess_state_name(enum assess_state state);
const char *assess_reason_name(enum assess_reason reason);
const char *freshness_name(enum freshness freshness);
MUST_CHECK bool assess_state_parse(struct span text, enum assess_state *ret, struct error *err);

/* For ordering, worst first: missed 0, worsening, off_track, nearly_on_track, on_track, met, then
 * what cannot be judged. */
int assess_state_rank(enum assess_state state);
