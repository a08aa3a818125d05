/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/stage.h"

#include <stdlib.h>

#include "ledger/log_batch.h"
#include "ledger/log_fields.h"
#include "ledger/log_known.h"
#include "ledger/stage_rows.h"

static const char STAGE_SORTED[] =
	"SELECT " STAGE_ROW_COLUMNS ", r.locator, r.raw, r.warning FROM temp.stage_row r"
	" WHERE r.stage_row_id >= ? AND r.run = ? AND r.other IS NULL ORDER BY r.stage_row_id";
static const char STAGE_TO_SORT[] =
	"SELECT " STAGE_ROW_COLUMNS ", r.locator, r.raw, r.warning FROM temp.stage_row r"
	" WHERE r.stage_row_id >= ? AND r.run = ? AND r.other IS NULL ORDER BY " STAGE_ROW_ORDER;
static const char STAGE_INDEX[] = "CREATE INDEX IF NOT EXISTS temp.stage_row_key ON stage_row"
				  " (run, stage_series_id, from_day, to_day, source_id)";
static const char STAGE_GONE[] =
	"SELECT " OBSERVATION_COLUMNS " FROM load l JOIN observation o ON o.load_id = l.load_id"
	" JOIN series s ON s.series_id = o.series_id"
	" WHERE l.feed_id = ?1 AND o.status <> 'W'"
	" AND (?2 IS NULL OR l.document = ?2"
	"  OR EXISTS (SELECT 1 FROM temp.stage_series z JOIN temp.stage_row r"
	"   ON r.run = z.run AND r.stage_series_id = z.stage_series_id"
	"   WHERE z.run = ?4 AND z.indicator_id = s.indicator_id AND z.breakdown = s.breakdown"
	"   AND z.area_id = s.area_id AND r.from_day = o.from_day AND r.to_day = o.to_day"
	"   AND r.source_id = o.source_id))"
	" AND NOT EXISTS (SELECT 1 FROM observation n WHERE n.series_id = o.series_id"
	"  AND n.from_day = o.from_day AND n.to_day = o.to_day AND n.source_id = o.source_id"
	"  AND (n.known_day, n.seq) > (o.known_day, o.seq))"
	" AND NOT EXISTS (SELECT 1 FROM temp.stage_series z JOIN temp.stage_row r"
	"  ON r.run = z.run AND r.stage_series_id = z.stage_series_id"
	"  WHERE z.run = ?3 AND z.indicator_id = s.indicator_id AND z.breakdown = s.breakdown"
	"  AND z.area_id = s.area_id AND r.from_day = o.from_day AND r.to_day = o.to_day"
	"  AND r.source_id = o.source_id AND (?2 IS NULL OR r.other IS NULL))"
	" ORDER BY o.series_id, o.from_day, o.seq";

static const char STAGE_BROUGHT[] =
	"SELECT 1 FROM observation o JOIN load l ON l.load_id = o.load_id"
	" WHERE o.series_id = ? AND o.from_day = ? AND o.to_day = ? AND o.source_id = ?"
	" AND l.feed_id = ? LIMIT 1";
static const char STAGE_LATER[] =
	"SELECT 1 FROM temp.stage_row r JOIN temp.stage_row n ON n.run = r.run"
	" AND n.stage_series_id = r.stage_series_id AND n.from_day = r.from_day"
	" AND n.to_day = r.to_day AND n.source_id = r.source_id AND n.other IS NULL"
	" AND (n.known_day, n.stage_row_id) > (r.known_day, r.stage_row_id)"
	" WHERE r.stage_row_id = ? LIMIT 1";
/* What an appending needs from its beginning to its end. */
struct appending {
	struct stage *stage;
	const struct stage_order *order;
	struct stage_counts counts;
	int64_t stage_series;	/* the one that `series` is about */
	struct series series;	/* id: of the ledger; 0: not there yet */
	struct log_known known; /* of that series */
	struct log_batch batch;
};

static void appending_done(struct appending *to)
{
	log_known_done(&to->known);
	log_batch_done(&to->batch);
}

static bool enter_series(struct appending *to, const struct observation *obs, struct error *err)
{
	struct ledger *ledger = to->stage->ledger;
	struct series_key key = {to->series.indicator, to->series.breakdown, to->series.area};

	if (to->stage_series == obs->series)
		return true;
	if (!stage_series_read(to->stage, obs->series, &to->series, err) ||
	    !series_find(ledger, &key, &to->series.id, err))
		return false;
	to->stage_series = obs->series;
	return log_known_enter(&to->known, ledger, to->series.id, obs->period.from, INT32_MAX, err);
}

