/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Derived as well: of which total of members a verdict is. */

#include "ledger/derived.h"

enum { ASSESSMENT_MISSING_BYTES = 1536 };

/* What members gave to the verdict on one target in one area. */
struct assessment_total {
	char target[ID_BYTES], area[ID_BYTES];
	bool decides;			/* it was judged; otherwise it is one that was refused */
	char fault[DERIVED_NAME_BYTES]; /* "": none */
	struct period period;
	int32_t expected, used, rebuilt; /* members; expected 0: no total had a part in it */
	struct derived_number weight_share, value, num, den;
	enum obs_status status;
	enum obs_qualifier qualifier;
	int32_t known_day;
	int decimals;
	char missing[ASSESSMENT_MISSING_BYTES]; /* as the judge writes it */
};

/* Put it in the place of the one of its target and area; assessment_remove takes both away. */
MUST_CHECK bool assessment_total_put(struct ledger *ledger, const struct assessment_total *row,
				     struct error *err);

/* ret->target is "" when there is none. */
MUST_CHECK bool assessment_total_read(struct ledger *ledger, const char *target, const char *area,
				      struct assessment_total *ret, struct error *err);

/* Do two say the same (numbers at 15 digits)? */
bool assessment_total_equal(const struct assessment_total *a, const struct assessment_total *b);

/* Take all away. */
MUST_CHECK bool assessment_totals_clear(struct ledger *ledger, struct error *err);
