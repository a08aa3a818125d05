/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "feed/reader.h"
#include "tests/unit/cube_maker.h"
#include "tests/unit/measured.h"

/* A cube whose cells are read where they stand must come out as it does from a tree of all of it,
 * and take little more memory than its document. */

enum { OUTPUT_BYTES = 1 << 20, DOCUMENT_BYTES = 1 << 16 };

/* -- what comes out, as text -- */

static bool take(void *self, const struct feed_record *record, struct error *err)
{
	char period[PERIOD_BYTES];
	(void)err;
	text_addf(self, "%s %.*s|%s|%.*s|%.*s|%.*s|%.*s|%.*s|%d\n", record->place,
		  SPAN_ARGS(record->area), period_print(record->period_parsed, period),
		  SPAN_ARGS(record->series), SPAN_ARGS(record->value), SPAN_ARGS(record->status),
		  SPAN_ARGS(record->unit), SPAN_ARGS(record->published), record->is_missing);
	return true;
}

static bool refuse(void *self, const struct feed_refusal *refusal, struct error *err)
{
	(void)err;
	text_addf(self, "%s: '%s' %s\n", refusal->place, refusal->found, refusal->why);
	return true;
}

static void read_document(const struct feed_mapping *mapping, struct span document, bool is_tree,
			  struct text *out)
{
	AUTO_FEED_READER struct feed_reader *reader = NULL;
	AUTO_FEED_PAGE struct feed_page page = {0};
	struct feed_sink sink = {take, refuse, out};
	struct error err = {0};
	bool again = true;
	text_clear(out);
	assert_true(feed_reader_new(mapping, &sink, &page, &reader, &err));
	if (is_tree)
		feed_reader_force_whole(reader);
	bool ok = feed_reader_push(reader, document, &err) && feed_reader_end(reader, &again, &err);
	assert_true(!ok || !again);
	if (!ok)
		text_clear(out);
	text_addf(out, "%s: %s; %zu rows, %zu taken, %zu refused; '%s' '%s' %d\n",
		  feed_cause_name(page.cause), err.text, page.rows, page.taken, page.refused,
		  page.next_url, page.revision, (int)page.total);
	assert_false(out->failed);
}

/* -- mappings -- */

static char *copy(const char *text)
{
	char *same = span_dup(span_of(text));
	assert_non_null(same);
	return same;
}

static void set_list(struct key_texts *list, const char *item)
{
	list->items = calloc(1, sizeof *list->items);
	assert_non_null(list->items);
	list->items[0] = copy(item);
	list->count = 1;
}

struct shape {
	int format;
	const char *records, *forbid, *revision;
};

static void make_mapping(struct feed_mapping *mapping, const struct shape *shape)
{
	assert_true(feed_mapping_init(mapping, NULL));
	mapping->format = shape->format;
	bool has_records = shape->format == FEED_JSONSTAT || shape->format == FEED_PXWEB;
	mapping->records = has_records ? copy(shape->records) : NULL;
	mapping->fields.area = copy(shape->format == FEED_OPENAQ ? shape->records : "geo");
	mapping->fields.series = copy("=X");
	set_list(&mapping->periods.patterns, shape->format == FEED_OPENAQ ? "ISO" : "YYYY");
	set_list(&mapping->status.estimated, "e");
	set_list(&mapping->numbers.missing, "..");
	mapping->numbers.decimal = '.';
	if (shape->forbid != NULL)
		set_list(&mapping->answer.forbid, shape->forbid);
	if (shape->revision != NULL)
		mapping->revision = copy(shape->revision);
}

static const struct shape shapes[] = {
	{FEED_JSONSTAT, "", NULL, NULL},
	{FEED_JSONSTAT, "/set", NULL, "/set/label"},
	{FEED_JSONSTAT, "", "/value/0", NULL},
	{FEED_JSONSTAT, "", "/error", "/extension"},
	{FEED_PXWEB, "", NULL, "/metadata/0/label"},
	/* where the area stands */
	{FEED_OPENAQ, "/sensor", NULL, NULL},
	{FEED_OPENAQ, "^/meta/name", NULL, "/meta/name"},
	{FEED_OPENAQ, "^/results/0/sensor", "/error", NULL},
	{FEED_OPENAQ, "/sensor", "/results/1", NULL},
	{FEED_SDMXJSON, "", NULL, NULL},
	{FEED_SDMXJSON, "", "/errors", "/data/dataSets/0/action"},
	{FEED_SDMXJSON, "", "/dataSets/0/series/0", NULL},
	{FEED_SDMXJSON, "", NULL, "/dataSets"},
};

