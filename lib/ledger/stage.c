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
enum phase { PHASE_BEGIN, PHASE_ROWS, PHASE_GONE, PHASE_DONE };

/* What an appending needs from its beginning to its end. */
struct stage_appending {
	struct stage *stage;
	const struct stage_order *order; /* `own` */
	struct stage_order own;
	enum phase phase;
	size_t at;	/* the next row in memory */
	struct sql sql; /* or the rows of the tables, while has_sql */
	bool has_sql;
	struct vintages gone;
	size_t withdrawn; /* of them */
	struct stage_counts counts;
	int64_t stage_series;	/* the one that `series` is about */
	struct series series;	/* id: of the ledger; 0: not there yet */
	struct log_known known; /* of that series */
	struct log_batch batch;
};

void stage_appending_free(struct stage_appending **slot)
{
	struct stage_appending *to = *slot;

	*slot = NULL;
	if (to == NULL)
		return;
	if (to->has_sql)
		sql_done(&to->sql);
	log_known_done(&to->known);
	log_batch_done(&to->batch);
	vintages_done(&to->gone);
	free(to);
}

bool stage_appending_new(struct stage *stage, const struct stage_order *order,
			 struct stage_appending **ret, struct error *err)
{
	struct stage_appending *to = calloc(1, sizeof *to);

	if (to == NULL)
		return error_memory(err);
	to->stage = stage;
	to->own = *order;
	to->order = &to->own;
	*ret = to;
	return true;
}

static bool enter_series(struct stage_appending *to, const struct observation *obs,
			 struct error *err)
{
	struct ledger *ledger = to->stage->ledger;
	struct series_key key = {to->series.indicator, to->series.breakdown, to->series.area};

	if (to->stage_series == obs->series)
		return true;
	if (!stage_series_read(to->stage, obs->series, &to->series, err) ||
	    !series_find(ledger, &key, &to->series.id, err))
		return false;
	to->stage_series = obs->series;
	return log_known_enter(&to->known, ledger, to->series.id, log_look_since(obs->period),
			       INT32_MAX, err);
}

