/* SPDX-License-Identifier: GPL-3.0-or-later */

/* usage: truth DIRECTORY
 *
 * Hold real documents against tables of what is in them.  Neither is part of this repository: they
 * are below DIRECTORY, each DOCUMENT beside DOCUMENT.expected.csv (without the document's last
 * suffix) with the columns area,period,series,value,status.  Mappings are in tests/feeds/real, a
 * file each, with further keys:
 *   document   below DIRECTORY; several times
 *   no_area    the area that the mapping says for the table's empty one
 *   no_period  the same for the period
 *   period     "iso": the table has periods in ISO form, not as they are written; "dims": the
 *              table has the first of dims as the period
 * A row of the table is a record: numbers are equal, missing is missing, the status is the source's
 * code.  A row with the status "text:..." is a refused record.  The order does not count. */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/csv.h"
#include "base/number.h"
#include "feed/feed.h"
#include "tests/unit/mapping_file.h"

enum { ROWS_MAX = 400000, ROW_BYTES = 8192, DOCUMENTS_MAX = 64, PATH_BYTES = 1024, SHOWN_MAX = 8 };

struct rows {
	char **items;
	size_t count, room;
};

struct truth {
	struct feed_mapping mapping;
	char *documents[DOCUMENTS_MAX];
	size_t document_count;
	char *no_area, *no_period;
	bool iso_periods, dims_periods;
	size_t refused, rows;
	struct rows got, want;
	struct text why; /* of the first refusal */
};

static void free_rows(struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		free(rows->items[i]);
	free(rows->items);
	*rows = (struct rows){0};
}

static bool add_row(struct rows *rows, struct text *line, struct error *err)
{
	if (!array_grow(&rows->items, &rows->room, rows->count, sizeof *rows->items, ROWS_MAX,
			"rows", err))
		return false;
	rows->items[rows->count] = text_take(line);
	return rows->items[rows->count++] != NULL || error_memory(err);
}

static bool take_setting(void *self, struct span name, struct span value)
{
	struct truth *truth = self;
	if (span_is(name, "document") && truth->document_count < DOCUMENTS_MAX)
		truth->documents[truth->document_count++] = span_dup(value);
	else if (span_is(name, "no_area"))
		truth->no_area = span_dup(value);
	else if (span_is(name, "no_period"))
		truth->no_period = span_dup(value);
	else if (span_is(name, "period"))
		*(span_is(value, "dims") ? &truth->dims_periods : &truth->iso_periods) = true;
	else
		return false;
	return true;
}

/* -- what the document gives -- */

static bool take(void *self, const struct feed_record *record, struct error *err)
{
	struct truth *truth = self;
	AUTO_TEXT struct text line = text_with_limit(ROW_BYTES);
	char number[NUMBER_BYTES];
	char iso[PERIOD_BYTES];
	bool no_area = truth->no_area != NULL && span_is(record->area, truth->no_area);
	bool no_period = truth->no_period != NULL && span_is(record->period, truth->no_period);
	struct span area = record->area;
	struct span period = record->period;
	if (no_area)
		area.len = 0;
	if (no_period)
		period.len = 0;
	if (truth->iso_periods)
		period = span_of(period_print(record->period_parsed, iso));
	if (truth->dims_periods)
		period = record->dims[0];
	text_addf(&line, "%.*s|%.*s|%.*s|", SPAN_ARGS(area), SPAN_ARGS(period),
		  SPAN_ARGS(record->series));
	if (record->is_missing)
		text_add_string(&line, "missing");
	else
		text_add_string(&line, number_print(record->number.value, number));
	text_addf(&line, "|%.*s", SPAN_ARGS(record->status));
	truth->rows++;
	return add_row(&truth->got, &line, err);
}

static bool refuse(void *self, const struct feed_refusal *refusal, struct error *err)
{
	struct truth *truth = self;
	AUTO_TEXT struct text line = text_with_limit(ROW_BYTES);
	if (truth->refused++ == 0)
		text_addf(&truth->why, "%s: %s", refusal->place, refusal->why);
	text_addf(&line, "refused|%s", refusal->found);
	return add_row(&truth->got, &line, err);
}

/* -- what the table says -- */

static bool ends_with(struct span *status, const char *end)
{
	size_t len = strlen(end);
	if (status->len < len || memcmp(status->start + status->len - len, end, len) != 0)
		return false;
	status->len -= len;
	return true;
}

static bool print_value(const struct csv_row *row, struct text *line, struct error *err)
{
	struct number number;
	char printed[NUMBER_BYTES];
	struct span status = span_trim(row->cells[4]);
	if (row->cells[3].len == 0) {
		(void)(ends_with(&status, ";missing") || ends_with(&status, "missing"));
		text_addf(line, "missing|%.*s", SPAN_ARGS(status));
		return true;
	}
	struct number_rule rule = {.decimal = '.', .exponents = true};
	if (!number_read_by(&rule, row->cells[3], &number, err))
		return error_within(err, "the table, line %d", row->line);
	text_addf(line, "%s|%.*s", number_print(number.value, printed), SPAN_ARGS(status));
	return true;
}

