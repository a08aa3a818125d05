/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/cube_maker.h"

#include "feed/mapping.h"

/* More keys than the walk remembers of one object, as long as they fit. */
enum { MANY = 300, MANY_BYTES = 8 << 10 };

#define PUT_ONE_OF(maker, texts) json_maker_put_one_of(maker, texts, COUNT_OF(texts))

static const char *const cells[] = {
	"1",	"2.50",	 "-3e2",  "0",		 "null",	   "\"..\"", "\"4\"",
	"\"\"", "\"x\"", "1e999", "\"\\u0035\"", "\"a,]}:\\\"b\"", "12",     "13.0",
};
static const char *const odd_cells[] = {"true", "[1]", "{}", "{\"a\":1}", "\"\\ud83d\\ude00\"",
					"01"};
static const char *const codes[] = {"\"e\"", "null", "\"\"", "\"q\"", "1", "\"e\""};
static const char *const blanks[] = {"", "", "", " ", "\n\t "};

static void put_cell(struct json_maker *maker, bool is_code)
{
	if (json_maker_roll(maker, 60) == 0)
		PUT_ONE_OF(maker, odd_cells);
	else if (is_code)
		PUT_ONE_OF(maker, codes);
	else
		PUT_ONE_OF(maker, cells);
	PUT_ONE_OF(maker, blanks);
}

static void put_list(struct json_maker *maker, size_t count, bool is_code)
{
	text_add_char(&maker->out, '[');
	PUT_ONE_OF(maker, blanks);
	for (size_t i = 0; i < count; i++) {
		text_add_string(&maker->out, i > 0 ? "," : "");
		PUT_ONE_OF(maker, blanks);
		put_cell(maker, is_code);
	}
	text_add_char(&maker->out, ']');
}

/* Mostly by ascending names, now and then the other way, twice, beyond the end or not a number. */
static void put_sparse(struct json_maker *maker, size_t count, bool is_code)
{
	static const char *const odd[] = {"\"x\":1,", "\"01\":2,",   "\"\\u0031\":3,",
					  "\"1\":4,", "\"0\":null,", "\"value\":[1],",
					  "\"99\":5,"};
	bool is_down = json_maker_roll(maker, 12) == 0;
	bool is_first = true;
	text_add_char(&maker->out, '{');
	if (json_maker_roll(maker, 15) == 0)
		PUT_ONE_OF(maker, odd);
	for (size_t i = 0; i < count; i++) {
		if (json_maker_roll(maker, 3) == 0)
			continue;
		text_addf(&maker->out, "%s\"%zu\"", is_first ? "" : ",", is_down ? count - i : i);
		PUT_ONE_OF(maker, blanks);
		text_add_char(&maker->out, ':');
		PUT_ONE_OF(maker, blanks);
		put_cell(maker, is_code);
		is_first = false;
	}
	text_add_char(&maker->out, '}');
}

static void put_cells(struct json_maker *maker, size_t count, bool is_code)
{
	static const char *const others[] = {
		"\"e\"",   "null", "3",	 "{\"value\":[\"e\"],\"c\":{}}",
		"[\"e\"]", "[]",   "{}", "[\"\357\277\2760\"]"};
	unsigned way = json_maker_roll(maker, 10);
	size_t off = json_maker_roll(maker, 15) == 0;
	if (way == 0)
		PUT_ONE_OF(maker, others);
	else if (way < 6)
		put_list(maker, count + off, is_code);
	else
		put_sparse(maker, count + off, is_code);
}

