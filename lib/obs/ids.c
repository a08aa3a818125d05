/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/ids.h"

#include <stdio.h>
#include <stdlib.h>

#include "obs/mangled.h"
#include "obs/shape.h"

struct dimension {
	struct span name, code;
};

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_id_char(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
	       c == ':';
}

static bool check_chars(struct span text, const char *what, struct error *err)
{
	if (text.len == 0)
		return error_set(err, ERROR_INPUT, "%s is empty", what);
	for (size_t i = 0; i < text.len; i++) {
		if (!is_id_char(text.start[i]))
			return error_set(err, ERROR_INPUT,
					 "%s '%.*s' has something else in it than letters, digits "
					 "and _ - . :",
					 what, shape_clip(text), text.start);
	}
	if (text.len >= ID_BYTES)
		return error_set(err, ERROR_INPUT, "%s '%.*s...' is longer than %d bytes", what,
				 shape_clip(text), text.start, ID_BYTES - 1);
	return true;
}

bool id_check(struct span text, const char *what, struct error *err)
{
	struct mangled mangled;
	if (mangled_recognise(text, &mangled))
		return error_set(err, ERROR_INPUT,
				 "%s '%.*s' looks like %s that a spreadsheet made%s%s%s", what,
				 shape_clip(text), text.start, mangled.what,
				 mangled.original[0] ? " of '" : "", mangled.original,
				 mangled.original[0] ? "'" : "");
	if (!check_chars(text, what, err))
		return false;
	if (!is_letter(text.start[0]))
		return error_set(err, ERROR_INPUT, "%s '%.*s' does not begin with a letter", what,
				 shape_clip(text), text.start);
	return true;
}

static bool read_dimension(struct span part, struct dimension *ret, struct error *err)
{
	struct span code = part;
	struct span name = span_cut(&code, '=');
	if (code.start == NULL)
		return error_set(err, ERROR_INPUT, "'%.*s' is not DIMENSION=CODE", shape_clip(part),
				 part.start);
	if (!id_check(name, "dimension", err) || !check_chars(code, "code", err))
		return false;
	*ret = (struct dimension){name, code};
	return true;
}

static int compare_names(const void *left, const void *right)
{
	const struct dimension *a = left, *b = right;
	size_t len = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = len == 0 ? 0 : memcmp(a->name.start, b->name.start, len);
	return order != 0 ? order : (a->name.len > b->name.len) - (a->name.len < b->name.len);
}

static bool read_dimensions(struct span rest, struct dimension *dimensions, size_t *ret_count,
			    struct error *err)
{
	size_t count = 0;
	while (rest.start != NULL) {
		if (count == BREAKDOWN_DIMENSIONS_MAX)
			return error_set(err, ERROR_LIMIT, "more than %d dimensions",
					 BREAKDOWN_DIMENSIONS_MAX);
		if (!read_dimension(span_cut(&rest, ';'), &dimensions[count++], err))
			return false;
	}
	qsort(dimensions, count, sizeof *dimensions, compare_names);
	for (size_t i = 1; i < count; i++) {
		if (compare_names(&dimensions[i - 1], &dimensions[i]) == 0)
			return error_set(err, ERROR_INPUT, "dimension '%.*s' is there twice",
					 SPAN_ARGS(dimensions[i].name));
	}
	*ret_count = count;
	return true;
}

bool breakdown_normalise(struct span text, char ret[BREAKDOWN_BYTES], struct error *err)
{
	struct dimension dimensions[BREAKDOWN_DIMENSIONS_MAX];
	size_t count = 0;
	if (text.len >= BREAKDOWN_BYTES)
		return error_set(err, ERROR_INPUT, "breakdown '%.*s...' is longer than %d bytes",
				 shape_clip(text), text.start, BREAKDOWN_BYTES - 1);
	if (text.len > 0 && !read_dimensions(text, dimensions, &count, err))
		return error_within(err, "breakdown '%.*s'", shape_clip(text), text.start);

	int len = 0;
	ret[0] = '\0';
	for (size_t i = 0; i < count; i++)
		len += snprintf(ret + len, (size_t)(BREAKDOWN_BYTES - len), "%s%.*s=%.*s",
				i > 0 ? ";" : "", SPAN_ARGS(dimensions[i].name),
				SPAN_ARGS(dimensions[i].code));
	return true;
}
