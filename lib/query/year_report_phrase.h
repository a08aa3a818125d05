/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The cells of the account of a year in words.  Each call appends; what is not there is "-". */

#include "query/year_report.h"

/* One of them. */
typedef void year_phrase_fn(struct text *out, const struct year_report *report,
			    const struct year_item *item);

/* "83 % (2020)", marked when it is a baseline or lies before a break. */
void year_phrase_start(struct text *out, const struct year_report *report,
		       const struct year_item *item);
void year_phrase_last_year(struct text *out, const struct year_report *report,
			   const struct year_item *item);
void year_phrase_same_part(struct text *out, const struct year_report *report,
			   const struct year_item *item);
/* The deciding value, and beside it the part of the year that does not decide. */
void year_phrase_now(struct text *out, const struct year_report *report,
		     const struct year_item *item);
/* ">=95 % (due 2030, 51/NQ-CP)" */
void year_phrase_target(struct text *out, const struct year_report *report,
			const struct year_item *item);
/* "62 % of the way" */
void year_phrase_completion(struct text *out, const struct year_report *report,
			    const struct year_item *item);
void year_phrase_verdict(struct text *out, const struct year_report *report,
			 const struct year_item *item);
/* "~97.4 (95..99)" while it is open. */
void year_phrase_outlook(struct text *out, const struct year_report *report,
			 const struct year_item *item);
void year_phrase_gap(struct text *out, const struct year_report *report,
		     const struct year_item *item);
/* The publisher and the day. */
void year_phrase_sender(struct text *out, const struct year_report *report,
			const struct year_item *item);
void year_phrase_indicator(struct text *out, const struct year_report *report,
			   const struct year_item *item);
void year_phrase_area(struct text *out, const struct year_report *report,
		      const struct year_item *item);
/* That the territory of before has targets, and where they are accounted for. */
void year_phrase_before(struct text *out, const struct year_report *report,
			const struct area *area);
/* As the act prints it. */
void year_phrase_wording(struct text *out, const struct year_report *report,
			 const struct year_item *item);

/* "10 of 15 targets met, 3 of them exceeded." */
void year_phrase_roll_up(struct text *out, const struct language *language,
			 const struct year_counts *counts);
/* " 3 not met: 1 missed, 2 off track.", behind a sentence; nothing when there is none. */
void year_phrase_not_met(struct text *out, const struct language *language,
			 const struct year_counts *counts);
/* "2 cannot be judged: 1 no data, 1 too few values"; nothing when there is none. */
void year_phrase_unknown(struct text *out, const struct language *language,
			 const struct year_items *items);