/* -- the tests -- */

static void random_cubes_come_out_as_from_a_tree(void **state)
{
	(void)state;
	AUTO_TEXT struct text want = text_with_limit(OUTPUT_BYTES);
	AUTO_TEXT struct text got = text_with_limit(OUTPUT_BYTES);
	const char *count = getenv("SPLIT_DOCUMENTS");
	long documents = count != NULL ? strtol(count, NULL, 10) : 1500;
	size_t good = 0;
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
		struct json_maker maker = {.seed = i + 1, .out = text_with_limit(DOCUMENT_BYTES)};
		make_mapping(&mapping, &shapes[i]);
		for (long k = 0; k < documents; k++) {
			cube_maker_put(&maker, shapes[i].format, shapes[i].records[0] != '\0');
			struct span text = text_span(&maker.out);
			read_document(&mapping, text, true, &want);
			read_document(&mapping, text, false, &got);
			good += strstr(want.data, " VN|2020|X|") != NULL;
			if (span_equal(text_span(&want), text_span(&got)))
				continue;
			print_message("%zu: %.*s\ntree: %sin place: %s", i, SPAN_ARGS(text),
				      want.data, got.data);
			fail();
		}
		text_done(&maker.out);
	}
	print_message("%zu had records\n", good);
	assert_true(good > (size_t)documents / 4);
}

/* -- memory -- */

static bool count_one(void *self, const struct feed_record *record, struct error *err)
{
	(void)record;
	(void)err;
	++*(size_t *)self;
	return true;
}

static bool refuse_none(void *self, const struct feed_refusal *refusal, struct error *err)
{
	(void)self;
	return error_set(err, ERROR_REFUSED, "%s: %s", refusal->place, refusal->why);
}

enum { CELLS = 282000, YEARS = 100, AREAS = CELLS / YEARS, KIB = 1024 };

static void put_large_cube(struct text *out)
{
	text_add_string(out, "{\"class\":\"dataset\",\"id\":[\"geo\",\"time\"],\"size\":[");
	text_addf(out, "%d,%d],\"role\":{\"time\":[\"time\"]},\"value\":[", AREAS, YEARS);
	for (size_t i = 0; i < CELLS; i++)
		text_addf(out, "%s%zu.%03zu", i > 0 ? "," : "", i % 1000, i % 997);
	text_add_string(out, "],\"status\":[");
	for (size_t i = 0; i < CELLS; i++)
		text_add_string(out, i == 0 ? "null" : i % 7 == 0 ? ",\"e\"" : ",null");
	text_add_string(out, "],\"dimension\":{\"geo\":{\"category\":{\"index\":[");
	for (size_t i = 0; i < AREAS; i++)
		text_addf(out, "%s\"A%zu\"", i > 0 ? "," : "", i);
	text_add_string(out, "]}},\"time\":{\"category\":{\"index\":[");
	for (size_t i = 0; i < YEARS; i++)
		text_addf(out, "%s\"%zu\"", i > 0 ? "," : "", 1920 + i);
	text_add_string(out, "]}}}}");
}

static void put_large_table(struct text *out)
{
	text_add_string(
		out, "{\"columns\":[{\"code\":\"geo\",\"type\":\"d\"},{\"code\":\"year\",\"type\":"
		     "\"t\"},{\"code\":\"X\",\"type\":\"c\"}],\"data\":[");
	for (size_t i = 0; i < CELLS; i++)
		text_addf(out, "%s{\"key\":[\"A%zu\",\"%zu\"],\"values\":[\"%zu.5\"]}",
			  i > 0 ? "," : "", i / YEARS, 1920 + i % YEARS, i);
	text_add_string(out, "]}");
}

