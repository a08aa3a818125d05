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

/* The day on which offices are looked at: that of the question where something is missing, else
 * the last one in time. */
int32_t phrase_office_day(const struct query *query, const struct obligation *obligation,
			  bool is_missing);

/* The name of who owes it, and the same with its successor. */
const char *phrase_owner_name(const struct query *query, const struct judged_owner *owner);
void phrase_owner(struct text *out, const struct query *query, const struct obligation *obligation,
		  const struct judged_owner *owner);

/* "Title [id], to Recipient (until ...; now ...)". */
void phrase_duty(struct text *out, const struct query *query, const struct obligation *obligation,
		 bool is_missing);

/* "usw;ip_cwwt": the indicators whose figures are missing. */
void phrase_missing(struct text *out, const struct duty *duty, const struct judged_owner *owner,
		    const char *between);

/* "on time", "3 days late", "overdue by 17 days", "due in 17 days". */
void phrase_owner_state(struct text *out, const struct query *query,
			const struct obligation *obligation, const struct judged_owner *owner);
