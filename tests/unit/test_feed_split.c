/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "feed/reader.h"
#include "tests/unit/json_maker.h"

/* A document read piece by piece must come out as it does from a tree of the whole of it. */

enum { OUTPUT_BYTES = 1 << 20, DOCUMENT_BYTES = 1 << 16, WHOLE = 0, TREE = -1 };

/* -- what comes out, as text -- */

static bool take(void *self, const struct feed_record *record, struct error *err)
{
	struct text *out = self;
	char period[PERIOD_BYTES];
	char number[NUMBER_BYTES];
	(void)err;
	text_addf(out, "%.*s|%s|%.*s|%.*s|%s|%d|%d|%.*s|%.*s|%.*s|%s|%d\n", SPAN_ARGS(record->area),
		  period_print(record->period_parsed, period), SPAN_ARGS(record->series),
		  SPAN_ARGS(record->value),
		  record->is_missing ? "missing" : number_print(record->number.value, number),
		  record->number.decimals, record->number.digits, SPAN_ARGS(record->status),
		  SPAN_ARGS(record->unit), SPAN_ARGS(record->published), record->place,
		  record->is_break);
	for (size_t i = 0; i < record->dim_count; i++)
		text_addf(out, " %.*s", SPAN_ARGS(record->dims[i]));
	return true;
}

static bool refuse(void *self, const struct feed_refusal *refusal, struct error *err)
{
	(void)err;
	text_addf(self, "%s: '%s' %s\n", refusal->place, refusal->found, refusal->why);
	return true;
}

static void print_end(struct text *out, bool ok, const struct feed_page *page,
		      const struct error *err)
{
	if (!ok) {
		/* what the sink was given is to be thrown away */
		text_clear(out);
		text_addf(out, "%s: %s\n", feed_cause_name(page->cause), err->text);
		return;
	}
	text_addf(out, "%zu rows, %zu taken, %zu refused, %zu passed; %d of %d, %d; '%s' '%s' %x\n",
		  page->rows, page->taken, page->refused, page->passed, (int)page->page,
		  (int)page->pages, (int)page->total, page->next_url, page->revision,
		  (unsigned)page->present);
}

/* Push all of it once, in pieces; each is a copy of its own size. */
static bool push(struct feed_reader *reader, struct span document, size_t piece_bytes,
		 struct error *err)
{
	for (size_t at = 0; at < document.len && !feed_reader_wants_again(reader);) {
		size_t left = document.len - at;
		size_t len = piece_bytes == WHOLE || left < piece_bytes ? left : piece_bytes;
		AUTO_FREE char *piece = malloc(len);
		assert_non_null(piece);
		memcpy(piece, document.start + at, len);
		if (!feed_reader_push(reader, (struct span){piece, len}, err))
			return false;
		at += len;
	}
	return true;
}

struct pieces {
	int bytes;   /* of each; WHOLE, TREE */
	size_t head; /* of the first one, when it is not 0: then the rest in one */
};

static bool push_two(struct feed_reader *reader, struct span document, size_t head,
		     struct error *err)
{
	return push(reader, (struct span){document.start, head}, WHOLE, err) &&
	       push(reader, (struct span){document.start + head, document.len - head}, WHOLE, err);
}

/* Reads the document; returns how often it had to come. */
static int read_document(const struct feed_mapping *mapping, struct span document,
			 struct pieces pieces, struct text *out)
{
	AUTO_FEED_READER struct feed_reader *reader = NULL;
	AUTO_FEED_PAGE struct feed_page page = {0};
	struct feed_sink sink = {take, refuse, out};
	struct error err = {0};
	bool again = true;
	int times = 0;
	text_clear(out);
	bool ok = feed_reader_new(mapping, &sink, &page, &reader, &err);
	if (ok && pieces.bytes == TREE)
		feed_reader_force_whole(reader);
	while (ok && again) {
		size_t size = pieces.bytes > 0 ? (size_t)pieces.bytes : WHOLE;
		ok = pieces.head > 0 ? push_two(reader, document, pieces.head, &err)
				     : push(reader, document, size, &err);
		ok = ok && feed_reader_end(reader, &again, &err);
		times++;
	}
	print_end(out, ok, &page, &err);
	assert_false(out->failed);
	return times;
}

