/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "apply/derive.h"

#include <stdio.h>
#include <stdlib.h>

#include "judge/stored_total.h"
#include "ledger/event.h"
#include "ledger/rrd_dirty.h"

enum { BREAKS_APPLIER_BYTES = ID_BYTES + 8 };

struct judge apply_judge(const struct apply *apply)
{
	return (struct judge){
		.ledger = apply->ledger,
		.catalogue = apply->catalogue,
		.zone = apply->zone,
		.as_of = {.day = zone_day(apply->zone, apply->now)},
	};
}

bool derive_standing(const struct judged_series *series, struct standing_rows *ret,
		     struct error *err)
{
	const struct standing *standing = &series->standing;
	while (ret->room < standing->count) {
		if (!array_grow(&ret->items, &ret->room, ret->room, sizeof *ret->items,
				STANDING_ROWS_MAX, "periods of a series", err))
			return false;
	}
	ret->count = standing->count;
	for (size_t i = 0; i < standing->count; i++) {
		const struct standing_point *point = &standing->points[i];
		ret->items[i] =
			(struct standing_row){point->reporting, point->row->seq, point->stand_in};
	}
	return true;
}

static int64_t last_seq(const struct judged_series *series)
{
	int64_t last = 0;
	for (size_t i = 0; i < series->vintages.count; i++)
		last = series->vintages.rows[i].seq > last ? series->vintages.rows[i].seq : last;
	return last;
}

bool derive_put_standing(const struct apply *apply, const struct judged_series *series, bool mark,
			 struct standing_rows *scratch, struct error *err)
{
	bool changed = false;
	if (!derive_standing(series, scratch, err) ||
	    !standing_put(apply->ledger, series->series, scratch->items, scratch->count, &changed,
			  err))
		return false;
	const struct rrd_dirty dirty = {series->series, last_seq(series)};
	return (!changed && !mark) || rrd_dirty_mark(apply->ledger, dirty, err);
}

static struct derived_number number_of(struct measure measure)
{
	return (struct derived_number){measure.is_set, measure.is_set ? measure.value : 0};
}

static void copy_name(char target[DERIVED_NAME_BYTES], const char *name)
{
	(void)snprintf(target, DERIVED_NAME_BYTES, "%s", name ? name : "");
}

static void note_window(const struct verdict *verdict, const struct standing *standing,
			struct assessment_row *row)
{
	size_t last = standing_last_usable(standing);
	row->last_from = last < standing->count ? standing->points[last].reporting.from : DAY_NONE;
	row->used_count = (int32_t)verdict->used_count;
	size_t seen = 0;
	for (size_t i = verdict->used_first; i < standing->count && seen < verdict->used_count;
	     i++) {
		const struct standing_point *point = &standing->points[i];
		if (!point->usable)
			continue;
		if (seen++ == 0)
			row->used_from = point->reporting.from;
		row->used_to = point->reporting.to;
	}
}

static void note_point(const struct verdict *verdict, const struct standing *standing,
		       struct assessment_row *row)
{
	if (!verdict->has_point)
		return;
	const struct standing_point *point = &standing->points[verdict->point];
	row->seq = point->row->seq;
	row->reporting = point->reporting;
	row->stand_in = point->stand_in;
}

