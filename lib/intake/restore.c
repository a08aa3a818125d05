/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/restore.h"

#include "base/number.h"
#include "intake/columns.h"
#include "ledger/log.h"
#include "obs/instant.h"

enum { DECIMALS_MIN = -1, DECIMALS_MAX = 400 };

/* An export is our own work, so its rows are taken as they stand: no catalogue is asked, only the
 * form is checked.  The first bad row ends it. */
struct restoring {
	const struct intake *intake;
	const char *name;
	bool has_tables; /* loads and series have been put back already */
	struct columns columns;
	struct problems *findings;
	struct import_counts counts;
	int64_t last_load;
};

/* The cells of one row, read. */
struct cells {
	const struct columns *columns;
	const struct csv_row *row;
	struct observation obs;
	struct load load;
	char breakdown[BREAKDOWN_BYTES];
};

static struct span cell(const struct cells *cells, enum exchange_column column)
{
	return span_of(columns_cell(cells->columns, cells->row, column));
}

static bool read_identity(struct cells *cells, struct error *err)
{
	struct observation *obs = &cells->obs;
	return id_check(cell(cells, EXCHANGE_INDICATOR), "indicator", err) &&
	       id_check(cell(cells, EXCHANGE_AREA), "area", err) &&
	       id_check(cell(cells, EXCHANGE_SOURCE), "source", err) &&
	       breakdown_normalise(cell(cells, EXCHANGE_BREAKDOWN), cells->breakdown, err) &&
	       period_parse(cell(cells, EXCHANGE_PERIOD), &obs->period, err) &&
	       span_copy(cell(cells, EXCHANGE_SOURCE), obs->source, sizeof obs->source);
}

static bool read_number(const struct cells *cells, enum exchange_column column, bool *ret_is_set,
			struct number *ret, struct error *err)
{
	struct span text = cell(cells, column);
	*ret_is_set = text.len > 0;
	return !*ret_is_set || number_read(text, ret, err);
}

/* Where the text of the value does not say it. */
static bool read_decimals(struct cells *cells, struct error *err)
{
	int64_t decimals = 0;
	struct span text = cell(cells, EXCHANGE_DECIMALS);
	if (text.len == 0)
		return true;
	if (!number_read_integer(text, DECIMALS_MIN, DECIMALS_MAX, &decimals, err))
		return error_within(err, "decimals");
	cells->obs.decimals = (int)decimals;
	return true;
}

static bool read_numbers(struct cells *cells, struct error *err)
{
	struct observation *obs = &cells->obs;
	struct number value = {0};
	struct number num = {0};
	struct number den = {0};
	if (!read_number(cells, EXCHANGE_VALUE, &obs->has_value, &value, err) ||
	    !read_number(cells, EXCHANGE_NUM, &obs->has_num, &num, err) ||
	    !read_number(cells, EXCHANGE_DEN, &obs->has_den, &den, err))
		return false;
	obs->value = value.value;
	obs->decimals = value.decimals;
	obs->num = num.value;
	obs->den = den.value;
	return read_decimals(cells, err);
}

static bool read_status(struct cells *cells, struct error *err)
{
	struct observation *obs = &cells->obs;
	struct span status = cell(cells, EXCHANGE_STATUS);
	if (span_is(status, "W"))
		obs->status = OBS_WITHDRAWN;
	else if (!obs_status_parse(status, &obs->status, err))
		return false;
	bool has_none = obs->status == OBS_WITHDRAWN || obs->status == OBS_MISSING;
	if (has_none == obs->has_value)
		return error_set(err, ERROR_INPUT,
				 "status '%.*s' and value '%.*s' do not go together",
				 SPAN_ARGS(status), SPAN_ARGS(cell(cells, EXCHANGE_VALUE)));
	obs->is_break = span_is(cell(cells, EXCHANGE_BREAK), "B");
	return obs_qualifier_parse(cell(cells, EXCHANGE_QUALIFIER), &obs->qualifier, err);
}

static bool read_times(struct cells *cells, struct error *err)
{
	struct observation *obs = &cells->obs;
	int32_t last = DAY_NONE;
	return day_parse_published(cell(cells, EXCHANGE_PUBLISHED), &last, err) &&
	       span_copy(cell(cells, EXCHANGE_PUBLISHED), obs->published, sizeof obs->published) &&
	       day_parse(cell(cells, EXCHANGE_KNOWN), &obs->known_day, err) &&
	       instant_parse(cell(cells, EXCHANGE_RECEIVED), &cells->load.received, err);
}

static bool read_hash(const struct cells *cells, enum exchange_column column, struct sha256 *ret,
		      struct error *err)
{
	struct span text = cell(cells, column);
	return text.len == 0 || sha256_parse(text, ret, err);
}

static bool read_load(struct cells *cells, struct error *err)
{
	struct load *load = &cells->load;
	return number_read_integer(cell(cells, EXCHANGE_SEQ), 1, INT64_MAX, &cells->obs.seq, err) &&
	       number_read_integer(cell(cells, EXCHANGE_LOAD), 1, INT64_MAX, &load->id, err) &&
	       load_kind_parse(cell(cells, EXCHANGE_LOAD_KIND), &load->kind, err) &&
	       (span_copy(cell(cells, EXCHANGE_ACTOR), load->actor, sizeof load->actor) ||
		error_set(err, ERROR_INPUT, "the actor is too long")) &&
	       (span_copy(cell(cells, EXCHANGE_FEED), load->feed, sizeof load->feed) ||
		error_set(err, ERROR_INPUT, "the feed is too long")) &&
	       read_hash(cells, EXCHANGE_DOCUMENT, &load->document, err) &&
	       read_hash(cells, EXCHANGE_MAPPING, &load->mapping, err);
}

