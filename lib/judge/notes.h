/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Notes that hold: the cause of a gap, what is done about it, and whatever else somebody wrote. The
 * last one about a series or target and year replaces those before it, until it is taken back. */

#include "judge/judge.h"
#include "ledger/note.h"

enum { NOTE_TEXT_BYTES = 2000, NOTES_MAX = 100000 };

/* What a note is about. */
struct note_subject {
	struct series_key series;
	const char *target; /* "": the series */
	int year;	    /* 0: every year */
};

struct held_note {
	struct note note; /* its texts are owned */
	char *texts;
};

struct notes {
	struct held_note *items; /* by series, target and year */
	size_t count, room;
};

#define AUTO_NOTES AUTO(notes_done)
/* Free them and make it empty again. */
void notes_done(struct notes *notes);

/* Those that hold on the judge's day, by what was written up to it. */
MUST_CHECK bool notes_read(const struct judge *judge, struct notes *ret, struct error *err);

/* The one about exactly this; NULL when there is none. */
const struct note *notes_find(const struct notes *notes, const struct note_subject *subject);

/* The next one, from *at on, about the series as a whole or (unless target is NULL: about any of
 * its targets) this target, and every year or (unless year is 0: any year) this one.  NULL at the
 * end.  Begin with *at = 0. */
const struct note *notes_next(const struct notes *notes, const struct note_subject *subject,
			      size_t *at);