void derive_assessment(const struct judge_item *item, const struct judged_series *series,
		       const struct verdict *verdict, int32_t day, struct assessment_row *ret)
{
	struct assessment_row row = {
		.day = day,
		.exceeded = verdict->exceeded,
		.is_final = verdict->final,
		.late = verdict->late,
		.provisional = verdict->provisional,
		.value = number_of(verdict->value),
		.target_value = number_of(verdict->target_value),
		.target_value_high = number_of(verdict->target_value_high),
		.base_value = number_of(verdict->base_value),
		.gap = number_of(verdict->gap),
		.gap_to_path = number_of(verdict->gap_to_path),
		.actual_change = number_of(verdict->actual_change),
		.required_change = number_of(verdict->required_change),
		.required_from_base = number_of(verdict->required_from_base),
		.projected = number_of(verdict->projected),
		.projected_raw = number_of(verdict->projected_raw),
		.projected_gap = number_of(verdict->projected_gap),
		.band_low = number_of(verdict->band_low),
		.band_high = number_of(verdict->band_high),
		.measure = number_of(verdict->measure),
	};
	(void)snprintf(row.target, sizeof row.target, "%s", item->target->id);
	(void)snprintf(row.area, sizeof row.area, "%s", item->area->id);
	copy_name(row.state, assess_state_name(verdict->state));
	copy_name(row.reason,
		  verdict->reason == REASON_NONE ? "" : assess_reason_name(verdict->reason));
	copy_name(row.method, verdict->method);
	copy_name(row.symbol, verdict->symbol);
	note_point(verdict, &series->standing, &row);
	note_window(verdict, &series->standing, &row);
	*ret = row;
}

bool derive_total(const struct apply *apply, const struct judge_item *item,
		  const struct judged_series *series, const struct verdict *verdict,
		  struct assessment_total *ret)
{
	struct total total;
	bool decides;
	if (!judge_has_totals(apply->catalogue, item->indicator, item->area->id))
		return false;
	judge_total_of(series, item->target, verdict, &total, &decides);
	stored_total_write(&total, decides, ret);
	(void)snprintf(ret->target, sizeof ret->target, "%s", item->target->id);
	(void)snprintf(ret->area, sizeof ret->area, "%s", item->area->id);
	return true;
}

/* What a new row did: it withdrew, corrected (the same known day as an earlier row of its key),
 * revised, or is the first of its key. */
static const char *cause_of_row(const struct vintages *vintages, const struct observation *row)
{
	if (row->status == OBS_WITHDRAWN)
		return "revision";
	const char *cause = "new_value";
	for (size_t i = 0; i < vintages->count; i++) {
		const struct observation *other = &vintages->rows[i];
		if (other->seq >= row->seq || !period_equal(other->period, row->period) ||
		    strcmp(other->source, row->source) != 0)
			continue;
		if (other->known_day == row->known_day)
			return "correction";
		cause = "revision";
	}
	return row->is_break && strcmp(cause, "new_value") == 0 ? "break" : cause;
}

#define BREAKS_APPLIER "breaks:"

/* Is the break about the indicator, and what does it say of it? */
static size_t count_breaks(const struct catalogue *catalogue, const char *indicator,
			   const struct series_break *like)
{
	size_t count = 0;
	for (size_t i = 0; i < catalogue->break_count; i++) {
		const struct series_break *broken = &catalogue->breaks[i];
		count += strcmp(broken->indicator, indicator) == 0 &&
			 (like == NULL ||
			  (broken->day == like->day && strcmp(broken->area, like->area) == 0 &&
			   strcmp(broken->source, like->source) == 0));
	}
	return count;
}

static bool breaks_differ(const struct catalogue *a, const struct catalogue *b,
			  const char *indicator)
{
	if (count_breaks(a, indicator, NULL) != count_breaks(b, indicator, NULL))
		return true;
	for (size_t i = 0; i < a->break_count; i++) {
		const struct series_break *broken = &a->breaks[i];
		if (strcmp(broken->indicator, indicator) == 0 &&
		    count_breaks(a, indicator, broken) != count_breaks(b, indicator, broken))
			return true;
	}
	return false;
}

static void name_breaks(const char *indicator, char ret[BREAKS_APPLIER_BYTES])
{
	(void)snprintf(ret, BREAKS_APPLIER_BYTES, BREAKS_APPLIER "%s", indicator);
}

