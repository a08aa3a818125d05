/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/mapping.h"

#include "base/number.h"
#include "obs/period.h"

#define AT(type, field) offsetof(struct type, field)
/* A single text, and a list of them. */
#define TEXT(name, type, field, help)                                                              \
	{                                                                                          \
		name, KEY_TEXT, AT(type, field), 0, FEED_FIELD_BYTES, NULL, 0, NULL, NULL, 0, help \
	}
#define LIST(name, type, field, help)                                                              \
	{                                                                                          \
		name, KEY_TEXT_LIST, AT(type, field), 0, FEED_LIST_MAX, NULL, 0, NULL, NULL, 0,    \
			help                                                                       \
	}
#define GROUP(name, type, field, rows, help)                                                       \
	{                                                                                          \
		name, KEY_GROUP, AT(type, field), 0, 0, NULL, 0, NULL, rows, 0, help               \
	}
#define CHOICE(name, type, field, fallback, choices, help)                                         \
	{                                                                                          \
		name, KEY_CHOICE, AT(type, field), 0, 0, fallback, 0, choices, NULL, 0, help       \
	}
#define INTEGER(name, type, field, min, max, fallback, help)                                       \
	{                                                                                          \
		name, KEY_INTEGER, AT(type, field), min, max, fallback, 0, NULL, NULL, 0, help     \
	}
#define SWITCH(name, type, field, fallback, help)                                                  \
	{                                                                                          \
		name, KEY_SWITCH, AT(type, field), 0, 0, fallback, 0, NULL, NULL, 0, help          \
	}
#define NUMBER(name, type, field, help)                                                            \
	{                                                                                          \
		name, KEY_NUMBER, AT(type, field), -1e300, 1e300, NULL, 0, NULL, NULL, 0, help     \
	}

static const struct key_choice formats[] = {
	{"worldbank", FEED_WORLDBANK}, {"json", FEED_JSON},	{"csv", FEED_CSV},
	{"jsonstat", FEED_JSONSTAT},   {"pxweb", FEED_PXWEB},	{"sdmxcsv", FEED_SDMXCSV},
	{"sdmxjson", FEED_SDMXJSON},   {"unsdg", FEED_UNSDG},	{"unsdgpivot", FEED_UNSDGPIVOT},
	{"odata", FEED_ODATA},	       {"openaq", FEED_OPENAQ}, {0}};
static const struct key_choice paging_styles[] = {
	{"format", FEED_PAGING_FORMAT}, {"none", FEED_PAGING_NONE},
	{"page", FEED_PAGING_PAGE},	{"next", FEED_PAGING_NEXT},
	{"offset", FEED_PAGING_OFFSET}, {"link", FEED_PAGING_LINK},
	{"cursor", FEED_PAGING_CURSOR}, {0}};
static const struct key_choice answer_types[] = {
	{"any", FEED_ANSWER_ANY}, {"object", FEED_ANSWER_OBJECT}, {"list", FEED_ANSWER_LIST}, {0}};
static const struct key_choice newests[] = {
	{"all", FEED_NEWEST_ALL}, {"each", FEED_NEWEST_EACH}, {"one", FEED_NEWEST_ONE}, {0}};
static const struct key_choice unknowns[] = {{"refuse", FEED_UNKNOWN_REFUSE},
					     {"keep", FEED_UNKNOWN_KEEP},
					     {"pass", FEED_UNKNOWN_PASS},
					     {0}};
static const struct key_choice untils[] = {
	{"count", FEED_UNTIL_COUNT}, {"short", FEED_UNTIL_SHORT}, {"empty", FEED_UNTIL_EMPTY}, {0}};
static const struct key_choice duplicates[] = {{"refuse", FEED_DUPLICATES_REFUSE},
					       {"first", FEED_DUPLICATES_FIRST},
					       {"last", FEED_DUPLICATES_LAST},
					       {"same", FEED_DUPLICATES_SAME},
					       {0}};
static const struct key_choice lists[] = {
	{"one", FEED_LISTS_ONE}, {"first", FEED_LISTS_FIRST}, {"join", FEED_LISTS_JOIN}, {0}};
static const struct key_choice deletes[] = {
	{"ignore", FEED_DELETES_IGNORE}, {"missing", FEED_DELETES_MISSING}, {0}};
static const struct key_choice spans[] = {
	{"unsaid", FEED_SPAN_UNSAID}, {"first", FEED_SPAN_FIRST}, {"last", FEED_SPAN_LAST},
	{"middle", FEED_SPAN_MIDDLE}, {"whole", FEED_SPAN_WHOLE}, {0}};
