/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/notes.h"

#include <stdlib.h>

#include "judge/items.h"

static void done(struct held_note *held)
{
	free(held->texts);
}

void notes_done(struct notes *notes)
{
	for (size_t i = 0; i < notes->count; i++)
		done(&notes->items[i]);
	free(notes->items);
	*notes = (struct notes){0};
}

static struct series_key series_of(const struct note *note)
{
	return (struct series_key){note->indicator, note->breakdown, note->area};
}

static int compare(const struct note *note, const struct note_subject *subject)
{
	const struct series_key series = series_of(note);
	int order = judge_compare_series(&series, &subject->series);
	if (order == 0)
		order = strcmp(note->target, subject->target);
	if (order == 0)
		order = (note->year > subject->year) - (note->year < subject->year);
	return order;
}

/* Where it is, or where it belongs. */
static size_t place_of(const struct notes *notes, const struct note_subject *subject)
{
	size_t low = 0;
	for (size_t high = notes->count; low < high;) {
		size_t middle = low + (high - low) / 2;
		if (compare(&notes->items[middle].note, subject) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_at(const struct notes *notes, size_t at, const struct note_subject *subject)
{
	return at < notes->count && compare(&notes->items[at].note, subject) == 0;
}

static void remove_at(struct notes *notes, size_t at)
{
	done(&notes->items[at]);
	notes->count--;
	memmove(&notes->items[at], &notes->items[at + 1],
		(notes->count - at) * sizeof *notes->items);
}

/* Keep the texts of a note, one behind the other. */
static bool copy(const struct note *note, struct held_note *ret, struct error *err)
{
	const char **copies[] = {&ret->note.actor, &ret->note.cause, &ret->note.remedy,
				 &ret->note.text};
	const char *const texts[] = {note->actor, note->cause, note->remedy, note->text};
	size_t bytes = 0;
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		bytes += strlen(texts[i]) + 1;
	ret->note = *note;
	ret->texts = malloc(bytes);
	if (ret->texts == NULL)
		return error_memory(err);
	char *to = ret->texts;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		size_t len = strlen(texts[i]) + 1;
		*copies[i] = memcpy(to, texts[i], len);
		to += len;
	}
	return true;
}

static bool insert_at(struct notes *notes, size_t at, const struct note *note, struct error *err)
{
	struct held_note held;
	if (!array_grow(&notes->items, &notes->room, notes->count, sizeof *notes->items, NOTES_MAX,
			"notes", err) ||
	    !copy(note, &held, err))
		return false;
	memmove(&notes->items[at + 1], &notes->items[at],
		(notes->count - at) * sizeof *notes->items);
	notes->items[at] = held;
	notes->count++;
	return true;
}

struct reading {
	const struct judge *judge;
	struct notes notes;
};

static void reading_done(struct reading *reading)
{
	notes_done(&reading->notes);
}

static bool take(void *self, const struct note *note, struct error *err)
{
	struct reading *reading = self;
	const struct note_subject subject = {series_of(note), note->target, note->year};
	if (zone_day(reading->judge->zone, note->at) > reading->judge->as_of.day)
		return true;
	size_t at = place_of(&reading->notes, &subject);
	if (is_at(&reading->notes, at, &subject))
		remove_at(&reading->notes, at);
	return note->is_removal || insert_at(&reading->notes, at, note, err);
}

bool notes_read(const struct judge *judge, struct notes *ret, struct error *err)
{
	AUTO(reading_done) struct reading reading = {.judge = judge};
	if (!note_each(judge->ledger, take, &reading, err))
		return false;
	*ret = reading.notes;
	reading.notes = (struct notes){0};
	return true;
}

const struct note *notes_find(const struct notes *notes, const struct note_subject *subject)
{
	size_t at = place_of(notes, subject);
	return is_at(notes, at, subject) ? &notes->items[at].note : NULL;
}

static bool applies(const struct note *note, const struct note_subject *subject)
{
	bool has_target = note->target[0] == '\0' || subject->target == NULL ||
			  strcmp(note->target, subject->target) == 0;
	return has_target && (note->year == 0 || subject->year == 0 || note->year == subject->year);
}

const struct note *notes_next(const struct notes *notes, const struct note_subject *subject,
			      size_t *at)
{
	/* No target and no year come before all others of their series. */
	const struct note_subject first = {subject->series, "", INT32_MIN};
	size_t start = place_of(notes, &first);
	for (size_t i = *at > start ? *at : start; i < notes->count; i++) {
		const struct note *note = &notes->items[i].note;
		const struct series_key series = series_of(note);
		if (judge_compare_series(&series, &subject->series) != 0)
			break;
		if (applies(note, subject)) {
			*at = i + 1;
			return note;
		}
	}
	return NULL;
}