bool derive_note_breaks(struct ledger *ledger, const struct catalogue *before,
			const struct catalogue *after, int64_t load, struct error *err)
{
	for (size_t i = 0; i < after->indicator_count; i++) {
		char name[BREAKS_APPLIER_BYTES];
		const char *indicator = after->indicators[i].id;
		bool is_new = catalogue_indicator(before, span_of(indicator)) == NULL;
		if (is_new || !breaks_differ(before, after, indicator))
			continue;
		name_breaks(indicator, name);
		if (!applied_put(ledger, name, load, err))
			return false;
	}
	return true;
}

/* A catalogue in which the breaks of the indicator are others changed the verdict by them. */
static bool refine_cause(const struct apply *apply, const char *indicator,
			 const struct derive_cause *cause, const char **word, struct error *err)
{
	char name[BREAKS_APPLIER_BYTES];
	int64_t load = 0;
	if (strcmp(*word, "target_changed") != 0)
		return true;
	name_breaks(indicator, name);
	if (!applied_read(apply->ledger, name, &load, err))
		return false;
	if (load > cause->judged)
		*word = "break";
	return true;
}

/* The row that decides if it is new, else the newest row of the series. */
static const char *find_cause(const struct judged_series *series, const struct verdict *verdict,
			      const struct derive_cause *cause)
{
	const struct observation *newest = NULL;
	for (size_t i = 0; i < series->vintages.count; i++) {
		const struct observation *row = &series->vintages.rows[i];
		if (row->seq > cause->after && (newest == NULL || row->seq > newest->seq))
			newest = row;
	}
	if (verdict->has_point && series->standing.points[verdict->point].row->seq > cause->after)
		newest = series->standing.points[verdict->point].row;
	if (newest != NULL)
		return cause_of_row(&series->vintages, newest);
	return cause->otherwise;
}

/* Where a verdict came from. */
struct change {
	const struct judge_item *item;
	const struct judged_series *series;
	const struct verdict *verdict;
	const struct derive_cause *cause;
};

static bool note_change(const struct apply *apply, const struct assessment_row *row,
			const struct change *change, struct apply_counts *counts, struct error *err)
{
	struct event_state last;
	const char *word = find_cause(change->series, change->verdict, change->cause);
	if (!event_last_state(apply->ledger, row->target, row->area, &last, err))
		return false;
	if (last.id != 0 && strcmp(last.state, row->state) == 0)
		return true;
	if (!refine_cause(apply, change->item->indicator->id, change->cause, &word, err))
		return false;
	const struct event event = {
		.at = apply->now,
		.kind = "state",
		.actor = apply->actor,
		.target = row->target,
		.area = row->area,
		.old_state = last.id != 0 ? last.state : "",
		.new_state = row->state,
		.reason = row->reason,
		.cause = word,
		.seq = row->seq,
		.until_day = DAY_NONE,
		.method = row->method,
		.symbol = row->symbol,
		.value = row->value,
		.target_value = row->target_value,
		.measure = row->measure,
		.used_count = row->used_count,
		.used_from = row->used_count > 0 ? row->used_from : DAY_NONE,
		.used_to = row->used_count > 0 ? row->used_to : DAY_NONE,
	};
	int64_t id = 0;
	counts->events++;
	return event_append(apply->ledger, &event, &id, err);
}

bool derive_verdict(const struct apply *apply, const struct judge_item *item,
		    const struct judged_series *series, const struct derive_cause *cause,
		    struct apply_counts *counts, struct error *err)
{
	const struct judge judge = apply_judge(apply);
	struct verdict verdict;
	struct assessment_row row;
	struct assessment_total total;
	if (!judge_target(&judge, series, item->target, item->area, &verdict, err))
		return false;
	derive_assessment(item, series, &verdict, judge.as_of.day, &row);
	counts->assessments++;
	if (!assessment_put(apply->ledger, &row, err) ||
	    (derive_total(apply, item, series, &verdict, &total) &&
	     !assessment_total_put(apply->ledger, &total, err)))
		return false;
	if (cause->is_quiet)
		return true;
	return note_change(apply, &row, &(struct change){item, series, &verdict, cause}, counts,
			   err);
}
