/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/csv.h"
#include "intake/restore.h"
#include "ledger/archive.h"
#include "ledger/catalogue_mirror.h"

/* -- tables */

/* One table, row by row. */
struct putting {
	struct ledger *ledger;
	enum transfer_table table;
	bool has_heading;
	size_t rows;
};

static bool check_heading(const struct putting *putting, const struct csv_row *row,
			  struct error *err)
{
	size_t count = transfer_count(putting->table);
	for (size_t i = 0; i < count; i++) {
		const char *wanted = transfer_column(putting->table, i);
		if (i >= row->count || !span_is(row->cells[i], wanted))
			return error_set(err, ERROR_INPUT,
					 "column %zu of the heading is '%.*s', not '%s'", i + 1,
					 i < row->count ? (int)row->cells[i].len : 0,
					 i < row->count ? row->cells[i].start : "", wanted);
	}
	return row->count == count ||
	       error_set(err, ERROR_INPUT, "the heading has %zu columns, not %zu", row->count,
			 count);
}

static bool put_row(void *self, const struct csv_row *row, struct error *err)
{
	struct putting *putting = self;
	size_t count = transfer_count(putting->table);
	if (!putting->has_heading) {
		putting->has_heading = true;
		return check_heading(putting, row, err) || error_at(err, row->line, 0);
	}
	if (row->count != count)
		(void)error_set(err, ERROR_INPUT, "the row has %zu cells, not %zu", row->count,
				count);
	else if (transfer_add(putting->ledger, putting->table, row->cells, err)) {
		putting->rows++;
		return true;
	}
	return error_at(err, row->line, 0);
}

static bool put_table(struct putting *putting, struct span document, struct error *err)
{
	const struct csv_dialect dialect = {.delimiter = ',', .keep_blank_rows = true};
	return csv_read(document, &dialect, put_row, putting, err) &&
	       (putting->has_heading || error_set(err, ERROR_INPUT, "the table has no heading"));
}

static bool put_named(const struct intake *intake, const char *where, enum transfer_table table,
		      struct span document, size_t *ret, struct error *err)
{
	struct putting putting = {.ledger = intake->apply.ledger, .table = table};
	struct error why = {0};
	if (!put_table(&putting, document, &why))
		return error_set(err, why.code, "%s/%s.csv:%d: %s", where, transfer_name(table),
				 why.line, why.text);
	*ret = putting.rows;
	return true;
}

bool restore_tables(const struct intake *intake, const char *where,
		    const struct restore_tables *tables, struct restore_counts *ret,
		    struct error *err)
{
	AUTO_PROBLEMS struct problems findings = {0};
	AUTO_TEXT struct text name = text_with_limit(ERROR_TEXT_BYTES * 8);
	struct restore_counts counts = {0};
	struct import_counts observations;
	text_addf(&name, "%s/observations.csv", where);
	if (!text_ok(&name, "the path of an export", err))
		return false;
	const struct restore_order order = {intake, name.data, tables->observations, true};
	for (int i = 0; i <= TRANSFER_SERIES; i++)
		if (!put_named(intake, where, (enum transfer_table)i, tables->tables[i],
			       &counts.rows[i], err))
			return false;
	if (!restore_observations(&order, &observations, &findings, err))
		return false;
	counts.observations = observations.rows;
	for (int i = TRANSFER_SERIES + 1; i < TRANSFER_TABLES; i++)
		if (!put_named(intake, where, (enum transfer_table)i, tables->tables[i],
			       &counts.rows[i], err))
			return false;
	*ret = counts;
	return true;
}

/* -- documents */

struct restoring {
	const struct intake *intake;
	const struct bag *bag;
	struct restore_counts *counts;
	struct span missing; /* the table of what was missing when it was exported */
};

static bool put_list(const struct restoring *restoring, struct span list, struct sha256 *ret,
		     struct error *err)
{
	AUTO_FREE struct sha256 *pages = NULL;
	size_t count = 0;
	size_t room = 0;
	while (list.len > 0) {
		if (!array_grow(&pages, &room, count, sizeof *pages, ARCHIVE_PAGES_MAX,
				"pages of a document", err) ||
		    !sha256_parse(span_cut(&list, '\n'), &pages[count], err))
			return false;
		count++;
	}
	return archive_put_pages(ledger_directory(restoring->intake->apply.ledger), pages, count,
				 ret, err);
}

