/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/wide.h"

#include <stdio.h>
#include <stdlib.h>

enum { HEADER_BYTES = 512, GROUPS_MAX = 3, COLUMNS_MAX = 4096 };

const char *const feed_wide_fields[FEED_SLOTS] = {
	[FEED_SLOT_PERIOD] = "@period",
	[FEED_SLOT_VALUE] = "@value",
};

static const char *const part_names[FEED_WIDE_PARTS] = {
	[FEED_WIDE_VALUE] = "value", [FEED_WIDE_HEADER] = "header", [FEED_WIDE_PERIOD] = "period",
	[FEED_WIDE_YEAR] = "year",   [FEED_WIDE_MONTH] = "month",   [FEED_WIDE_NAME] = "name",
	[FEED_WIDE_FLAG] = "flag",   [FEED_WIDE_NEXT] = "next",
};

enum { ANY_TEXT = FEED_WIDE_PARTS, NO_PART };

/* The part of this name; NO_PART when there is none. */
static size_t find_part(struct span name)
{
	size_t part = 0;
	while (part < FEED_WIDE_PARTS && !span_is(name, part_names[part]))
		part++;
	if (part < FEED_WIDE_PARTS)
		return part;
	return span_is(name, "*") ? ANY_TEXT : NO_PART;
}

/* A header held against a pattern. */
struct matching {
	const struct feed_plan *plan;
	struct span parts[FEED_WIDE_PARTS + 1];
	bool no_memory; /* what was found says nothing */
};

static bool is_year(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.start[i] < '0' || text.start[i] > '9')
			return false;
	return text.len == 4;
}

static bool fits_part(struct matching *matching, size_t part, struct span text)
{
	const struct feed_plan *plan = matching->plan;
	struct period period;
	struct error why = {0};
	size_t len = 0;
	if (part == FEED_WIDE_PERIOD) {
		bool ok = feed_period_read(plan->patterns, plan->pattern_count,
					   &plan->mapping->periods, text, &period, &why);
		matching->no_memory = matching->no_memory || why.code == ERROR_MEMORY;
		return ok;
	}
	if (part == FEED_WIDE_YEAR)
		return is_year(text);
	if (part == FEED_WIDE_MONTH)
		return feed_period_month(&matching->plan->mapping->periods.months, text, &len) !=
			       0 &&
		       len == text.len;
	return part == ANY_TEXT || text.len > 0;
}

static size_t literal_len(const char *pattern)
{
	return strcspn(pattern, "{");
}

static bool match(struct matching *matching, const char *pattern, struct span text);

/* Give the group the shortest text with which the rest fits. */
static bool match_group(struct matching *matching, const char *pattern, struct span text)
{
	const char *close = strchr(pattern, '}');
	struct span name = {pattern + 1, (size_t)(close - pattern) - 1};
	size_t part = find_part(name);
	const char *rest = close + 1;
	size_t literal = literal_len(rest);
	for (size_t len = *rest == '\0' ? text.len : 0; len <= text.len; len++) {
		struct span tail = span_behind(text, len);
		struct span taken = {text.start, len};
		if (tail.len < literal || memcmp(tail.start, rest, literal) != 0)
			continue;
		if (!fits_part(matching, part, span_trim(taken)) || !match(matching, rest, tail))
			continue;
		matching->parts[part] = span_trim(taken);
		return true;
	}
	return false;
}

static bool match(struct matching *matching, const char *pattern, struct span text)
{
	size_t literal = literal_len(pattern);
	if (text.len < literal || (literal > 0 && memcmp(text.start, pattern, literal) != 0))
		return false;
	text = span_behind(text, literal);
	if (pattern[literal] == '\0')
		return text.len == 0;
	return match_group(matching, pattern + literal, text);
}

/* Cut the flag out, with one of the two blanks that stood around it. */
static void cut_flag(struct span header, const char *found, size_t flag_len, struct text *out)
{
	size_t before = (size_t)(found - header.start);
	struct span head = {header.start, before};
	struct span tail = {found + flag_len, header.len - before - flag_len};
	bool two_blanks = head.len > 0 && head.start[head.len - 1] == ' ' && tail.len > 0 &&
			  tail.start[0] == ' ';
	text_add(out, head.start, head.len);
	text_add(out, tail.start + two_blanks, tail.len - two_blanks);
}

/* Where the longest of the flags stands that are in the header; *ret_len: how long it is. */
static const char *find_flag(const struct key_texts *list, struct span header, size_t *ret_len)
{
	const char *best = NULL;
	*ret_len = 0;
	for (size_t i = 0; i < list->count && header.len > 0; i++) {
		size_t len = strlen(list->items[i]);
		const char *found = span_find(header, list->items[i]);
		if (found != NULL && len > *ret_len) {
			best = found;
			*ret_len = len;
		}
	}
	return best;
}

