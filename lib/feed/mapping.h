/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How the documents of one feed are read: everything that an operator can say about it.  The rows
 * of feed_mapping_keys are its configuration keys; each format looks at those that concern it.
 *
 * A *field* says where a text comes from:
 *   /a/0/b       a JSON pointer (RFC 6901) from the record
 *   ^/0/updated  a JSON pointer from the top of the document
 *   Year         the CSV column with this name
 *   #3           the third CSV column
 *   ^1           the first line of a CSV table, before its header
 *   @name        in a wide table, what the header of the value's column says (feed/wide.h)
 *   geo          in a cube, the code of this dimension; "@area", "@others" and more: feed/cube.h
 *   ../a         a JSON pointer from the record in whose list this one stands (`expand`)
 *   =VN          the constant VN
 *   {/a}-{/b}    a template: every {field} is replaced, "{{" stands for "{"; "{}" is the record
 *                itself; {?/b} is a '/' and the field, or nothing where the field is empty
 *
 * A *period pattern* is a name such as "YYYY-MM" (feed/period_pattern.h lists them) or spelt out
 * with {year} {month} {quarter} and so on. */

#include <stdint.h>

#include "base/keys.h"

enum {
	FEED_DIMS_MAX = 16,
	FEED_FIELD_BYTES = 512, /* of the text of a field, of a pattern, of a marker */
	FEED_LOOKUPS_MAX = 16,
	FEED_LIST_MAX = 64, /* items of a list */
	FEED_PUBLISHED_MAX = 8,
};

enum feed_format_id {
	FEED_WORLDBANK = 1,
	FEED_JSON,
	FEED_CSV,
	FEED_JSONSTAT,
	FEED_PXWEB,
	FEED_SDMXCSV,
	FEED_SDMXJSON,
	FEED_UNSDG,
	FEED_UNSDGPIVOT,
	FEED_ODATA,
	FEED_OPENAQ,
};

enum feed_paging_style {
	FEED_PAGING_FORMAT, /* as the format has it: World Bank pages, the others do not */
	FEED_PAGING_NONE,
	FEED_PAGING_PAGE,   /* {page} in the URL counts up to the page count at `pages` */
	FEED_PAGING_NEXT,   /* the URL of the next document stands at `next` */
	FEED_PAGING_OFFSET, /* {offset} in the URL counts up by what came */
	FEED_PAGING_LINK,   /* the Link header of the answer has rel="next" (RFC 8288) */
	FEED_PAGING_CURSOR, /* {cursor} in the URL is what stands at `next` */
};

/* Which page is the last one, where pages or offsets count up. */
enum feed_paging_until {
	FEED_UNTIL_COUNT, /* as many pages or records came as the document announces */
	FEED_UNTIL_SHORT, /* a page has fewer records than `size` */
	FEED_UNTIL_EMPTY, /* a page has none */
};

/* What is done when several records of one run have the same area, series, dimensions and period;
 * for whoever stages them. */
enum feed_duplicates {
	FEED_DUPLICATES_REFUSE, /* all of them are refused */
	FEED_DUPLICATES_FIRST,
	FEED_DUPLICATES_LAST,
	FEED_DUPLICATES_SAME, /* equal values count once, others are refused */
};

/* What is done with records that the source deletes (SDMX's action Delete). */
enum feed_deletes {
	FEED_DELETES_IGNORE,  /* passed over */
	FEED_DELETES_MISSING, /* read as a missing value */
};

/* Of which periods records are wanted.  Missing values do not count. */
enum feed_newest {
	FEED_NEWEST_ALL,
	FEED_NEWEST_EACH, /* the newest of every series in every area */
	FEED_NEWEST_ONE,  /* the newest of the whole answer */
};

/* What a JSON document has to be at its top. */
enum feed_answer_type { FEED_ANSWER_ANY, FEED_ANSWER_OBJECT, FEED_ANSWER_LIST };

/* What a list is where a text is looked for: ["6.3.1"]. */
enum feed_lists {
	FEED_LISTS_ONE, /* its element when it has one; otherwise the record is refused */
	FEED_LISTS_FIRST,
	FEED_LISTS_JOIN, /* all of them, separated by ';' */
};

/* What a record's own multiplier is: the factor itself, or the power of ten. */
enum feed_scale_as {
	FEED_SCALE_FORMAT, /* a power in SDMX and JSON-stat, otherwise a factor */
	FEED_SCALE_FACTOR,
	FEED_SCALE_POWER,
};

/* What is done with "<0.1". */
enum feed_bounds {
	FEED_BOUNDS_REFUSE,
	FEED_BOUNDS_TAKE,    /* the bound is the value, with a qualifier */
	FEED_BOUNDS_MISSING, /* there is no value */
};