/* Until when something was measured stands in the last one. */
static void put_large_measurements(struct text *out)
{
	text_add_string(out, "{\"results\":[");
	for (size_t i = 0; i < CELLS; i++)
		text_addf(out,
			  "%s{\"sensor\":\"A%zu\",\"period\":{\"datetimeFrom\":{\"local\":"
			  "\"%zu-01-01T00:00:00\"},\"datetimeTo\":{\"utc\":\"%zu-01-01T00:00:00Z\","
			  "\"local\":\"%zu-01-01T00:00:00\"}},%s\"value\":%zu.5}",
			  i > 0 ? "," : "", i / YEARS, 1920 + i % YEARS, 1921 + i % YEARS,
			  1921 + i % YEARS,
			  i + 1 < CELLS ? ""
					: "\"coverage\":{\"datetimeTo\":{\"utc\":"
					  "\"2021-01-01T00:00:00Z\"}},",
			  i);
	text_add_string(out, "]}");
}

static void put_values(struct text *out, const char *letter, size_t count, size_t first)
{
	for (size_t i = 0; i < count; i++)
		text_addf(out, "%s{\"id\":\"%s%zu\"}", i > 0 ? "," : "", letter, first + i);
}

/* Areas by things by years. */
enum { THINGS = 10, PLACES = CELLS / YEARS / THINGS };

static void put_large_structure(struct text *out)
{
	text_add_string(out,
			"\"structure\":{\"dimensions\":{\"series\":[{\"id\":\"geo\",\"values\":[");
	put_values(out, "A", PLACES, 0);
	text_add_string(out, "]},{\"id\":\"THING\",\"values\":[");
	put_values(out, "T", THINGS, 0);
	text_add_string(out, "]}],\"observation\":[{\"id\":\"TIME_PERIOD\",\"values\":[");
	put_values(out, "", YEARS, 1920);
	text_add_string(out, "]}]},\"attributes\":{\"observation\":[{\"id\":\"OBS_STATUS\","
			     "\"values\":[{\"id\":\"\"},{\"id\":\"e\"}]}]}}}");
}

static void put_large_series(struct text *out)
{
	text_add_string(out, "{\"dataSets\":[{\"series\":{");
	for (size_t i = 0; i < CELLS; i++) {
		size_t series = i / YEARS;
		if (i % YEARS == 0)
			text_addf(out, "%s\"%zu:%zu\":{\"observations\":{", i > 0 ? "}}," : "",
				  series % PLACES, series / PLACES);
		text_addf(out, "%s\"%zu\":[%zu.%03zu,%zu]", i % YEARS > 0 ? "," : "", i % YEARS,
			  i % 1000, i % 997, i % 2);
	}
	text_add_string(out, "}}}}],");
	put_large_structure(out);
}

/* Those of a year together. */
static void put_large_flat(struct text *out)
{
	text_add_string(out, "{\"dataSets\":[{\"observations\":{");
	for (size_t i = 0; i < CELLS; i++)
		text_addf(out, "%s\"%zu:%zu:%zu\":[%zu.%03zu,%zu,null,null]", i > 0 ? "," : "",
			  i % PLACES, i / PLACES % THINGS, i / PLACES / THINGS, i % 1000, i % 997,
			  i % 2);
	text_add_string(out, "}}],");
	put_large_structure(out);
}

static long peak_kib(void)
{
	struct rusage usage;
	return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0;
}

/* The document is in memory already: what does reading it need beside it?  In KiB, or -1. */
static long beside(const struct feed_mapping *mapping, struct span document)
{
	AUTO_FEED_PAGE struct feed_page page = {0};
	struct error err = {0};
	size_t taken = 0;
	struct feed_sink sink = {count_one, refuse_none, &taken};
	long before = peak_kib();
	bool ok = feed_decode(mapping, document, &sink, &page, &err) && taken == CELLS;
	if (!ok)
		print_message("%zu taken: %s\n", taken, err.text);
	return ok ? peak_kib() - before : -1;
}

/* Out of a file, in pieces as they come from a network: the peak in KiB, or -1. */
static long peak_in_pieces(const struct feed_mapping *mapping, FILE *file)
{
	AUTO_FEED_READER struct feed_reader *reader = NULL;
	AUTO_FEED_PAGE struct feed_page page = {0};
	size_t taken = 0;
	struct feed_sink sink = {count_one, refuse_none, &taken};
	char piece[16 * KIB];
	bool again = true;
	size_t len;
	bool ok = feed_reader_new(mapping, &sink, &page, &reader, NULL);
	rewind(file);
	while (ok && (len = fread(piece, 1, sizeof piece, file)) > 0)
		ok = feed_reader_push(reader, (struct span){piece, len}, NULL);
	ok = ok && feed_reader_end(reader, &again, NULL) && !again && taken == CELLS;
	return ok ? peak_kib() : -1;
}

