/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What people have written about a series and its targets, below an answer. */

#include "judge/notes.h"
#include "query/query.h"

/* Add the table "notes" for machines and a line for each text, "Cause: ..."; target NULL: of all
 * targets. */
MUST_CHECK bool query_add_notes(const struct query *query, const struct query_series *series,
				const char *target, struct report *report, struct error *err);

/* Who wrote it when: "lan, 2026-11-22"; appends. */
void notes_tell_author(struct text *out, const struct query *query, const struct note *note);
