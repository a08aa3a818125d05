/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/transfer.h"

#include "base/number.h"
#include "ledger/load.h"
#include "ledger/sql.h"
#include "obs/ids.h"
#include "obs/instant.h"
#include "obs/period.h"

enum { BUFFER_BYTES = SHA256_TEXT_BYTES, YEAR_TEXT_MAX = 9999 };

enum kind {
	KIND_NUMBER,	/* of a row, above 0 */
	KIND_NUMBER_OR, /* "" is NULL */
	KIND_COUNT,	/* a whole number from 0 on */
	KIND_FLAG,	/* "1", or "" for 0 */
	KIND_ID,	/* as id_check takes it */
	KIND_ID_ANY,	/* "" stays "" */
	KIND_ID_OR,	/* "" is NULL */
	KIND_BREAKDOWN, /* "" stays "" */
	KIND_ACTOR,	/* needed */
	KIND_LOAD,	/* the kind of a load */
	KIND_WORD,	/* short, needed */
	KIND_WORD_OR,	/* short; "" is NULL */
	KIND_TEXT_OR,	/* long; "" is NULL */
	KIND_INSTANT,
	KIND_DAY,
	KIND_DAY_OR,
	KIND_PERIOD, /* two columns of the ledger: first day, and the day behind the last */
	KIND_REAL_OR,
	KIND_HASH_OR,
};

struct column {
	const char *name;
	enum kind kind;
};

static const struct column loads[] = {
	{"load", KIND_NUMBER},	   {"kind", KIND_LOAD},	 {"received", KIND_INSTANT},
	{"actor", KIND_ACTOR},	   {"feed", KIND_ID_OR}, {"document", KIND_HASH_OR},
	{"mapping", KIND_HASH_OR},
};

static const struct column series[] = {
	{"series", KIND_NUMBER},
	{"indicator", KIND_ID},
	{"breakdown", KIND_BREAKDOWN},
	{"area", KIND_ID},
};

static const struct column events[] = {
	{"event", KIND_NUMBER},		{"at", KIND_INSTANT},	   {"kind", KIND_WORD},
	{"actor", KIND_ACTOR},		{"target", KIND_ID_OR},	   {"area", KIND_ID_OR},
	{"feed", KIND_ID_OR},		{"duty", KIND_ID_OR},	   {"old_state", KIND_WORD_OR},
	{"new_state", KIND_WORD_OR},	{"reason", KIND_WORD_OR},  {"cause", KIND_TEXT_OR},
	{"row", KIND_NUMBER_OR},	{"until", KIND_DAY_OR},	   {"note", KIND_TEXT_OR},
	{"method", KIND_WORD_OR},	{"symbol", KIND_WORD_OR},  {"value", KIND_REAL_OR},
	{"target_value", KIND_REAL_OR}, {"measure", KIND_REAL_OR}, {"values_used", KIND_NUMBER_OR},
	{"used_from", KIND_DAY_OR},	{"used_to", KIND_DAY_OR},
};

static const struct column deliveries[] = {
	{"delivery", KIND_NUMBER},
	{"duty", KIND_ID},
	{"period", KIND_PERIOD},
	{"owner", KIND_ID},
	{"day", KIND_DAY},
	{"received", KIND_INSTANT},
	{"actor", KIND_ACTOR},
	{"document", KIND_HASH_OR},
	{"name", KIND_TEXT_OR},
	{"note", KIND_TEXT_OR},
	{"withdraws", KIND_NUMBER_OR},
};

static const struct column notes[] = {
	{"note", KIND_NUMBER},	  {"at", KIND_INSTANT},		 {"actor", KIND_ACTOR},
	{"indicator", KIND_ID},	  {"breakdown", KIND_BREAKDOWN}, {"area", KIND_ID},
	{"target", KIND_ID_ANY},  {"year", KIND_COUNT},		 {"cause", KIND_TEXT_OR},
	{"remedy", KIND_TEXT_OR}, {"text", KIND_TEXT_OR},	 {"is_removal", KIND_FLAG},
};

