/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "apply/apply.h"

#include "apply/derive.h"
#include "ledger/catalogue_mirror.h"
#include "ledger/check.h"

/* A walk that compares; the tables are read row by row and each is computed again. */
struct verify {
	const struct apply *apply;
	struct problems *findings;
	int64_t applied; /* rows after this one have not been applied yet */
	struct judged_series series;
	struct standing_rows computed, stored;
};

static void verify_done(struct verify *verify)
{
	judged_series_done(&verify->series);
	standing_rows_done(&verify->computed);
	standing_rows_done(&verify->stored);
}

static bool is_pending(const struct verify *verify)
{
	for (size_t i = 0; i < verify->series.vintages.count; i++) {
		if (verify->series.vintages.rows[i].seq > verify->applied)
			return true;
	}
	return verify->series.totals.newest > verify->applied;
}

static bool standing_rows_equal(const struct standing_rows *a, const struct standing_rows *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		if (!period_equal(a->items[i].reporting, b->items[i].reporting) ||
		    a->items[i].seq != b->items[i].seq ||
		    a->items[i].stand_in != b->items[i].stand_in)
			return false;
	}
	return true;
}

static bool verify_series(void *self, const struct series *series, struct error *err)
{
	struct verify *verify = self;
	const struct judge judge = apply_judge(verify->apply);
	const struct series_key key = {series->indicator, series->breakdown, series->area};
	if (catalogue_indicator(verify->apply->catalogue, span_of(series->indicator)) == NULL)
		return true;
	if (!judge_published(&judge, &key, &verify->series, err))
		return false;
	if (is_pending(verify))
		return true;
	if (!derive_standing(&verify->series, &verify->computed, err) ||
	    !standing_read(verify->apply->ledger, series->id, &verify->stored, err))
		return false;
	if (!standing_rows_equal(&verify->computed, &verify->stored))
		problem_add(verify->findings, PROBLEM_ERROR, NULL, 0,
			    "standing values of %s %s%s%s differ from what the log says; run "
			    "'envgap rebuild'",
			    series->indicator, series->area, series->breakdown[0] ? " " : "",
			    series->breakdown);
	return true;
}

/* *ret_same is true where there can be no total, or none was stored: then it is made anew for every
 * answer. */
static bool compare_totals(const struct verify *verify, const struct judge_item *item,
			   const struct verdict *verdict, bool *ret_same, struct error *err)
{
	struct assessment_total computed, stored;
	*ret_same = true;
	if (!derive_total(verify->apply, item, &verify->series, verdict, &computed))
		return true;
	if (!assessment_total_read(verify->apply->ledger, item->target->id, item->area->id, &stored,
				   err))
		return false;
	*ret_same = stored.target[0] == '\0' || assessment_total_equal(&computed, &stored);
	return true;
}

static bool verify_item(struct verify *verify, const struct judge_item *item,
			const struct assessment_row *stored, struct error *err)
{
	struct judge judge = apply_judge(verify->apply);
	struct verdict verdict;
	struct assessment_row computed;
	bool is_same;
	judge.as_of.day = stored->day;
	const struct series_key key = judge_item_series(item);
	if (!judge_series(&judge, &key, &verify->series, err) ||
	    !judge_target(&judge, &verify->series, item->target, item->area, &verdict, err))
		return false;
	if (is_pending(verify))
		return true;
	derive_assessment(item, &verify->series, &verdict, stored->day, &computed);
	if (!compare_totals(verify, item, &verdict, &is_same, err))
		return false;
	if (!is_same)
		problem_add(verify->findings, PROBLEM_ERROR, NULL, 0,
			    "the total of members that target %s in %s was judged by differs from "
			    "what the log says; run 'envgap rebuild'",
			    stored->target, stored->area);
	if (!assessment_equal(&computed, stored))
		problem_add(verify->findings, PROBLEM_ERROR, NULL, 0,
			    "the assessment of target %s in %s (%s) differs from what the log says "
			    "(%s); run "
			    "'envgap rebuild'",
			    stored->target, stored->area, stored->state, computed.state);
	return true;
}

static bool verify_items(struct verify *verify, struct error *err)
{
	AUTO_JUDGE_ITEMS struct judge_items items = {0};
	if (!judge_items_find(verify->apply->catalogue, NULL, 0, &items, err))
		return false;
	for (size_t i = 0; i < items.count; i++) {
		struct assessment_row stored;
		const struct judge_item *item = &items.items[i];
		if (!assessment_read(verify->apply->ledger, item->target->id, item->area->id,
				     &stored, err))
			return false;
		if (stored.target[0] == '\0') {
			problem_add(verify->findings, PROBLEM_ERROR, NULL, 0,
				    "target %s in %s has no assessment; run 'envgap rebuild'",
				    item->target->id, item->area->id);
			continue;
		}
		if (!verify_item(verify, item, &stored, err))
			return false;
	}
	return true;
}

/* Do what an applier left behind and the catalogue in force belong together? */
static bool has_passed(struct ledger *ledger, const char *applier, bool *ret, struct error *err)
{
	int64_t applied = 0;
	int64_t in_force = 0;
	if (!applied_read(ledger, applier, &applied, err) ||
	    !ledger_catalogue_load(ledger, &in_force, err))
		return false;
	*ret = applied == in_force;
	return true;
}

bool apply_verify(const struct apply *apply, struct problems *findings, struct error *err)
{
	AUTO(verify_done) struct verify verify = {.apply = apply, .findings = findings};
	struct ledger *ledger = apply->ledger;
	bool standing = false;
	bool verdicts = false;
	if (!ledger_check(ledger, findings, err) ||
	    !applied_read(ledger, "rows", &verify.applied, err) ||
	    !has_passed(ledger, "standing", &standing, err) ||
	    !has_passed(ledger, "catalogue", &verdicts, err))
		return false;
	if (!standing || !verdicts)
		problem_add(findings, PROBLEM_WARNING, NULL, 0,
			    "the catalogue in force was not applied to everything yet; what it "
			    "changes was not compared");
	return (!standing || series_each(ledger, NULL, verify_series, &verify, err)) &&
	       (!standing || !verdicts || verify_items(&verify, err));
}
