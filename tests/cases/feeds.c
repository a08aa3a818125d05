/* SPDX-License-Identifier: GPL-3.0-or-later */

/* usage: feeds [DIRECTORY]
 *
 * Run the feed cases: every DIRECTORY/FORMAT/CASE (default tests/feeds) has
 *   mapping    key = value lines as in a feed's mapping, groups with a dot: fields.area = /code;
 *              a list key several times; filters.1.field; "..." keeps blanks
 *   input*     the documents of the answer, in the order of their names
 *   INPUT.link the Link header with which it came
 *   expect     what comes out, a line each:  area|period|series|value|status[|name=text]...
 *              (value "missing"; status with b for a break) or  refused PLACE: WHY,
 *              and "passed over N" at the end when filters did not want some
 *   error      instead of expect: CAUSE: TEXT; "mapping: TEXT" when the mapping is wrong */

#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "feed/pick.h"
#include "feed/reader.h"
#include "feed/run.h"
#include "tests/unit/mapping_file.h"

enum { OUTPUT_MAX_BYTES = 1 << 20, LINES_MAX = 10000, PATH_BYTES = 1024 };

struct lines {
	char *items[LINES_MAX];
	size_t count;
	const struct feed_mapping *mapping;
	struct feed_pick pick;
	size_t piece_bytes; /* 0: the document in one */
};

/* Every case is read whole and in pieces of these sizes, and comes out the same. */
static const size_t piece_sizes[] = {0, 1, 7, 4096};

static void join(char path[PATH_BYTES], const char *directory, const char *name)
{
	if (snprintf(path, PATH_BYTES, "%s/%s", directory, name) >= PATH_BYTES)
		path[0] = '\0';
}

/* -- what comes out -- */

static void print_optional(struct text *out, const char *name, struct span value)
{
	if (value.len > 0)
		text_addf(out, "|%s=%.*s", name, SPAN_ARGS(value));
}

static bool add_line(struct lines *lines, struct text *line, struct error *err)
{
	if (lines->count == LINES_MAX)
		return error_set(err, ERROR_LIMIT, "more than %d lines", LINES_MAX);
	lines->items[lines->count] = text_take(line);
	return lines->items[lines->count++] != NULL || error_memory(err);
}

static bool take(void *self, const struct feed_record *record, struct error *err)
{
	struct lines *lines = self;
	AUTO_TEXT struct text line = text_with_limit(OUTPUT_MAX_BYTES);
	char period[PERIOD_BYTES];
	char number[NUMBER_BYTES];
	const char *value =
		record->is_missing ? "missing" : number_print(record->number.value, number);
	text_addf(&line, "%.*s|%s|%.*s|%s|%s%s", SPAN_ARGS(record->area),
		  period_print(record->period_parsed, period), SPAN_ARGS(record->series), value,
		  obs_status_code(record->status_parsed), record->is_break ? "b" : "");
	for (size_t i = 0; i < record->dim_count; i++)
		print_optional(&line, lines->mapping->dims.items[i].name, record->dims[i]);
	print_optional(&line, "unit", record->unit);
	print_optional(&line, "published", record->published);
	print_optional(&line, "qualifier", span_of(obs_qualifier_code(record->qualifier)));
	if (record->has_parts) {
		print_optional(&line, "num", span_of(number_print(record->numerator, number)));
		print_optional(&line, "den", span_of(number_print(record->denominator, number)));
	}
	return add_line(lines, &line, err);
}

static bool refuse(void *self, const struct feed_refusal *refusal, struct error *err)
{
	AUTO_TEXT struct text line = text_with_limit(OUTPUT_MAX_BYTES);
	text_addf(&line, "refused %s: %s", refusal->place, refusal->why);
	return add_line(self, &line, err);
}

static void print_lines(struct lines *lines, size_t passed, struct text *out)
{
	for (size_t i = 0; i < lines->count; i++)
		text_addf(out, "%s\n", lines->items[i]);
	if (passed > 0)
		text_addf(out, "passed over %zu\n", passed);
}

static void free_lines(struct lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		free(lines->items[i]);
	feed_pick_done(&lines->pick);
	free(lines);
}

/* -- a case -- */

static int only_inputs(const struct dirent *entry)
{
	return strncmp(entry->d_name, "input", 5) == 0 && strstr(entry->d_name, ".link") == NULL;
}

static int only_directories(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && entry->d_type != DT_REG;
}

