/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is said of a duty, in words.  Each call appends. */

#include "judge/duty.h"
#include "query/query.h"

/* Its title. */
const char *phrase_duty_title(const struct query *query, const struct duty *duty);

/* By when: "before 2026-12-10", "by 2021-08-10", "2023-08-20 to 2023-08-31". */
void phrase_due(struct text *out, const struct language *language,
		const struct obligation *obligation);

/* An office on a day: its name, and since when another one answers, or that none is known. */
void phrase_office(struct text *out, const struct query *query, const struct duty_office *office,
		   int32_t day);

/* Who owes it. */
void phrase_obliged(struct text *out, const struct query *query,
		    const struct obligation *obligation, const struct obliged *obliged);

/* "on time", "3 days late", "overdue by 17 days", "due in 17 days". */
void phrase_owner_state(struct text *out, const struct query *query,
			const struct obligation *obligation, const struct judged_owner *owner);
