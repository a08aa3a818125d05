/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Milestones as steps: each is held against the value of its own period, as for compliance with an
 * act.  Where one ought to be between them says the path (aim.h). */

#include "assess/assess.h"

enum milestone_state {
	MILESTONE_AHEAD, /* its period is not over, and it is not met yet */
	MILESTONE_MET,
	MILESTONE_MISSED,
	MILESTONE_NO_VALUE, /* its period is over and has no value */
};

struct milestone_verdict {
	enum milestone_state state;
	struct measure level; /* relative ones made absolute; unset when that cannot be done */
	struct measure value; /* of its period */
	size_t point;	      /* the last of the standing points in it, when there is a value */
};

/* "ahead", "met", "missed", "no_data". */
const char *milestone_state_name(enum milestone_state state);

/* Judge the target's milestones; ret has milestone_count elements.  Only memory can fail. */
MUST_CHECK bool assess_milestones(const struct assess_input *input, struct milestone_verdict *ret,
				  struct error *err);