#define LOAD_FIELDS "load_id, kind, received, actor, feed_id, document, mapping"
#define SERIES_FIELDS "series_id, indicator_id, breakdown, area_id"
#define EVENT_FIELDS                                                                               \
	"event_id, at, kind, actor, target_id, area_id, feed_id, duty_id, old_state, new_state,"   \
	" reason, cause, seq, until_day, note, method, symbol, value, target_value, measure,"      \
	" used_count, used_from, used_to"
#define DELIVERY_FIELDS                                                                            \
	"delivery_id, duty_id, from_day, to_day, owner_id, day, received, actor, document, name,"  \
	" note, withdraws"
#define NOTE_FIELDS                                                                                \
	"note_id, at, actor, indicator_id, breakdown, area_id, target_id, year, cause, remedy,"    \
	" text, is_removal"

static const char LOAD_EACH[] = "SELECT " LOAD_FIELDS " FROM load ORDER BY load_id";
static const char SERIES_EACH[] = "SELECT " SERIES_FIELDS " FROM series ORDER BY series_id";
static const char EVENT_EACH[] = "SELECT " EVENT_FIELDS " FROM event ORDER BY event_id";
static const char DELIVERY_EACH[] = "SELECT " DELIVERY_FIELDS " FROM delivery ORDER BY delivery_id";
static const char NOTE_EACH[] = "SELECT " NOTE_FIELDS " FROM note ORDER BY note_id";
static const char LOAD_ADD[] = "INSERT INTO load (" LOAD_FIELDS ") VALUES (?, ?, ?, ?, ?, ?, ?)";
static const char SERIES_ADD[] = "INSERT INTO series (" SERIES_FIELDS ") VALUES (?, ?, ?, ?)";
static const char EVENT_ADD[] = "INSERT INTO event (" EVENT_FIELDS ") VALUES (?, ?, ?, ?, ?, ?, ?,"
				" ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char DELIVERY_ADD[] =
	"INSERT INTO delivery (" DELIVERY_FIELDS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char NOTE_ADD[] =
	"INSERT INTO note (" NOTE_FIELDS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char ALL_ROWS[] =
	"SELECT (SELECT count(*) FROM load) + (SELECT count(*) FROM series)"
	" + (SELECT count(*) FROM observation) + (SELECT count(*) FROM event)"
	" + (SELECT count(*) FROM delivery) + (SELECT count(*) FROM note)";
static const char DOCUMENTS[] = "SELECT hash, min(load_id), min(delivery_id) FROM"
				" (SELECT document AS hash, load_id, NULL AS delivery_id FROM load"
				"  UNION ALL SELECT mapping, load_id, NULL FROM load"
				"  UNION ALL SELECT document, NULL, delivery_id FROM delivery)"
				" WHERE hash IS NOT NULL GROUP BY hash ORDER BY hash";

static const struct table {
	const char *name, *each, *add;
	const struct column *columns;
	size_t count;
} tables[TRANSFER_TABLES] = {
	[TRANSFER_LOADS] = {"loads", LOAD_EACH, LOAD_ADD, loads, COUNT_OF(loads)},
	[TRANSFER_SERIES] = {"series", SERIES_EACH, SERIES_ADD, series, COUNT_OF(series)},
	[TRANSFER_EVENTS] = {"events", EVENT_EACH, EVENT_ADD, events, COUNT_OF(events)},
	[TRANSFER_DELIVERIES] = {"deliveries", DELIVERY_EACH, DELIVERY_ADD, deliveries,
				 COUNT_OF(deliveries)},
	[TRANSFER_NOTES] = {"notes", NOTE_EACH, NOTE_ADD, notes, COUNT_OF(notes)},
};

const char *transfer_name(enum transfer_table table)
{
	return tables[table].name;
}

