/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The formats of a page; inside lib/report only. */

#include "report/page.h"

struct page_writer {
	void (*begin)(struct text *out, const struct page_head *head);
	void (*end)(struct text *out);
	void (*heading)(struct text *out, int level, const char *text);
	void (*paragraph)(struct text *out, const char *text, bool is_small);
	void (*fact)(struct text *out, const char *term, const char *text);
	void (*table)(const struct page *page, const char *caption,
		      const struct page_column *columns, size_t count);
	void (*row)(struct text *out, bool is_begin);
	void (*cell)(const struct page *page, enum page_look look, const char *text);
};

extern const struct page_writer page_html, page_markdown;
