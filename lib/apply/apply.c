/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "apply/apply.h"

#include <stdlib.h>

#include "apply/derive.h"
#include "apply/duties.h"
#include "judge/progress.h"
#include "ledger/catalogue_mirror.h"
#include "ledger/rrd_dirty.h"

/* One slice. */
struct slice {
	const struct apply *apply;
	struct judge_progress progress;
	struct judge_items items;
	struct judged_series series;
	struct standing_rows scratch;
	struct apply_counts *counts;
	int64_t catalogue; /* in force now */
	int64_t today;	   /* plus one, as progress.day */
	size_t left;	   /* series that may still be done */
	bool is_full;	   /* stopped because nothing was left of the slice */
	bool quiet;	   /* no events: a rebuild */
};

static void slice_done(struct slice *slice)
{
	judge_items_done(&slice->items);
	judged_series_done(&slice->series);
	standing_rows_done(&slice->scratch);
}

/* The verdicts that rest on the series that was just read. */
static bool judge_series_items(struct slice *slice, const struct series_key *key,
			       const struct derive_cause *cause, struct error *err)
{
	size_t low = 0;
	for (size_t high = slice->items.count; low < high;) {
		size_t middle = low + (high - low) / 2;
		const struct series_key other = judge_item_series(&slice->items.items[middle]);
		if (judge_compare_series(&other, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t i = low; i < slice->items.count; i++) {
		const struct judge_item *item = &slice->items.items[i];
		const struct series_key other = judge_item_series(item);
		if (judge_compare_series(&other, key) != 0)
			break;
		if (!derive_verdict(slice->apply, item, &slice->series, cause, slice->counts, err))
			return false;
	}
	return true;
}

static bool is_other_catalogue(const struct slice *slice)
{
	return slice->progress.catalogue != slice->catalogue;
}

static bool apply_one_series(void *self, const struct series *series, struct error *err)
{
	struct slice *slice = self;
	if (slice->left == 0) {
		slice->is_full = true;
		return false;
	}
	const struct judge judge = apply_judge(slice->apply);
	const struct series_key key = {series->indicator, series->breakdown, series->area};
	const struct derive_cause cause = {
		.after = slice->progress.rows,
		.otherwise = is_other_catalogue(slice) ? "target_changed" : "time_passed",
		.is_quiet = slice->quiet,
		.judged = slice->progress.catalogue,
	};
	slice->left--;
	slice->progress.series = series->id;
	slice->counts->series++;
	if (catalogue_indicator(slice->apply->catalogue, span_of(series->indicator)) == NULL)
		return true; /* of an older catalogue: the log keeps it, nothing is derived from it
			      */
	/* A rebuild needs no causes: all verdicts come after this pass. */
	return judge_published(&judge, &key, &slice->series, err) &&
	       derive_put_standing(slice->apply, &slice->series, true, &slice->scratch, err) &&
	       (slice->quiet || (judge_add_totals(&judge, &key, &slice->series, err) &&
				 judge_series_items(slice, &key, &cause, err)));
}

/* Read the series of the next item, unless the last one shares it; the slice may have no more room.
 */
static bool next_series(struct slice *slice, const struct judge_item *item, bool is_first,
			struct error *err)
{
	const struct judge judge = apply_judge(slice->apply);
	const struct series_key key = judge_item_series(item);
	if (!is_first && judge_items_share(item, item - 1))
		return true;
	if (slice->left == 0) {
		slice->is_full = true;
		return true;
	}
	slice->left--;
	return judge_series(&judge, &key, &slice->series, err);
}

/* Which items have totals that rest on series that changed. */
struct touching {
	const struct slice *slice;
	size_t *groups; /* the items that can have totals; of those that share a series the first */
	size_t group_count;
	bool *touched; /* of each item */
};

static void touching_done(struct touching *touching)
{
	free(touching->groups);
	free(touching->touched);
}

static bool touch_items(void *self, const struct series *series, struct error *err)
{
	struct touching *touching = self;
	const struct catalogue *catalogue = touching->slice->apply->catalogue;
	(void)err;
	for (size_t i = 0; i < touching->group_count; i++) {
		size_t at = touching->groups[i];
		const struct judge_item *item = &touching->slice->items.items[at];
		if (!touching->touched[at])
			touching->touched[at] =
				judge_total_rests_on(catalogue, item->indicator, item->area->id,
						     series->indicator, series->area);
	}
	return true;
}

static bool shares_series(const struct judge_items *items, size_t i)
{
	return i > 0 && judge_items_share(&items->items[i], &items->items[i - 1]);
}

static bool find_groups(struct touching *touching, struct error *err)
{
	const struct slice *slice = touching->slice;
	const struct judge_items *items = &slice->items;
	touching->groups = calloc(items->count + 1, sizeof *touching->groups);
	touching->touched = calloc(items->count + 1, sizeof *touching->touched);
	if (touching->groups == NULL || touching->touched == NULL)
		return error_memory(err);
	for (size_t i = 0; i < items->count; i++)
		if (!shares_series(items, i) &&
		    judge_has_totals(slice->apply->catalogue, items->items[i].indicator,
				     items->items[i].area->id))
			touching->groups[touching->group_count++] = i;
	return true;
}

static void touch_sharing(struct touching *touching)
{
	const struct judge_items *items = &touching->slice->items;
	for (size_t i = 1; i < items->count; i++)
		if (shares_series(items, i))
			touching->touched[i] = touching->touched[i - 1];
}

static bool judge_touched(struct slice *slice, const bool *touched, struct error *err)
{
	struct judge_progress *progress = &slice->progress;
	const struct derive_cause cause = {.after = progress->rows,
					   .otherwise = "members_changed",
					   .judged = progress->catalogue};
	size_t read = SIZE_MAX; /* the item for which the series was read */
	for (size_t i = (size_t)progress->groups; i < slice->items.count; i++) {
		const struct judge_item *item = &slice->items.items[i];
		progress->groups = (int64_t)i;
		if (!touched[i])
			continue;
		bool is_first = read == SIZE_MAX || read + 1 != i;
		if (!next_series(slice, item, is_first, err))
			return false;
		if (slice->is_full)
			return true;
		read = i;
		if (!derive_verdict(slice->apply, item, &slice->series, &cause, slice->counts, err))
			return false;
	}
	return true;
}

/* The groups of members whose rows came.  Where everything is judged anyway that is left to it. */
static bool apply_groups(struct slice *slice, struct error *err)
{
	AUTO(touching_done) struct touching touching = {.slice = slice};
	if (slice->quiet || is_other_catalogue(slice))
		return true;
	if (!find_groups(&touching, err))
		return false;
	if (touching.group_count == 0)
		return true;
	if (!series_each_changed(slice->apply->ledger, slice->progress.rows, 0, touch_items,
				 &touching, err))
		return false;
	touch_sharing(&touching);
	return judge_touched(slice, touching.touched, err);
}

/* Rows that came since the last pass; with another catalogue, every series. */
static bool apply_rows(struct slice *slice, struct error *err)
{
	struct judge_progress *progress = &slice->progress;
	struct error stop = {0};
	int64_t last = 0;
	if (!log_last_seq(slice->apply->ledger, &last, err))
		return false;
	bool all = progress->standing != slice->catalogue;
	int64_t after = all ? 0 : progress->rows;
	if (!all && after >= last && progress->until == 0)
		return true;
	if (progress->until == 0) {
		progress->until = last;
		progress->series = 0;
	}
	bool whole = series_each_changed(slice->apply->ledger, after, progress->series,
					 apply_one_series, slice, &stop);
	if (!whole && !slice->is_full)
		return error_set(err, stop.code, "%s", stop.text);
	if (whole && !apply_groups(slice, err))
		return false;
	if (whole && !slice->is_full) {
		progress->groups = 0;
		progress->rows = progress->until;
		progress->standing = slice->catalogue;
		progress->until = 0;
		progress->series = 0;
	}
	return true;
}

static bool judge_all_items(struct slice *slice, const char *cause_word, struct error *err)
{
	const struct derive_cause cause = {INT64_MAX, cause_word, slice->quiet,
					   slice->progress.catalogue};
	struct judge_progress *progress = &slice->progress;
	const struct judge_items *items = &slice->items;
	size_t first = (size_t)progress->items;
	for (size_t i = first; i < items->count; i++) {
		const struct judge_item *item = &items->items[i];
		if (!next_series(slice, item, i == first, err))
			return false;
		if (slice->is_full) {
			progress->items = (int64_t)i;
			return true;
		}
		if (!derive_verdict(slice->apply, item, &slice->series, &cause, slice->counts, err))
			return false;
	}
	progress->items = 0;
	return true;
}

/* One stored verdict that no target asks for any more. */
struct stale {
	const struct catalogue *catalogue;
	struct assessment_row found;
};

static bool find_stale(void *self, const struct assessment_row *row,
		       const struct observation *deciding, struct error *err)
{
	struct stale *stale = self;
	(void)deciding;
	(void)err;
	const struct target *target = catalogue_target(stale->catalogue, span_of(row->target));
	const struct area *area = catalogue_area(stale->catalogue, span_of(row->area));
	if (target != NULL && area != NULL &&
	    catalogue_target_has_area(stale->catalogue, target, area))
		return true;
	stale->found = *row;
	return false;
}

static bool remove_stale(struct slice *slice, struct error *err)
{
	struct ledger *ledger = slice->apply->ledger;
	struct error stop = {0};
	struct stale stale = {.catalogue = slice->apply->catalogue};
	while (!assessment_each(ledger, find_stale, &stale, &stop)) {
		if (stop.code != ERROR_NONE)
			return error_set(err, stop.code, "%s", stop.text);
		if (!assessment_remove(ledger, stale.found.target, stale.found.area, err))
			return false;
	}
	return true;
}

/* Another day has come: which duties became late since the one before? */
static bool apply_duties(struct slice *slice, struct error *err)
{
	int64_t before = slice->progress.day;
	size_t events = 0;
	if (slice->quiet || before == 0 || before >= slice->today)
		return true;
	if (!apply_duties_late(slice->apply, (int32_t)before - 1, (int32_t)slice->today - 1,
			       &events, err))
		return false;
	slice->counts->events += events;
	return true;
}

/* All verdicts, when the catalogue or the day is another. */
static bool apply_verdicts(struct slice *slice, struct error *err)
{
	struct judge_progress *progress = &slice->progress;
	bool other_catalogue = is_other_catalogue(slice);
	if (!other_catalogue && progress->day == slice->today)
		return true;
	/* Totals that there can be no more would stay. */
	if (other_catalogue && progress->items == 0 &&
	    !assessment_totals_clear(slice->apply->ledger, err))
		return false;
	if (!judge_all_items(slice, other_catalogue ? "target_changed" : "time_passed", err))
		return false;
	if (slice->is_full)
		return true;
	if ((other_catalogue && !remove_stale(slice, err)) || !apply_duties(slice, err))
		return false;
	progress->catalogue = slice->catalogue;
	progress->day = slice->today;
	return true;
}

/* A pass that began under another catalogue or on another day begins again. */
static void check_pass(struct slice *slice)
{
	struct judge_progress *progress = &slice->progress;
	if (progress->pass_catalogue != slice->catalogue) {
		progress->until = 0;
		progress->series = 0;
		progress->groups = 0;
		progress->items = 0;
	}
	if (progress->pass_day != slice->today)
		progress->items = 0;
	progress->pass_catalogue = slice->catalogue;
	progress->pass_day = slice->today;
}

static bool begin_slice(const struct apply *apply, size_t limit, struct slice *slice,
			struct error *err)
{
	slice->apply = apply;
	slice->left = limit ? limit : SIZE_MAX;
	slice->today = (int64_t)zone_day(apply->zone, apply->now) + 1;
	if (!judge_progress_read(apply->ledger, &slice->progress, err) ||
	    !ledger_catalogue_load(apply->ledger, &slice->catalogue, err))
		return false;
	check_pass(slice);
	return true;
}

bool apply_step(const struct apply *apply, size_t limit, bool *ret_more,
		struct apply_counts *counts, struct error *err)
{
	struct apply_counts ignored = {0};
	AUTO(slice_done) struct slice slice = {.counts = counts ? counts : &ignored};
	bool is_current = false;
	if (!ledger_begin(apply->ledger, err))
		return false;
	bool done = begin_slice(apply, limit, &slice, err) &&
		    judge_is_current(apply->ledger, &slice.progress,
				     zone_day(apply->zone, apply->now), &is_current, err);
	if (is_current) {
		ledger_rollback(apply->ledger);
		*ret_more = false;
		return true;
	}
	done = done && judge_items_find(apply->catalogue, NULL, 0, &slice.items, err) &&
	       apply_rows(&slice, err) && (slice.is_full || apply_verdicts(&slice, err)) &&
	       judge_progress_write(apply->ledger, &slice.progress, err) &&
	       ledger_commit(apply->ledger, err);
	if (!done)
		ledger_rollback(apply->ledger);
	else
		*ret_more = slice.is_full;
	return done;
}

bool apply_all(const struct apply *apply, struct apply_counts *counts, struct error *err)
{
	bool more = true;
	while (more) {
		if (!apply_step(apply, 0, &more, counts, err))
			return false;
	}
	return true;
}

static bool refill(struct slice *slice, struct error *err)
{
	struct ledger *ledger = slice->apply->ledger;
	slice->progress = (struct judge_progress){0};
	slice->quiet = true;
	return derived_clear(ledger, err) && apply_rows(slice, err) && apply_verdicts(slice, err) &&
	       rrd_dirty_mark_all(ledger, err) &&
	       judge_progress_write(ledger, &slice->progress, err);
}

bool apply_rebuild(const struct apply *apply, struct apply_counts *counts, struct error *err)
{
	struct apply_counts ignored = {0};
	AUTO(slice_done) struct slice slice = {.counts = counts ? counts : &ignored};
	bool done = ledger_begin(apply->ledger, err) && begin_slice(apply, 0, &slice, err) &&
		    judge_items_find(apply->catalogue, NULL, 0, &slice.items, err) &&
		    refill(&slice, err) && ledger_commit(apply->ledger, err);
	if (!done)
		ledger_rollback(apply->ledger);
	return done;
}