static const struct key_choice dates[] = {
	{"day", FREQUENCY_NONE},  {"month", FREQUENCY_MONTH}, {"quarter", FREQUENCY_QUARTER},
	{"half", FREQUENCY_HALF}, {"year", FREQUENCY_YEAR},   {0}};
static const struct key_choice decimals[] = {{"undeclared", 0}, {".", '.'}, {",", ','}, {0}};
static const struct key_choice groupings[] = {{"none", 0}, {",", ','},
					      {".", '.'},  {"space", ' '},
					      {"'", '\''}, {"indian", NUMBER_GROUPS_INDIAN},
					      {0}};
static const struct key_choice delimiters[] = {{"guess", 0}, {",", ','},    {";", ';'},
					       {"|", '|'},   {"tab", '\t'}, {0}};
static const struct key_choice encodings[] = {{"utf-8", FEED_UTF_8},
					      {"utf-16le", FEED_UTF_16LE},
					      {"utf-16be", FEED_UTF_16BE},
					      {"windows-1252", FEED_WINDOWS_1252},
					      {"windows-1258", FEED_WINDOWS_1258},
					      {"windows-874", FEED_WINDOWS_874},
					      {"windows-1250", FEED_WINDOWS_1250},
					      {"windows-1251", FEED_WINDOWS_1251},
					      {"windows-1253", FEED_WINDOWS_1253},
					      {"windows-1254", FEED_WINDOWS_1254},
					      {"windows-1256", FEED_WINDOWS_1256},
					      {"windows-1257", FEED_WINDOWS_1257},
					      {"shift_jis", FEED_SHIFT_JIS},
					      {"euc-jp", FEED_EUC_JP},
					      {"euc-kr", FEED_EUC_KR},
					      {"gb18030", FEED_GB18030},
					      {"big5", FEED_BIG5},
					      {0}};
static const struct key_choice scales[] = {{"format", FEED_SCALE_FORMAT},
					   {"factor", FEED_SCALE_FACTOR},
					   {"power", FEED_SCALE_POWER},
					   {0}};
static const struct key_choice absents[] = {
	{"refuse", FEED_ABSENT_REFUSE}, {"missing", FEED_ABSENT_MISSING}, {0}};
static const struct key_choice negatives[] = {{"minus", FEED_NEGATIVE_MINUS},
					      {"parentheses", FEED_NEGATIVE_PARENTHESES},
					      {"behind", FEED_NEGATIVE_BEHIND},
					      {0}};
static const struct key_choice bounds[] = {{"refuse", FEED_BOUNDS_REFUSE},
					   {"take", FEED_BOUNDS_TAKE},
					   {"missing", FEED_BOUNDS_MISSING},
					   {0}};
static const struct key_choice empties[] = {
	{"any", FEED_EMPTY_ANY}, {"yes", FEED_EMPTY_YES}, {"no", FEED_EMPTY_NO}, {0}};
static const struct key_choice quotes[] = {{"\"", '"'}, {"'", '\''}, {0}};

static const struct key field_keys[] = {
	TEXT("area", feed_fields, area, "field with the code or name of the area"),
	TEXT("area_default", feed_fields, area_default,
	     "field with the area of records whose area is empty, for instance \"=VN\""),
	TEXT("period", feed_fields, period, "field with the period"),
	TEXT("series", feed_fields, series, "field with the series or indicator"),
	TEXT("value", feed_fields, value, "field with the value"),
	TEXT("status", feed_fields, status, "field with the source's status codes"),
	TEXT("unit", feed_fields, unit, "field with the unit"),
	TEXT("published", feed_fields, published, "field with the date of publication"),
	TEXT("qualifier", feed_fields, qualifier, "field with a printed qualifier such as 'about'"),
	TEXT("scale", feed_fields, scale, "field with the record's own multiplier"),
	TEXT("version", feed_fields, version,
	     "field that says which of several records for one value is the newest"),
	{0},
};

static const struct key answer_keys[] = {
	LIST("content_types", feed_answer, content_types,
	     "what the answer may be by its header, as \"application/json\" or \"text/\""),
	CHOICE("type", feed_answer, type, "any", answer_types,
	       "what the JSON document has to be at its top"),
	LIST("require", feed_answer, require, "JSON pointers that an answer has to have"),
	LIST("forbid", feed_answer, forbid, "JSON pointers that an answer must not have"),
	TEXT("error_text", feed_answer, error_text,
	     "JSON pointer to the text to show when it is no answer"),
	INTEGER("min_rows", feed_answer, min_rows, 0, 5000000, "1",
		"records below this number are an empty answer, which is a failure"),
	LIST("columns", feed_answer, columns, "CSV columns that an answer has to have"),
	{0},
};