static void put_dataset(struct json_maker *maker)
{
	static const char *const befores[] = {
		"",
		"\"updated\":\"2026-01-02\",",
		"\"label\":\"a \\u00b5\",",
		"\"extension\":{\"status\":{\"label\":{\"e\":\"estimated\"}},\"value\":[1]},",
		"\"label\":\"one\",\"label\":\"two\",",
		"\"error\":[],",
		"\"link\":{\"value\":{}},"};
	size_t years = json_maker_roll(maker, 4);
	text_add_char(&maker->out, '{');
	PUT_ONE_OF(maker, befores);
	if (json_maker_roll(maker, 2) == 0) {
		text_add_string(&maker->out, "\"status\":");
		put_cells(maker, years * 2, true);
		text_add_char(&maker->out, ',');
	}
	if (json_maker_roll(maker, 20) > 0) {
		text_add_string(&maker->out, "\"value\" : ");
		put_cells(maker, years * 2, false);
		text_add_char(&maker->out, ',');
	}
	text_addf(&maker->out,
		  "\"id\":[\"geo\",\"time\"],\"size\":[2,%zu],\"role\":{\"time\":[\"time\"]},"
		  "\"dimension\":{\"time\":{\"category\":{\"index\":[",
		  years);
	for (size_t i = 0; i < years; i++)
		text_addf(&maker->out, "%s\"%zu\"", i > 0 ? "," : "", 2020 + i);
	text_add_string(&maker->out,
			"]}},\"geo\":{\"category\":{\"index\":{\"VN\":1,\"LA\":0}}}}}");
}

static void put_row(struct json_maker *maker)
{
	static const char *const keys[] = {"[\"VN\",\"2020\"]", "[\"LA\",\"2021\"]", "[\"VN\"]",
					   "[\"VN\", \"2021\"]", "[\"V\\u004E\",\"2022\"]"};
	static const char *const odd[] = {"null", "[]", "{\"key\":[],\"key\":[]}", "{}", "7"};
	if (json_maker_roll(maker, 12) == 0) {
		PUT_ONE_OF(maker, odd);
		return;
	}
	text_add_string(&maker->out, "{\"key\":");
	PUT_ONE_OF(maker, keys);
	text_add_string(&maker->out, ",\"values\": ");
	put_list(maker, json_maker_roll(maker, 8) > 0, false);
	text_add_char(&maker->out, '}');
}

static void put_table(struct json_maker *maker)
{
	size_t rows = json_maker_roll(maker, 6);
	text_add_string(
		&maker->out,
		"{\"columns\":[{\"code\":\"geo\",\"type\":\"d\"},{\"code\":\"year\",\"type\":"
		"\"t\"},{\"code\":\"X\",\"text\":\"x\",\"type\":\"c\"}],\"data\":[");
	for (size_t i = 0; i < rows; i++) {
		text_add_string(&maker->out, i > 0 ? ", " : "");
		put_row(maker);
	}
	text_add_string(&maker->out,
			"],\"metadata\":[{\"updated\":\"2026-02-03\",\"label\":\"l\"}]}");
}

/* A year that begins and ends at midnight, mostly. */
static void put_measured(struct json_maker *maker)
{
	static const char *const odd[] = {"7",
					  "null",
					  "{}",
					  "[]",
					  "{\"value\":1,\"value\":2}",
					  "{\"sensor\":\"V\\u004E\",\"period\":{}}"};
	static const char *const hours[] = {"00", "00", "00", "00", "07"};
	unsigned year = 2018 + json_maker_roll(maker, 5);
	if (json_maker_roll(maker, 12) == 0) {
		PUT_ONE_OF(maker, odd);
		return;
	}
	text_addf(&maker->out, "{\"sensor\": \"VN\",\"period\":{\"datetimeFrom\":{\"local\":\"%u-",
		  year);
	text_add_string(&maker->out, "01-01T");
	PUT_ONE_OF(maker, hours);
	text_addf(&maker->out,
		  ":00:00+00:00\"},\"datetimeTo\":{\"utc\":\"%u-01-01T00:00:00Z\",\"local\":"
		  "\"%u-01-01T00:00:00+00:00\"}},",
		  year + 1, year + 1);
	text_addf(&maker->out, "\"coverage\":{\"datetimeTo\":{\"utc\":\"%u-01-01T00:00:00Z\"}},",
		  year + json_maker_roll(maker, 2));
	text_add_string(&maker->out, "\"parameter\":{\"name\":\"pm25\"},\"value\":");
	put_cell(maker, false);
	text_add_char(&maker->out, '}');
}