size_t transfer_count(enum transfer_table table)
{
	return tables[table].count;
}

const char *transfer_column(enum transfer_table table, size_t index)
{
	return tables[table].columns[index].name;
}

/* -- out of the ledger */

typedef const char *print_fn(struct sql *sql, char buffer[BUFFER_BYTES]);

static bool is_null(const struct sql *sql)
{
	return sqlite3_column_type(sql->statement, sql->column) == SQLITE_NULL;
}

static const char *print_text(struct sql *sql, char buffer[BUFFER_BYTES])
{
	(void)buffer;
	return sql_read_text(sql);
}

static const char *print_number(struct sql *sql, char buffer[BUFFER_BYTES])
{
	bool is_none = is_null(sql);
	int64_t number = sql_read_int(sql);
	return is_none ? "" : number_print_integer(number, buffer);
}

static const char *print_flag(struct sql *sql, char buffer[BUFFER_BYTES])
{
	(void)buffer;
	return sql_read_int(sql) != 0 ? "1" : "";
}

static const char *print_instant(struct sql *sql, char buffer[BUFFER_BYTES])
{
	return instant_print(sql_read_int(sql), buffer);
}

static const char *print_day(struct sql *sql, char buffer[BUFFER_BYTES])
{
	bool is_none = is_null(sql);
	int32_t day = (int32_t)sql_read_int(sql);
	return is_none ? "" : day_print(day, buffer);
}

static const char *print_period(struct sql *sql, char buffer[BUFFER_BYTES])
{
	struct period period = {.from = (int32_t)sql_read_int(sql)};
	period.to = (int32_t)sql_read_int(sql);
	return period_print(period, buffer);
}

static const char *print_real(struct sql *sql, char buffer[BUFFER_BYTES])
{
	bool is_set = false;
	double value = sql_read_real(sql, &is_set);
	return is_set ? number_print(value, buffer) : "";
}

static const char *print_hash(struct sql *sql, char buffer[BUFFER_BYTES])
{
	struct sha256 hash = sql_read_hash(sql);
	return sha256_is_set(&hash) ? sha256_print(&hash, buffer) : "";
}

/* -- into the ledger */

typedef bool bind_fn(struct sql *sql, struct span cell, struct error *err);

static bool bind_integer(struct sql *sql, struct span cell, int64_t min, struct error *err)
{
	int64_t number = 0;
	if (!number_read_integer(cell, min, INT64_MAX, &number, err))
		return false;
	sql_bind_int(sql, number);
	return true;
}

static bool bind_number(struct sql *sql, struct span cell, struct error *err)
{
	return bind_integer(sql, cell, 1, err);
}

static bool bind_year(struct sql *sql, struct span cell, struct error *err)
{
	int64_t year = 0;
	if (!number_read_integer(cell, 0, YEAR_TEXT_MAX, &year, err))
		return false;
	sql_bind_int(sql, year);
	return true;
}

static bool bind_flag(struct sql *sql, struct span cell, struct error *err)
{
	if (cell.len > 0 && !span_is(cell, "1"))
		return error_set(err, ERROR_INPUT, "'%.*s' is neither 1 nor empty",
				 SPAN_ARGS(cell));
	sql_bind_int(sql, cell.len > 0);
	return true;
}

static bool bind_text(struct sql *sql, struct span cell, struct error *err)
{
	(void)err;
	sql_bind_text(sql, cell.start);
	return true;
}

static bool check_length(struct span cell, size_t bytes, struct error *err)
{
	return cell.len < bytes ||
	       error_set(err, ERROR_INPUT, "the text is longer than %zu bytes", bytes - 1);
}

static bool bind_word(struct sql *sql, struct span cell, struct error *err)
{
	return check_length(cell, LEDGER_ACTOR_BYTES / 2, err) && bind_text(sql, cell, err);
}

