/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_write.h"
#include "report/model.h"

enum { CELL_MAX_BYTES = 16 << 20 };

/* Bytes of the control character that the text begins with, which a terminal would obey; 0: it
 * begins with none.  U+0080 to U+009F have two bytes. */
static size_t control_length(struct span text)
{
	unsigned char c = (unsigned char)text.start[0];
	if (c < ' ' || c == 0x7F)
		return 1;
	if (c != 0xC2 || text.len == 1)
		return 0;
	unsigned char second = (unsigned char)text.start[1];
	return second >= 0x80 && second < 0xA0 ? 2 : 0;
}

/* Where the next control character stands; field.len: there is none. */
static size_t find_control(struct span field, size_t at)
{
	for (; at < field.len; at++) {
		unsigned char c = (unsigned char)field.start[at];
		bool is_plain = c >= ' ' && c < 0x7F; /* nearly all are */
		if (!is_plain && control_length(span_behind(field, at)))
			break;
	}
	return at;
}

/* Append without control characters: blanks stand for those in `blanks`, '?' for the others but
 * those in `kept`. */
static void add_clean(struct text *out, struct span field, const char *blanks, const char *kept)
{
	size_t done = 0;
	for (size_t at; (at = find_control(field, done)) < field.len;) {
		size_t len = control_length(span_behind(field, at));
		char c = field.start[at];
		text_add(out, field.start + done, at - done);
		if (len == 1 && c != '\0' && strchr(kept, c) != NULL)
			text_add_char(out, c);
		else
			text_add_char(out, c != '\0' && strchr(blanks, c) != NULL ? ' ' : '?');
		done = at + len;
	}
	if (done < field.len)
		text_add(out, field.start + done, field.len - done);
}

/* Would a spreadsheet compute it?  A number with a sign is what it says. */
static bool is_formula(struct span field)
{
	struct number number;
	return field.len > 1 && strchr("=+-@", field.start[0]) != NULL &&
	       !number_read(field, &number, NULL);
}

/* A text that others wrote, for a file that people open with a spreadsheet. */
static void add_quoted(struct text *out, struct span field, bool first)
{
	AUTO_TEXT struct text safe = text_with_limit(CELL_MAX_BYTES);
	bool formula = is_formula(field);
	if (!formula && find_control(field, 0) == field.len) {
		csv_write_field(out, field, first);
		return;
	}
	if (formula)
		text_add_char(&safe, '\'');
	add_clean(&safe, field, "", "\t\n");
	csv_write_field(out, span_of(text_part(&safe, out)), first);
}

static void add_field(struct text *out, struct span field, char separator, bool first)
{
	if (separator == ',') {
		csv_write_field(out, field, first);
		return;
	}
	if (!first)
		text_add_char(out, separator);
	add_clean(out, field, "\t\n\r", "");
}

static const struct report_table *first_table(const struct report *report)
{
	for (size_t i = 0; i < report->block_count; i++) {
		if (report->blocks[i].table != NULL)
			return report->blocks[i].table;
	}
	return NULL;
}

static struct span cell_machine(const struct cell *cell, char buffer[CELL_SHOWN_BYTES])
{
	if (cell->kind == CELL_SWITCH)
		return span_of(cell->on ? "true" : "false");
	return cell->kind == CELL_NONE ? span_of("") : cell_shown(cell, buffer);
}

void separated_put_cell(struct text *out, char separator, const struct report_table *table,
			size_t column, const struct cell *cell)
{
	char buffer[CELL_SHOWN_BYTES];
	struct span field = cell_machine(cell, buffer);
	bool first = column_is_first(table, column);
	if (cell->kind == CELL_TEXT && separator == ',')
		add_quoted(out, field, first);
	else
		add_field(out, field, separator, first);
	if (column_is_last(table, column))
		csv_write_end(out);
}

static void add_heading(struct text *out, const struct report_table *table, char separator)
{
	bool first = true;
	for (size_t i = 0; i < table->column_count; i++) {
		const struct report_column *column = &table->columns[i];
		if (!(column->flags & COLUMN_MACHINE))
			continue;
		add_field(out, span_of(column->key), separator, first);
		first = false;
	}
	csv_write_end(out);
}

void render_separated(const struct report *report, char separator, struct text *out)
{
	const struct report_table *table = first_table(report);
	if (table == NULL)
		return;
	add_heading(out, table, separator);
	text_add(out, table->rendered.data, table->rendered.len);
	for (size_t i = 0; table->cells != NULL && i < table->cell_count; i++) {
		size_t column = i % table->column_count;
		if (table->columns[column].flags & COLUMN_MACHINE)
			separated_put_cell(out, separator, table, column, &table->cells[i]);
	}
}