static void put_measurements(struct json_maker *maker)
{
	static const char *const others[] = {"{}", "null", "\"[]\"", "[],\"results\":[]"};
	static const char *const metas[] = {"{\"name\":\"VN\",\"page\":1,\"found\":7}", "{}",
					    "{\"name\":\"VN\",\"found\":\">7\"}", "[]"};
	size_t rows = json_maker_roll(maker, 6);
	text_add_string(&maker->out, "{\"results\":");
	if (json_maker_roll(maker, 15) == 0) {
		PUT_ONE_OF(maker, others);
	} else {
		text_add_char(&maker->out, '[');
		for (size_t i = 0; i < rows; i++) {
			text_add_string(&maker->out, i > 0 ? ", " : "");
			put_measured(maker);
		}
		text_add_char(&maker->out, ']');
	}
	text_add_string(&maker->out, ",\"meta\":");
	PUT_ONE_OF(maker, metas);
	text_add_char(&maker->out, '}');
}

/* Keys, mostly each once, in their order or not, of one part or two, now and then very many. */
static void put_keyed(struct json_maker *maker, size_t parts, void (*put)(struct json_maker *maker))
{
	static const char *const odd[] = {"x", "0:0:0", "0", "1:0", "\\u0030", "01", "", ":1"};
	bool is_long = maker->out.len < MANY_BYTES && json_maker_roll(maker, 100) == 0;
	size_t count = is_long ? MANY : json_maker_roll(maker, 6);
	bool is_down = json_maker_roll(maker, 3) == 0;
	text_add_char(&maker->out, '{');
	for (size_t i = 0; i < count; i++) {
		size_t number = is_down ? count - 1 - i : i;
		text_add_string(&maker->out, i > 0 ? ",\"" : "\"");
		if (json_maker_roll(maker, 40) == 0)
			PUT_ONE_OF(maker, odd);
		else if (parts > 1)
			text_addf(&maker->out, "%zu:%zu", number % 2, number / 2);
		else
			text_addf(&maker->out, "%zu", number);
		text_add_string(&maker->out, "\" :");
		put(maker);
	}
	text_add_char(&maker->out, '}');
}

static void put_observation(struct json_maker *maker)
{
	static const char *const odd[] = {
		"null", "[]", "{}", "7", "[1,[0]]", "[1,{\"a\":1}]", "[1,{\"a\":1,\"a\":2}]"};
	if (json_maker_roll(maker, 20) == 0) {
		PUT_ONE_OF(maker, odd);
		return;
	}
	text_add_char(&maker->out, '[');
	put_cell(maker, false);
	text_addf(&maker->out, ", %u]", json_maker_roll(maker, 3));
}

static void put_series(struct json_maker *maker)
{
	static const char *const odd[] = {"null", "[]", "{}", "{\"observations\":[1]}",
					  "{\"observations\":[\"\357\277\2760\"]}"};
	static const char *const attributes[] = {"\"attributes\":[0],", "\"attributes\":[7],", "",
						 "\"attributes\":null,"};
	if (json_maker_roll(maker, 20) == 0) {
		PUT_ONE_OF(maker, odd);
		return;
	}
	text_add_char(&maker->out, '{');
	PUT_ONE_OF(maker, attributes);
	text_add_string(&maker->out, "\"observations\":");
	put_keyed(maker, 1, put_observation);
	text_add_char(&maker->out, '}');
}

