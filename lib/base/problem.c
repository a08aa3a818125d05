/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct place {
	size_t file_rank, item; /* file_rank: the first item about the same file */
	int line;
};

static void item_done(struct problem *item)
{
	free(item->file);
	free(item->text);
}

static bool same_file(const struct problem *a, const struct problem *b)
{
	if (a->file == NULL || b->file == NULL)
		return a->file == b->file;
	return strcmp(a->file, b->file) == 0;
}

static bool keep(struct problems *problems, struct problem *item)
{
	if (!array_grow(&problems->items, &problems->room, problems->count, sizeof *item,
			PROBLEMS_MAX, "problems", NULL))
		return false;
	problems->items[problems->count++] = *item;
	return true;
}

void problem_add(struct problems *problems, enum problem_level level, const char *file, int line,
		 const char *fmt, ...)
{
	size_t *const counts[] = {
		[PROBLEM_ERROR] = &problems->errors,
		[PROBLEM_WARNING] = &problems->warnings,
		[PROBLEM_NOTE] = &problems->notes,
	};
	++*counts[level];
	if (problems->count == PROBLEMS_MAX || problems->no_memory)
		return;

	struct problem item = {.level = level, .line = line};
	va_list args;
	va_start(args, fmt);
	if (vasprintf(&item.text, fmt, args) < 0)
		item.text = NULL;
	va_end(args);
	item.file = file ? span_dup(span_of(file)) : NULL;
	if (item.text == NULL || (file != NULL && item.file == NULL) || !keep(problems, &item)) {
		problems->no_memory = true;
		item_done(&item);
	}
}

void problem_add_failure(struct problems *problems, const char *file, int line, const char *what,
			 const struct error *why)
{
	if (why->code == ERROR_MEMORY)
		problems->no_memory = true;
	problem_add(problems, PROBLEM_ERROR, file, line, "%s: %s", what, why->text);
}

static int compare_places(const void *left, const void *right)
{
	const struct place *a = left, *b = right;
	if (a->file_rank != b->file_rank)
		return a->file_rank < b->file_rank ? -1 : 1;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return (a->item > b->item) - (a->item < b->item);
}

static size_t rank_of_file(const struct problems *problems, size_t item)
{
	for (size_t i = 0; i < item; i++) {
		if (same_file(&problems->items[i], &problems->items[item]))
			return i;
	}
	return item;
}

void problem_print(const struct problem *item, struct text *out)
{
	if (item->file != NULL)
		text_add_string(out, item->file);
	if (item->file != NULL && item->line > 0)
		text_addf(out, ":%d", item->line);
	else if (item->line > 0)
		text_addf(out, "line %d", item->line);
	if (item->file != NULL || item->line > 0)
		text_add_string(out, ": ");
	static const char *const words[] = {
		[PROBLEM_ERROR] = "", [PROBLEM_WARNING] = "warning: ", [PROBLEM_NOTE] = "note: "};
	text_addf(out, "%s%s", words[item->level], item->text);
}

static void print(const struct problems *problems, bool with_notes, struct text *out)
{
	struct place places[PROBLEMS_MAX];
	size_t seen = 0, notes = with_notes ? problems->notes : 0;
	for (size_t i = 0; i < problems->count; i++)
		if (with_notes || problems->items[i].level != PROBLEM_NOTE)
			places[seen++] = (struct place){rank_of_file(problems, i), i,
							problems->items[i].line};
	qsort(places, seen, sizeof places[0], compare_places);
	for (size_t i = 0; i < seen; i++) {
		problem_print(&problems->items[places[i].item], out);
		text_add_char(out, '\n');
	}
	size_t unseen = problems->errors + problems->warnings + notes - seen;
	if (unseen > 0)
		text_addf(out, "and %zu more\n", unseen);
}

void problems_print(const struct problems *problems, struct text *out)
{
	print(problems, false, out);
}

void problems_print_all(const struct problems *problems, struct text *out)
{
	print(problems, true, out);
}

static const struct problem *first_error(const struct problems *problems)
{
	for (size_t i = 0; i < problems->count; i++) {
		if (problems->items[i].level == PROBLEM_ERROR)
			return &problems->items[i];
	}
	return NULL;
}

bool problems_ok(const struct problems *problems, struct error *err)
{
	if (problems->no_memory)
		return error_memory(err);
	if (problems->errors == 0)
		return true;

	const struct problem *first = first_error(problems);
	if (first == NULL)
		return error_set(err, ERROR_INPUT, "%zu errors", problems->errors);
	AUTO_TEXT struct text out = text_with_limit(ERROR_TEXT_BYTES);
	problem_print(first, &out);
	struct span shown = out.failed ? span_of(first->text) : text_span(&out);
	(void)error_set(err, ERROR_INPUT, "%.*s", SPAN_ARGS(shown));
	if (problems->errors > 1)
		return error_within(err, "%zu errors, the first", problems->errors);
	return false;
}

void problems_done(struct problems *problems)
{
	for (size_t i = 0; i < problems->count; i++)
		item_done(&problems->items[i]);
	free(problems->items);
	*problems = (struct problems){0};
}