static int only_names(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Push all of the document once. */
static bool push(struct feed_reader *reader, struct span document, size_t piece_bytes,
		 struct error *err)
{
	for (size_t at = 0; at < document.len && !feed_reader_wants_again(reader);) {
		size_t left = document.len - at;
		size_t len = left < piece_bytes ? left : piece_bytes;
		/* a copy of just this size, so that a sanitizer sees who reads beyond it */
		AUTO_FREE char *piece = span_dup((struct span){document.start + at, len});
		assert(piece != NULL);
		if (!feed_reader_push(reader, (struct span){piece, len}, err))
			return false;
		at += len;
	}
	return true;
}

static bool decode(struct lines *lines, struct span document, struct feed_page *page,
		   struct error *err)
{
	AUTO_FEED_READER struct feed_reader *reader = NULL;
	struct feed_sink sink = feed_pick_sink(&lines->pick);
	bool again = true;
	if (lines->piece_bytes == 0)
		return feed_decode(lines->mapping, document, &sink, page, err);
	bool ok = feed_reader_new(lines->mapping, &sink, page, &reader, err);
	while (ok && again)
		ok = push(reader, document, lines->piece_bytes, err) &&
		     feed_reader_end(reader, &again, err);
	return ok;
}

static bool decode_one(const char *path, struct lines *lines, struct feed_run *run,
		       struct error *err)
{
	AUTO_TEXT struct text document = mapping_file_text(path);
	AUTO_FEED_PAGE struct feed_page page = {0};
	if (!decode(lines, text_span(&document), &page, err)) {
		run->cause = page.cause;
		return false;
	}
	AUTO_FREE char *beside = NULL;
	if (asprintf(&beside, "%s.link", path) < 0)
		return error_memory(err);
	AUTO_TEXT struct text link = mapping_file_text(beside);
	return feed_run_link(run, span_trim(text_span(&link)), err) &&
	       feed_run_page(run, &page, err);
}

static bool decode_all(const char *directory, struct lines *lines, struct feed_run *run,
		       struct error *err)
{
	struct dirent **inputs;
	char path[PATH_BYTES];
	int count = scandir(directory, &inputs, only_inputs, alphasort);
	bool ok = true;
	feed_run_begin(run, lines->mapping);
	for (int i = 0; i < count; i++) {
		join(path, directory, inputs[i]->d_name);
		ok = ok && (!feed_run_wants(run) || decode_one(path, lines, run, err));
		free(inputs[i]);
	}
	if (count >= 0)
		free(inputs);
	struct feed_pick_counts counts = {0};
	if (!ok || !feed_run_end(run, err) || !feed_pick_end(&lines->pick, &counts, err))
		return false;
	feed_pick_count(&counts, run);
	return true;
}

static void run_mapping(const char *directory, struct feed_mapping *mapping, size_t piece_bytes,
			struct text *out)
{
	struct error err = {0};
	struct feed_run run = {0};
	char path[PATH_BYTES];
	join(path, directory, "mapping");
	if (!mapping_file_read(path, mapping, NULL, NULL, &err) ||
	    !feed_mapping_check(mapping, &err)) {
		text_addf(out, "mapping: %s\n", err.text);
		return;
	}
	struct lines *lines = calloc(1, sizeof *lines);
	const struct feed_sink sink = {take, refuse, lines};
	lines->mapping = mapping;
	feed_pick_begin(&lines->pick, mapping, &sink);
	lines->piece_bytes = piece_bytes;
	if (decode_all(directory, lines, &run, &err))
		print_lines(lines, run.passed, out);
	else
		text_addf(out, "%s: %s\n", feed_cause_name(run.cause), err.text);
	free_lines(lines);
}

static bool run_pieces(const char *directory, struct span want, size_t piece_bytes)
{
	AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
	AUTO_TEXT struct text out = text_with_limit(OUTPUT_MAX_BYTES);
	if (feed_mapping_init(&mapping, NULL))
		run_mapping(directory, &mapping, piece_bytes, &out);
	bool ok = want.len > 0 && span_equal(want, text_span(&out));
	if (!ok && piece_bytes > 0)
		printf("# in pieces of %zu bytes\n", piece_bytes);
	if (!ok)
		printf("# want:\n%.*s# got:\n%.*s", SPAN_ARGS(want), SPAN_ARGS(text_span(&out)));
	return ok;
}

static bool run_case(const char *directory)
{
	char path[PATH_BYTES];
	join(path, directory, "expect");
	AUTO_TEXT struct text expect = mapping_file_text(path);
	join(path, directory, "error");
	AUTO_TEXT struct text error = mapping_file_text(path);
	struct span want = text_span(expect.len > 0 ? &expect : &error);
	bool ok = true;
	for (size_t i = 0; i < COUNT_OF(piece_sizes) && ok; i++)
		ok = run_pieces(directory, want, piece_sizes[i]);
	printf("%s %s\n", ok ? "ok" : "not ok", directory);
	return ok;
}

static int run_format(const char *directory, int *passed)
{
	struct dirent **cases;
	char path[PATH_BYTES];
	int failed = 0;
	int count = scandir(directory, &cases, only_directories, alphasort);
	for (int i = 0; i < count; i++) {
		join(path, directory, cases[i]->d_name);
		free(cases[i]);
		bool ok = run_case(path);
		failed += !ok;
		*passed += ok;
	}
	if (count >= 0)
		free(cases);
	return failed;
}

int main(int argc, char **argv)
{
	const char *root = argc > 1 ? argv[1] : "tests/feeds";
	struct dirent **formats;
	char path[PATH_BYTES];
	int passed = 0;
	int failed = 0;
	int count = scandir(root, &formats, only_names, alphasort);
	for (int i = 0; i < count; i++) {
		join(path, root, formats[i]->d_name);
		free(formats[i]);
		failed += run_format(path, &passed);
	}
	if (count >= 0)
		free(formats);
	printf("%d passed, %d failed\n", passed, failed);
	return failed > 0 || passed == 0;
}
