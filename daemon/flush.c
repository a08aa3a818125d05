/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/flush.h"

#include "ledger/rrd_dirty.h"

enum { FLUSH_LIST = 64 };

/* What stands, as rows of the indicator's frequency; stand-ins are marked in the ledger only. */
static bool make_rows(const struct judged_series *series, struct rrd_rows *ret, struct error *err)
{
	const struct standing *standing = &series->standing;
	enum frequency frequency = series->indicator->frequency;
	if (standing->count == 0)
		return rrd_rows_init(ret, 0, 0, err);
	int32_t first = period_index(frequency, standing->points[0].reporting.from);
	int32_t last =
		period_index(frequency, standing->points[standing->count - 1].reporting.from);
	if (last - first >= RRD_ROWS_MAX)
		first = last - RRD_ROWS_MAX + 1;
	if (!rrd_rows_init(ret, first, (size_t)(last - first) + 1, err))
		return false;
	for (size_t i = 0; i < standing->count; i++) {
		const struct standing_point *point = &standing->points[i];
		int32_t index = period_index(frequency, point->reporting.from);
		if (index >= first && point->row->has_value)
			ret->values[index - first] = point->row->value;
	}
	return true;
}

static bool put_file(const struct flush *flush, int64_t now, const struct series *series,
		     struct error *err)
{
	AUTO_JUDGED_SERIES struct judged_series judged = {0};
	AUTO_RRD_ROWS struct rrd_rows rows = {0};
	const struct judge judge = {
		.ledger = flush->desk->ledger,
		.catalogue = flush->desk->setup->catalogue,
		.zone = flush->desk->zone,
		.as_of = {.day = zone_day(flush->desk->zone, now)},
	};
	const struct series_key key = {series->indicator, series->breakdown, series->area};
	size_t left_out = 0;
	if (catalogue_indicator(judge.catalogue, span_of(series->indicator)) == NULL)
		return true;
	return judge_published(&judge, &key, &judged, err) && make_rows(&judged, &rows, err) &&
	       rrd_client_put(flush->client, series->id, judged.indicator->frequency, &rows,
			      &left_out, err);
}

static bool flush_one(const struct flush *flush, int64_t now, const struct rrd_dirty *mark,
		      struct error *err)
{
	struct ledger *ledger = flush->desk->ledger;
	struct series series;
	if (!series_read(ledger, mark->series, &series, err))
		return false;
	if (!put_file(flush, now, &series, err))
		return error_within(err, "RRD file of %s %s", series.indicator, series.area);
	return true;
}

static bool clear_marks(struct ledger *ledger, const struct rrd_dirty *marks, size_t count,
			struct error *err)
{
	bool done = ledger_begin(ledger, err);
	for (size_t i = 0; done && i < count; i++)
		done = rrd_dirty_clear(ledger, marks[i], err);
	done = done && ledger_commit(ledger, err);
	if (!done)
		ledger_rollback(ledger);
	return done;
}

static bool flush_list(const struct flush *flush, int64_t now, size_t limit, size_t *ret_done,
		       struct error *err)
{
	struct rrd_dirty marks[FLUSH_LIST];
	size_t count = 0;
	size_t done = 0;
	bool good = rrd_dirty_list(flush->desk->ledger, 0, marks,
				   limit < FLUSH_LIST ? limit : FLUSH_LIST, &count, err);
	while (good && done < count) {
		good = flush_one(flush, now, &marks[done], err);
		done += good ? 1 : 0;
	}
	*ret_done = done;
	/* What was built is no longer behind, whatever became of the next one. */
	return (done == 0 || clear_marks(flush->desk->ledger, marks, done, err)) && good;
}

bool flush_some(const struct flush *flush, int64_t now, size_t limit, bool *ret_more,
		struct error *err)
{
	size_t left = limit ? limit : SIZE_MAX;
	int64_t count = 0;
	*ret_more = false;
	if (flush->client == NULL)
		return true;
	while (left > 0) {
		size_t done = 0;
		if (!flush_list(flush, now, left, &done, err))
			return false;
		left -= done;
		if (done == 0)
			break;
	}
	if (!rrd_dirty_count(flush->desk->ledger, &count, err))
		return false;
	*ret_more = count > 0;
	return true;
}