static bool bind_actor(struct sql *sql, struct span cell, struct error *err)
{
	return check_length(cell, LEDGER_ACTOR_BYTES, err) && bind_text(sql, cell, err);
}

static bool bind_long(struct sql *sql, struct span cell, struct error *err)
{
	return check_length(cell, TRANSFER_TEXT_BYTES, err) && bind_text(sql, cell, err);
}

static bool bind_id(struct sql *sql, struct span cell, struct error *err)
{
	return id_check(cell, "id", err) && bind_text(sql, cell, err);
}

static bool bind_breakdown(struct sql *sql, struct span cell, struct error *err)
{
	char breakdown[BREAKDOWN_BYTES];
	if (!breakdown_normalise(cell, breakdown, err))
		return false;
	return span_is(cell, breakdown)
		       ? bind_text(sql, cell, err)
		       : error_set(err, ERROR_INPUT, "'%.*s' is not in its order, which is '%s'",
				   SPAN_ARGS(cell), breakdown);
}

static bool bind_load(struct sql *sql, struct span cell, struct error *err)
{
	enum load_kind kind;
	return load_kind_parse(cell, &kind, err) && bind_text(sql, cell, err);
}

static bool bind_instant(struct sql *sql, struct span cell, struct error *err)
{
	int64_t at = 0;
	if (!instant_parse(cell, &at, err))
		return false;
	sql_bind_int(sql, at);
	return true;
}

static bool bind_day(struct sql *sql, struct span cell, struct error *err)
{
	int32_t day = 0;
	if (!day_parse(cell, &day, err))
		return false;
	sql_bind_int(sql, day);
	return true;
}

static bool bind_period(struct sql *sql, struct span cell, struct error *err)
{
	struct period period;
	if (!period_parse(cell, &period, err))
		return false;
	sql_bind_int(sql, period.from);
	sql_bind_int(sql, period.to);
	return true;
}

static bool bind_real(struct sql *sql, struct span cell, struct error *err)
{
	struct number number;
	if (!number_read(cell, &number, err))
		return false;
	sql_bind_real(sql, true, number.value);
	return true;
}

static bool bind_hash(struct sql *sql, struct span cell, struct error *err)
{
	struct sha256 hash;
	if (!sha256_parse(cell, &hash, err))
		return false;
	sql_bind_hash_copy(sql, &hash);
	return true;
}

enum empty { EMPTY_IS_WRONG, EMPTY_IS_NULL, EMPTY_IS_TEXT };

static const struct {
	print_fn *print;
	bind_fn *bind;
	enum empty empty;
} kinds[] = {
	[KIND_NUMBER] = {print_number, bind_number, EMPTY_IS_WRONG},
	[KIND_NUMBER_OR] = {print_number, bind_number, EMPTY_IS_NULL},
	[KIND_COUNT] = {print_number, bind_year, EMPTY_IS_WRONG},
	[KIND_FLAG] = {print_flag, bind_flag, EMPTY_IS_TEXT},
	[KIND_ID] = {print_text, bind_id, EMPTY_IS_WRONG},
	[KIND_ID_ANY] = {print_text, bind_id, EMPTY_IS_TEXT},
	[KIND_ID_OR] = {print_text, bind_id, EMPTY_IS_NULL},
	[KIND_BREAKDOWN] = {print_text, bind_breakdown, EMPTY_IS_TEXT},
	[KIND_ACTOR] = {print_text, bind_actor, EMPTY_IS_WRONG},
	[KIND_LOAD] = {print_text, bind_load, EMPTY_IS_WRONG},
	[KIND_WORD] = {print_text, bind_word, EMPTY_IS_WRONG},
	[KIND_WORD_OR] = {print_text, bind_word, EMPTY_IS_NULL},
	[KIND_TEXT_OR] = {print_text, bind_long, EMPTY_IS_NULL},
	[KIND_INSTANT] = {print_instant, bind_instant, EMPTY_IS_WRONG},
	[KIND_DAY] = {print_day, bind_day, EMPTY_IS_WRONG},
	[KIND_DAY_OR] = {print_day, bind_day, EMPTY_IS_NULL},
	[KIND_PERIOD] = {print_period, bind_period, EMPTY_IS_WRONG},
	[KIND_REAL_OR] = {print_real, bind_real, EMPTY_IS_NULL},
	[KIND_HASH_OR] = {print_hash, bind_hash, EMPTY_IS_NULL},
};

