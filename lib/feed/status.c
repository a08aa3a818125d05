/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/status.h"

#include <stddef.h>

#include "obs/shape.h"

struct row {
	const char *name;
	size_t list;
	enum obs_status status; /* 0: does not say one */
	bool is_break;
};

/* Those that say more come first. */
static const struct row rows[] = {
	{"missing", offsetof(struct feed_statuses, missing), OBS_MISSING, false},
	{"forecast", offsetof(struct feed_statuses, forecast), OBS_FORECAST, false},
	{"estimated", offsetof(struct feed_statuses, estimated), OBS_ESTIMATED, false},
	{"provisional", offsetof(struct feed_statuses, provisional), OBS_PROVISIONAL, false},
	{"normal", offsetof(struct feed_statuses, normal), OBS_NORMAL, false},
	{"break", offsetof(struct feed_statuses, is_break), 0, true},
	{"ignored", offsetof(struct feed_statuses, ignored), 0, false},
};

static const struct key_texts *list_of(const struct feed_statuses *statuses, size_t row)
{
	return (const void *)((const char *)statuses + rows[row].list);
}

static bool has(const struct key_texts *list, struct span code)
{
	for (size_t i = 0; i < list->count; i++)
		if (span_is(code, list->items[i]))
			return true;
	return false;
}

/* The first row from `row` on whose list has the code; the number of rows when none has. */
static size_t find(const struct feed_statuses *statuses, struct span code, size_t row)
{
	while (row < COUNT_OF(rows) && !has(list_of(statuses, row), code))
		row++;
	return row;
}

static bool take_code(const struct feed_statuses *statuses, struct span code, size_t *best,
		      bool *is_break, struct error *err)
{
	size_t row = find(statuses, code, 0);
	if (row == COUNT_OF(rows))
		return error_set(err, ERROR_INPUT,
				 "status '%.*s' is in no list of status: normal, provisional, "
				 "estimated, forecast, missing, break, ignored",
				 shape_clip(code), code.start);
	*is_break = *is_break || rows[row].is_break;
	if (rows[row].status != 0 && row < *best)
		*best = row;
	return true;
}

/* Cut the next code off. */
static struct span next_code(const struct feed_statuses *statuses, struct span *rest)
{
	struct span code = *rest;
	if (statuses->letters) {
		code.len = 1;
		*rest = span_behind(*rest, 1);
		return code;
	}
	if (statuses->separator != NULL && statuses->separator[0] != '\0')
		return span_trim(span_cut(rest, statuses->separator[0]));
	*rest = (struct span){0};
	return code;
}

bool feed_status_read(const struct feed_statuses *statuses, struct span text, enum obs_status *ret,
		      bool *ret_break, struct error *err)
{
	struct span rest = span_trim(text);
	size_t best = COUNT_OF(rows);
	bool is_break = false;
	if (rest.len == 0 || find(statuses, rest, 0) < COUNT_OF(rows)) {
		size_t row = find(statuses, rest, 0);
		bool unlisted = row == COUNT_OF(rows);
		*ret_break = !unlisted && rows[row].is_break;
		*ret = unlisted || rows[row].status == 0 ? OBS_NORMAL : rows[row].status;
		return true;
	}
	while (rest.len > 0) {
		struct span code = next_code(statuses, &rest);
		if (code.len > 0 && !take_code(statuses, code, &best, &is_break, err))
			return false;
	}
	*ret = best < COUNT_OF(rows) ? rows[best].status : OBS_NORMAL;
	*ret_break = is_break;
	return true;
}

static size_t place_of(enum obs_status status)
{
	size_t row = 0;
	while (row < COUNT_OF(rows) && rows[row].status != status)
		row++;
	return row;
}

enum obs_status feed_status_weaker(enum obs_status a, enum obs_status b)
{
	return place_of(a) < place_of(b) ? a : b;
}

static bool check_code(const struct feed_statuses *statuses, size_t row, const char *code,
		       struct error *err)
{
	size_t next = find(statuses, span_of(code), row + 1);
	if (next < COUNT_OF(rows))
		return error_set(err, ERROR_INPUT, "status code '%s' is both %s and %s", code,
				 rows[row].name, rows[next].name);
	if (statuses->letters && strlen(code) > 1)
		return error_set(err, ERROR_INPUT,
				 "status code '%s' is longer than a letter, although every letter "
				 "is a code of its own",
				 code);
	return true;
}

bool feed_status_check(const struct feed_statuses *statuses, struct error *err)
{
	if (statuses->letters && statuses->separator != NULL)
		return error_set(err, ERROR_INPUT,
				 "status.letters and status.separator exclude each other");
	if (statuses->separator != NULL && strlen(statuses->separator) != 1)
		return error_set(err, ERROR_INPUT, "status.separator '%s' is not one character",
				 statuses->separator);
	for (size_t row = 0; row < COUNT_OF(rows); row++) {
		const struct key_texts *list = list_of(statuses, row);
		for (size_t i = 0; i < list->count; i++)
			if (!check_code(statuses, row, list->items[i], err))
				return false;
	}
	return true;
}
