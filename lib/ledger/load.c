/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/load.h"

#include "ledger/load_fields.h"

static const char *const kind_names[] = {
	[LOAD_POLL] = "poll",	  [LOAD_IMPORT] = "import",	  [LOAD_RECORD] = "record",
	[LOAD_REPLAY] = "replay", [LOAD_CATALOGUE] = "catalogue",
};

static const char LOAD_ADD[] =
	"INSERT INTO load (load_id, received, actor, feed_id, document, mapping, kind)"
	" VALUES (?, ?, ?, ?, ?, ?, ?)";
static const char LOAD_READ[] = "SELECT " LOAD_COLUMNS " FROM load l WHERE load_id = ?";
static const char LOAD_LAST[] = "SELECT " LOAD_COLUMNS " FROM load l WHERE kind = ?"
				" ORDER BY load_id DESC LIMIT 1";
static const char LOAD_LAST_OF_FEED[] = "SELECT " LOAD_COLUMNS " FROM load l WHERE kind = ?"
					" AND feed_id = ? ORDER BY load_id DESC LIMIT 1";
static const char LOAD_EACH[] = "SELECT " LOAD_COLUMNS " FROM load l ORDER BY load_id";

static const struct field fields[] = {
	FIELD(ID_OR, struct load, id),		FIELD(INT64, struct load, received),
	FIELD_CHARS(ARRAY, struct load, actor), FIELD_CHARS(ARRAY_OR, struct load, feed),
	FIELD(HASH, struct load, document),	FIELD(HASH, struct load, mapping),
};

const char *load_kind_name(enum load_kind kind)
{
	return kind_names[kind];
}

bool load_kind_parse(struct span text, enum load_kind *ret, struct error *err)
{
	for (size_t i = 0; i < COUNT_OF(kind_names); i++) {
		if (span_is(text, kind_names[i])) {
			*ret = (enum load_kind)i;
			return true;
		}
	}
	return error_set(err, ERROR_INPUT, "'%.*s' is not a kind of load", SPAN_ARGS(text));
}

void load_read_columns(struct sql *sql, struct load *ret)
{
	const char *kind;

	fields_read(sql, fields, COUNT_OF(fields), ret);
	kind = sql_read_text(sql);
	for (size_t i = 0; i < COUNT_OF(kind_names); i++)
		if (strcmp(kind_names[i], kind) == 0)
			ret->kind = (enum load_kind)i;
}

static bool add(struct ledger *ledger, const struct load *load, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, LOAD_ADD);

	fields_bind(&sql, fields, COUNT_OF(fields), load);
	sql_bind_text(&sql, kind_names[load->kind]);
	return sql_run(&sql, err) || error_within(err, "a load of '%s'", load->actor);
}

bool load_add(struct ledger *ledger, const struct load *load, int64_t *ret_id, struct error *err)
{
	struct load added = *load;

	added.id = 0;
	if (!add(ledger, &added, err))
		return false;
	*ret_id = sqlite3_last_insert_rowid(ledger->db);
	return true;
}

bool load_restore(struct ledger *ledger, const struct load *load, struct error *err)
{
	return add(ledger, load, err);
}

bool load_read(struct ledger *ledger, int64_t id, struct load *ret, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, LOAD_READ);
	struct load load = {0};

	sql_bind_int(&sql, id);
	if (sql_next(&sql))
		load_read_columns(&sql, &load);
	if (!sql_ok(&sql, err))
		return false;
	if (load.id == 0)
		return error_set(err, ERROR_NOT_FOUND, "there is no load %lld", (long long)id);
	*ret = load;
	return true;
}

bool load_last(struct ledger *ledger, enum load_kind kind, const char *feed, struct load *ret,
	       struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, feed != NULL ? LOAD_LAST_OF_FEED : LOAD_LAST);
	struct load load = {0};

	sql_bind_text(&sql, kind_names[kind]);
	if (feed != NULL)
		sql_bind_text(&sql, feed);
	if (sql_next(&sql))
		load_read_columns(&sql, &load);
	if (!sql_ok(&sql, err))
		return false;
	*ret = load;
	return true;
}

bool load_each(struct ledger *ledger, load_fn *take, void *self, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, LOAD_EACH);

	while (sql_next(&sql)) {
		struct load load = {0};
		load_read_columns(&sql, &load);
		if (!sql_ok(&sql, err) || !take(self, &load, err))
			return false;
	}
	return sql_ok(&sql, err);
}
