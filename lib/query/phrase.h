/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is said of a target and its verdict, in words.  Each call appends. */

#include "query/rows.h"
#include "query/tell.h"

/* What is asked for: ">=95 %", "about 91 %", "95..100 %". */
void phrase_goal(struct text *out, const struct language *language, const struct query_row *row);

/* What is known: "nearly 95 % (2025)", "91.7 % e (2021-01..09)", "no figures". */
void phrase_latest(struct text *out, const struct language *language, const struct query_row *row);

/* How far from the goal: "5 pts"; "-" when there is nothing missing or nothing known. */
void phrase_gap(struct text *out, const struct language *language, const struct query_row *row);

/* Where it will be when due: "~97.4"; and the interval: "95..100".  "-" when not known. */
void phrase_outlook(struct text *out, const struct language *language, const struct query_row *row);
void phrase_band(struct text *out, const struct language *language, const struct query_row *row);

/* How it stands: "met (estimate)", "too few values, overdue 4 periods". */
void phrase_state(struct text *out, const struct language *language, const struct query_row *row);

/* Who acknowledged the state, until when, why: "lan: until 2027-01-31, new plant; ...". */
void phrase_ack(struct text *out, const struct language *language, const struct ack *ack);

/* The same as phrase_state, and where it is going while that is open: "on track: ~100". */
void phrase_standing(struct text *out, const struct language *language,
		     const struct query_row *row);

/* The state and its reason alone. */
enum word phrase_state_word(const struct verdict *verdict);

/* A method's own category in the language. */
const char *phrase_symbol(const struct language *language, const char *symbol);

/* "area" or "area *" for levels that are no act's. */
void phrase_area(struct text *out, const struct query *query, const struct query_row *row);

/* The id of the target, with the same mark; appends. */
void phrase_target(struct text *out, const struct query_row *row);

/* The indicator's name with its id and breakdown. */
void phrase_name(struct text *out, const struct query *query, const struct query_row *row);

/* "2026-ND, 2026-11-22: title"; "title, 2026-11-22" where it has no number. */
void phrase_act(struct text *out, const struct query *query, const struct act *act);
