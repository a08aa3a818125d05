/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/unicode.h"
#include "report/model.h"

enum { BETWEEN = 2, INDENT = 2, SHRINK_LEAST = 16 };

/* How one table is laid out on this terminal. */
struct layout {
	int *widths;  /* 0: not shown */
	size_t *said; /* of the row at hand: bytes of the texts that stand in the lines so far */
	size_t count;
	int indent; /* of rows below the line of their group */
};

static void layout_done(struct layout *layout)
{
	free(layout->widths);
	free(layout->said);
}

static struct span heading_of(const struct report_column *column)
{
	return span_of(column->heading ? column->heading : column->key);
}

static bool is_shown(const struct report_column *column)
{
	return (column->flags & COLUMN_HUMAN) != 0 && (column->flags & COLUMN_GROUP) == 0;
}

static void measure(const struct report_table *table, struct layout *layout)
{
	for (size_t i = 0; i < table->column_count; i++) {
		if (!is_shown(&table->columns[i]))
			continue;
		int widest = unicode_width(heading_of(&table->columns[i]));
		for (size_t row = 0; row < table->rows; row++) {
			char buffer[CELL_SHOWN_BYTES];
			const struct cell *cell = &table->cells[row * table->column_count + i];
			int width = unicode_width(cell_shown(cell, buffer));
			widest = width > widest ? width : widest;
		}
		layout->widths[i] = widest;
	}
}

static int total_width(const struct layout *layout)
{
	int total = layout->indent;
	for (size_t i = 0; i < layout->count; i++)
		total += layout->widths[i] ? layout->widths[i] + BETWEEN : 0;
	return total > layout->indent ? total - BETWEEN : 0;
}

/* Make the widest column that may shrink narrower by one; false when all are as narrow as is
 * sensible. */
static bool shrink_one(const struct report_table *table, struct layout *layout)
{
	size_t widest = layout->count;
	for (size_t i = 0; i < layout->count; i++) {
		bool may_shrink = table->columns[i].flags & (COLUMN_SHRINK | COLUMN_WRAP);
		if (may_shrink && layout->widths[i] > SHRINK_LEAST &&
		    (widest == layout->count || layout->widths[i] > layout->widths[widest]))
			widest = i;
	}
	if (widest == layout->count)
		return false;
	layout->widths[widest]--;
	return true;
}

/* Take away the first column to go, if its turn is `from` or later. */
static bool drop_one(const struct report_table *table, struct layout *layout, int from)
{
	size_t first = layout->count;
	for (size_t i = 0; i < layout->count; i++) {
		if (layout->widths[i] > 0 && table->columns[i].drop >= from &&
		    (first == layout->count ||
		     table->columns[i].drop >= table->columns[first].drop))
			first = i;
	}
	if (first == layout->count)
		return false;
	layout->widths[first] = 0;
	return true;
}

/* Cut texts as far as needed; false when that is not enough. */
static bool shrink(const struct report_table *table, struct layout *layout, int width)
{
	while (total_width(layout) > width)
		if (!shrink_one(table, layout))
			return false;
	return true;
}

/* Extra columns go first, then texts are cut; where they could no longer be read another column
 * goes, and texts are as long as then possible. */
static void fit(const struct report_table *table, struct layout *layout, const int *widest,
		int width)
{
	while (total_width(layout) > width && drop_one(table, layout, COLUMN_EXTRA))
		;
	while (!shrink(table, layout, width) && drop_one(table, layout, 1))
		for (size_t i = 0; i < layout->count; i++)
			layout->widths[i] = layout->widths[i] ? widest[i] : 0;
}

static void add_blanks(struct text *out, int count)
{
	for (int i = 0; i < count; i++)
		text_add_char(out, ' ');
}

static void add_padded(struct text *out, struct span text, int width, bool right, bool last)
{
	int needs = unicode_width(text);
	if (needs > width) {
		struct span head = unicode_head(text, width - 1);
		unicode_show(out, head);
		text_add_string(out, "…");
		needs = unicode_width(head) + 1;
		right = false;
	} else {
		if (right)
			add_blanks(out, width - needs);
		unicode_show(out, text);
	}
	if (!right && !last)
		add_blanks(out, width - needs);
}

/* How much of a line stands within the width, cut at a blank where there is one, else behind a
 * hyphen. */
static size_t fitting(struct span line, int width)
{
	struct span head = unicode_head(line, width);
	size_t cut = head.len;
	if (cut == line.len)
		return cut;
	while (cut > 0 && line.start[cut] != ' ')
		cut--;
	if (cut > 0)
		return cut;
	for (cut = head.len; cut > 0 && line.start[cut - 1] != '-'; cut--)
		;
	return cut > 0 ? cut : head.len;
}

/* Break a line at blanks so that no part is wider than the terminal. */
static void add_wrapped(struct text *out, struct span line, int width)
{
	while (width > 0 && unicode_width(line) > width) {
		size_t cut = fitting(line, width);
		unicode_show(out, (struct span){line.start, cut});
		text_add_char(out, '\n');
		size_t skip = line.start[cut] == ' ' ? cut + 1 : cut;
		line = span_behind(line, skip);
	}
	unicode_show(out, line);
	text_add_char(out, '\n');
}

