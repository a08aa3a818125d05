/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/catalogue_mirror.h"

#include "ledger/catalogue_rows.h"
#include "ledger/load.h"
#include "obs/membership.h"

static const char MIRROR_CLEAR[] =
	"DELETE FROM holiday; DELETE FROM duty_indicator; DELETE FROM duty; DELETE FROM office;"
	"DELETE FROM series_break; DELETE FROM milestone; DELETE FROM target; DELETE FROM act;"
	"DELETE FROM area_change; DELETE FROM area_member; DELETE FROM area_code; DELETE FROM area;"
	"DELETE FROM preference; DELETE FROM indicator; DELETE FROM source";
static const char PREFERENCE_ADD[] =
	"INSERT INTO preference (indicator_id, rank, source_id) VALUES (?, ?, ?)";
static const char PREFERENCE_EACH[] =
	"SELECT indicator_id, source_id FROM preference ORDER BY indicator_id, rank";
static const char MILESTONE_ADD[] =
	"INSERT INTO milestone (target_id, rank, from_day, to_day, value, line)"
	" VALUES (?, ?, ?, ?, ?, ?)";
static const char MILESTONE_EACH[] =
	"SELECT target_id, from_day, to_day, value, line FROM milestone ORDER BY target_id, rank";

static const char DUTY_INDICATOR_ADD[] =
	"INSERT INTO duty_indicator (duty_id, rank, indicator_id) VALUES (?, ?, ?)";
static const char DUTY_INDICATOR_EACH[] =
	"SELECT duty_id, indicator_id FROM duty_indicator ORDER BY duty_id, rank";

static const char USED_INDICATORS[] = "SELECT DISTINCT indicator_id FROM series";
static const char USED_AREAS[] = "SELECT DISTINCT area_id FROM series";
static const char USED_DUTIES[] = "SELECT DISTINCT duty_id FROM delivery";
static const char MIRRORED_SOURCES[] = "SELECT source_id FROM source";
static const char ROWS_OF_INDICATOR[] =
	"SELECT count(*) FROM series s JOIN observation o ON o.series_id = s.series_id"
	" WHERE s.indicator_id = ?";
static const char ROWS_OF_AREA[] =
	"SELECT count(*) FROM series s JOIN observation o ON o.series_id = s.series_id"
	" WHERE s.area_id = ?";
static const char ROWS_OF_SOURCE[] = "SELECT count(*) FROM observation WHERE source_id = ?";

static const char ROWS_OF_DUTY[] = "SELECT count(*) FROM delivery WHERE duty_id = ?";

static const struct field milestone_fields[] = {
	FIELD(INT32, struct milestone, period.from),
	FIELD(INT32, struct milestone, period.to),
	FIELD(REAL, struct milestone, value),
	FIELD(INT, struct milestone, line),
};

static bool has_indicator(const struct catalogue *catalogue, struct span id)
{
	return catalogue_indicator(catalogue, id) != NULL;
}

static bool has_area(const struct catalogue *catalogue, struct span id)
{
	return catalogue_area(catalogue, id) != NULL;
}

static bool has_source(const struct catalogue *catalogue, struct span id)
{
	return catalogue_source(catalogue, id) != NULL;
}

static bool has_duty(const struct catalogue *catalogue, struct span id)
{
	return catalogue_duty(catalogue, id) != NULL;
}

/* What the log uses must stay.  For sources the candidates come from the old mirror: the log has no
 * list of them that could be read quickly. */
static const struct use {
	const char *what;
	const char *ids, *rows;
	bool (*is_there)(const struct catalogue *catalogue, struct span id);
} uses[] = {
	{"indicator", USED_INDICATORS, ROWS_OF_INDICATOR, has_indicator},
	{"area", USED_AREAS, ROWS_OF_AREA, has_area},
	{"source", MIRRORED_SOURCES, ROWS_OF_SOURCE, has_source},
	{"duty", USED_DUTIES, ROWS_OF_DUTY, has_duty},
};

