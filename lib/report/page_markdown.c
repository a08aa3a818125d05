/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page_format.h"

/* Whatever would mean something to a renderer gets a backslash; lines stay lines. */
static void add_escaped(struct text *out, const char *text)
{
	if (text[0] == '>')
		text_add_char(out, '\\');
	for (; *text != '\0'; text++) {
		if (strchr("\\`*_[]<|#~", *text) != NULL)
			text_add_char(out, '\\');
		text_add_char(out, (unsigned char)*text < ' ' ? ' ' : *text);
	}
}

static void begin(struct text *out, const struct page_head *head)
{
	(void)out;
	(void)head;
}

static void end(struct text *out)
{
	(void)out;
}

static void heading(struct text *out, int level, const char *text)
{
	for (int i = 0; i < level; i++)
		text_add_char(out, '#');
	text_add_char(out, ' ');
	add_escaped(out, text);
	text_add_string(out, "\n\n");
}

static void paragraph(struct text *out, const char *text, bool is_small)
{
	(void)is_small;
	add_escaped(out, text);
	text_add_string(out, "\n\n");
}

static void fact(struct text *out, const char *term, const char *text)
{
	text_add_string(out, "- **");
	add_escaped(out, term);
	text_add_string(out, "**: ");
	add_escaped(out, text);
	text_add_char(out, '\n');
}

static void table(const struct page *page, const char *caption, const struct page_column *columns,
		  size_t count)
{
	struct text *out = page->out;
	if (caption != NULL) {
		text_add_string(out, "**");
		add_escaped(out, caption);
		text_add_string(out, "**\n\n");
	}
	text_add_char(out, '|');
	for (size_t i = 0; i < count; i++) {
		text_add_char(out, ' ');
		add_escaped(out, columns[i].heading);
		text_add_string(out, " |");
	}
	text_add_string(out, "\n|");
	for (size_t i = 0; i < count; i++)
		text_add_string(out, columns[i].look == PAGE_NUMBER ? " --: |" : " --- |");
	text_add_char(out, '\n');
}

static void row(struct text *out, bool is_begin)
{
	text_add_char(out, is_begin ? '|' : '\n');
}

static void cell(const struct page *page, enum page_look look, const char *text)
{
	struct text *out = page->out;
	text_add_char(out, ' ');
	if (look == PAGE_BAD && text[0] != '\0') {
		text_add_string(out, "**");
		add_escaped(out, text);
		text_add_string(out, "**");
	} else {
		add_escaped(out, text);
	}
	text_add_string(out, " |");
}

const struct page_writer page_markdown = {begin, end, heading, paragraph, fact, table, row, cell};