static int32_t later_day(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

/* The load, and the series, are made by the first row that needs them. */
static bool make_room(struct appending *to, struct error *err)
{
	struct series_key key = {to->series.indicator, to->series.breakdown, to->series.area};

	if (to->counts.load == 0 &&
	    !load_add(to->stage->ledger, to->order->load, &to->counts.load, err))
		return false;
	return to->series.id != 0 || series_ensure(to->stage->ledger, &key, &to->series.id, err);
}

static bool add(struct appending *to, struct observation *obs, const struct provenance *from,
		struct error *err)
{
	if (to->order->dry_run)
		return true;
	if (!make_room(to, err))
		return false;
	obs->series = to->series.id;
	obs->load = to->counts.load;
	to->batch.ledger = to->stage->ledger;
	return log_batch_add(&to->batch, obs, from, err);
}

static bool write_rest(struct appending *to, struct error *err)
{
	if (!log_batch_write(&to->batch, err))
		return false;
	to->counts.first_seq = to->batch.first_seq;
	to->counts.last_seq = to->batch.last_seq;
	return true;
}

/* What a complete answer took away and now brings again is in force again from now on, whatever day
 * it was published.  A withdrawal by somebody else stays. */
static bool find_return(struct appending *to, struct observation *obs, enum append_result *result,
			struct error *err)
{
	struct log_key key = {obs->series, obs->period, obs->source};
	struct observation gone;
	struct load load;

	if (!to->order->complete || *result != APPEND_UNCHANGED || obs->series == 0)
		return true;
	if (!log_in_force(to->stage->ledger, &key, DAY_NONE, &gone, err))
		return false;
	if (gone.seq == 0 || gone.status != OBS_WITHDRAWN || obs->status == OBS_WITHDRAWN)
		return true;
	if (!load_read(to->stage->ledger, gone.load, &load, err))
		return false;
	if (strcmp(load.feed, to->order->load->feed) != 0)
		return true;
	obs->known_day = later_day(to->order->withdrawn_day, gone.known_day);
	*result = APPEND_REVISED;
	return true;
}

/* Did this feed ever bring a row of the key? */
static bool was_brought(struct appending *to, const struct log_key *key, bool *ret,
			struct error *err)
{
	if (!log_batch_settle(to->stage->ledger, err))
		return false;
	AUTO_SQL struct sql sql = sql_use(to->stage->ledger, STAGE_BROUGHT);

	sql_bind_int(&sql, key->series);
	sql_bind_int(&sql, key->period.from);
	sql_bind_int(&sql, key->period.to);
	sql_bind_text(&sql, key->source);
	sql_bind_text(&sql, to->order->load->feed);
	*ret = sql_next(&sql);
	return sql_ok(&sql, err);
}

/* What the last vintage of a key in a replayed document is beside the row in force. */
static bool compare_replayed(struct appending *to, struct observation *obs,
			     enum append_result *result, struct error *err)
{
	struct log_key key = {obs->series, obs->period, obs->source};
	struct observation last = {0};
	struct load load = {0};
	bool is_ours, was_ours = false;

	if (!log_in_force(to->stage->ledger, &key, DAY_NONE, &last, err) ||
	    (last.seq != 0 && (!load_read(to->stage->ledger, last.load, &load, err) ||
			       !was_brought(to, &key, &was_ours, err))))
		return false;
	is_ours = strcmp(load.feed, to->order->load->feed) == 0;
	if (last.seq == 0 || (!is_ours && !was_ours))
		return true;
	*result = is_ours && obs_differs(&last, obs) ? APPEND_REVISED : APPEND_UNCHANGED;
	if (obs->published[0] == '\0' || obs->known_day < last.known_day)
		obs->known_day = last.known_day;
	return true;
}

static bool is_last_vintage(struct appending *to, int64_t row, bool *ret, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(to->stage->ledger, STAGE_LATER);

	sql_bind_int(&sql, row);
	*ret = !sql_next(&sql);
	return sql_ok(&sql, err);
}

static bool compare(struct appending *to, int64_t row, struct observation *obs,
		    enum append_result *result, struct error *err)
{
	bool is_last = false;

	*result = log_known_compare(&to->known, obs);
	if (to->order->replayed == NULL)
		return find_return(to, obs, result, err);
	return is_last_vintage(to, row, &is_last, err) &&
	       (!is_last || obs->series == 0 || compare_replayed(to, obs, result, err));
}

static bool append_one(struct appending *to, int64_t row, struct observation *obs,
		       const struct provenance *from, struct error *err)
{
	struct provenance said = *from;
	enum append_result result;

	if (!enter_series(to, obs, err))
		return false;
	obs->series = to->series.id;
	if (!compare(to, row, obs, &result, err))
		return false;
	to->counts.rows++;
	if (result == APPEND_UNCHANGED) {
		to->counts.unchanged++;
		return true;
	}
	to->counts.appended++;
	to->counts.revised += result == APPEND_REVISED;
	log_known_note(&to->known, obs);
	return log_look_at(&to->order->look, &to->series, obs, &said, err) &&
	       add(to, obs, &said, err);
}

static bool append_memory(struct appending *to, struct error *err)
{
	const struct stage_memory *memory = &to->stage->memory;

	for (size_t i = 0; i < memory->count; i++) {
		const struct stage_memory_row *row = stage_memory_at(memory, i);
		const struct provenance from = stage_memory_from(memory, row);
		struct observation obs = row->obs;
		if (!append_one(to, 0, &obs, &from, err))
			return false;
	}
	return true;
}

static bool append_tables(struct appending *to, struct error *err)
{
	struct stage *stage = to->stage;
	AUTO_SQL struct sql sql =
		sql_use(stage->ledger, stage->is_sorted ? STAGE_SORTED : STAGE_TO_SORT);

	sql_bind_int(&sql, stage->first);
	sql_bind_int(&sql, stage->run);
	while (sql_next(&sql)) {
		struct observation obs = {0};
		struct provenance from;
		int64_t row;
		row = sql_read_int(&sql);
		obs.series = sql_read_int(&sql);
		observation_read_values(&sql, &obs);
		provenance_read_columns(&sql, &from);
		if (!sql_ok(&sql, err) || !append_one(to, row, &obs, &from, err))
			return false;
	}
	return sql_ok(&sql, err);
}

/* Collected first, because what is added would be met again while looking. */
static bool collect_gone(struct appending *to, struct vintages *gone, struct error *err)
{
	static const struct sha256 any;
	const struct sha256 *document = to->order->replayed;
	const struct stage *before = to->order->before;
	AUTO_SQL struct sql sql = sql_use(to->stage->ledger, STAGE_GONE);

	sql_bind_text(&sql, to->order->load->feed);
	sql_bind_hash(&sql, document != NULL ? document : &any);
	sql_bind_int(&sql, to->stage->run);
	sql_bind_int(&sql, before != NULL ? before->run : 0);
	for (; sql_next(&sql); gone->count++) {
		if (!array_grow(&gone->rows, &gone->room, gone->count, sizeof *gone->rows,
				STAGE_ROWS_MAX, "withdrawals in a run", err))
			return false;
		gone->rows[gone->count] = (struct observation){0};
		observation_read_columns(&sql, &gone->rows[gone->count]);
	}
	return sql_ok(&sql, err);
}

static bool withdraw(struct appending *to, const struct observation *row, struct error *err)
{
	const struct provenance from = {
		.warning = to->order->replayed != NULL
				   ? "not given any more by the document as it is read now"
				   : "not in the feed's answer any more",
	};
	struct observation gone = {
		.period = row->period,
		.status = OBS_WITHDRAWN,
		.known_day = later_day(to->order->withdrawn_day, row->known_day),
	};

	memcpy(gone.source, row->source, sizeof gone.source);
	to->series.id = row->series;
	to->counts.withdrawn++;
	return add(to, &gone, &from, err);
}

static bool withdraw_gone(struct appending *to, struct error *err)
{
	AUTO_VINTAGES struct vintages gone = {0};

	if (!log_batch_settle(to->stage->ledger, err) ||
	    !sql_script(to->stage->ledger->db, STAGE_INDEX, err) || !collect_gone(to, &gone, err))
		return false;
	for (size_t i = 0; i < gone.count; i++)
		if (!withdraw(to, &gone.rows[i], err))
			return false;
	return true;
}

/* Sorted, if nobody asked for duplicates before. */
static bool append_sorted(struct appending *to, struct error *err)
{
	struct stage_memory *memory = &to->stage->memory;
	bool ignored;

	if (!to->stage->is_sorted && memory->order == NULL &&
	    !stage_memory_sort(memory, &ignored, err))
		return false;
	return append_memory(to, err);
}

/* What is compared with all rows of the feed is looked for by SQL. */
static bool append_by_sql(struct appending *to, struct error *err)
{
	const struct stage_order *order = to->order;
	struct stage *stage = to->stage;

	return stage_move_to_tables(stage, err) &&
	       (order->before == NULL || stage_move_to_tables(order->before, err)) &&
	       stage_make_tables(stage, err) &&
	       (order->replayed == NULL || sql_script(stage->ledger->db, STAGE_INDEX, err)) &&
	       append_tables(to, err) && (!order->complete || withdraw_gone(to, err));
}

bool stage_append(struct stage *stage, const struct stage_order *order, struct stage_counts *ret,
		  struct error *err)
{
	AUTO(appending_done) struct appending to = {.stage = stage, .order = order};
	bool is_simple = !stage->is_in_tables && order->replayed == NULL && !order->complete;

	if (!(is_simple ? append_sorted(&to, err) : append_by_sql(&to, err)) ||
	    !write_rest(&to, err))
		return false;
	*ret = to.counts;
	return true;
}