/* What a row says of its load and what the table of loads says must be the same. */
static bool check_load(struct ledger *ledger, const struct load *load, struct error *err)
{
	struct load known;
	if (!load_read(ledger, load->id, &known, err))
		return false;
	return (known.kind == load->kind && known.received == load->received &&
		strcmp(known.actor, load->actor) == 0 && strcmp(known.feed, load->feed) == 0 &&
		sha256_equal(&known.document, &load->document) &&
		sha256_equal(&known.mapping, &load->mapping)) ||
	       error_set(err, ERROR_INPUT, "what it says of load %lld is not what loads.csv says",
			 (long long)load->id);
}

static bool put_load(struct restoring *restoring, const struct load *load, struct error *err)
{
	struct ledger *ledger = restoring->intake->apply.ledger;
	if (restoring->has_tables) {
		if (load->id != restoring->last_load && !check_load(ledger, load, err))
			return false;
		restoring->last_load = load->id;
		return true;
	}
	if (load->id > restoring->last_load) {
		if (!load_restore(ledger, load, err))
			return false;
		restoring->last_load = load->id;
	}
	return true;
}

static bool put_series(const struct restoring *restoring, const struct series_key *key,
		       int64_t *ret, struct error *err)
{
	struct ledger *ledger = restoring->intake->apply.ledger;
	if (!restoring->has_tables)
		return series_ensure(ledger, key, ret, err);
	return series_find(ledger, key, ret, err) &&
	       (*ret != 0 ||
		error_set(err, ERROR_INPUT, "series %s %s%s%s is not in series.csv", key->indicator,
			  key->area, key->breakdown[0] ? " " : "", key->breakdown));
}

static bool check_source(const struct restoring *restoring, const char *source, struct error *err)
{
	const struct catalogue *catalogue = restoring->intake->apply.catalogue;
	return !restoring->has_tables || catalogue_source(catalogue, span_of(source)) != NULL ||
	       error_set(err, ERROR_INPUT, "source '%s' is not in the catalogue", source);
}

static bool put_row(struct restoring *restoring, struct cells *cells, struct error *err)
{
	const struct series_key key = {cell(cells, EXCHANGE_INDICATOR).start, cells->breakdown,
				       cell(cells, EXCHANGE_AREA).start};
	const struct provenance from = {cell(cells, EXCHANGE_PLACE).start,
					cell(cells, EXCHANGE_RAW).start,
					cell(cells, EXCHANGE_WARNING).start};
	cells->obs.load = cells->load.id;
	restoring->counts.rows++;
	return check_source(restoring, cells->obs.source, err) &&
	       put_load(restoring, &cells->load, err) &&
	       put_series(restoring, &key, &cells->obs.series, err) &&
	       log_restore(restoring->intake->apply.ledger, &cells->obs, &from, err);
}

static bool take_row(void *self, const struct csv_row *row, struct error *err)
{
	struct restoring *restoring = self;
	if (!restoring->columns.is_read)
		return columns_read(&restoring->columns, row, EXCHANGE_COLUMNS, restoring->name,
				    restoring->findings) ||
		       error_set(err, ERROR_INPUT, "the heading is not that of an export");
	struct cells cells = {.columns = &restoring->columns, .row = row};
	return (read_identity(&cells, err) && read_numbers(&cells, err) &&
		read_status(&cells, err) && read_times(&cells, err) && read_load(&cells, err) &&
		put_row(restoring, &cells, err)) ||
	       error_at(err, row->line, 0);
}

static bool restore(struct restoring *restoring, struct span document, struct error *err)
{
	const struct csv_dialect dialect = {.delimiter = ','};
	struct error reading = {0};
	if (csv_read(document, &dialect, take_row, restoring, &reading))
		return restoring->columns.is_read ||
		       error_set(err, ERROR_INPUT, "%s is empty: an export has a heading at least",
				 restoring->name);
	if (restoring->findings->errors == 0 && reading.code != ERROR_MEMORY)
		problem_add(restoring->findings, PROBLEM_ERROR, restoring->name, reading.line, "%s",
			    reading.text);
	return error_set(err, reading.code, "%s:%d: %s", restoring->name, reading.line,
			 reading.text);
}

bool restore_observations(const struct restore_order *order, struct import_counts *ret,
			  struct problems *findings, struct error *err)
{
	struct restoring restoring = {.intake = order->intake,
				      .name = order->name,
				      .has_tables = order->has_tables,
				      .findings = findings};
	if (!restore(&restoring, order->document, err))
		return false;
	restoring.counts.appended = restoring.counts.rows;
	restoring.counts.load = restoring.last_load;
	*ret = restoring.counts;
	return true;
}

bool import_restore(const struct intake *intake, const char *name, struct span document,
		    struct import_counts *ret, struct problems *findings, struct error *err)
{
	const struct restore_order order = {.intake = intake, .name = name, .document = document};
	struct import_counts counts;
	struct ledger *ledger = intake->apply.ledger;
	int64_t rows = 0;
	if (!log_count(ledger, &rows, err))
		return false;
	if (rows != 0)
		return error_set(err, ERROR_REFUSED,
				 "the log has %lld %s already; an export can only be restored "
				 "into an empty "
				 "ledger",
				 (long long)rows, rows == 1 ? "row" : "rows");
	bool done = ledger_begin(ledger, err) &&
		    restore_observations(&order, &counts, findings, err) &&
		    ledger_commit(ledger, err);
	if (!done) {
		ledger_rollback(ledger);
		return false;
	}
	*ret = counts;
	return true;
}