static const struct key filter_keys[] = {
	{"field", KEY_TEXT, AT(feed_filter, field), 0, FEED_FIELD_BYTES, NULL, KEY_REQUIRED, NULL,
	 NULL, 0, "field to look at"},
	LIST("is", feed_filter, is, "a record passes when the field is one of these"),
	LIST("is_not", feed_filter, is_not, "a record passes when the field is none of these"),
	NUMBER("min", feed_filter, min, "a record passes when the field is a number not below it"),
	NUMBER("max", feed_filter, max, "a record passes when the field is a number not above it"),
	TEXT("matches", feed_filter, matches,
	     "a record passes when this regular expression (POSIX ERE) is found in the field"),
	TEXT("matches_not", feed_filter, matches_not, "a record passes when it is not found"),
	CHOICE("empty", feed_filter, empty, "any", empties,
	       "whether the field has to be empty, or must not be"),
	{0},
};

static const struct key lookup_keys[] = {
	{"field", KEY_TEXT, AT(feed_lookup, field), 0, FEED_FIELD_BYTES, NULL, KEY_REQUIRED, NULL,
	 NULL, 0, "what is looked up: area, series, unit or dims.NAME"},
	TEXT("part", feed_lookup, part,
	     "regular expression; what its first group finds is the text that counts"),
	TEXT("file", feed_lookup, file, "a CSV table"),
	{"map", KEY_MAP, AT(feed_lookup, map), 0, 10000, NULL, 0, NULL, NULL, 0,
	 "text of the document = what it means, beside the rows of the file"},
	{"from", KEY_TEXT, AT(feed_lookup, from), 1, FEED_FIELD_BYTES, "from", 0, NULL, NULL, 0,
	 "column with the text of the document"},
	{"to", KEY_TEXT, AT(feed_lookup, to), 1, FEED_FIELD_BYTES, "to", 0, NULL, NULL, 0,
	 "column with what it means"},
	TEXT("valid_from", feed_lookup, valid_from, "column with the first day on which it does"),
	TEXT("valid_to", feed_lookup, valid_to,
	     "column with the first day on which it no longer does"),
	SWITCH("fold", feed_lookup, is_folded, "yes",
	       "whether case, accents, blanks and leading zeros do not count"),
	CHOICE("unknown", feed_lookup, unknown, "refuse", unknowns,
	       "what is done with a text that the table does not have"),
	{0},
};

static const struct key ratio_keys[] = {
	{"series", KEY_TEXT, AT(feed_ratio, series), 0, FEED_FIELD_BYTES, NULL, KEY_REQUIRED, NULL,
	 NULL, 0, "what the ratio is called as a series"},
	{"numerator", KEY_TEXT, AT(feed_ratio, numerator), 0, FEED_FIELD_BYTES, NULL, KEY_REQUIRED,
	 NULL, NULL, 0, "series above the line"},
	{"denominator", KEY_TEXT, AT(feed_ratio, denominator), 0, FEED_FIELD_BYTES, NULL,
	 KEY_REQUIRED, NULL, NULL, 0, "series below the line"},
	NUMBER("factor", feed_ratio, factor, "the ratio is multiplied by this; 100 without it"),
	TEXT("unit", feed_ratio, unit, "unit of the ratio"),
	NUMBER("min", feed_ratio, min, "a ratio below it is refused as implausible"),
	NUMBER("max", feed_ratio, max, "a ratio above it is refused as implausible"),
	INTEGER("decimals", feed_ratio, decimals, -1, 15, "-1",
		"the ratio is rounded to so many decimals; -1 leaves it as it is"),
	{0},
};