/* -- rows */

bool transfer_each(struct ledger *ledger, enum transfer_table which, transfer_fn *take, void *self,
		   struct error *err)
{
	const struct table *table = &tables[which];
	AUTO_SQL struct sql sql = sql_use(ledger, table->each);
	while (sql_next(&sql)) {
		char buffers[TRANSFER_COLUMNS_MAX][BUFFER_BYTES];
		const char *texts[TRANSFER_COLUMNS_MAX];
		for (size_t i = 0; i < table->count; i++)
			texts[i] = kinds[table->columns[i].kind].print(&sql, buffers[i]);
		if (!sql_ok(&sql, err) || !take(self, texts, err))
			return false;
	}
	return sql_ok(&sql, err);
}

static bool bind_cell(struct sql *sql, enum kind kind, struct span cell, struct error *err)
{
	enum empty empty = cell.len == 0 ? kinds[kind].empty : EMPTY_IS_WRONG;
	if (empty == EMPTY_IS_NULL)
		sql_bind_null(sql);
	else if (empty == EMPTY_IS_TEXT && kind != KIND_FLAG)
		sql_bind_text(sql, "");
	else if (cell.len == 0 && kind != KIND_FLAG)
		return error_set(err, ERROR_INPUT, "the cell is empty");
	else
		return kinds[kind].bind(sql, cell, err);
	return true;
}

/* What SQLite refuses, in our words. */
static bool run(struct sql *sql, struct error *err)
{
	static const struct {
		int code;
		const char *text;
	} refusals[] = {
		{SQLITE_CONSTRAINT_PRIMARYKEY, "there is a row of this number already"},
		{SQLITE_CONSTRAINT_ROWID, "there is a row of this number already"},
		{SQLITE_CONSTRAINT_UNIQUE, "there is a row that says the same already"},
		{SQLITE_CONSTRAINT_FOREIGNKEY, "it speaks of a row that is not there"},
	};
	struct error why = {0};
	if (sql_run(sql, &why))
		return true;
	int code = sqlite3_extended_errcode(sql->ledger->db);
	for (size_t i = 0; i < COUNT_OF(refusals); i++)
		if (refusals[i].code == code)
			return error_set(err, ERROR_INPUT, "%s", refusals[i].text);
	return error_set(err, why.code, "%s", why.text);
}

bool transfer_add(struct ledger *ledger, enum transfer_table which, const struct span *cells,
		  struct error *err)
{
	const struct table *table = &tables[which];
	AUTO_SQL struct sql sql = sql_use(ledger, table->add);
	for (size_t i = 0; i < table->count; i++)
		if (!bind_cell(&sql, table->columns[i].kind, cells[i], err))
			return error_within(err, "%s", table->columns[i].name);
	return run(&sql, err);
}

bool transfer_rows(struct ledger *ledger, int64_t *ret, struct error *err)
{
	return sql_number(ledger, ALL_ROWS, ret, err);
}

bool transfer_each_document(struct ledger *ledger, transfer_document_fn *take, void *self,
			    struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, DOCUMENTS);
	while (sql_next(&sql)) {
		struct transfer_document document = {.hash = sql_read_hash(&sql)};
		document.load = sql_read_int(&sql);
		document.delivery = sql_read_int(&sql);
		if (!sql_ok(&sql, err) || !take(self, &document, err))
			return false;
	}
	return sql_ok(&sql, err);
}
