/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/stage_duplicates.h"

#include <stdlib.h>

#include "ledger/log_fields.h"
#include "ledger/stage_rows.h"

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

/* Without duplicates nothing else is to be done. */
static bool sort_in_memory(struct stage *stage, bool *ret_done, struct error *err)
{
	bool twice = false;

	if (!stage->is_in_tables && !stage->is_sorted &&
	    !stage_memory_sort(&stage->memory, &twice, err))
		return false;
	*ret_done = !stage->is_in_tables && !twice;
	return true;
}

bool stage_duplicates(struct stage *stage, enum stage_duplicates policy, stage_duplicate_fn *take,
		      void *self, size_t *ret_refused, struct error *err)
{
	struct same_key same = {0};
	size_t refused = 0;
	bool is_done = false;
	if (!sort_in_memory(stage, &is_done, err))
		return false;
	if (is_done) {
		*ret_refused = 0;
		return true;
	}
	if (!stage_move_to_tables(stage, err) || !stage_make_tables(stage, err))
		return false;
	bool settled = stage->is_sorted || settle_all(stage, policy, &same, &refused, err);

	free(same.ids);
	if (!settled || (refused > 0 && !tell_refused(stage, take, self, err)))
		return false;
	*ret_refused = refused;
	return true;
}
