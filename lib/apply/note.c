/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "apply/note.h"

#include <stdio.h>

#include "apply/derive.h"
#include "apply/said.h"
#include "base/number.h"
#include "judge/notes.h"

struct noting {
	const struct apply *apply;
	const struct note_said *said;
	struct notes notes;
	struct note note;
};

static void noting_done(struct noting *noting)
{
	notes_done(&noting->notes);
}

/* The area that a target without one said is about. */
static bool area_of_target(const struct target *target, const char **ret, struct error *err)
{
	if (target->each_kind[0] != '\0')
		return error_set(err, ERROR_INPUT,
				 "target '%s' is about every %s of %s; name the one that the note "
				 "is about",
				 target->id, target->each_kind, target->area);
	*ret = target->area;
	return true;
}

static bool check_target(const struct noting *noting, const struct target *target,
			 const struct area *area, struct error *err)
{
	if (!catalogue_target_has_area(noting->apply->catalogue, target, area))
		return error_set(err, ERROR_INPUT, "target '%s' is not about area '%s'", target->id,
				 area->id);
	return true;
}

static bool fail_unknown(const char *what, struct error *err)
{
	return error_set(err, ERROR_NOT_FOUND,
			 "'%s' is neither a target nor an indicator of the catalogue", what);
}

/* Which series, which target? */
static bool choose(struct noting *noting, struct error *err)
{
	const struct note_said *said = noting->said;
	const struct catalogue *catalogue = noting->apply->catalogue;
	const struct target *target = catalogue_target(catalogue, span_of(said->what));
	const struct indicator *indicator = catalogue_indicator(catalogue, span_of(said->what));
	const char *written = said->area;
	const struct area *area;
	if (target == NULL && indicator == NULL)
		return fail_unknown(said->what, err);
	if (target != NULL && indicator != NULL)
		return error_set(err, ERROR_INPUT,
				 "'%s' is a target and an indicator; give one of them another id",
				 said->what);
	if (written == NULL && target == NULL)
		return error_set(err, ERROR_INPUT, "an indicator needs an area behind it");
	if (written == NULL && !area_of_target(target, &written, err))
		return false;
	if (!said_find_area(noting->apply, written, noting->note.year, &area, err) ||
	    (target != NULL && !check_target(noting, target, area, err)))
		return false;
	struct note *note = &noting->note;
	(void)snprintf(note->indicator, sizeof note->indicator, "%s",
		       target ? target->indicator : indicator->id);
	(void)snprintf(note->target, sizeof note->target, "%s", target ? target->id : "");
	(void)snprintf(note->area, sizeof note->area, "%s", area->id);
	if (target == NULL)
		return breakdown_normalise(span_of(said->breakdown), note->breakdown, err);
	memcpy(note->breakdown, target->breakdown, sizeof note->breakdown);
	return true;
}

static bool read_year(struct noting *noting, struct error *err)
{
	int64_t year = 0;
	const char *written = noting->said->year;
	if (written != NULL &&
	    !number_read_integer(span_of(written), DAY_YEAR_MIN, DAY_YEAR_MAX, &year, err))
		return error_within(err, "--year");
	noting->note.year = (int)year;
	return true;
}

static bool check_texts(const struct note_said *said, struct error *err)
{
	const struct {
		const char *what, *text;
	} texts[] = {{"cause", said->cause}, {"remedy", said->remedy}, {"text", said->text}};
	bool has_text = false;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		has_text |= texts[i].text != NULL;
		if (!said_check_line(texts[i].what, texts[i].text, NOTE_TEXT_BYTES, err))
			return false;
	}
	if (has_text != said->is_removal)
		return true;
	return error_set(err, ERROR_INPUT,
			 has_text ? "--remove takes back the whole note; give no text with it"
				  : "a note needs --cause, --remedy or --text");
}

static bool is_same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

/* What is not said stays as it was. */
static bool merge(struct noting *noting, struct error *err)
{
	struct note *note = &noting->note;
	const struct note_said *said = noting->said;
	const struct note_subject subject = {
		{note->indicator, note->breakdown, note->area}, note->target, note->year};
	const struct note *held = notes_find(&noting->notes, &subject);
	note->is_removal = said->is_removal;
	if (said->is_removal)
		return held != NULL ||
		       error_set(err, ERROR_REFUSED, "there is no note about this to take back");
	note->cause = said->cause ? said->cause : held ? held->cause : NULL;
	note->remedy = said->remedy ? said->remedy : held ? held->remedy : NULL;
	note->text = said->text ? said->text : held ? held->text : NULL;
	if (held != NULL && is_same(note->cause, held->cause) &&
	    is_same(note->remedy, held->remedy) && is_same(note->text, held->text))
		return error_set(err, ERROR_REFUSED, "the note says this already");
	return true;
}

static void say(const struct note *note, struct text *out)
{
	text_addf(out, "%s %s", note->target[0] ? note->target : note->indicator, note->area);
	if (note->breakdown[0] != '\0' && note->target[0] == '\0')
		text_addf(out, " (%s)", note->breakdown);
	if (note->year != 0)
		text_addf(out, ", %d", note->year);
	text_add_string(out, note->is_removal ? ": the note is taken back\n" : ": noted\n");
}

static bool write_down(struct noting *noting, struct error *err)
{
	struct ledger *ledger = noting->apply->ledger;
	const struct judge judge = apply_judge(noting->apply);
	bool done = ledger_begin(ledger, err) && notes_read(&judge, &noting->notes, err) &&
		    merge(noting, err) && note_append(ledger, &noting->note, err) &&
		    ledger_commit(ledger, err);
	if (!done)
		ledger_rollback(ledger);
	return done;
}

bool apply_note(const struct apply *apply, const struct note_said *said, struct text *out,
		struct error *err)
{
	AUTO(noting_done)
	struct noting noting = {
		.apply = apply, .said = said, .note = {.at = apply->now, .actor = apply->actor}};
	if (said->what == NULL)
		return error_set(err, ERROR_INPUT, "a target or an indicator is needed");
	if (!check_texts(said, err) || !read_year(&noting, err) || !choose(&noting, err) ||
	    !write_down(&noting, err))
		return false;
	say(&noting.note, out);
	return true;
}