static void assert_same(const struct text *want, const struct text *got, struct span document)
{
	if (span_equal(text_span(want), text_span(got)))
		return;
	print_message("document: %.*s\ntree: %.*spieces: %.*s", SPAN_ARGS(document),
		      SPAN_ARGS(text_span(want)), SPAN_ARGS(text_span(got)));
	fail();
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
	const char *records, *value, *unit, *series, *expand;
};

static void make_mapping(struct feed_mapping *mapping, const struct shape *shape)
{
	assert_true(feed_mapping_init(mapping, NULL));
	mapping->format = FEED_JSON;
	mapping->records = copy(shape->records);
	mapping->fields.area = copy("/a");
	mapping->fields.period = copy("/p");
	mapping->fields.series = copy(shape->series);
	mapping->fields.value = copy(shape->value);
	mapping->fields.status = copy("/s");
	if (shape->unit != NULL)
		mapping->fields.unit = copy(shape->unit);
	if (shape->expand != NULL)
		set_list(&mapping->expand, shape->expand);
	/* for a list at the top these would be in the list */
	if (shape->records[0] != '\0') {
		set_list(&mapping->answer.forbid, "/error");
		mapping->paging.total = copy("/meta/total");
		mapping->revision = copy("/meta/rev");
	}
	set_list(&mapping->periods.patterns, "YYYY");
	set_list(&mapping->numbers.missing, "..");
	set_list(&mapping->status.estimated, "E");
	mapping->numbers.decimal = '.';
	mapping->lists = FEED_LISTS_JOIN;
}

/* For documents that announce no number of records: a named one that is not there is a failure. */
static void ask_for_no_total(struct feed_mapping *mapping)
{
	free(mapping->paging.total);
	mapping->paging.total = NULL;
}

static const struct shape shapes[] = {
	{"/r", "/v", NULL, "=X", NULL},
	{"/r", "/v", "^/meta/u", "{/c/d}-{/c/e}", NULL},
	{"/r", "/v/1", "/v", "{/c/d}{?/v/0}", NULL},
	{"/data/r", "/v", "^/tail", "{}", NULL},
	{"/r", "/v", "../a", "=X", "/c"},
	{"", "/v", NULL, "=X", NULL},
	{"/1", "/v", "^/0/u", "=X", NULL},
};

/* -- documents -- */

#define PUT_ONE_OF(maker, texts) json_maker_put_one_of(maker, texts, COUNT_OF(texts))

static void put_meta(struct json_maker *maker, bool is_before)
{
	static const char *const metas[] = {"{\"total\":3,\"rev\":\"x\",\"u\":\"kg\"}",
					    "{\"total\":\"4\",\"rev\":1.50}",
					    "{\"u\":\"\\u00b5g\",\"total\":1.0}", "[]"};
	text_add_string(&maker->out, is_before ? "\"meta\":" : ",\"tail\":\"behind\",\"meta\":");
	PUT_ONE_OF(maker, metas);
	text_add_string(&maker->out, is_before ? ", \"tail\":7.0," : "");
}

static void put_list(struct json_maker *maker, bool is_deep, bool has_no_name)
{
	static const char deep[] = "\"data\":{\"r\":";
	static const char plain[] = "\"r\":";
	text_add_string(&maker->out, has_no_name ? "" : is_deep ? deep : plain);
	json_maker_put_records(maker);
	text_add_string(&maker->out, is_deep ? "}" : "");
}