static void put_data_set(struct json_maker *maker)
{
	static const char *const befores[] = {
		"",
		"",
		"",
		"\"action\":\"Delete\",",
		"\"action\" : \"Replace\",",
		"\"structure\":1,",
		"\"attributes\":[0],",
		"\"dimensionGroupAttributes\":{\"0:1:\":[0],\"0::0\":[\"y\"]},",
		"\"series\":[\"\357\277\2760\"],",
		"\"series\":null,",
		"\"observations\":[],"};
	text_add_char(&maker->out, '{');
	PUT_ONE_OF(maker, befores);
	if (json_maker_roll(maker, 3) > 0) {
		text_add_string(&maker->out, "\"series\":");
		put_keyed(maker, 1, put_series);
		text_add_char(&maker->out, ',');
	}
	if (json_maker_roll(maker, 2) == 0) {
		text_add_string(&maker->out, "\"observations\": ");
		put_keyed(maker, 2, put_observation);
		text_add_char(&maker->out, ',');
	}
	text_add_string(&maker->out, "\"links\":[]}");
}

static void put_data_sets(struct json_maker *maker)
{
	static const char *const others[] = {"null", "{\"a\":{\"series\":{}}}", "[[]]", "[7]"};
	size_t count = json_maker_roll(maker, 30) == 0 ? 20 : json_maker_roll(maker, 4);
	text_add_string(&maker->out, "\"dataSets\":");
	if (json_maker_roll(maker, 30) == 0) {
		PUT_ONE_OF(maker, others);
		return;
	}
	text_add_char(&maker->out, '[');
	for (size_t i = 0; i < count; i++) {
		text_add_string(&maker->out, i > 0 ? "," : "");
		put_data_set(maker);
	}
	text_add_char(&maker->out, ']');
}

/* A dimension of series and one of observations. */
static void put_structure(struct json_maker *maker)
{
	static const char *const titles[] = {"", "{\"id\":\"T\",\"values\":[{\"name\":\"t\"}]}"};
	text_add_string(&maker->out,
			"{\"dimensions\":{\"series\":[{\"id\":\"geo\",\"values\":[{\"id\":\"VN\"},"
			"{\"id\":\"LA\"}]}],\"observation\":[{\"id\":\"TIME_PERIOD\",\"values\":["
			"{\"id\":\"2020\"},{\"id\":\"2021\"},{\"start\":\"2022\"}]}]},");
	text_add_string(&maker->out, "\"attributes\":{\"series\":[");
	PUT_ONE_OF(maker, titles);
	text_add_string(
		&maker->out,
		"],\"dimensionGroup\":[{\"id\":\"UNIT_MEASURE\",\"values\":[{\"id\":\"PT\"}]}],"
		"\"observation\":[{\"id\":\"OBS_STATUS\",\"values\":[{\"id\":\"e\"},"
		"{\"id\":\"\"}]}]}}");
}

static void put_message(struct json_maker *maker, bool is_deeper)
{
	bool is_list = json_maker_roll(maker, 3) == 0;
	bool is_behind = json_maker_roll(maker, 2) == 0;
	text_add_string(&maker->out, is_deeper ? "{\"meta\":{},\"data\":{" : "{");
	if (!is_behind) {
		put_data_sets(maker);
		text_add_char(&maker->out, ',');
	}
	text_add_string(&maker->out, is_list ? "\"structures\":[" : "\"structure\":");
	put_structure(maker);
	text_add_string(&maker->out, is_list ? ",7]" : "");
	if (is_behind) {
		text_add_char(&maker->out, ',');
		put_data_sets(maker);
	}
	text_add_string(&maker->out, is_deeper ? "}}" : "}");
}

void cube_maker_put(struct json_maker *maker, int format, bool is_deeper)
{
	bool is_set = is_deeper || json_maker_roll(maker, 4) == 0;
	text_clear(&maker->out);
	if (format == FEED_PXWEB) {
		put_table(maker);
	} else if (format == FEED_OPENAQ) {
		put_measurements(maker);
	} else if (format == FEED_SDMXJSON) {
		put_message(maker, is_set);
	} else if (is_set) {
		text_add_string(&maker->out, "{\"set\":");
		put_dataset(maker);
		text_add_string(&maker->out, json_maker_roll(maker, 2) ? "}" : ",\"value\":7}");
	} else {
		put_dataset(maker);
	}
	json_maker_damage(maker);
}