static const struct key number_keys[] = {
	CHOICE("decimal", feed_numbers, decimal, "undeclared", decimals,
	       "decimal sign; when it is undeclared, '1.234' is refused as ambiguous"),
	CHOICE("grouping", feed_numbers, grouping, "none", groupings,
	       "sign between groups of three digits"),
	SWITCH("exponents", feed_numbers, exponents, "no", "whether 1.5e3 is a number"),
	NUMBER("scale", feed_numbers, scale, "values are multiplied by this"),
	NUMBER("offset", feed_numbers, offset, "this is added, after scale"),
	CHOICE("scale_as", feed_numbers, scale_as, "format", scales,
	       "whether fields.scale is a factor or a power of ten"),
	{"scale_words", KEY_MAP, AT(feed_numbers, scale_words), 0, FEED_LIST_MAX, NULL, 0, NULL,
	 NULL, 0, "words that fields.scale may be, each with its factor"},
	CHOICE("negative", feed_numbers, negative, "minus", negatives,
	       "how texts say below zero, beside '-1.5': '(1.5)' or '1.5-'"),
	CHOICE("bounds", feed_numbers, bounds, "refuse", bounds, "what is done with '<0.1'"),
	LIST("marks", feed_numbers, marks,
	     "status codes that may stand before or behind a number, as in '85.5 e'"),
	LIST("strip", feed_numbers, strip,
	     "texts that may stand before or behind a number and say nothing, as '%'"),
	NUMBER("min", feed_numbers, min, "a value below it is refused as implausible"),
	NUMBER("max", feed_numbers, max, "a value above it is refused as implausible"),
	INTEGER("decimals", feed_numbers, decimals, -1, 15, "-1",
		"values are rounded to so many decimals; -1 leaves them as they are"),
	LIST("missing", feed_numbers, missing,
	     "texts that say that there is no value, beside null and the empty text"),
	LIST("zero", feed_numbers, zero, "texts that say 0, as '-' where nothing is there"),
	CHOICE("absent", feed_numbers, absent, "refuse", absents,
	       "what is done with a record that has no member for its value"),
	{0},
};

static const struct key period_keys[] = {
	LIST("patterns", feed_periods, patterns, "how periods are written, tried in order"),
	LIST("months", feed_periods, months,
	     "what the twelve months are called, instead of their English names"),
	LIST("marks", feed_periods, marks,
	     "status codes that may stand before or behind a period, as in 'Prel. 2016'"),
	LIST("published", feed_periods, published,
	     "how dates of publication are written, where that is not ISO 8601"),
	CHOICE("split_year", feed_periods, split_year, "unsaid", spans,
	       "which period '2019/20' is: the first or last year, or the whole of it"),
	CHOICE("range", feed_periods, range, "unsaid", spans,
	       "which period '2003-2005' is: first, last or middle year, or the whole of it"),
	INTEGER("split_month", feed_periods, split_month, 0, 12, "0",
		"month with which a split year begins, when the whole of it is meant"),
	CHOICE("dates", feed_periods, dates, "day", dates,
	       "what a date is: that day, or the month, quarter, half or year in which it is"),
	INTEGER("utc_offset", feed_periods, utc_offset, -840, 840, "0",
		"minutes that the clocks of {epoch_s} and {epoch_ms} are ahead of UTC"),
	{0},
};

static const struct key status_keys[] = {
	LIST("normal", feed_statuses, normal, "codes of a normal value"),
	LIST("provisional", feed_statuses, provisional, "codes of a provisional value"),
	LIST("estimated", feed_statuses, estimated, "codes of an estimated value"),
	LIST("forecast", feed_statuses, forecast, "codes of a forecast"),
	LIST("missing", feed_statuses, missing, "codes that say that the value is missing"),
	LIST("break", feed_statuses, is_break, "codes of a break in the series"),
	LIST("ignored", feed_statuses, ignored, "codes that say nothing here"),
	TEXT("separator", feed_statuses, separator, "what stands between several codes"),
	SWITCH("letters", feed_statuses, letters, "no",
	       "whether every letter is a code of its own, as in 'ep'"),
	{0},
};

static const struct key paging_keys[] = {
	CHOICE("style", feed_paging, style, "format", paging_styles,
	       "how an answer in several documents goes on"),
	CHOICE("until", feed_paging, until, "count", untils, "which page is the last one"),
	INTEGER("first", feed_paging, first, -1, 1, "-1",
		"number of the first page or record; -1: page 1, offset 0"),
	INTEGER("size", feed_paging, size, 1, 1000000, "1000", "{per_page} in the URL"),
	TEXT("page", feed_paging, page, "JSON pointer to the number of this page"),
	TEXT("pages", feed_paging, pages, "JSON pointer to the number of pages"),
	TEXT("total", feed_paging, total, "JSON pointer to the number of records in all pages"),
	TEXT("next", feed_paging, next,
	     "JSON pointer to the URL of the next document, or to its {cursor}"),
	INTEGER("max_pages", feed_paging, max_pages, 1, 100000, "1000",
		"an answer with more pages is a failure"),
	{0},
};

