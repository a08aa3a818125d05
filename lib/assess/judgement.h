/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Everything that is known about a target before its state is decided, and the ordered rule that
 * decides it. */

#include "assess/aim.h"
#include "assess/assess.h"
#include "assess/trend.h"

struct judgement {
	const struct assess_input *in;
	struct yearly yearly;
	struct aim aim;
	enum assess_reason fault; /* why there is no level; REASON_NONE */
	bool has_level;		  /* no fault, and not a direction only */
	bool is_past;		  /* the due day is */
	bool has_point;		  /* anything usable at all */
	bool has_due, has_later;
	struct period_value due, later; /* of the due period; the first one after it */
	bool has_value;
	struct period_value value;   /* the deciding one */
	double time;		     /* and its time */
	bool met;		     /* it meets the level */
	const struct method *method; /* NULL: unknown */
	struct method_result result; /* category "" when the method was not asked */
	const struct milestone *milestone;
};

/* Gather.  Only memory can fail. */
MUST_CHECK bool judgement_make(const struct assess_input *input, struct judgement *ret,
			       struct error *err);
void judgement_done(struct judgement *judgement);

/* Ask a method about the target; category "" when it cannot be asked. */
void judgement_ask(struct judgement *judgement, const struct method *method);

/* Fill what a call knows of the indicator's bounds; *room keeps the scale, borrowed by the call. */
void judgement_bounds(const struct indicator *indicator, struct method_call *call,
		      struct logit_scale *room);

/* The line through the yearly values (the last TREND_VALUES_MAX of them) at the due date. */
void judgement_fit(const struct judgement *judgement, struct trend_fit *ret);

/* Decide and fill what a person is shown; `line` is that of judgement_fit. */
void judgement_show(const struct judgement *judgement, const struct trend_fit *line,
		    struct verdict *ret);

/* Those values. */
struct samples judgement_samples(const struct judgement *judgement);

/* Decide state and reason. */
void judgement_decide(const struct judgement *judgement, enum assess_state *ret_state,
		      enum assess_reason *ret_reason);

#define AUTO_JUDGEMENT AUTO(judgement_done)
