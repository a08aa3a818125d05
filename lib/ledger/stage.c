/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/stage.h"

#include <stdlib.h>

#include "ledger/log_fields.h"
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
static const char STAGE_KEYS[] =
	"SELECT " STAGE_ROW_COLUMNS " FROM temp.stage_row r"
	" WHERE r.stage_row_id >= ? AND r.run = ? AND r.other IS NULL ORDER BY " STAGE_ROW_ORDER;
static const char STAGE_REFUSE[] = "UPDATE temp.stage_row SET other = ? WHERE stage_row_id = ?";
static const char STAGE_REMOVE[] = "DELETE FROM temp.stage_row WHERE stage_row_id = ?";
static const char STAGE_REFUSED[] =
	"SELECT " STAGE_ROW_COLUMNS ", r.locator, r.raw, r.warning,"
	" x.locator, x.raw, x.warning FROM temp.stage_row r"
	" JOIN temp.stage_row x ON x.stage_row_id = r.other"
	" WHERE r.stage_row_id >= ? AND r.run = ? AND r.other > 0 ORDER BY r.stage_row_id";

/* Rows with one key, in the order in which they came. */
struct same_key {
	struct observation first;
	int64_t *ids;
	size_t count, room;
	bool all_same; /* they say the same as the first */
};

static bool set_other(struct stage *stage, int64_t id, int64_t other, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(stage->ledger, STAGE_REFUSE);

	sql_bind_int(&sql, other);
	sql_bind_int(&sql, id);
	stage->count--;
	return sql_run(&sql, err);
}

static bool remove_row(struct stage *stage, int64_t id, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(stage->ledger, STAGE_REMOVE);

	sql_bind_int(&sql, id);
	stage->count--;
	return sql_run(&sql, err);
}

static bool refuse_all(struct stage *stage, const struct same_key *same, size_t *refused,
		       struct error *err)
{
	for (size_t i = 0; i < same->count; i++)
		if (!set_other(stage, same->ids[i], same->ids[i == 0 ? 1 : 0], err))
			return false;
	*refused += same->count;
	return true;
}

static bool keep_one(struct stage *stage, const struct same_key *same, size_t kept,
		     struct error *err)
{
	for (size_t i = 0; i < same->count; i++)
		if (i != kept && !remove_row(stage, same->ids[i], err))
			return false;
	return true;
}

static bool settle(struct stage *stage, const struct same_key *same, enum stage_duplicates policy,
		   size_t *refused, struct error *err)
{
	if (same->count < 2)
		return true;
	if (policy == STAGE_DUPLICATES_FIRST)
		return keep_one(stage, same, 0, err);
	if (policy == STAGE_DUPLICATES_LAST)
		return keep_one(stage, same, same->count - 1, err);
	if (policy == STAGE_DUPLICATES_SAME && same->all_same)
		return keep_one(stage, same, 0, err);
	return refuse_all(stage, same, refused, err);
}

static bool has_key(const struct same_key *same, const struct observation *obs)
{
	const struct observation *first = &same->first;

	return same->count > 0 && first->series == obs->series &&
	       period_equal(first->period, obs->period) && first->known_day == obs->known_day &&
	       strcmp(first->source, obs->source) == 0;
}

static bool note_row(struct same_key *same, int64_t id, const struct observation *obs,
		     struct error *err)
{
	if (!array_grow(&same->ids, &same->room, same->count, sizeof *same->ids, STAGE_ROWS_MAX,
			"rows with one key", err))
		return false;
	if (same->count == 0) {
		same->first = *obs;
		same->all_same = true;
	}
	same->all_same = same->all_same && !obs_differs(&same->first, obs);
	same->ids[same->count++] = id;
	return true;
}

static bool settle_all(struct stage *stage, enum stage_duplicates policy, struct same_key *same,
		       size_t *refused, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(stage->ledger, STAGE_KEYS);

	sql_bind_int(&sql, stage->first);
	sql_bind_int(&sql, stage->run);
	while (sql_next(&sql)) {
		struct observation obs = {0};
		int64_t id = sql_read_int(&sql);
		obs.series = sql_read_int(&sql);
		observation_read_values(&sql, &obs);
		if (!sql_ok(&sql, err))
			return false;
		if (!has_key(same, &obs)) {
			if (!settle(stage, same, policy, refused, err))
				return false;
			same->count = 0;
		}
		if (!note_row(same, id, &obs, err))
			return false;
	}
	return sql_ok(&sql, err) && settle(stage, same, policy, refused, err);
}

