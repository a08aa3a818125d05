/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/export_whole.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/csv_write.h"
#include "base/number.h"
#include "ledger/archive.h"
#include "ledger/transfer.h"

enum { PIECE_BYTES = 64 << 10, ROOM_BYTES = 4 << 20, NAME_BYTES = 96 };

/* A file of the archive. */
struct file {
	struct sha256 hash;
	bool is_list; /* of the pages of a document */
};

struct exporting {
	const struct query *query;
	const struct export_files *files;
	struct text out;
	size_t columns;
	struct file *items;
	size_t count, room;
	size_t missing;
};

static void done(struct exporting *exporting)
{
	text_done(&exporting->out);
	free(exporting->items);
}

static bool hand_out(struct exporting *exporting, size_t from_bytes, struct error *err)
{
	const struct export_files *files = exporting->files;
	if (!text_ok(&exporting->out, "a piece of the export", err))
		return false;
	if (exporting->out.len < from_bytes || exporting->out.len == 0)
		return true;
	if (!files->take(files->self, text_span(&exporting->out), err))
		return false;
	text_clear(&exporting->out);
	return true;
}

/* -- tables */

static bool write_row(struct exporting *exporting, const char *const *texts, size_t count,
		      struct error *err)
{
	for (size_t i = 0; i < count; i++)
		csv_write_field(&exporting->out, span_of(texts[i]), i == 0);
	csv_write_end(&exporting->out);
	return hand_out(exporting, PIECE_BYTES, err);
}

static bool take_row(void *self, const char *const *texts, struct error *err)
{
	struct exporting *exporting = self;
	return write_row(exporting, texts, exporting->columns, err);
}

static bool export_table(struct exporting *exporting, enum transfer_table table, struct error *err)
{
	char name[NAME_BYTES];
	const char *headings[TRANSFER_COLUMNS_MAX] = {0};
	(void)snprintf(name, sizeof name, "%s.csv", transfer_name(table));
	exporting->columns = transfer_count(table);
	for (size_t i = 0; i < exporting->columns; i++)
		headings[i] = transfer_column(table, i);
	return exporting->files->begin(exporting->files->self, name, err) &&
	       take_row(exporting, headings, err) &&
	       transfer_each(exporting->query->judge.ledger, table, take_row, exporting, err) &&
	       hand_out(exporting, 0, err);
}

static bool export_tables(struct exporting *exporting, struct error *err)
{
	const struct export_files *files = exporting->files;
	for (int i = 0; i < TRANSFER_TABLES; i++)
		if (!export_table(exporting, (enum transfer_table)i, err))
			return false;
	return files->begin(files->self, "observations.csv", err) &&
	       query_export(exporting->query, files->take, files->self, err);
}

/* -- documents */

static const char *state_dir_of(const struct exporting *exporting)
{
	return ledger_directory(exporting->query->judge.ledger);
}

static bool keep(struct exporting *exporting, const struct sha256 *hash, bool is_list,
		 struct error *err)
{
	if (!array_grow(&exporting->items, &exporting->room, exporting->count,
			sizeof *exporting->items, ARCHIVE_HASHES_MAX, "documents of an export",
			err))
		return false;
	exporting->items[exporting->count++] = (struct file){*hash, is_list};
	return true;
}

static bool keep_pages(struct exporting *exporting, const struct sha256 *hash, struct error *err)
{
	AUTO_FREE struct sha256 *pages = NULL;
	size_t count = 0;
	if (!archive_get_pages(state_dir_of(exporting), hash, &pages, &count, err))
		return false;
	bool is_list = count != 1 || !sha256_equal(&pages[0], hash);
	if (is_list && !keep(exporting, hash, true, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!keep(exporting, &pages[i], false, err))
			return false;
	return true;
}

/* What is there is kept for later, what is not is told. */
static bool take_document(void *self, const struct transfer_document *document, struct error *err)
{
	struct exporting *exporting = self;
	char hex[SHA256_TEXT_BYTES], load[NUMBER_BYTES], delivery[NUMBER_BYTES];
	if (archive_has(state_dir_of(exporting), &document->hash))
		return keep_pages(exporting, &document->hash, err);
	const char *const texts[] = {
		sha256_print(&document->hash, hex),
		document->load ? number_print_integer(document->load, load) : "",
		document->delivery ? number_print_integer(document->delivery, delivery) : "",
	};
	exporting->missing++;
	return write_row(exporting, texts, COUNT_OF(texts), err);
}

static bool export_missing(struct exporting *exporting, struct error *err)
{
	static const char *const headings[] = {"document", "load", "delivery"};
	const struct export_files *files = exporting->files;
	return files->begin(files->self, "missing.csv", err) &&
	       write_row(exporting, headings, COUNT_OF(headings), err) &&
	       transfer_each_document(exporting->query->judge.ledger, take_document, exporting,
				      err) &&
	       hand_out(exporting, 0, err);
}

static int compare_files(const void *a, const void *b)
{
	const struct file *one = a;
	const struct file *other = b;
	int order = memcmp(one->hash.bytes, other->hash.bytes, SHA256_BYTES);
	return order != 0 ? order : (int)one->is_list - (int)other->is_list;
}

static bool export_list(struct exporting *exporting, const struct sha256 *hash, struct error *err)
{
	AUTO_FREE struct sha256 *pages = NULL;
	char hex[SHA256_TEXT_BYTES];
	size_t count = 0;
	if (!archive_get_pages(state_dir_of(exporting), hash, &pages, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		text_addf(&exporting->out, "%s\n", sha256_print(&pages[i], hex));
		if (!hand_out(exporting, PIECE_BYTES, err))
			return false;
	}
	return hand_out(exporting, 0, err);
}

static bool export_document(struct exporting *exporting, const struct sha256 *hash,
			    struct error *err)
{
	AUTO_TEXT struct text bytes = text_with_limit(EXPORT_DOCUMENT_BYTES + 1);
	const struct export_files *files = exporting->files;
	return archive_get(state_dir_of(exporting), hash, &bytes, err) &&
	       (bytes.len == 0 || files->take(files->self, text_span(&bytes), err));
}

static bool export_file(struct exporting *exporting, const struct file *file, struct error *err)
{
	char name[NAME_BYTES], hex[SHA256_TEXT_BYTES];
	(void)snprintf(name, sizeof name, "documents/%s%s", sha256_print(&file->hash, hex),
		       file->is_list ? ".pages" : "");
	return exporting->files->begin(exporting->files->self, name, err) &&
	       (file->is_list ? export_list(exporting, &file->hash, err)
			      : export_document(exporting, &file->hash, err));
}

static bool export_documents(struct exporting *exporting, struct error *err)
{
	if (exporting->count > 0)
		qsort(exporting->items, exporting->count, sizeof *exporting->items, compare_files);
	for (size_t i = 0; i < exporting->count; i++) {
		bool is_known =
			i > 0 && compare_files(&exporting->items[i - 1], &exporting->items[i]) == 0;
		if (!is_known && !export_file(exporting, &exporting->items[i], err))
			return false;
	}
	return true;
}

bool query_export_whole(const struct query *query, const struct export_files *files,
			size_t *ret_missing, struct error *err)
{
	AUTO(done)
	struct exporting exporting = {
		.query = query, .files = files, .out = text_with_limit(ROOM_BYTES)};
	if (!export_tables(&exporting, err) || !export_missing(&exporting, err) ||
	    !export_documents(&exporting, err))
		return false;
	*ret_missing = exporting.missing;
	return true;
}
