/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page.h"

#include "report/page_format.h"

static const struct page_writer *writer_of(const struct page *page)
{
	return page->format == PAGE_HTML ? &page_html : &page_markdown;
}

void page_begin(struct page *page, const struct page_head *head)
{
	writer_of(page)->begin(page->out, head);
}

void page_end(struct page *page)
{
	writer_of(page)->end(page->out);
}

void page_heading(struct page *page, int level, const char *text)
{
	writer_of(page)->heading(page->out, level, text);
}

void page_paragraph(struct page *page, const char *text)
{
	writer_of(page)->paragraph(page->out, text, false);
}

void page_small(struct page *page, const char *text)
{
	writer_of(page)->paragraph(page->out, text, true);
}

void page_group_begin(struct page *page)
{
	if (page->format == PAGE_HTML)
		text_add_string(page->out, "<section>\n");
}

void page_group_end(struct page *page)
{
	if (page->format == PAGE_HTML)
		text_add_string(page->out, "</section>\n");
}

void page_facts_begin(struct page *page)
{
	if (page->format == PAGE_HTML)
		text_add_string(page->out, "<dl>\n");
}

void page_fact(struct page *page, const char *term, const char *text)
{
	writer_of(page)->fact(page->out, term, text);
}

void page_facts_end(struct page *page)
{
	text_add_string(page->out, page->format == PAGE_HTML ? "</dl>\n" : "\n");
}

void page_table_begin(struct page *page, const char *caption, const struct page_column *columns,
		      size_t count)
{
	page->columns = count;
	page->column = 0;
	page->is_stacked = count >= PAGE_STACKED_LEAST && count <= PAGE_COLUMNS_MAX &&
			   columns[0].look != PAGE_NUMBER;
	for (size_t i = 0; page->is_stacked && i < count; i++)
		page->headings[i] = columns[i].heading;
	writer_of(page)->table(page, caption, columns, count);
}

void page_cell(struct page *page, enum page_look look, const char *text)
{
	const struct page_writer *writer = writer_of(page);
	if (page->column == 0)
		writer->row(page->out, true);
	writer->cell(page, look, text);
	if (++page->column < page->columns)
		return;
	page->column = 0;
	writer->row(page->out, false);
}

void page_table_end(struct page *page)
{
	text_add_string(page->out,
			page->format == PAGE_HTML ? "</tbody>\n</table>\n</div>\n" : "\n");
}

void page_picture(struct page *page, struct span svg)
{
	if (page->format != PAGE_HTML)
		return;
	text_add_string(page->out, "<figure>\n");
	text_add(page->out, svg.start, svg.len);
	text_add_string(page->out, "</figure>\n");
}
