/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Numbers, days, periods and values as people of a language write them.  Each call appends. */

#include "assess/measure.h"
#include "obs/catalogue.h"
#include "query/words.h"

enum { TELL_BYTES = 1 << 16, TELL_AS_IS = -1 };

/* An empty text for a few words. */
#define TELL_TEXT text_with_limit(TELL_BYTES)

/* With so many decimals; TELL_AS_IS: the shortest form. */
void tell_number(struct text *out, const struct language *language, double value, int decimals);

/* The same without zeros at the end: what was computed. */
void tell_computed(struct text *out, const struct language *language, double value, int decimals);

/* A number with the unit behind it: "95 %"; units that are no sign stand there too. */
void tell_amount(struct text *out, const struct language *language,
		 const struct indicator *indicator, double value, int decimals);

/* 2021-10-08 or 08/10/2021. */
void tell_day(struct text *out, const struct language *language, int32_t day);

/* The same for a date of any precision as the source gave it; "-" when it gave none. */
void tell_published(struct text *out, const struct language *language, const char *published);

/* "2021", "2021-01..09", "2021-Q3". */
void tell_period(struct text *out, const struct language *language, struct period period);

/* How many decimals the values of an indicator are shown with, beside what was printed. */
int tell_decimals(const struct indicator *indicator, int printed);

/* Is the value of the row an estimate, or does a part of the period stand for the whole? */
bool tell_is_estimate(const struct observation *row, bool stand_in);

/* A row's number, qualifier and mark: "nearly 95 %", "85 % e", "said to be missing". */
void tell_value(struct text *out, const struct language *language,
		const struct indicator *indicator, const struct observation *row, bool stand_in);

/* "5 pts" for shares, else the number and its unit. */
void tell_distance(struct text *out, const struct language *language,
		   const struct indicator *indicator, double value, int decimals);
