/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/flush.h"

#include "ledger/derived.h"
#include "ledger/rrd_dirty.h"

enum { FLUSH_LIST = 64 };

/* What stands, as rows of the indicator's frequency; stand-ins are marked in the ledger only. */
static bool make_rows(enum frequency frequency, const struct standing_values *values,
		      struct rrd_rows *ret, struct error *err)
{
	if (values->count == 0)
		return rrd_rows_init(ret, 0, 0, err);
	int32_t first = period_index(frequency, values->items[0].from_day);
	int32_t last = period_index(frequency, values->items[values->count - 1].from_day);
	if (last - first >= RRD_ROWS_MAX)
		first = last - RRD_ROWS_MAX + 1;
	if (!rrd_rows_init(ret, first, (size_t)(last - first) + 1, err))
		return false;
	for (size_t i = 0; i < values->count; i++) {
		const struct standing_value *value = &values->items[i];
		int32_t index = period_index(frequency, value->from_day);
		if (index >= first && value->is_set)
			ret->values[index - first] = value->value;
	}
	return true;
}

/* A series is marked when what stands of it has been stored, so that nothing is judged here. */
static bool put_file(const struct flush *flush, const struct series *series, struct error *err)
{
	AUTO_STANDING_VALUES struct standing_values values = {0};
	AUTO_RRD_ROWS struct rrd_rows rows = {0};
	const struct indicator *indicator =
		catalogue_indicator(flush->desk->setup->catalogue, span_of(series->indicator));
	size_t left_out = 0;
	if (indicator == NULL)
		return true;
	return standing_values_read(flush->desk->ledger, series->id, &values, err) &&
	       make_rows(indicator->frequency, &values, &rows, err) &&
	       rrd_client_put(flush->client, series->id, indicator->frequency, &rows, &left_out,
			      err);
}

static bool flush_one(const struct flush *flush, const struct rrd_dirty *mark, struct error *err)
{
	struct ledger *ledger = flush->desk->ledger;
	struct series series;
	if (!series_read(ledger, mark->series, &series, err))
		return false;
	if (!put_file(flush, &series, err))
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

static bool flush_list(const struct flush *flush, size_t limit, size_t *ret_done, struct error *err)
{
	struct rrd_dirty marks[FLUSH_LIST];
	size_t count = 0;
	size_t done = 0;
	bool good = rrd_dirty_list(flush->desk->ledger, 0, marks,
				   limit < FLUSH_LIST ? limit : FLUSH_LIST, &count, err);
	while (good && done < count) {
		good = flush_one(flush, &marks[done], err);
		done += good ? 1 : 0;
	}
	*ret_done = done;
	/* What was built is no longer behind, whatever became of the next one. */
	return (done == 0 || clear_marks(flush->desk->ledger, marks, done, err)) && good;
}

bool flush_some(const struct flush *flush, size_t limit, bool *ret_more, struct error *err)
{
	size_t left = limit ? limit : SIZE_MAX;
	int64_t count = 0;
	*ret_more = false;
	if (flush->client == NULL)
		return true;
	while (left > 0) {
		size_t done = 0;
		if (!flush_list(flush, left, &done, err))
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