static bool put_document(const struct restoring *restoring, const char *name, struct error *err)
{
	static const char prefix[] = "documents/";
	char hex[SHA256_TEXT_BYTES];
	AUTO_BAG_MAP struct span bytes = {0};
	struct sha256 hash;
	const char *state_dir = ledger_directory(restoring->intake->apply.ledger);
	bool is_list = strstr(name, ".pages") != NULL;
	if (!bag_map(restoring->bag, name, &bytes, err))
		return false;
	if (!(is_list ? put_list(restoring, bytes, &hash, err)
		      : archive_put(state_dir, bytes, &hash, err)))
		return error_within(err, "%s/data/%s", bag_path(restoring->bag), name);
	return strncmp(name + sizeof prefix - 1, sha256_print(&hash, hex), strlen(hex)) == 0 ||
	       error_set(err, ERROR_INPUT,
			 "%s/data/%s: is not what its name says: its SHA-256 is %s",
			 bag_path(restoring->bag), name, hex);
}

static bool put_documents(const struct restoring *restoring, struct error *err)
{
	for (size_t i = 0; i < bag_count(restoring->bag); i++) {
		const char *name = bag_name(restoring->bag, i);
		if (strncmp(name, "documents/", strlen("documents/")) != 0)
			continue;
		if (!put_document(restoring, name, err))
			return false;
		restoring->counts->documents++;
	}
	return true;
}

/* What was missing then is missing now; nothing else may be. */
static bool check_document(void *self, const struct transfer_document *document, struct error *err)
{
	struct restoring *restoring = self;
	char hex[SHA256_TEXT_BYTES];
	const struct span missing = restoring->missing;
	if (archive_has(ledger_directory(restoring->intake->apply.ledger), &document->hash))
		return true;
	(void)sha256_print(&document->hash, hex);
	if (span_find(missing, hex) != NULL) {
		restoring->counts->missing++;
		return true;
	}
	return error_set(err, ERROR_INPUT, "%s/data/documents/%s: is missing: %s %lld names it",
			 bag_path(restoring->bag), hex, document->load ? "load" : "delivery",
			 (long long)(document->load ? document->load : document->delivery));
}

/* -- all of it */

struct maps {
	struct restore_tables tables;
	struct span missing;
};

static void unmap_all(struct maps *maps)
{
	for (size_t i = 0; i < TRANSFER_TABLES; i++)
		bag_unmap(&maps->tables.tables[i]);
	bag_unmap(&maps->tables.observations);
	bag_unmap(&maps->missing);
}

static bool map_all(const struct bag *bag, struct maps *maps, struct error *err)
{
	for (int i = 0; i < TRANSFER_TABLES; i++) {
		char name[BAG_NAME_BYTES];
		(void)snprintf(name, sizeof name, "%s.csv", transfer_name((enum transfer_table)i));
		if (!bag_map(bag, name, &maps->tables.tables[i], err))
			return false;
	}
	return bag_map(bag, "observations.csv", &maps->tables.observations, err) &&
	       bag_map(bag, "missing.csv", &maps->missing, err);
}

static bool check_empty(struct ledger *ledger, struct error *err)
{
	int64_t rows = 0;
	if (!transfer_rows(ledger, &rows, err))
		return false;
	return rows == 0 ||
	       error_set(err, ERROR_REFUSED,
			 "%s: the ledger holds something already (%lld rows of its log); an export "
			 "is restored into an empty state_dir",
			 ledger_directory(ledger), (long long)rows);
}

static bool put_all(struct restoring *restoring, const struct maps *maps, struct error *err)
{
	const struct apply *apply = &restoring->intake->apply;
	char where[ERROR_TEXT_BYTES];
	(void)snprintf(where, sizeof where, "%s/data", bag_path(restoring->bag));
	return restore_tables(restoring->intake, where, &maps->tables, restoring->counts, err) &&
	       ledger_catalogue_replace(apply->ledger, apply->catalogue, err) &&
	       put_documents(restoring, err) &&
	       transfer_each_document(apply->ledger, check_document, restoring, err);
}

bool restore_bag(const struct intake *intake, const struct bag *bag, struct restore_counts *ret,
		 struct error *err)
{
	AUTO(unmap_all) struct maps maps = {0};
	struct restore_counts counts = {0};
	struct ledger *ledger = intake->apply.ledger;
	if (!check_empty(ledger, err) || !map_all(bag, &maps, err))
		return false;
	struct restoring restoring = {intake, bag, &counts, maps.missing};
	bool done = ledger_begin(ledger, err) && put_all(&restoring, &maps, err) &&
		    ledger_commit(ledger, err);
	if (!done) {
		ledger_rollback(ledger);
		return false;
	}
	*ret = counts;
	return true;
}