static bool check_unused(struct ledger *ledger, const struct use *use, const char *id,
			 struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, use->rows);
	int64_t rows = 0;

	sql_bind_text(&sql, id);
	if (sql_next(&sql))
		rows = sql_read_int(&sql);
	if (!sql_ok(&sql, err))
		return false;
	if (rows == 0)
		return true;
	return error_set(err, ERROR_REFUSED,
			 "%s '%s' is gone from the catalogue, but %lld rows of the log are about "
			 "it; keep it%s",
			 use->what, id, (long long)rows,
			 use->is_there == has_area ? " and close it with valid_to" : "");
}

static bool check_use(struct ledger *ledger, const struct use *use,
		      const struct catalogue *catalogue, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, use->ids);

	while (sql_next(&sql)) {
		const char *id = sql_read_text(&sql);
		if (!use->is_there(catalogue, span_of(id)) && !check_unused(ledger, use, id, err))
			return false;
	}
	return sql_ok(&sql, err);
}

static bool write_table(struct ledger *ledger, const struct catalogue_table *table,
			const struct catalogue *catalogue, struct error *err)
{
	const struct catalogue_rows rows = {catalogue, table};
	AUTO_SQL struct sql sql = sql_use(ledger, table->insert);

	ledger->mirrored = &rows;
	bool done = sql_run(&sql, err);
	ledger->mirrored = NULL;
	return done || error_within(err, "mirror of %s", table->name);
}

static bool write_preferences(struct ledger *ledger, const struct indicator *indicator,
			      struct error *err)
{
	for (size_t i = 0; i < indicator->preference_count; i++) {
		AUTO_SQL struct sql sql = sql_use(ledger, PREFERENCE_ADD);
		sql_bind_text(&sql, indicator->id);
		sql_bind_int(&sql, (int64_t)i);
		sql_bind_text(&sql, indicator->preference[i]);
		if (!sql_run(&sql, err))
			return false;
	}
	return true;
}

static bool write_milestones(struct ledger *ledger, const struct target *target, struct error *err)
{
	for (size_t i = 0; i < target->milestone_count; i++) {
		AUTO_SQL struct sql sql = sql_use(ledger, MILESTONE_ADD);
		sql_bind_text(&sql, target->id);
		sql_bind_int(&sql, (int64_t)i);
		fields_bind(&sql, milestone_fields, COUNT_OF(milestone_fields),
			    &target->milestones[i]);
		if (!sql_run(&sql, err))
			return false;
	}
	return true;
}

static bool write_duty_indicators(struct ledger *ledger, const struct duty *duty, struct error *err)
{
	for (size_t i = 0; i < duty->indicator_count; i++) {
		AUTO_SQL struct sql sql = sql_use(ledger, DUTY_INDICATOR_ADD);
		sql_bind_text(&sql, duty->id);
		sql_bind_int(&sql, (int64_t)i);
		sql_bind_text(&sql, duty->indicators[i]);
		if (!sql_run(&sql, err))
			return false;
	}
	return true;
}

/* What stands in lists within the rows. */
static bool write_lists(struct ledger *ledger, const struct catalogue *catalogue, struct error *err)
{
	for (size_t i = 0; i < catalogue->indicator_count; i++)
		if (!write_preferences(ledger, &catalogue->indicators[i], err))
			return false;
	for (size_t i = 0; i < catalogue->target_count; i++)
		if (!write_milestones(ledger, &catalogue->targets[i], err))
			return false;
	for (size_t i = 0; i < catalogue->duty_count; i++)
		if (!write_duty_indicators(ledger, &catalogue->duties[i], err))
			return false;
	return true;
}

bool ledger_catalogue_replace(struct ledger *ledger, const struct catalogue *catalogue,
			      struct error *err)
{
	for (size_t i = 0; i < COUNT_OF(uses); i++)
		if (!check_use(ledger, &uses[i], catalogue, err))
			return false;
	if (!sql_script(ledger->db, MIRROR_CLEAR, err))
		return false;
	for (size_t i = 0; i < catalogue_table_count; i++)
		if (!write_table(ledger, &catalogue_tables[i], catalogue, err))
			return false;
	return write_lists(ledger, catalogue, err);
}