static void put_document(struct json_maker *maker, const struct shape *shape)
{
	static const char *const marks[] = {"", "", "", "\xEF\xBB\xBF", "\xEF\xBB", " "};
	bool is_top = shape->records[0] == '\0';
	bool is_list = strcmp(shape->records, "/1") == 0;
	bool is_deep = strcmp(shape->records, "/data/r") == 0;
	bool is_before = json_maker_roll(maker, 3) > 0;
	bool has_meta = !is_top && !is_list;
	text_clear(&maker->out);
	PUT_ONE_OF(maker, marks);
	text_add_string(&maker->out, is_top ? "" : is_list ? "[{\"u\":\"kg\"}," : "{");
	if (has_meta && is_before)
		put_meta(maker, true);
	put_list(maker, is_deep, is_top || is_list);
	if (has_meta && !is_before)
		put_meta(maker, false);
	if (has_meta && json_maker_roll(maker, 20) == 0)
		text_add_string(&maker->out, ",\"error\":\"no data\"");
	text_add_string(&maker->out, is_top ? "" : is_list ? "]" : "}");
	json_maker_damage(maker);
}

/* -- the tests -- */

static void hold_against_tree(const struct feed_mapping *mapping, struct json_maker *maker,
			      struct text *want, struct text *got)
{
	static const int sizes[] = {WHOLE, 1, 2, 7, 64};
	struct span document = text_span(&maker->out);
	(void)read_document(mapping, document, (struct pieces){.bytes = TREE}, want);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		(void)read_document(mapping, document, (struct pieces){.bytes = sizes[i]}, got);
		assert_same(want, got, document);
	}
}

static void random_documents_come_out_as_from_a_tree(void **state)
{
	(void)state;
	AUTO_TEXT struct text want = text_with_limit(OUTPUT_BYTES);
	AUTO_TEXT struct text got = text_with_limit(OUTPUT_BYTES);
	const char *count = getenv("SPLIT_DOCUMENTS");
	long documents = count != NULL ? strtol(count, NULL, 10) : 1500;
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
		struct json_maker maker = {.seed = i + 1, .out = text_with_limit(DOCUMENT_BYTES)};
		make_mapping(&mapping, &shapes[i]);
		for (long k = 0; k < documents; k++) {
			put_document(&maker, &shapes[i]);
			hold_against_tree(&mapping, &maker, &want, &got);
		}
		text_done(&maker.out);
	}
}

#define RECORDS                                                                                    \
	"[{\"a\":\"VN\",\"p\":\"2020\",\"v\":1.90,\"s\":\"E\",\"x\":{\"y\":[1,true,{}]}}, "        \
	"{\"a\":\"Vi\xe1\xbb\x87t\",\"p\":2021,\"v\":-12.5e-1,\"s\":null} ,"                       \
	"{\"a\":\"V\\u0041\",\"p\":2022,\"v\":null,\"c\":[]}]"

static void a_document_may_be_cut_anywhere(void **state)
{
	(void)state;
	static const char document[] = "\xEF\xBB\xBF{\"meta\": {\"total\":3, \"u\":\"kg\"}, "
				       "\"r\":" RECORDS ", \"more\": [false , 0]}\n";
	AUTO_TEXT struct text want = text_with_limit(OUTPUT_BYTES);
	AUTO_TEXT struct text got = text_with_limit(OUTPUT_BYTES);
	AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
	struct span all = span_of(document);
	make_mapping(&mapping, &shapes[0]);
	(void)read_document(&mapping, all, (struct pieces){.bytes = TREE}, &want);
	assert_non_null(strstr(want.data, "VN|2020|X|1.90|1.9|2|3|E"));
	for (size_t head = 1; head < all.len; head++) {
		int times = read_document(&mapping, all, (struct pieces){.head = head}, &got);
		assert_int_equal(times, 1);
		assert_same(&want, &got, all);
	}
}

