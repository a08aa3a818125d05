/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Judging one target on one area's series: pure functions of the standing values, the target and
 * the day. */

#include "assess/freshness.h"
#include "assess/measure.h"
#include "assess/standing.h"
#include "assess/state.h"

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
	bool exceeded; /* strictly better than the target (about, range: beyond it, see aim.h) */
	bool final;    /* the due day is past and an official (A) whole-period value of the target's
			  own period stands */
	bool late;     /* reached, but only by a value of a period after the due one: met when the
			  due period has no value, else still missed */
	bool provisional; /* the symbol rests on four or five values */
	bool has_point;
	size_t point; /* the deciding value: that of the due period, or once it is past the first
			 later one, or else the last usable */
	struct measure value; /* the number that is judged: points[point].row->value, but where a
				 year is made from its months their mean or sum; unset when no
				 year is complete */
	struct measure target_value,
		target_value_high; /* resolved: relative targets made absolute */
	struct measure gap; /* distance of the value to the target; > 0: short of it, 0 when met */
	struct measure gap_to_path; /* to the path at the value's own period, > 0: behind it, < 0:
				       ahead; null without baseline */
	struct measure base_value;
	struct measure actual_change;			    /* the named method's */
	struct measure required_change, required_from_base; /* the first 0 when met; unset once the
							       due day is past */
	struct measure projected, projected_raw; /* at the due date, unset once it is past; clipped
						    to the indicator's bounds, not clipped */
	struct measure projected_gap;		 /* of the raw one; > 0: short, < 0: beyond */
	struct measure band_low, band_high; /* 90 % prediction interval at the due date, from five
					       points on, clipped; unset once the due day is past */
	const char *method;	 /* static, or the target's own word when it is unknown */
	const char *symbol;	 /* the method's own category as published, also "not assessed"; ""
				    when it was not asked */
	struct measure measure;	 /* the method's own number (weather: share missed, or the average
				    change) */
	struct period milestone; /* the method was asked about this milestone, the first after the
				    last value; from == to: about the target itself */
	size_t used_first, used_count; /* the window: used_count yearly values, the first of which
					  ends with points[used_first]; usable ones only */
	enum freshness freshness;
	int overdue_periods;
};

/* Judge.  The first rule that applies decides the state:
 *
 *   no usable value: no_data.  Unknown method, or no level to hold values against (aim.h):
 *   not_assessable.  The area has ended, and the due period's value is not in or fell due after
 *   its end: not_assessable.
 *   1. The value of the due period is in, or the due day is past and a later one is: met, else
 *      missed; before the due day off_track with short_so_far.
 *   2. The due day and the release lag are past: no_data, period_not_reported.
 *   3. The last value meets the target: met; nearly_on_track with lost_if_continued when the
 *      method's change would lose it by the due date (hold: by the next year).
 *   4. Too few values for the method: insufficient_data (break: without a break there would be
 *      enough).
 *   5. The method's symbol.
 *
 * A target without a level (direction only) knows no 1 to 3.  Milestones: the method is asked about
 * the first one after the last value, everything else is about the target.
 * Only memory can fail. */
MUST_CHECK bool assess_target(const struct assess_input *input, struct verdict *ret,
			      struct error *err);

/* The path at a time (period_time): straight from the baseline through the milestones to the
 * target; unset without a baseline.  ERROR_MEMORY. */
MUST_CHECK bool assess_path(const struct assess_input *input, double at_time, struct measure *ret,
			    struct error *err);