static int32_t later_day(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

/* The load, and the series, are made by the first row that needs them. */
static bool make_room(struct stage_appending *to, struct error *err)
{
	struct series_key key = {to->series.indicator, to->series.breakdown, to->series.area};

	if (to->counts.load == 0 &&
	    !load_add(to->stage->ledger, to->order->load, &to->counts.load, err))
		return false;
	return to->series.id != 0 || series_ensure(to->stage->ledger, &key, &to->series.id, err);
}

static bool add(struct stage_appending *to, struct observation *obs, const struct provenance *from,
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

static bool write_rest(struct stage_appending *to, struct error *err)
{
	if (!log_batch_write(&to->batch, err))
		return false;
	to->counts.first_seq = to->batch.first_seq;
	to->counts.last_seq = to->batch.last_seq;
	return true;
}

/* What a complete answer took away and now brings again is in force again from now on, whatever day
 * it was published.  A withdrawal by somebody else stays. */
static bool find_return(struct stage_appending *to, struct observation *obs,
			enum append_result *result, struct error *err)
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
static bool was_brought(struct stage_appending *to, const struct log_key *key, bool *ret,
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
static bool compare_replayed(struct stage_appending *to, struct observation *obs,
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

static bool is_last_vintage(struct stage_appending *to, int64_t row, bool *ret, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(to->stage->ledger, STAGE_LATER);

	sql_bind_int(&sql, row);
	*ret = !sql_next(&sql);
	return sql_ok(&sql, err);
}

static bool compare(struct stage_appending *to, int64_t row, struct observation *obs,
		    enum append_result *result, struct error *err)
{
	bool is_last = false;

	*result = log_known_compare(&to->known, obs);
	if (to->order->replayed == NULL)
		return find_return(to, obs, result, err);
	return is_last_vintage(to, row, &is_last, err) &&
	       (!is_last || obs->series == 0 || compare_replayed(to, obs, result, err));
}

static bool append_one(struct stage_appending *to, int64_t row, struct observation *obs,
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
	if (!log_look_at(&to->order->look, &to->series, obs, &said, err))
		return false;
	log_known_note(&to->known, obs);
	return add(to, obs, &said, err);
}

/* The next row of the stage; *ret_found is false behind the last one. */
static bool append_next_of_memory(struct stage_appending *to, bool *ret_found, struct error *err)
{
	const struct stage_memory *memory = &to->stage->memory;

	*ret_found = to->at < memory->count;
	if (!*ret_found)
		return true;
	const struct stage_memory_row *row = stage_memory_at(memory, to->at++);
	const struct provenance from = stage_memory_from(memory, row);
	struct observation obs = row->obs;
	return append_one(to, 0, &obs, &from, err);
}

static bool append_next_of_tables(struct stage_appending *to, bool *ret_found, struct error *err)
{
	struct sql *sql = &to->sql;
	struct observation obs = {0};
	struct provenance from;

	*ret_found = sql_next(sql);
	if (!*ret_found)
		return sql_ok(sql, err);
	int64_t row = sql_read_int(sql);
	obs.series = sql_read_int(sql);
	observation_read_values(sql, &obs);
	provenance_read_columns(sql, &from);
	return sql_ok(sql, err) && append_one(to, row, &obs, &from, err);
}

static bool append_rows(struct stage_appending *to, size_t limit, struct error *err)
{
	bool is_there = true;

	for (size_t left = limit; left > 0 && is_there; left--)
		if (!(to->has_sql ? append_next_of_tables(to, &is_there, err)
				  : append_next_of_memory(to, &is_there, err)))
			return false;
	if (!is_there)
		to->phase = to->order->complete ? PHASE_GONE : PHASE_DONE;
	return true;
}

/* Collected first, because what is added would be met again while looking. */
static bool collect_gone(struct stage_appending *to, struct error *err)
{
	static const struct sha256 any;
	const struct sha256 *document = to->order->replayed;
	const struct stage *before = to->order->before;
	struct vintages *gone = &to->gone;

	if (!log_batch_settle(to->stage->ledger, err) ||
	    !sql_script(to->stage->ledger->db, STAGE_INDEX, err))
		return false;
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

static bool withdraw(struct stage_appending *to, const struct observation *row, struct error *err)
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

static bool withdraw_gone(struct stage_appending *to, size_t limit, struct error *err)
{
	if (to->withdrawn == 0 && !collect_gone(to, err))
		return false;
	for (size_t left = limit; left > 0 && to->withdrawn < to->gone.count; left--)
		if (!withdraw(to, &to->gone.rows[to->withdrawn++], err))
			return false;
	if (to->withdrawn == to->gone.count)
		to->phase = PHASE_DONE;
	return true;
}

/* Sorted, if nobody asked for duplicates before. */
static bool begin_memory(struct stage_appending *to, struct error *err)
{
	struct stage_memory *memory = &to->stage->memory;
	bool ignored;

	return to->stage->is_sorted || memory->order != NULL ||
	       stage_memory_sort(memory, &ignored, err);
}

/* What is compared with all rows of the feed is looked for by SQL. */
static bool begin_tables(struct stage_appending *to, struct error *err)
{
	const struct stage_order *order = to->order;
	struct stage *stage = to->stage;

	if (!stage_move_to_tables(stage, err) ||
	    (order->before != NULL && !stage_move_to_tables(order->before, err)) ||
	    !stage_make_tables(stage, err) ||
	    (order->replayed != NULL && !sql_script(stage->ledger->db, STAGE_INDEX, err)))
		return false;
	to->sql = sql_use(stage->ledger, stage->is_sorted ? STAGE_SORTED : STAGE_TO_SORT);
	to->has_sql = true;
	sql_bind_int(&to->sql, stage->first);
	sql_bind_int(&to->sql, stage->run);
	return sql_ok(&to->sql, err);
}

static bool begin(struct stage_appending *to, struct error *err)
{
	const struct stage_order *order = to->order;
	bool is_simple = !to->stage->is_in_tables && order->replayed == NULL && !order->complete;

	to->phase = PHASE_ROWS;
	return is_simple ? begin_memory(to, err) : begin_tables(to, err);
}

bool stage_appending_step(struct stage_appending *to, size_t limit, bool *ret_done,
			  struct error *err)
{
	if ((to->phase == PHASE_BEGIN && !begin(to, err)) ||
	    (to->phase == PHASE_ROWS && !append_rows(to, limit, err)) ||
	    (to->phase == PHASE_GONE && !withdraw_gone(to, limit, err)) ||
	    (to->phase == PHASE_DONE && !write_rest(to, err)))
		return false;
	*ret_done = to->phase == PHASE_DONE;
	return true;
}

const struct stage_counts *stage_appending_counts(const struct stage_appending *to)
{
	return &to->counts;
}

bool stage_append(struct stage *stage, const struct stage_order *order, struct stage_counts *ret,
		  struct error *err)
{
	AUTO(stage_appending_free) struct stage_appending *to = NULL;
	bool is_done = false;

	if (!stage_appending_new(stage, order, &to, err))
		return false;
	while (!is_done)
		if (!stage_appending_step(to, SIZE_MAX, &is_done, err))
			return false;
	*ret = to->counts;
	return true;
}
