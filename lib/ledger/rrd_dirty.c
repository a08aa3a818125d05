/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/rrd_dirty.h"

#include "ledger/sql.h"

static const char DIRTY_MARK[] =
	"INSERT INTO rrd_dirty (series_id, seq) VALUES (?, ?)"
	" ON CONFLICT (series_id) DO UPDATE SET seq = max(seq, excluded.seq)";
static const char DIRTY_MARK_ALL[] =
	"INSERT INTO rrd_dirty (series_id, seq)"
	" SELECT series_id, max(seq) FROM observation WHERE true GROUP BY series_id"
	" ON CONFLICT (series_id) DO UPDATE SET seq = max(seq, excluded.seq)";
static const char DIRTY_CLEAR[] = "DELETE FROM rrd_dirty WHERE series_id = ? AND seq <= ?";
static const char DIRTY_LIST[] =
	"SELECT series_id, seq FROM rrd_dirty WHERE series_id > ? ORDER BY series_id LIMIT ?";
static const char DIRTY_COUNT[] = "SELECT count(*) FROM rrd_dirty";

static bool run(struct ledger *ledger, const char *statement, struct rrd_dirty mark,
		struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, statement);

	sql_bind_int(&sql, mark.series);
	sql_bind_int(&sql, mark.seq);
	return sql_run(&sql, err);
}

bool rrd_dirty_mark(struct ledger *ledger, struct rrd_dirty mark, struct error *err)
{
	return run(ledger, DIRTY_MARK, mark, err);
}

bool rrd_dirty_mark_all(struct ledger *ledger, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, DIRTY_MARK_ALL);

	return sql_run(&sql, err);
}

bool rrd_dirty_clear(struct ledger *ledger, struct rrd_dirty mark, struct error *err)
{
	return run(ledger, DIRTY_CLEAR, mark, err);
}

bool rrd_dirty_list(struct ledger *ledger, int64_t after, struct rrd_dirty *marks, size_t room,
		    size_t *ret_count, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, DIRTY_LIST);
	size_t count = 0;

	sql_bind_int(&sql, after);
	sql_bind_int(&sql, (int64_t)room);
	while (count < room && sql_next(&sql)) {
		marks[count].series = sql_read_int(&sql);
		marks[count++].seq = sql_read_int(&sql);
	}
	if (!sql_ok(&sql, err))
		return false;
	*ret_count = count;
	return true;
}

bool rrd_dirty_count(struct ledger *ledger, int64_t *ret, struct error *err)
{
	return sql_number(ledger, DIRTY_COUNT, ret, err);
}
