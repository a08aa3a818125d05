/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Growth over a whole series, put into bands without any target: what some statistical offices
 * print beside an indicator.  Comparisons, never a verdict on a target. */

#include <stddef.h>

#include "assess/mark.h"
#include "assess/measure.h"

struct band_rule {
	const char *name, *citation;
	double still;	       /* growth up to this much per year is no change */
	bool is_still_at_most; /* exactly that much is no change either */
	double clear;	       /* beyond this much it is clear; HUGE_VAL: nothing is */
	const char *clearly_better, *better, *stable, *worse, *clearly_worse;
};

/* "astat": ISTAT and ASTAT (South Tyrol); "thurgau": MONITHUR; NULL when there is none. */
const struct band_rule *band_find(const char *name);

/* Compound growth per year from the first to the last of times and values, falling below 0
 * whatever is better, and the word for it by sense (+1, -1); "" when there is no growth between
 * them. */
struct measure band_growth(const double *times, const double *values, size_t count);
const char *band_word(const struct band_rule *rule, struct measure growth, int sense);

/* The distance of a value from a mark in standard deviations of a group of peers, 0 when reached
 * (OECD, Measuring Distance to the SDG Targets); unset unless the deviation is above 0. */
struct measure band_distance(const struct mark *mark, double x, double deviation);
