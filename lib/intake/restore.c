/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"
#include "intake/columns.h"
#include "intake/import.h"
#include "obs/instant.h"

/* An export is our own work, so its rows are taken as they stand: no catalogue is asked, only the
 * form is checked.  The first bad row ends it. */
struct restoring {
	const struct intake *intake;
	const char *name;
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
	return true;
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

static bool put_row(struct restoring *restoring, struct cells *cells, struct error *err)
{
	struct ledger *ledger = restoring->intake->apply.ledger;
	const struct series_key key = {cell(cells, EXCHANGE_INDICATOR).start, cells->breakdown,
				       cell(cells, EXCHANGE_AREA).start};
	const struct provenance from = {cell(cells, EXCHANGE_PLACE).start,
					cell(cells, EXCHANGE_RAW).start,
					cell(cells, EXCHANGE_WARNING).start};
	cells->obs.load = cells->load.id;
	if (cells->load.id > restoring->last_load && !load_restore(ledger, &cells->load, err))
		return false;
	if (cells->load.id > restoring->last_load)
		restoring->last_load = cells->load.id;
	restoring->counts.rows++;
	return series_ensure(ledger, &key, &cells->obs.series, err) &&
	       log_restore(ledger, &cells->obs, &from, err);
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

bool import_restore(const struct intake *intake, const char *name, struct span document,
		    struct import_counts *ret, struct problems *findings, struct error *err)
{
	struct restoring restoring = {.intake = intake, .name = name, .findings = findings};
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
	bool done = ledger_begin(ledger, err) && restore(&restoring, document, err) &&
		    ledger_commit(ledger, err);
	if (!done) {
		ledger_rollback(ledger);
		return false;
	}
	restoring.counts.appended = restoring.counts.rows;
	restoring.counts.load = restoring.last_load;
	*ret = restoring.counts;
	return true;
}
