/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One document and a mapping to records.  Pure: bytes in, calls to a sink out.  One bad record
 * never spoils the rest: it is refused with its place and the reading goes on.  What is no answer
 * at all (an error body, a page for people, a document cut off) fails as a whole.
 *
 * A feed that comes in several documents is a run (feed/run.h). */

#include <stdint.h>

#include "base/number.h"
#include "feed/mapping.h"
#include "obs/observation.h"
#include "obs/period.h"

enum {
	FEED_DOCUMENT_MAX_BYTES = 64 << 20,
	FEED_ROWS_MAX = 5000000, /* of a document and of a run */
	FEED_JSON_DEPTH_MAX = 64,
	FEED_COLUMNS_MAX_BYTES = 256 << 10, /* all column names together */
	FEED_PLACE_BYTES = 96,
	FEED_FOUND_BYTES = 160,
	FEED_WHY_BYTES = 320,
	FEED_MARK_BYTES = 64,
	FEED_UNREAD_BYTES = 1024,
	FEED_URL_BYTES = 4096,
};

/* Texts are as the source wrote them, trimmed at both ends; they last until take() returns. */
struct feed_record {
	struct span area, series, period, value, status, unit, published, version;
	struct span dims[FEED_DIMS_MAX]; /* in the order of mapping->dims, dim_count of them */
	size_t dim_count;
	struct period period_parsed;
	bool is_missing;      /* the source has the slot and says that there is no value */
	struct number number; /* when it is not missing: scaled and rounded as the mapping says */
	enum obs_status status_parsed; /* OBS_MISSING whenever is_missing */
	bool is_break;
	bool has_parts; /* of a ratio (mapping->ratios) */
	double numerator, denominator;
	enum obs_qualifier qualifier;
	/* Of the value: "/1/17/value", "line 9, column 'Value'".  The last member: what is before
	 * it is cleared for each record. */
	char place[FEED_PLACE_BYTES];
};

struct feed_refusal {
	char place[FEED_PLACE_BYTES];
	char found[FEED_FOUND_BYTES]; /* what stood there, cut to fit */
	char why[FEED_WHY_BYTES];
};

/* Where records go.  A callback that returns false has set err and stops the reading. */
struct feed_sink {
	bool (*take)(void *self, const struct feed_record *record, struct error *err);
	bool (*refuse)(void *self, const struct feed_refusal *refusal, struct error *err);
	void *self;
};

/* Why a document is no answer.  The names are stable. */
enum feed_cause {
	FEED_CAUSE_NONE,
	FEED_CAUSE_MARKUP,     /* HTML or XML instead of data */
	FEED_CAUSE_TRUNCATED,  /* it ends too early */
	FEED_CAUSE_SYNTAX,     /* not JSON, not CSV, not UTF-8 */
	FEED_CAUSE_ERROR_BODY, /* the source says that it failed */
	FEED_CAUSE_EMPTY,      /* fewer rows than there have to be */
	FEED_CAUSE_SHAPE,      /* something that has to be there is not, or is of another kind */
	FEED_CAUSE_LIMIT,      /* a ceiling */
	FEED_CAUSE_PAGING,     /* the documents of a run do not fit together */
	FEED_CAUSE_CHANGED,    /* the source changed while the run was read */
	FEED_CAUSE_TYPE,       /* another content type than there has to be */
	FEED_CAUSE_INTERNAL,   /* the sink, memory, the mapping */
};

/* "markup", "error_body" ...; "none" for FEED_CAUSE_NONE. */
const char *feed_cause_name(enum feed_cause cause);

/* What a document said beside its records.  Zeroed by the caller; numbers that a document does not
 * say are -1. */
struct feed_page {
	enum feed_cause cause;		/* when feed_decode returned false */
	size_t rows;			/* records in the document: the three below together */
	size_t taken, refused, passed;	/* passed: filters did not want them */
	int64_t page, pages, total;	/* as announced */
	char next_url[FEED_URL_BYTES];	/* "" at the end or with another paging */
	char revision[FEED_MARK_BYTES]; /* "" when there is none */
	struct text columns;		/* names of CSV columns, a line each */
	char unread[FEED_UNREAD_BYTES]; /* of a wide table: the headers that fit no pattern, a line
					 * each, as many as there is room for */
	uint32_t present; /* bits: the fields (enum feed_slot, then dimensions) that some record
			   * had; of cubes, which leave out what is empty, none */
};

#define AUTO_FEED_PAGE AUTO(feed_page_done)

/* Frees the names of the columns. */
void feed_page_done(struct feed_page *page);

/* Read one document.  false: it is not an answer; page->cause and err say why, and whatever the
 * sink has been given is to be thrown away. */
MUST_CHECK bool feed_decode(const struct feed_mapping *mapping, struct span document,
			    const struct feed_sink *sink, struct feed_page *page,
			    struct error *err);

struct feed_source;	/* feed/source.h */
struct feed_list_rules; /* feed/json_document.h */

/* One format: what it is called and who reads it. */
struct feed_format {
	enum feed_format_id id;
	const char *name;
	const char *help;
	bool is_json;		       /* the document is JSON; its fields are pointers */
	bool is_sdmx;		       /* an action may delete records; CSV has "CODE: label" */
	bool has_powers;	       /* a record's own multiplier is a power of ten */
	char decimal;		       /* for numbers.decimal undeclared; 0: stays so */
	bool is_cube;		       /* fields are names of dimensions (feed/cube.h) */
	enum feed_paging_style paging; /* for FEED_PAGING_FORMAT */
	char separator;		       /* between statuses, for status.separator NULL; 0: none */
	bool joins_objects;	       /* an object as a text is all its texts, with '/' between */
	const char *expand;	       /* for mapping->expand empty; or NULL */
	const char *records;	       /* for mapping->records NULL; NULL: has to be given, except
					* for a cube, which finds it */
	const char *revision;	       /* the same for mapping->revision */
	const char *const *fields;     /* FEED_SLOTS of them, for fields not given; or NULL */
	const char *const *patterns;   /* NULL-ended, for periods.patterns not given; or NULL */
	const char *const *missing;    /* NULL-ended, beside those of numbers.missing; or NULL */
	const struct feed_list_rules *rules; /* of a list of records that can be read one by one;
					      * or NULL */
	MUST_CHECK bool (*decode)(struct feed_source *source, struct error *err);
};

/* All formats; id 0 ends the table.  And the one with this id, NULL when there is none. */
extern const struct feed_format feed_formats[];
const struct feed_format *feed_format_find(int id);
