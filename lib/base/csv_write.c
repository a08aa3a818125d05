/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_write.h"

static bool needs_quotes(struct span field)
{
	for (size_t i = 0; i < field.len; i++) {
		if (strchr(",\"\r\n", field.start[i]) != NULL)
			return true;
	}
	return span_trim(field).len != field.len;
}

void csv_write_field(struct text *out, struct span field, bool first)
{
	if (!first)
		text_add_char(out, ',');
	if (!needs_quotes(field)) {
		text_add(out, field.start, field.len);
		return;
	}
	text_add_char(out, '"');
	for (size_t i = 0; i < field.len; i++) {
		if (field.start[i] == '"')
			text_add_char(out, '"');
		text_add_char(out, field.start[i]);
	}
	text_add_char(out, '"');
}

void csv_write_end(struct text *out)
{
	text_add_char(out, '\n');
}
