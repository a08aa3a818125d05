/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/json_maker.h"

unsigned json_maker_roll(struct json_maker *maker, unsigned sides)
{
	/* a linear congruential generator with Knuth's numbers for 64 bits */
	maker->seed = maker->seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(maker->seed >> 33) % sides;
}

static void put_blank(struct json_maker *maker)
{
	static const char *const blanks[] = {"", "", "", "", " ", "\n", "\t", "\r\n "};
	text_add_string(&maker->out, blanks[json_maker_roll(maker, COUNT_OF(blanks))]);
}

void json_maker_put_one_of(struct json_maker *maker, const char *const *texts, size_t count)
{
	text_add_string(&maker->out, texts[json_maker_roll(maker, (unsigned)count)]);
}

#define PUT_ONE_OF(maker, texts) json_maker_put_one_of(maker, texts, COUNT_OF(texts))

static void put_text(struct json_maker *maker)
{
	static const char *const texts[] = {
		"\"\"",
		"\"E\"",
		"\"VN\"",
		"\"Vi\\u1ec7t\"",
		"\"Vi\xe1\xbb\x87t\"",
		"\"a\\\"b\\\\\"",
		"\"\\ud83d\\ude00\"",
		"\"2020\"",
		"\"..\"",
		"\"1.5\"",
		"\"\xf0\x9f\x98\x80\"",
		"\"\\/\\b\\f\\n\\r\\t\"",
		"\"[{\\\"v\\\":1.50,\\\"p\\\":2020,\\\"a\\\":\\\"VN\\\"}]\"",
		"\"{]},:\"",
	};
	static const char *const bad[] = {
		"\"\\ud800\"",		"\"\\u0000\"",	"\"\\x\"",     "\"\xc0\xaf\"",
		"\"\xed\xa0\x80\"",	"\"\xff\"",	"\"\n\"",      "\"\x01\"",
		"\"\xf4\x90\x80\x80\"", "\"\xe1\xbb\"", "\"\\u12g4\"", "\"a"};
	if (json_maker_roll(maker, 150) == 0)
		PUT_ONE_OF(maker, bad);
	else
		PUT_ONE_OF(maker, texts);
}

static void put_number(struct json_maker *maker)
{
	static const char *const numbers[] = {"0",
					      "-0",
					      "1",
					      "1.90",
					      "2020",
					      "2020.0",
					      "-1.5e3",
					      "1E+2",
					      "1e999",
					      "1e-999",
					      "123456789012345678901234567890",
					      "19.300000000000004",
					      "0.0",
					      "5e0"};
	static const char *const bad[] = {"01",	 "1.",	".5",  "+1",	    "-",    "1e",
					  "1e+", "0x1", "NaN", "-Infinity", "1.e5", "--1"};
	if (json_maker_roll(maker, 150) == 0)
		PUT_ONE_OF(maker, bad);
	else
		PUT_ONE_OF(maker, numbers);
}

static void put_value(struct json_maker *maker, int depth);

static void put_list(struct json_maker *maker, int depth)
{
	unsigned count = json_maker_roll(maker, 4);
	text_add_char(&maker->out, '[');
	for (unsigned i = 0; i < count; i++) {
		text_add_string(&maker->out, i > 0 ? "," : "");
		put_value(maker, depth);
	}
	text_add_char(&maker->out, ']');
}

/* Names come twice now and then; some have escapes. */
static void put_object(struct json_maker *maker, int depth)
{
	static const char *const names[] = {"a",
					    "p",
					    "v",
					    "s",
					    "c",
					    "d",
					    "e",
					    "u",
					    "x",
					    "yy",
					    "a name that is longer",
					    "Vi\xe1\xbb\x87t"};
	static const char *const odd[] = {"\\u0061", "v\\\"", "", "v", "\\ud83d\\ude00"};
	unsigned count = 2 + json_maker_roll(maker, 6);
	unsigned first = json_maker_roll(maker, COUNT_OF(names));
	text_add_char(&maker->out, '{');
	for (unsigned i = 0; i < count; i++) {
		bool is_odd = json_maker_roll(maker, 120) == 0;
		put_blank(maker);
		text_addf(&maker->out, "%s\"%s\"", i > 0 ? "," : "",
			  is_odd ? odd[json_maker_roll(maker, COUNT_OF(odd))]
				 : names[(first + i) % COUNT_OF(names)]);
		put_blank(maker);
		text_add_char(&maker->out, ':');
		put_value(maker, depth);
	}
	text_add_char(&maker->out, '}');
}

static void put_value(struct json_maker *maker, int depth)
{
	static const char *const words[] = {"null", "null", "true", "false"};
	unsigned kind = json_maker_roll(maker, depth > 0 ? 12 : 9);
	put_blank(maker);
	if (kind < 4)
		put_number(maker);
	else if (kind < 8)
		put_text(maker);
	else if (kind < 9)
		PUT_ONE_OF(maker, words);
	else if (kind < 11)
		put_object(maker, depth - 1);
	else
		put_list(maker, depth - 1);
	put_blank(maker);
}

/* One that has a good chance to be taken. */
static void put_record(struct json_maker *maker)
{
	static const char *const areas[] = {"\"VN\"", "\"VN\"", "704", "704.0", "null"};
	static const char *const years[] = {"2020", "\"2021\"", "2020.0", "\"x\"", "2.02e3"};
	static const char *const flags[] = {"\"\"", "\"E\"", "null", "\"Q\""};
	text_add_string(&maker->out, "{\"a\":");
	PUT_ONE_OF(maker, areas);
	text_add_string(&maker->out, ", \"p\" :");
	PUT_ONE_OF(maker, years);
	text_add_string(&maker->out, ",\"s\":");
	PUT_ONE_OF(maker, flags);
	text_add_string(&maker->out, ",\"v\":");
	put_value(maker, 2);
	text_add_string(&maker->out, ",\"c\":");
	put_value(maker, 2);
	text_add_char(&maker->out, '}');
}

void json_maker_put_records(struct json_maker *maker)
{
	unsigned count = json_maker_roll(maker, 5);
	put_blank(maker);
	text_add_char(&maker->out, '[');
	for (unsigned i = 0; i < count; i++) {
		text_add_string(&maker->out, i > 0 ? "," : "");
		if (json_maker_roll(maker, 5) == 0)
			put_value(maker, 3);
		else
			put_record(maker);
	}
	text_add_char(&maker->out, ']');
	put_blank(maker);
}

/* Now and then a byte is lost, doubled or another one, or the end is cut off. */
void json_maker_damage(struct json_maker *maker)
{
	struct text *out = &maker->out;
	size_t at = json_maker_roll(maker, (unsigned)out->len);
	switch (json_maker_roll(maker, 24)) {
	case 0:
		out->len = at;
		break;
	case 1:
		out->data[at] = (char)json_maker_roll(maker, 256);
		break;
	case 2:
		out->data[at] = "[]{}\",:0e\\ "[json_maker_roll(maker, 11)];
		break;
	case 3:
		text_add(out, "\0\0", 1 + json_maker_roll(maker, 2));
		break;
	case 4:
		text_add_string(out, json_maker_roll(maker, 2) ? "x" : "\n \n");
		break;
	default:
		break;
	}
}
