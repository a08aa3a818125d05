/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/append.h"

#include "ledger/log_fields.h"

static int compare_series(const struct series *last, const struct series_key *key)
{
	int order = strcmp(last->indicator, key->indicator);
	if (order == 0)
		order = strcmp(last->breakdown, key->breakdown);
	return order != 0 ? order : strcmp(last->area, key->area);
}

/* By period and source; the same says that only the known day tells them apart. */
static int compare_keys(const struct observation *a, const struct observation *b)
{
	int order = period_compare(a->period, b->period);
	return order != 0 ? order : strcmp(a->source, b->source);
}

static bool is_next(const struct append_run *run, const struct series_key *key,
		    const struct observation *obs)
{
	int order = run->has_series ? compare_series(&run->series, key) : -1;
	if (order == 0)
		order = compare_keys(&run->last, obs);
	return order < 0 || (order == 0 && run->last.known_day < obs->known_day);
}

static bool enter_series(struct append_run *run, const struct series_key *key,
			 const struct observation *obs, struct error *err)
{
	struct series *series = &run->series;
	if (run->has_series && compare_series(series, key) == 0)
		return true;
	if (!span_copy(span_of(key->indicator), series->indicator, sizeof series->indicator) ||
	    !span_copy(span_of(key->breakdown), series->breakdown, sizeof series->breakdown) ||
	    !span_copy(span_of(key->area), series->area, sizeof series->area))
		return error_set(err, ERROR_LIMIT, "the name of a series is too long");
	run->has_series = true;
	run->last = (struct observation){0};
	return series_find(run->ledger, key, &series->id, err) &&
	       log_known_enter(&run->known, run->ledger, series->id, log_look_since(obs->period),
			       INT32_MAX, err);
}

static bool add(struct append_run *run, struct observation *obs, const struct provenance *from,
		struct error *err)
{
	const struct series_key key = {run->series.indicator, run->series.breakdown,
				       run->series.area};
	if (run->counts.load == 0 && !load_add(run->ledger, run->load, &run->counts.load, err))
		return false;
	if (run->series.id == 0 && !series_ensure(run->ledger, &key, &run->series.id, err))
		return false;
	obs->series = run->series.id;
	obs->load = run->counts.load;
	run->batch.ledger = run->ledger;
	return log_batch_add(&run->batch, obs, from, err);
}

bool append_in_order(struct append_run *run, const struct series_key *key,
		     const struct observation *obs, const struct provenance *from,
		     bool *ret_in_order, struct error *err)
{
	struct observation row = *obs;
	*ret_in_order = is_next(run, key, obs);
	if (!*ret_in_order)
		return true;
	if (!enter_series(run, key, obs, err))
		return false;
	row.series = run->series.id;
	enum append_result result = log_known_compare(&run->known, &row);
	run->last = *obs;
	run->counts.rows++;
	if (result == APPEND_UNCHANGED) {
		run->counts.unchanged++;
		return true;
	}
	run->counts.appended++;
	run->counts.revised += result == APPEND_REVISED;
	struct provenance said = *from;
	if (!log_look_at(&run->look, &run->series, &row, &said, err))
		return false;
	log_known_note(&run->known, &row);
	return add(run, &row, &said, err);
}

bool append_run_end(struct append_run *run, struct error *err)
{
	if (!log_batch_write(&run->batch, err))
		return false;
	run->counts.first_seq = run->batch.first_seq;
	run->counts.last_seq = run->batch.last_seq;
	return true;
}

void append_run_done(struct append_run *run)
{
	log_known_done(&run->known);
	log_batch_done(&run->batch);
}