/* What a child ends with. */
static int status_of(pid_t child)
{
	int status = 0;
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void hold_large(const struct shape *shape, void (*put)(struct text *out), const char *few)
{
	enum { UNABLE = 2 };
	AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
	FILE *file = tmpfile();
	FILE *small = tmpfile();
	assert_true(file != NULL && small != NULL);
	assert_true(fputs(few, small) >= 0);
	make_mapping(&mapping, shape);
	/* what made the document does not count for what reads it out of the file */
	pid_t child = fork();
	if (child == 0) {
		struct text document = text_with_limit(FEED_DOCUMENT_MAX_BYTES);
		put(&document);
		long more = beside(&mapping, text_span(&document));
		bool ok = more >= 0 &&
			  fwrite(document.data, 1, document.len, file) == document.len &&
			  fflush(file) == 0;
		print_message("%zu KiB: %ld beside it\n", document.len / KIB, more);
		_exit(!ok ? UNABLE : IS_MEASURED && (size_t)more * KIB > document.len / 5);
	}
	assert_int_equal(status_of(child), 0);
	child = fork();
	if (child == 0) {
		/* the reader itself and what it calls count for nothing */
		(void)peak_in_pieces(&mapping, small);
		long before = peak_kib();
		long peak = peak_in_pieces(&mapping, file);
		long limit = ftell(file) / KIB * 12 / 10;
		print_message("%ld KiB: %ld in pieces\n", ftell(file) / KIB, peak - before);
		_exit(peak < 0 ? UNABLE : IS_MEASURED && peak - before > limit);
	}
	assert_int_equal(status_of(child), 0);
	assert_int_equal(fclose(file) | fclose(small), 0);
}

static void a_large_cube_takes_little_more_than_its_document(void **state)
{
	(void)state;
	hold_large(&(struct shape){FEED_JSONSTAT, "", NULL, NULL}, put_large_cube,
		   "{\"id\":[\"geo\",\"time\"],\"size\":[1,1],\"role\":{\"time\":[\"time\"]},"
		   "\"value\":[1.5],\"status\":[\"e\"],\"dimension\":{\"geo\":{\"category\":"
		   "{\"index\":[\"VN\"]}},\"time\":{\"category\":{\"index\":[\"2020\"]}}}}");
	hold_large(&(struct shape){FEED_PXWEB, "", NULL, NULL}, put_large_table,
		   "{\"columns\":[{\"code\":\"geo\",\"type\":\"d\"},{\"code\":\"year\",\"type\":"
		   "\"t\"},{\"code\":\"X\",\"type\":\"c\"}],\"data\":[{\"key\":[\"VN\",\"2020\"],"
		   "\"values\":[\"1.5\"]}]}");
	hold_large(&(struct shape){FEED_OPENAQ, "/sensor", NULL, NULL}, put_large_measurements,
		   "{\"results\":[{\"sensor\":\"VN\",\"period\":{\"datetimeFrom\":{\"local\":"
		   "\"2020-01-01T00:00:00\"},\"datetimeTo\":{\"utc\":\"2021-01-01T00:00:00Z\","
		   "\"local\":\"2021-01-01T00:00:00\"}},\"coverage\":{\"datetimeTo\":{\"utc\":"
		   "\"2021-01-01T00:00:00Z\"}},\"value\":1.5}]}");
}

static void a_large_message_takes_little_more_than_its_document(void **state)
{
	(void)state;
	static const char few[] =
		"{\"dataSets\":[{\"series\":{\"0\":{\"observations\":{\"0\":[1.5,0]}}}}],"
		"\"structure\":{\"dimensions\":{\"series\":[{\"id\":\"geo\",\"values\":[{\"id\":"
		"\"VN\"}]}],\"observation\":[{\"id\":\"TIME_PERIOD\",\"values\":[{\"id\":\"2020\"}"
		"]}]}}}";
	hold_large(&(struct shape){FEED_SDMXJSON, "", NULL, NULL}, put_large_series, few);
	hold_large(&(struct shape){FEED_SDMXJSON, "", NULL, NULL}, put_large_flat, few);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_cubes_come_out_as_from_a_tree),
		cmocka_unit_test(a_large_cube_takes_little_more_than_its_document),
		cmocka_unit_test(a_large_message_takes_little_more_than_its_document),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
