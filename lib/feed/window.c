/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/window.h"

#include "base/number.h"

enum { STEPS_MAX = 100000, MONTHS = 12, WEEK_DAYS = 7, QUARTER_MONTHS = 3, CENTURY = 100 };

/* What a step means. */
struct unit {
	int days, months;
};

struct word {
	const char *name;
	struct unit step; /* both 0: the letter behind the number says it */
	const char *form;
};

static const struct word words[] = {
	{"today", {0, 0}, "YYYY-MM-DD"},
	{"year", {0, MONTHS}, "YYYY"},
	{"month", {0, 1}, "YYYY-MM"},
	{"quarter", {0, QUARTER_MONTHS}, "YYYY-Qn"},
};

struct letter {
	char letter;
	struct unit step;
};

static const struct letter letters[] = {
	{'d', {1, 0}}, {'w', {WEEK_DAYS, 0}}, {'m', {0, 1}}, {'y', {0, MONTHS}}};

struct window {
	int64_t days, months;
	struct span form;
};

static bool take_letter(struct span *moved, struct unit *ret)
{
	if (moved->len == 0)
		return false;
	for (size_t i = 0; i < COUNT_OF(letters); i++) {
		if (moved->start[moved->len - 1] == letters[i].letter) {
			*ret = letters[i].step;
			moved->len--;
			return true;
		}
	}
	return false;
}

/* "-400d", "+2", or nothing. */
static bool read_move(const struct word *word, struct span moved, struct window *window)
{
	struct unit step = word->step;
	int64_t count;
	if (moved.len == 0)
		return true;
	bool is_back = moved.start[0] == '-';
	if (!is_back && moved.start[0] != '+')
		return false;
	moved = span_behind(moved, 1);
	if (step.days == 0 && step.months == 0 && !take_letter(&moved, &step))
		return false;
	if (!number_read_integer(moved, 0, STEPS_MAX, &count, NULL))
		return false;
	count = is_back ? -count : count;
	window->days = count * step.days;
	window->months = count * step.months;
	return true;
}

static bool read_window(struct span name, struct window *ret)
{
	struct span form = name;
	struct span front = span_cut(&form, ':');
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		size_t len = strlen(words[i].name);
		if (!span_starts(front, words[i].name))
			continue;
		*ret = (struct window){.form = form};
		if (form.start == NULL)
			ret->form = span_of(words[i].form);
		return ret->form.len > 0 && read_move(&words[i], span_behind(front, len), ret);
	}
	return false;
}

bool feed_window_is(struct span name)
{
	struct window window;
	return read_window(name, &window);
}

static bool is_year(int64_t year)
{
	return year >= DAY_YEAR_MIN && year <= DAY_YEAR_MAX;
}

static bool move(const struct window *window, int32_t today, struct day_parts *ret)
{
	int64_t moved = (int64_t)today + window->days;
	if (moved < day_from_parts(DAY_YEAR_MIN, 1, 1) ||
	    moved > day_from_parts(DAY_YEAR_MAX, MONTHS, 1))
		return false;
	struct day_parts parts = day_parts((int32_t)moved);
	int64_t months = (int64_t)parts.year * MONTHS + parts.month - 1 + window->months;
	if (months < 0 || !is_year(months / MONTHS))
		return false;
	parts.year = (int)(months / MONTHS);
	parts.month = (int)(months % MONTHS) + 1;
	int last = day_month_length(parts.year, parts.month);
	parts.day = parts.day < last ? parts.day : last;
	*ret = parts;
	return true;
}

/* Write what the form begins with; returns how much of it that was. */
static size_t add_piece(struct span form, const struct day_parts *parts, struct text *out)
{
	int quarter = (parts->month - 1) / QUARTER_MONTHS + 1;
	const struct {
		const char *mask;
		int width, value;
	} rows[] = {
		{"YYYY", 4, parts->year},
		{"YY", 2, parts->year % CENTURY},
		{"MM", 2, parts->month},
		{"DD", 2, parts->day},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (!span_starts(form, rows[i].mask))
			continue;
		text_addf(out, "%0*d", rows[i].width, rows[i].value);
		return strlen(rows[i].mask);
	}
	if (span_starts(form, "Qn")) {
		text_addf(out, "Q%d", quarter);
		return 2;
	}
	text_add_char(out, form.start[0]);
	return 1;
}

bool feed_window_add(struct span name, int32_t today, struct text *out)
{
	struct window window;
	struct day_parts parts;
	if (!read_window(name, &window) || !move(&window, today, &parts))
		return false;
	struct span form = window.form;
	while (form.len > 0) {
		size_t used = add_piece(form, &parts, out);
		form = span_behind(form, used);
	}
	return true;
}