static bool tell_refused(struct stage *stage, stage_duplicate_fn *take, void *self,
			 struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(stage->ledger, STAGE_REFUSED);

	sql_bind_int(&sql, stage->first);
	sql_bind_int(&sql, stage->run);
	while (sql_next(&sql)) {
		struct stage_duplicate duplicate = {0};
		(void)sql_read_int(&sql);
		int64_t series = sql_read_int(&sql);
		observation_read_values(&sql, &duplicate.obs);
		provenance_read_columns(&sql, &duplicate.from);
		provenance_read_columns(&sql, &duplicate.other);
		if (!sql_ok(&sql, err) || !stage_series_read(stage, series, &duplicate.series, err))
			return false;
		duplicate.series.id = 0;
		if (!take(self, &duplicate, err))
			return false;
	}
	return sql_ok(&sql, err);
}

bool stage_duplicates(struct stage *stage, enum stage_duplicates policy, stage_duplicate_fn *take,
		      void *self, size_t *ret_refused, struct error *err)
{
	struct same_key same = {0};
	size_t refused = 0;
	if (!stage_make_tables(stage, err))
		return false;
	bool settled = stage->is_sorted || settle_all(stage, policy, &same, &refused, err);

	free(same.ids);
	if (!settled || (refused > 0 && !tell_refused(stage, take, self, err)))
		return false;
	*ret_refused = refused;
	return true;
}

/* What an appending needs from its beginning to its end. */
struct appending {
	struct stage *stage;
	const struct stage_order *order;
	struct stage_counts counts;
	int64_t stage_series;	 /* the one that `series` is about */
	struct series series;	 /* id: of the ledger; 0: not there yet */
	bool is_fresh;		 /* the series came into being in this run */
	struct observation last; /* appended to it */
};

static bool enter_series(struct appending *to, int64_t stage_series, struct error *err)
{
	struct series_key key = {to->series.indicator, to->series.breakdown, to->series.area};

	if (to->stage_series == stage_series)
		return true;
	if (!stage_series_read(to->stage, stage_series, &to->series, err) ||
	    !series_find(to->stage->ledger, &key, &to->series.id, err))
		return false;
	to->stage_series = stage_series;
	to->is_fresh = to->series.id == 0;
	to->last = (struct observation){0};
	return true;
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
	int64_t seq;

	if (to->order->dry_run)
		return true;
	if (!make_room(to, err))
		return false;
	obs->series = to->series.id;
	obs->load = to->counts.load;
	if (!log_add(to->stage->ledger, obs, from, &seq, err))
		return false;
	if (to->counts.first_seq == 0)
		to->counts.first_seq = seq;
	to->counts.last_seq = seq;
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

/* Then nothing in the log can be about the same: rows come in the order of their keys. */
static bool is_first_of_fresh(const struct appending *to, const struct observation *obs)
{
	return to->is_fresh && obs->status != OBS_WITHDRAWN &&
	       (!period_equal(to->last.period, obs->period) ||
		strcmp(to->last.source, obs->source) != 0);
}

static bool compare(struct appending *to, int64_t row, struct observation *obs,
		    enum append_result *result, struct error *err)
{
	int64_t seq;
	bool is_last = false;

	*result = APPEND_NEW;
	if (!is_first_of_fresh(to, obs) && !log_compare(to->stage->ledger, obs, result, &seq, err))
		return false;
	if (to->order->replayed == NULL)
		return find_return(to, obs, result, err);
	return is_last_vintage(to, row, &is_last, err) &&
	       (!is_last || obs->series == 0 || compare_replayed(to, obs, result, err));
}

static bool append_one(struct appending *to, int64_t row, struct observation *obs,
		       const struct provenance *from, struct error *err)
{
	enum append_result result;

	if (!enter_series(to, obs->series, err))
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
	to->last = *obs;
	return add(to, obs, from, err);
}

static bool append_all(struct appending *to, struct error *err)
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

	if (!sql_script(to->stage->ledger->db, STAGE_INDEX, err) || !collect_gone(to, &gone, err))
		return false;
	for (size_t i = 0; i < gone.count; i++)
		if (!withdraw(to, &gone.rows[i], err))
			return false;
	return true;
}

bool stage_append(struct stage *stage, const struct stage_order *order, struct stage_counts *ret,
		  struct error *err)
{
	struct appending to = {.stage = stage, .order = order};

	if (!stage_make_tables(stage, err) ||
	    (order->replayed != NULL && !sql_script(stage->ledger->db, STAGE_INDEX, err)) ||
	    !append_all(&to, err) || (order->complete && !withdraw_gone(&to, err)))
		return false;
	*ret = to.counts;
	return true;
}