/* The document of characters below U+0800 in UTF-16, little end first. */
static void put_utf16(struct span document, struct text *out)
{
	text_clear(out);
	text_add_string(out, "\xFF\xFE");
	for (size_t i = 0; i < document.len; i++) {
		unsigned unit = (unsigned char)document.start[i];
		if (unit >= 0xc0)
			unit = (unit & 0x1f) << 6 | ((unsigned char)document.start[++i] & 0x3f);
		text_add_char(out, (char)unit);
		text_add_char(out, (char)(unit >> 8));
	}
}

/* The reader that gives up in the middle of a character begins anew with a whole one. */
static void a_document_in_utf_16_may_be_cut_anywhere(void **state)
{
	(void)state;
	static const struct {
		const char *document;
		int times;
	} cases[] = {
		{"{\"r\":[{\"a\":\"H\xC3\xA0\",\"p\":2020,\"v\":1.90}]}", 1},
		{"{\"r\":[{\"\\u0061\":\"H\xC3\xA0\",\"p\":2020,\"v\":1.90}]}", 2},
	};
	AUTO_TEXT struct text want = text_with_limit(OUTPUT_BYTES);
	AUTO_TEXT struct text got = text_with_limit(OUTPUT_BYTES);
	AUTO_TEXT struct text wide = text_with_limit(DOCUMENT_BYTES);
	AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
	make_mapping(&mapping, &shapes[0]);
	ask_for_no_total(&mapping);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct span all = span_of(cases[i].document);
		(void)read_document(&mapping, all, (struct pieces){.bytes = TREE}, &want);
		assert_non_null(strstr(want.data, "H\xC3\xA0|2020|X|1.90|1.9"));
		put_utf16(all, &wide);
		for (size_t head = 1; head < wide.len; head++) {
			int times = read_document(&mapping, text_span(&wide),
						  (struct pieces){.head = head}, &got);
			assert_int_equal(times, cases[i].times);
			assert_same(&want, &got, all);
		}
	}
}

static void a_document_comes_again_only_when_it_has_to(void **state)
{
	(void)state;
	static const struct {
		const char *document;
		size_t shape;
		int times;
		const char *why;
	} cases[] = {
		{"{\"meta\":{\"u\":\"kg\"},\"r\":" RECORDS "}", 1, 1,
		 "what is needed stands before"},
		{"{\"r\":" RECORDS ",\"meta\":{\"u\":\"kg\"}}", 1, 2, "it stands behind"},
		{"{\"r\":" RECORDS ",\"meta\":{\"u\":\"kg\"}}", 0, 1, "nobody asks for it"},
		{"{\"r\":[{\"a\":1,\"\\u0061\":2}]}", 0, 2, "an escape in a name"},
		{"{\"r\":[{\"z\":\"\\ud83d\\ude00\"}]}", 0, 2, "a surrogate"},
		{"{\"r\":null}", 0, 2, "no list"},
		{"{\"r\":[]}", 0, 1, "an empty list"},
		{"{\"r\":[1e999]}", 0, 1, "a number that cannot be kept"},
		{"{\"error\":\"x\",\"r\":[]}", 0, 2, "an error is shown as a whole"},
		{"{\"r\":[", 0, 2, "cut off"},
		{RECORDS, 5, 1, "the list is all there is"},
	};
	AUTO_TEXT struct text out = text_with_limit(OUTPUT_BYTES);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
		make_mapping(&mapping, &shapes[cases[i].shape]);
		mapping.answer.min_rows = 0;
		ask_for_no_total(&mapping);
		int times = read_document(&mapping, span_of(cases[i].document),
					  (struct pieces){.bytes = WHOLE}, &out);
		if (times != cases[i].times)
			fail_msg("%s: %d times", cases[i].why, times);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_documents_come_out_as_from_a_tree),
		cmocka_unit_test(a_document_may_be_cut_anywhere),
		cmocka_unit_test(a_document_in_utf_16_may_be_cut_anywhere),
		cmocka_unit_test(a_document_comes_again_only_when_it_has_to),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
