/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: assess DIR
 *
 * Runs every row of every CSV file of DIR (.csv or .csv.gz) against the method that the file's name
 * names, and says ok or not ok for each, and for each file how many published results agree.  Files
 * of another name are named and not counted. */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "tests/unit/outcome.h"

enum { DOCUMENT_LIMIT_BYTES = 16 << 20 };

/* Everything known while a file is read. */
struct run {
	const char *file;
	const struct outcome_runner *runner;
	struct vector_columns columns;
	bool has_header;
	int passed, failed;
	int published, as_published; /* of the file */
};

static const char not_reproduced[] = "published_not_reproduced";

static void print_numbers(const char *what, struct measure got, struct measure want)
{
	printf("%s is ", what);
	printf(got.is_set ? "%.10g" : "none", got.value);
	printf(want.is_set ? ", not %.10g" : ", not none", want.value);
}

static bool same_category(const struct vector *row, const char *got)
{
	struct span want = span_of(row->category);
	if (strcmp(row->kind, not_reproduced) == 0 && !vector_extra(row, "our", &want))
		want.len = 0;
	return want.len == 0 || (got != NULL && span_is(want, got));
}

/* Say what is wrong with a row; false when nothing is. */
static bool print_difference(const struct run *run, const struct vector *row,
			     const struct outcome *out)
{
	char head[VECTOR_TEXT_BYTES * 2];
	snprintf(head, sizeof head, "not ok %s:%d %s: ", run->file, row->line, row->name);
	if (out->unknown)
		return printf("%snothing in the library is called so\n", head) > 0;
	if (!vector_close(out->measure, row->expected, out->six_digits)) {
		fputs(head, stdout);
		print_numbers("the measure", out->measure, row->expected);
		return puts("") != EOF;
	}
	if (!same_category(row, out->category))
		return printf("%sit is '%s', not '%s' (%s)\n", head, out->category, row->category,
			      row->kind) > 0;
	for (size_t i = 0; i < out->extra_count; i++) {
		struct span text;
		const struct outcome_extra *extra = &out->extra[i];
		struct measure want = vector_extra_number(row, extra->key);
		if (!vector_extra(row, extra->key, &text) ||
		    vector_close(extra->value, want, out->six_digits))
			continue;
		fputs(head, stdout);
		print_numbers(extra->key, extra->value, want);
		return puts("") != EOF;
	}
	return false;
}

static bool take_row(void *self, const struct csv_row *cells, struct error *err)
{
	struct run *run = self;
	if (!run->has_header) {
		run->has_header = true;
		return vector_read_header(cells, &run->columns, err);
	}
	struct vector row;
	if (!vector_read(cells, &run->columns, &row, err))
		return error_at(err, cells->line, 0);
	struct outcome out = {.category = ""};
	run->runner->run(&row, &out);
	bool official = strcmp(row.kind, not_reproduced) == 0;
	bool agrees = strcmp(row.kind, "published") == 0;
	run->published += official || agrees;
	if (print_difference(run, &row, &out)) {
		run->failed++;
		return true;
	}
	run->passed++;
	run->as_published += agrees;
	printf("ok %s:%d %s\n", run->file, row.line, row.name);
	if (official)
		printf("note: %s:%d %s; ours: %s; official: %s\n", run->file, row.line, row.name,
		       out.category, row.category);
	return true;
}

static const struct outcome_runner *find_in(const struct outcome_runner *runners, const char *file)
{
	for (; runners->file != NULL; runners++) {
		size_t len = strlen(runners->file);
		if (strncmp(file, runners->file, len) == 0 &&
		    (strcmp(file + len, ".csv") == 0 || strcmp(file + len, ".csv.gz") == 0))
			return runners;
	}
	return NULL;
}

static const struct outcome_runner *find_runner(const char *file)
{
	const struct outcome_runner *runner = find_in(outcome_method_runners, file);
	return runner != NULL ? runner : find_in(outcome_evidence_runners, file);
}

static bool read_document(const char *path, struct text *ret, struct error *err)
{
	gzFile file = gzopen(path, "rb");
	if (file == NULL)
		return error_errno(err, "%s", path);
	char buffer[4096];
	int len;
	while ((len = gzread(file, buffer, sizeof buffer)) > 0)
		text_add(ret, buffer, (size_t)len);
	gzclose(file);
	if (len < 0)
		return error_set(err, ERROR_INPUT, "%s cannot be unpacked", path);
	return text_ok(ret, path, err);
}

static bool read_rows(const char *directory, struct run *run, struct error *err)
{
	AUTO_TEXT struct text path = text_with_limit(4096);
	text_addf(&path, "%s/%s", directory, run->file);
	AUTO_TEXT struct text document = text_with_limit(DOCUMENT_LIMIT_BYTES);
	static const struct csv_dialect dialect = {.delimiter = ','};
	return text_ok(&path, "a path", err) && read_document(path.data, &document, err) &&
	       csv_read(text_span(&document), &dialect, take_row, run, err);
}

static void run_file(const char *directory, struct run *run)
{
	struct error err = {0};
	run->runner = find_runner(run->file);
	run->has_header = false;
	run->published = run->as_published = 0;
	if (run->runner == NULL) {
		printf("note: not run: %s\n", run->file);
		return;
	}
	if (!read_rows(directory, run, &err)) {
		run->failed++;
		printf("not ok %s:%d: %s\n", run->file, err.line, err.text);
	}
	if (run->published > 0)
		printf("note: %s: %d of %d as published (%.1f %%)\n", run->file, run->as_published,
		       run->published, 100.0 * run->as_published / run->published);
}

static int is_table(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);
	return (len > 4 && strcmp(entry->d_name + len - 4, ".csv") == 0) ||
	       (len > 7 && strcmp(entry->d_name + len - 7, ".csv.gz") == 0);
}

int main(int argc, char **argv)
{
	struct dirent **files = NULL;
	int count = argc == 2 ? scandir(argv[1], &files, is_table, alphasort) : -1;
	if (count < 0) {
		fputs("usage: assess DIR\n", stderr);
		return 2;
	}
	struct run run = {0};
	for (int i = 0; i < count; i++) {
		run.file = files[i]->d_name;
		run_file(argv[1], &run);
		free(files[i]);
	}
	free(files);
	printf("%d passed, %d failed\n", run.passed, run.failed);
	return run.failed > 0;
}
