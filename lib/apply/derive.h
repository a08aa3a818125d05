/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One series or one verdict turned into rows of the derived tables. */

#include "apply/apply.h"
#include "judge/items.h"
#include "ledger/total.h"

/* The judge of this moment. */
struct judge apply_judge(const struct apply *apply);

/* What stands, as rows for standing_put.  The array can be handed in again. */
MUST_CHECK bool derive_standing(const struct judged_series *series, struct standing_rows *ret,
				struct error *err);

/* Put what stands of the series and mark its file when that changed (or `mark` asks for it). */
MUST_CHECK bool derive_put_standing(const struct apply *apply, const struct judged_series *series,
				    bool mark, struct standing_rows *scratch, struct error *err);

/* The verdict as a row. */
void derive_assessment(const struct judge_item *item, const struct judged_series *series,
		       const struct verdict *verdict, int32_t day, struct assessment_row *ret);

/* Of which total the verdict is, as a row; false where there can be none. */
bool derive_total(const struct apply *apply, const struct judge_item *item,
		  const struct judged_series *series, const struct verdict *verdict,
		  struct assessment_total *ret);

/* Why a state may have changed, as events name it: by a row with a seq above `after`, or else by
 * `otherwise`. */
struct derive_cause {
	int64_t after;
	const char *otherwise;
	bool is_quiet;	/* no event: a rebuild */
	int64_t judged; /* the load of the catalogue that the last verdicts rest on */
};

/* Remember, in the caller's transaction, for which indicators the catalogue that comes with this
 * load has other breaks than the one before. */
MUST_CHECK bool derive_note_breaks(struct ledger *ledger, const struct catalogue *before,
				   const struct catalogue *after, int64_t load, struct error *err);

/* Judge the item on its series, put the row, and append an event when its state is not that of the
 * last event. */
MUST_CHECK bool derive_verdict(const struct apply *apply, const struct judge_item *item,
			       const struct judged_series *series, const struct derive_cause *cause,
			       struct apply_counts *counts, struct error *err);