static const struct key csv_keys[] = {
	CHOICE("encoding", feed_csv, encoding, "utf-8", encodings,
	       "how characters are written, where it is not UTF-8 or UTF-16 with its mark"),
	CHOICE("delimiter", feed_csv, delimiter, "guess", delimiters, "what stands between cells"),
	CHOICE("quote", feed_csv, quote, "\"", quotes, "what cells are quoted with"),
	INTEGER("skip_lines", feed_csv, skip_lines, 0, 1000, "0", "lines before the header"),
	TEXT("header_first", feed_csv, header_first,
	     "the header is the first line whose first cell is this"),
	INTEGER("skip_after", feed_csv, skip_after, 0, 1000, "0",
		"rows after the header that say more about the columns"),
	SWITCH("header", feed_csv, has_header, "yes", "whether the first row names the columns"),
	INTEGER("header_rows", feed_csv, header_rows, 1, 5, "1",
		"rows that name the columns together"),
	LIST("names", feed_csv, names, "what the columns are called, whatever the header says"),
	LIST("fill_down", feed_csv, fill_down,
	     "columns where an empty cell says the same as the one above"),
	LIST("footer", feed_csv, footer,
	     "beginnings of the first cell of the row with which the table has ended"),
	SWITCH("short_rows", feed_csv, short_rows, "no",
	       "whether rows may have fewer cells than there are columns"),
	LIST("wide", feed_csv, wide, "how the headers of columns with values are written"),
	LIST("flags", feed_csv, flags, "texts in such headers that say a status"),
	LIST("leave_out", feed_csv, leave_out, "columns that hold no values"),
	{0},
};

const struct key feed_mapping_keys[] = {
	{"format", KEY_CHOICE, AT(feed_mapping, format), 0, 0, NULL, KEY_REQUIRED, formats, NULL, 0,
	 "what the documents are"},
	TEXT("records", feed_mapping, records,
	     "JSON pointer to the list of records or to the data set"),
	SWITCH("lines", feed_mapping, is_lines, "no",
	       "whether the document has a record on each line (JSON Lines)"),
	SWITCH("single", feed_mapping, is_single, "no",
	       "whether what stands at records is the only record"),
	SWITCH("lone", feed_mapping, takes_lone, "no",
	       "whether an object where a list of records should be is its only record"),
	LIST("expand", feed_mapping, expand,
	     "JSON pointers from a record to the list of those that are meant, level by level"),
	CHOICE("lists", feed_mapping, lists, "one", lists,
	       "what a list is where a text is looked for"),
	GROUP("fields", feed_mapping, fields, field_keys, "where the parts of a record stand"),
	{"dims", KEY_MAP, AT(feed_mapping, dims), 0, FEED_DIMS_MAX, NULL, 0, NULL, NULL, 0,
	 "further dimensions of a record, each with its field"},
	TEXT("revision", feed_mapping, revision,
	     "JSON pointer to the date or number of the document's revision"),
	GROUP("answer", feed_mapping, answer, answer_keys, "what makes a document an answer"),
	{"filters", KEY_GROUP_LIST, AT(feed_mapping, filters), 0, FEED_LIST_MAX, NULL, 0, NULL,
	 filter_keys, sizeof(struct feed_filter), "which records are wanted; all have to pass"},
	GROUP("numbers", feed_mapping, numbers, number_keys, "how values are written"),
	GROUP("periods", feed_mapping, periods, period_keys, "how periods are written"),
	GROUP("status", feed_mapping, status, status_keys, "the source's status codes"),
	{"lookups", KEY_GROUP_LIST, AT(feed_mapping, lookups), 0, FEED_LOOKUPS_MAX, NULL, 0, NULL,
	 lookup_keys, sizeof(struct feed_lookup), "tables that say what texts mean"},
	{"ratios", KEY_GROUP_LIST, AT(feed_mapping, ratios), 0, FEED_LIST_MAX, NULL, 0, NULL,
	 ratio_keys, sizeof(struct feed_ratio), "series that are made of two others"},
	SWITCH("keep_parts", feed_mapping, keep_parts, "no",
	       "whether the parts of ratios are series as well"),
	CHOICE("newest", feed_mapping, newest, "all", newests,
	       "whether only the newest period is wanted"),
	CHOICE("duplicates", feed_mapping, duplicates, "refuse", duplicates,
	       "what is done when a document gives one value twice"),
	CHOICE("deletes", feed_mapping, deletes, "ignore", deletes,
	       "what is done with records that the source deletes"),
	GROUP("paging", feed_mapping, paging, paging_keys, "answers in several documents"),
	GROUP("csv", feed_mapping, csv, csv_keys, "how CSV is written"),
	{0},
};