/* How a text says that it is below zero, beside "-1.5". */
enum feed_negative {
	FEED_NEGATIVE_MINUS,
	FEED_NEGATIVE_PARENTHESES, /* "(1.5)" */
	FEED_NEGATIVE_BEHIND,	   /* "1.5-" */
};

/* How the characters of a table are written. */
enum feed_encoding_id {
	FEED_UTF_8, /* or UTF-16 with a byte order mark */
	FEED_UTF_16LE,
	FEED_UTF_16BE,
	FEED_WINDOWS_1252,
	FEED_WINDOWS_1258,
	FEED_WINDOWS_874,
	FEED_WINDOWS_1250,
	FEED_WINDOWS_1251,
	FEED_WINDOWS_1253,
	FEED_WINDOWS_1254,
	FEED_WINDOWS_1256,
	FEED_WINDOWS_1257,
	FEED_SHIFT_JIS,
	FEED_EUC_JP,
	FEED_EUC_KR,
	FEED_GB18030,
	FEED_BIG5,
};

/* What a record is that has no member or cell for its value. */
enum feed_absent { FEED_ABSENT_REFUSE, FEED_ABSENT_MISSING };

/* Which records pass a filter's `empty`. */
enum feed_empty { FEED_EMPTY_ANY, FEED_EMPTY_YES, FEED_EMPTY_NO };

/* Which period "2019/20" or "2003-2005" is. */
enum feed_span {
	FEED_SPAN_UNSAID, /* patterns of this kind are refused by feed_mapping_check */
	FEED_SPAN_FIRST,  /* the first year */
	FEED_SPAN_LAST,	  /* the last year */
	FEED_SPAN_MIDDLE, /* the year in the middle (of an odd number of years) */
	FEED_SPAN_WHOLE,  /* all of it; a split year begins with the month `split_month` */
};

struct feed_fields {
	char *area, *period, *series, *value, *status, *unit, *published, *qualifier;
	char *area_default; /* where the area is empty; "=VN", or another field */
	char *scale;	    /* the record's own multiplier: UNIT_MULT */
	char *version;	    /* of several records for one value the greatest counts */
};

/* The same by number. */
enum feed_slot {
	FEED_SLOT_AREA,
	FEED_SLOT_PERIOD,
	FEED_SLOT_SERIES,
	FEED_SLOT_VALUE,
	FEED_SLOT_STATUS,
	FEED_SLOT_UNIT,
	FEED_SLOT_PUBLISHED,
	FEED_SLOT_QUALIFIER,
	FEED_SLOT_AREA_DEFAULT,
	FEED_SLOT_SCALE,
	FEED_SLOT_VERSION,
	FEED_SLOTS
};

struct feed_answer {
	struct key_texts content_types;	  /* what the answer may be; empty: anything */
	int type;			  /* enum feed_answer_type */
	struct key_texts require, forbid; /* pointers */
	char *error_text;		  /* pointer to what to show when it is no answer */
	long min_rows;
	struct key_texts columns; /* CSV columns that have to be there beside those of the fields */
};

struct feed_filter {
	char *field;
	struct key_texts is, is_not; /* passes if in `is` (when given) and not in `is_not` */
	struct key_number min, max;  /* passes if it is a number within them (when given) */
	char *matches, *matches_not; /* passes if this POSIX ERE is found in it, is not found */
	int empty;		     /* enum feed_empty */
};

/* What is done with a text that a look-up table does not have. */
enum feed_unknown { FEED_UNKNOWN_REFUSE, FEED_UNKNOWN_KEEP, FEED_UNKNOWN_PASS };

struct feed_table; /* feed/table.h */

/* A table that says what the texts of a field mean. */
struct feed_lookup {
	char *field;	    /* area, series, unit or dims.NAME */
	char *part;	    /* expression whose first group is what is looked up; or NULL */
	char *file;	    /* CSV; or NULL */
	struct key_map map; /* rows beside those of the file */
	char *from, *to;    /* columns */
	char *valid_from, *valid_to; /* columns with days, half-open; or NULL */
	bool is_folded;		     /* compared without case, accents, blanks and leading zeros */
	int unknown;		     /* enum feed_unknown */

	struct feed_table *table; /* beside the keys: made by feed_tables_load() */
};

/* A series that is made of two others: numerator * factor / denominator. */
struct feed_ratio {
	char *series, *numerator, *denominator;
	char *unit;
	struct key_number factor; /* 100 when it is not given */
	struct key_number min, max;
	long decimals; /* rounded to so many; -1: as it comes */
};

struct feed_numbers {
	int decimal, grouping; /* characters for struct number_rule */
	bool exponents;
	struct key_number scale, offset, min, max; /* value = number * scale + offset */
	int scale_as;				   /* enum feed_scale_as, for fields.scale */
	struct key_map scale_words;		   /* what stands there = factor */
	int bounds;				   /* enum feed_bounds */
	struct key_texts marks;	  /* status codes that may stand before or behind a number */
	long decimals;		  /* rounded to so many; -1: as they come */
	struct key_texts strip;	  /* texts before or behind a number that say nothing */
	struct key_texts missing; /* beside JSON null and empty text */
	struct key_texts zero;	  /* texts that say 0 */