/* The header without its flags, which are added to `flags`. */
static void take_flags(const struct key_texts *list, struct text *header, struct text *flags)
{
	for (size_t i = 0; i < list->count; i++) {
		AUTO_TEXT struct text cut = text_with_limit(HEADER_BYTES);
		struct span whole = text_span(header);
		size_t len;
		const char *found = find_flag(list, whole, &len);
		if (found == NULL)
			return;
		if (flags->len > 0)
			text_add_char(flags, FEED_FLAG_SEPARATOR);
		text_add(flags, found, len);
		cut_flag(whole, found, len, &cut);
		text_clear(header);
		text_add(header, cut.data, cut.len);
		header->failed = header->failed || cut.failed;
	}
}

static void free_column(struct feed_wide_column *column)
{
	for (size_t i = 0; i < FEED_WIDE_PARTS; i++)
		free(column->parts[i]);
}

void feed_wide_done(struct feed_wide *wide)
{
	for (size_t i = 0; i < wide->count; i++)
		free_column(&wide->columns[i]);
	free(wide->columns);
	*wide = (struct feed_wide){0};
}

static bool keep_column(struct feed_wide *wide, size_t column, const struct span *parts,
			struct error *err)
{
	struct feed_wide_column kept = {.column = column};
	bool ok = array_grow(&wide->columns, &wide->room, wide->count, sizeof *wide->columns,
			     COLUMNS_MAX, "columns with values", err);
	for (size_t i = 0; ok && i < FEED_WIDE_PARTS; i++) {
		kept.parts[i] = parts[i].start == NULL ? NULL : span_dup(parts[i]);
		ok = parts[i].start == NULL || kept.parts[i] != NULL || error_memory(err);
	}
	if (!ok) {
		free_column(&kept);
		return false;
	}
	wide->columns[wide->count++] = kept;
	return true;
}

/* Keep the column when its header is written as one of the patterns says. */
static bool try_column(const struct feed_plan *plan, size_t column, struct span header,
		       struct feed_wide *wide, struct error *err)
{
	const struct feed_csv *csv = &plan->mapping->csv;
	AUTO_TEXT struct text rest = text_with_limit(HEADER_BYTES);
	AUTO_TEXT struct text flags = text_with_limit(HEADER_BYTES);
	if (header.len >= HEADER_BYTES)
		return true;
	text_add(&rest, header.start, header.len);
	take_flags(&csv->flags, &rest, &flags);
	if (!text_ok(&rest, "a header", err) || !text_ok(&flags, "the flags of a header", err))
		return false;
	for (size_t i = 0; i < csv->wide.count; i++) {
		struct matching matching = {.plan = plan};
		bool fits = match(&matching, csv->wide.items[i], span_trim(text_span(&rest)));
		if (matching.no_memory)
			return error_memory(err);
		if (!fits)
			continue;
		matching.parts[FEED_WIDE_HEADER] = header;
		matching.parts[FEED_WIDE_FLAG] = text_span(&flags);
		return keep_column(wide, column, matching.parts, err);
	}
	return true;
}

/* Columns that fields name. */
struct used {
	bool *columns;
	size_t count;
};

static bool mark_used(void *self, struct feed_field *field, struct error *err)
{
	struct used *used = self;
	(void)err;
	for (size_t i = 0; i < field->count; i++) {
		const struct feed_piece *piece = &field->pieces[i];
		bool is_column =
			piece->kind == FEED_PIECE_COLUMN || piece->kind == FEED_PIECE_NUMBER;
		if (is_column && piece->column < used->count)
			used->columns[piece->column] = true;
	}
	return true;
}

static bool is_left_out(const struct feed_csv *csv, struct span header)
{
	for (size_t i = 0; i < csv->leave_out.count; i++)
		if (span_is(header, csv->leave_out.items[i]))
			return true;
	return false;
}

static bool fail_wide(const struct feed_plan *plan, struct error *err)
{
	const char *wide = plan->mapping->csv.wide.items[0];
	if (strstr(wide, "{period}") == NULL)
		return error_set(err, ERROR_INPUT,
				 "no column has a header that is written as csv.wide says ('%s')",
				 wide);
	return error_set(err, ERROR_INPUT,
			 "no column has a header that is written as csv.wide says ('%s', with a "
			 "{period} such as '%s')",
			 wide, plan->patterns[0].name);
}

/* Note a header that no pattern fits, if there is room for it. */
static void note_unread(char unread[FEED_UNREAD_BYTES], struct span header)
{
	size_t len = strlen(unread);
	if (header.len == 0 || len + header.len + 2 > FEED_UNREAD_BYTES)
		return;
	for (size_t i = 0; i < header.len; i++)
		unread[len + i] = header.start[i] == '\n' ? ' ' : header.start[i];
	unread[len + header.len] = '\n';
	unread[len + header.len + 1] = '\0';
}