/* Counted before it is filled, so that what it owns is freed after a failure. */
static bool read_table(struct ledger *ledger, const struct catalogue_table *table,
		       struct catalogue *catalogue, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, table->select);
	void *slot = (char *)catalogue + table->items_at;
	size_t room = 0, count = 0;

	while (sql_next(&sql)) {
		if (!array_grow(slot, &room, count, table->item_bytes, CATALOGUE_ROWS_MAX,
				table->name, err))
			return false;
		char *items;
		memcpy(&items, slot, sizeof items);
		char *item = items + count++ * table->item_bytes;
		memset(item, 0, table->item_bytes);
		memcpy((char *)catalogue + table->count_at, &count, sizeof count);
		fields_read(&sql, table->fields, table->field_count, item);
		if (table->read_rest != NULL)
			table->read_rest(&sql, catalogue, item);
		if (!sql_ok(&sql, err))
			return false;
	}
	return sql_ok(&sql, err);
}

static bool read_preferences(struct ledger *ledger, struct catalogue *catalogue, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, PREFERENCE_EACH);
	size_t room = 0, i = 0;

	while (sql_next(&sql)) {
		struct indicator *indicator = catalogue->indicators;
		const char *id = sql_read_text(&sql);
		for (; i < catalogue->indicator_count && strcmp(indicator[i].id, id) != 0; i++)
			room = 0;
		if (i == catalogue->indicator_count)
			break;
		indicator += i;
		if (!array_grow(&indicator->preference, &room, indicator->preference_count,
				ID_BYTES, CATALOGUE_ROWS_MAX, "preferences", err))
			return false;
		sql_read_text_into(&sql, indicator->preference[indicator->preference_count++],
				   ID_BYTES);
	}
	return sql_ok(&sql, err);
}

static bool read_milestones(struct ledger *ledger, struct catalogue *catalogue, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, MILESTONE_EACH);
	size_t room = 0, i = 0;

	while (sql_next(&sql)) {
		struct target *target = catalogue->targets;
		const char *id = sql_read_text(&sql);
		for (; i < catalogue->target_count && strcmp(target[i].id, id) != 0; i++)
			room = 0;
		if (i == catalogue->target_count)
			break;
		target += i;
		if (!array_grow(&target->milestones, &room, target->milestone_count,
				sizeof *target->milestones, CATALOGUE_ROWS_MAX, "milestones", err))
			return false;
		fields_read(&sql, milestone_fields, COUNT_OF(milestone_fields),
			    &target->milestones[target->milestone_count++]);
	}
	return sql_ok(&sql, err);
}

static bool read_duty_indicators(struct ledger *ledger, struct catalogue *catalogue,
				 struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, DUTY_INDICATOR_EACH);
	size_t room = 0, i = 0;

	while (sql_next(&sql)) {
		struct duty *duty = catalogue->duties;
		const char *id = sql_read_text(&sql);
		for (; i < catalogue->duty_count && strcmp(duty[i].id, id) != 0; i++)
			room = 0;
		if (i == catalogue->duty_count)
			break;
		duty += i;
		if (!array_grow(&duty->indicators, &room, duty->indicator_count, ID_BYTES,
				CATALOGUE_ROWS_MAX, "indicators", err))
			return false;
		sql_read_text_into(&sql, duty->indicators[duty->indicator_count++], ID_BYTES);
	}
	return sql_ok(&sql, err);
}

bool ledger_catalogue_read(struct ledger *ledger, struct catalogue **ret, struct error *err)
{
	AUTO_CATALOGUE struct catalogue *catalogue = catalogue_new();

	if (catalogue == NULL)
		return error_memory(err);
	for (size_t i = 0; i < catalogue_table_count; i++)
		if (!read_table(ledger, &catalogue_tables[i], catalogue, err))
			return false;
	if (!read_preferences(ledger, catalogue, err) || !read_milestones(ledger, catalogue, err) ||
	    !read_duty_indicators(ledger, catalogue, err))
		return false;
	if (!catalogue_index(catalogue, err))
		return false;
	*ret = ptr_take(&catalogue);
	return true;
}

bool ledger_catalogue_load(struct ledger *ledger, int64_t *ret, struct error *err)
{
	struct load load;

	if (!load_last(ledger, LOAD_CATALOGUE, NULL, &load, err))
		return false;
	*ret = load.id;
	return true;
}