/* What of a text stands in this line of its row; the rest goes into the next one where the column
 * wraps. */
static struct span take_part(const struct report_column *column, struct span text, int width,
			     size_t *said)
{
	struct span rest = span_behind(text, *said);
	if (!(column->flags & COLUMN_WRAP)) {
		*said = text.len;
		return rest;
	}
	size_t cut = fitting(rest, width);
	*said += cut;
	while (*said < text.len && text.start[*said] == ' ')
		++*said;
	return (struct span){rest.start, cut};
}

/* One line of a row, cells == NULL: of the heading; false when it was the last one. */
static bool add_part(struct text *out, const struct report_table *table,
		     const struct layout *layout, const struct cell *cells, size_t last)
{
	bool has_more = false;
	add_blanks(out, layout->indent);
	for (size_t i = 0; i <= last && i < layout->count; i++) {
		char buffer[CELL_SHOWN_BYTES];
		const struct report_column *column = &table->columns[i];
		if (layout->widths[i] == 0)
			continue;
		struct span text = cells ? cell_shown(&cells[i], buffer) : heading_of(column);
		struct span part = take_part(column, text, layout->widths[i], &layout->said[i]);
		has_more |= layout->said[i] < text.len;
		add_padded(out, part, layout->widths[i], (column->flags & COLUMN_RIGHT) != 0,
			   i == last);
		if (i != last)
			add_blanks(out, BETWEEN);
	}
	/* The last cells may be empty. */
	while (!out->failed && out->len > 0 && out->data[out->len - 1] == ' ')
		out->len--;
	text_add_char(out, '\n');
	return has_more;
}

/* cells == NULL: the heading. */
static void add_line(struct text *out, const struct report_table *table,
		     const struct layout *layout, const struct cell *cells)
{
	size_t last = 0;
	for (size_t i = 0; i < layout->count; i++) {
		last = layout->widths[i] > 0 ? i : last;
		layout->said[i] = 0;
	}
	while (add_part(out, table, layout, cells, last))
		;
}

/* The column that makes groups; column_count when there is none. */
static size_t find_group(const struct report_table *table)
{
	size_t i = 0;
	while (i < table->column_count && !(table->columns[i].flags & COLUMN_GROUP))
		i++;
	return i;
}

/* The line above a row, unless it belongs to the group of the row before. */
static void add_group(struct text *out, const struct report_table *table, size_t row, size_t group,
		      int width)
{
	char buffer[CELL_SHOWN_BYTES];
	char before[CELL_SHOWN_BYTES];
	const struct cell *cell = &table->cells[row * table->column_count + group];
	struct span text = cell_shown(cell, buffer);
	if (row == 0 || !span_equal(text, cell_shown(cell - table->column_count, before)))
		add_wrapped(out, text, width);
}

static void add_rows(struct text *out, const struct report_table *table,
		     const struct layout *layout, int width)
{
	size_t group = find_group(table);
	for (size_t row = 0; row < table->rows; row++) {
		if (group < table->column_count)
			add_group(out, table, row, group, width);
		add_line(out, table, layout, table->cells + row * table->column_count);
	}
}

static bool add_table(struct text *out, const struct report_table *table,
		      const struct report_look *look)
{
	AUTO(layout_done)
	struct layout layout = {
		.count = table->column_count,
		.indent = find_group(table) < table->column_count ? INDENT : 0,
	};
	if (table->rows == 0)
		return true;
	layout.widths = calloc(table->column_count, sizeof *layout.widths);
	layout.said = calloc(table->column_count, sizeof *layout.said);
	AUTO_FREE int *widest = calloc(table->column_count, sizeof *widest);
	if (layout.widths == NULL || layout.said == NULL || widest == NULL)
		return false;
	measure(table, &layout);
	if (total_width(&layout) == layout.indent)
		return true;
	memcpy(widest, layout.widths, table->column_count * sizeof *widest);
	if (look->width > 0)
		fit(table, &layout, widest, look->width);
	if (look->colour)
		text_add_string(out, "\033[1m");
	add_line(out, table, &layout, NULL);
	if (look->colour)
		text_add_string(out, "\033[0m");
	add_rows(out, table, &layout, look->width);
	return true;
}

/* Empty lines part what there is; where there is nothing between two of them one is enough. */
static bool ends_blank(const struct text *out)
{
	return out->len == 0 ||
	       (out->len > 1 && out->data[out->len - 1] == '\n' && out->data[out->len - 2] == '\n');
}

bool render_table(const struct report *report, const struct report_look *look, struct text *out,
		  struct error *err)
{
	for (size_t i = 0; i < report->block_count; i++) {
		const struct block *block = &report->blocks[i];
		if (block->table != NULL && !add_table(out, block->table, look))
			return error_memory(err);
		bool is_needless = block->line != NULL && block->line[0] == '\0' && ends_blank(out);
		if (block->line != NULL && !is_needless)
			add_wrapped(out, span_of(block->line), look->width);
	}
	return true;
}