	const char *const *own_missing; /* beside the keys: of the format, NULL-ended; or NULL */
	int absent;			/* enum feed_absent */
	int negative;			/* enum feed_negative */
};

struct feed_periods {
	struct key_texts patterns;  /* tried in order */
	struct key_texts months;    /* their names; empty: the English ones */
	struct key_texts marks;	    /* status codes that may stand before or behind a period */
	struct key_texts published; /* patterns of dates of publication, beside ISO 8601 */
	int split_year;		    /* enum feed_span, for YYYY/YY and YYYY/YYYY */
	int range;		    /* enum feed_span, for YYYY-YYYY and YYYY-YY */
	long split_month;	    /* first month of a split year, for FEED_SPAN_WHOLE */
	int dates;		    /* enum frequency: the period that a date is */
	long utc_offset;	    /* minutes east of Greenwich, for {epoch_s} and {epoch_ms} */
};

/* The source's codes for each status.  An empty code is normal unless it is listed. */
struct feed_statuses {
	struct key_texts normal, provisional, estimated, forecast, missing;
	struct key_texts is_break; /* may stand beside another */
	struct key_texts ignored;
	char *separator; /* between several codes in one field: ";"; NULL: one code */
	bool letters;	 /* every letter is a code of its own: "ep" */
};

struct feed_paging {
	int style;   /* enum feed_paging_style */
	int until;   /* enum feed_paging_until */
	long first;  /* number of the first page or record; -1: as the style has it */
	long size;   /* for {per_page} in the URL */
	char *page;  /* pointers from the top of the document: number of this page */
	char *pages; /* how many pages */
	char *total; /* how many records in all pages */
	char *next;  /* URL of the next document */
	long max_pages;
};

struct feed_csv {
	int encoding;  /* enum feed_encoding_id */
	int delimiter; /* 0: guessed */
	int quote;
	long skip_lines;    /* before the header */
	char *header_first; /* the header is the first line whose first cell is this */
	long skip_after;    /* rows after the header that say more about the columns */
	bool has_header;
	long header_rows;
	struct key_texts names;	    /* of the columns, instead of those of the document */
	struct key_texts fill_down; /* columns whose empty cells are as the one above */
	struct key_texts footer;    /* first cells with which the table ends */
	bool short_rows;	    /* may have fewer cells than there are columns */
	struct key_texts wide;	    /* how the headers of columns with values are written */
	struct key_texts flags;	    /* texts in such headers that say a status */
	struct key_texts leave_out; /* columns that are none of them */
};

struct feed_mapping {
	int format;	 /* enum feed_format_id */
	char *records;	 /* pointer to the array of records or to the data set; NULL: as the format
			  * has it */
	bool is_lines;	 /* JSON Lines: a record on each line */
	bool is_single;	 /* what is at `records` is the only record */
	bool takes_lone; /* an object where a list of records should be is its only record */
	struct key_texts expand; /* pointers from a record to the list of those that are meant */
	int lists;		 /* enum feed_lists */
	struct feed_fields fields;
	struct key_map dims; /* dimension = field */
	char *revision;	     /* pointer from the top to the document's own revision mark */
	struct feed_answer answer;
	struct key_list filters; /* struct feed_filter; a record has to pass all */
	struct feed_numbers numbers;
	struct feed_periods periods;
	struct feed_statuses status;
	struct key_list lookups; /* struct feed_lookup */
	struct key_list ratios;	 /* struct feed_ratio */
	bool keep_parts;	 /* their numerators and denominators are series as well */
	int newest;		 /* enum feed_newest */
	int duplicates;		 /* enum feed_duplicates */
	int deletes;		 /* enum feed_deletes */
	struct feed_paging paging;
	struct feed_csv csv;

	uint64_t tables_hash; /* beside the keys: of the files of lookups */
};

/* The configuration keys of a mapping. */
extern const struct key feed_mapping_keys[];

#define AUTO_FEED_MAPPING AUTO(feed_mapping_done)

/* With every key at its fallback; on failure nothing is left to free. */
MUST_CHECK bool feed_mapping_init(struct feed_mapping *mapping, struct error *err);
/* Frees all texts and lists of the mapping. */
void feed_mapping_done(struct feed_mapping *mapping);

/* What no single row can check: fields and pointers that cannot be read, keys that the format does
 * not know or lacks, unknown or unreachable patterns, a code in two statuses, bounds that exclude
 * everything. */
MUST_CHECK bool feed_mapping_check(const struct feed_mapping *mapping, struct error *err);
