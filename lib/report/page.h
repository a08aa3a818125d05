/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A document for people, written from top to bottom, as one self-contained HTML file or as
 * Markdown. What is handed in is text; every character that means something to the format is
 * escaped.  Failures stick to the text that is written to. */

#include "base/text.h"

enum page_format { PAGE_HTML, PAGE_MARKDOWN };

enum { PAGE_BYTES = 1 << 25, PAGE_COLUMNS_MAX = 16, PAGE_STACKED_LEAST = 4 };

/* How a cell looks; what it means stands in its text.  PAGE_TIGHT is never broken into lines. */
enum page_look { PAGE_PLAIN, PAGE_NUMBER, PAGE_TIGHT, PAGE_GOOD, PAGE_BAD, PAGE_UNKNOWN };

struct page {
	enum page_format format;
	struct text *out;
	size_t columns, column; /* of the table that is open */
	bool is_stacked;	/* on narrow screens each of its rows is a list, with these names */
	const char *headings[PAGE_COLUMNS_MAX];
};

struct page_head {
	const char *language; /* "en", "vi" */
	const char *title;
	const char *page_word; /* before the number of a printed page */
};

/* The frame around everything else. */
void page_begin(struct page *page, const struct page_head *head);
void page_end(struct page *page);

/* level 1 (the title) to 3. */
void page_heading(struct page *page, int level, const char *text);
void page_paragraph(struct page *page, const char *text);
/* Smaller, for footnotes. */
void page_small(struct page *page, const char *text);

/* What belongs together on one printed page. */
void page_group_begin(struct page *page);
void page_group_end(struct page *page);

/* A list of terms with what is said of them. */
void page_facts_begin(struct page *page);
void page_fact(struct page *page, const char *term, const char *text);
void page_facts_end(struct page *page);

struct page_column {
	const char *heading;
	enum page_look look; /* PAGE_NUMBER: to the right */
};

/* A table; caption may be NULL.  Cells come row by row.  Where the first column is not of numbers
 * the headings have to live until its end. */
void page_table_begin(struct page *page, const char *caption, const struct page_column *columns,
		      size_t count);
void page_cell(struct page *page, enum page_look look, const char *text);
void page_table_end(struct page *page);

/* A picture; only HTML shows it. */
void page_picture(struct page *page, struct span svg);