bool feed_wide_find(struct feed_plan *plan, const struct csv_row *header, struct feed_wide *ret,
		    char unread[FEED_UNREAD_BYTES], struct error *err)
{
	const struct feed_csv *csv = &plan->mapping->csv;
	AUTO_FREE bool *columns = calloc(header->count, sizeof *columns);
	struct used used = {columns, header->count};
	AUTO_FEED_WIDE struct feed_wide wide = {0};
	if (columns == NULL)
		return error_memory(err);
	if (!feed_plan_fields(plan, mark_used, &used, err))
		return false;
	unread[0] = '\0';
	for (size_t i = 0; i < header->count; i++) {
		struct span name = span_trim(header->cells[i]);
		size_t before = wide.count;
		if (columns[i] || is_left_out(csv, name))
			continue;
		if (!try_column(plan, i, name, &wide, err))
			return false;
		if (wide.count == before)
			note_unread(unread, name);
	}
	if (wide.count == 0)
		return fail_wide(plan, err);
	*ret = wide;
	wide = (struct feed_wide){0};
	return true;
}

static bool bind_special(void *self, struct feed_field *field, struct error *err)
{
	(void)self;
	for (size_t i = 0; i < field->count; i++) {
		struct feed_piece *piece = &field->pieces[i];
		if (piece->kind != FEED_PIECE_COLUMN || !span_starts(piece->text, "@"))
			continue;
		size_t part = find_part(span_behind(piece->text, 1));
		if (part >= FEED_WIDE_PARTS)
			return error_set(
				err, ERROR_INPUT,
				"a wide table has no field '%.*s'; there are @period @year "
				"@month @name @flag @header @value @next",
				SPAN_ARGS(piece->text));
		piece->kind = FEED_PIECE_SPECIAL;
		piece->column = part;
	}
	return true;
}

bool feed_wide_bind(struct feed_plan *plan, struct error *err)
{
	if (plan->mapping->csv.wide.count == 0)
		return true;
	return feed_plan_fields(plan, bind_special, NULL, err);
}

static bool check_pattern(const char *pattern, struct error *err)
{
	size_t groups = 0;
	const char *open = pattern + literal_len(pattern);
	for (; *open != '\0'; groups++) {
		const char *close = strchr(open, '}');
		size_t len = close == NULL ? 0 : (size_t)(close - open) - 1;
		size_t part = find_part((struct span){open + 1, len});
		bool known = part == ANY_TEXT || part == FEED_WIDE_PERIOD ||
			     part == FEED_WIDE_YEAR || part == FEED_WIDE_MONTH ||
			     part == FEED_WIDE_NAME;
		if (close == NULL || !known)
			return error_set(err, ERROR_INPUT,
					 "csv.wide '%s' has a group that there is not; there are "
					 "{period} {year} {month} {name} {*}",
					 pattern);
		open = close + 1 + literal_len(close + 1);
	}
	if (groups == 0 || groups > GROUPS_MAX)
		return error_set(err, ERROR_INPUT,
				 "csv.wide '%s' has %zu groups in braces; 1 to %d can be read",
				 pattern, groups, GROUPS_MAX);
	return true;
}

/* Is there a pattern that gives every part that a field wants? */
static bool check_wanted(void *self, struct feed_field *field, struct error *err)
{
	const struct feed_csv *csv = self;
	for (size_t i = 0; i < field->count; i++) {
		const struct feed_piece *piece = &field->pieces[i];
		bool found = piece->kind != FEED_PIECE_SPECIAL ||
			     piece->column == FEED_WIDE_VALUE || piece->column == FEED_WIDE_FLAG ||
			     piece->column == FEED_WIDE_HEADER || piece->column == FEED_WIDE_NEXT;
		char group[HEADER_BYTES];
		if (found)
			continue;
		(void)snprintf(group, sizeof group, "{%s}", part_names[piece->column]);
		for (size_t k = 0; k < csv->wide.count; k++)
			found = found || strstr(csv->wide.items[k], group) != NULL;
		if (!found)
			return error_set(err, ERROR_INPUT,
					 "field '@%s' is never there: no text of csv.wide has %s",
					 part_names[piece->column], group);
	}
	return true;
}

bool feed_wide_check(struct feed_plan *plan, struct error *err)
{
	struct feed_csv csv = plan->mapping->csv;
	for (size_t i = 0; i < csv.wide.count; i++)
		if (!check_pattern(csv.wide.items[i], err))
			return false;
	return csv.wide.count == 0 ||
	       (feed_wide_bind(plan, err) && feed_plan_fields(plan, check_wanted, &csv, err));
}