static bool take_row(void *self, const struct csv_row *row, struct error *err)
{
	struct truth *truth = self;
	AUTO_TEXT struct text line = text_with_limit(ROW_BYTES);
	if (row->line == 1)
		return true;
	if (row->count != 5)
		return error_set(err, ERROR_INPUT, "the table, line %d: %zu cells", row->line,
				 row->count);
	struct span status = row->cells[4];
	if (span_starts(status, "text:")) {
		text_addf(&line, "refused|%.*s", (int)status.len - 5, status.start + 5);
		return add_row(&truth->want, &line, err);
	}
	text_addf(&line, "%.*s|%.*s|%.*s|", SPAN_ARGS(span_trim(row->cells[0])),
		  SPAN_ARGS(span_trim(row->cells[1])), SPAN_ARGS(span_trim(row->cells[2])));
	return print_value(row, &line, err) && add_row(&truth->want, &line, err);
}

/* -- both -- */

static int by_text(const void *a, const void *b)
{
	const char *const *first = a;
	const char *const *second = b;
	return strcmp(*first, *second);
}

static void sort(struct rows *rows)
{
	if (rows->count > 0)
		qsort(rows->items, rows->count, sizeof *rows->items, by_text);
}

/* Which of the two next rows comes first; what has run out comes last. */
static int order_of(const struct rows *want, size_t w, const struct rows *got, size_t g)
{
	if (w == want->count)
		return 1;
	if (g == got->count)
		return -1;
	return strcmp(want->items[w], got->items[g]);
}

/* Print the rows that only one of them has; how many there are. */
static size_t print_differences(const struct truth *truth)
{
	const struct rows *want = &truth->want;
	const struct rows *got = &truth->got;
	size_t w = 0;
	size_t g = 0;
	size_t count = 0;
	while (w < want->count || g < got->count) {
		int order = order_of(want, w, got, g);
		if (order < 0 && count < SHOWN_MAX)
			printf("# only in the table: %s\n", want->items[w]);
		if (order > 0 && count < SHOWN_MAX)
			printf("# only read: %s\n", got->items[g]);
		count += order != 0;
		w += order <= 0;
		g += order >= 0;
	}
	return count;
}

static bool read_table(struct truth *truth, const char *document, struct error *err)
{
	char path[PATH_BYTES];
	const char *dot = strrchr(document, '.');
	(void)snprintf(path, sizeof path, "%.*s.expected.csv", (int)(dot - document), document);
	AUTO_TEXT struct text table = mapping_file_text(path);
	struct csv_dialect dialect = {.delimiter = ',', .keep_blank_rows = true};
	if (table.len == 0)
		return error_set(err, ERROR_INPUT, "%s is not there", path);
	return csv_read(text_span(&table), &dialect, take_row, truth, err);
}

static bool read_document(struct truth *truth, const char *path, struct error *err)
{
	AUTO_TEXT struct text document = mapping_file_text(path);
	AUTO_FEED_PAGE struct feed_page page = {0};
	struct feed_sink sink = {take, refuse, truth};
	if (!feed_decode(&truth->mapping, text_span(&document), &sink, &page, err))
		return error_within(err, "%s", feed_cause_name(page.cause));
	return true;
}

static bool hold(struct truth *truth, const char *root, const char *document)
{
	struct error err = {0};
	char path[PATH_BYTES];
	(void)snprintf(path, sizeof path, "%s/%s", root, document);
	truth->refused = truth->rows = 0;
	truth->why = text_with_limit(ROW_BYTES);
	bool ok = read_document(truth, path, &err) && read_table(truth, path, &err);
	sort(&truth->want);
	sort(&truth->got);
	size_t count = ok ? print_differences(truth) : 0;
	bool same = ok && count == 0;
	printf("%s %s: %zu records, %zu refused, %zu in the table\n", same ? "ok" : "not ok",
	       document, truth->rows, truth->refused, truth->want.count);
	if (!ok)
		printf("# %s\n", err.text);
	if (!same && truth->refused > 0)
		printf("# %zu differences; first refused %s\n", count, truth->why.data);
	text_done(&truth->why);
	free_rows(&truth->want);
	free_rows(&truth->got);
	return same;
}

/* How many documents of a mapping are not as they should be. */
static int hold_all(const char *root, const char *conf)
{
	struct truth truth = {0};
	struct error err = {0};
	int failed = 0;
	if (feed_mapping_init(&truth.mapping, &err) &&
	    mapping_file_read(conf, &truth.mapping, take_setting, &truth, &err) &&
	    feed_mapping_check(&truth.mapping, &err)) {
		for (size_t i = 0; i < truth.document_count; i++)
			failed += !hold(&truth, root, truth.documents[i]);
	} else {
		printf("not ok %s: %s\n", conf, err.text);
		failed = 1;
	}
	for (size_t i = 0; i < truth.document_count; i++)
		free(truth.documents[i]);
	free(truth.no_area);
	free(truth.no_period);
	feed_mapping_done(&truth.mapping);
	return failed;
}

static int only_confs(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');
	return dot != NULL && strcmp(dot, ".conf") == 0;
}

int main(int argc, char **argv)
{
	struct dirent **confs;
	char path[PATH_BYTES];
	int failed = 0;
	int count = argc == 2 ? scandir("tests/feeds/real", &confs, only_confs, alphasort) : -1;
	for (int i = 0; i < count; i++) {
		(void)snprintf(path, sizeof path, "tests/feeds/real/%s", confs[i]->d_name);
		free(confs[i]);
		failed += hold_all(argv[1], path);
	}
	if (count >= 0)
		free(confs);
	else
		printf("not ok: no mappings; usage: truth DIRECTORY\n");
	return failed > 0 || count < 0;
}
