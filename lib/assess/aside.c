/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/aside.h"

#include <string.h>

static const struct method_threshold nothing[] = {{NULL, 0}};

static const char *const jmp_words[] = {"estimate", "no estimate", NULL};
static const struct method_threshold jmp_thresholds[] = {
	{"years from first to last survey, a line from", 5},
	{"years beyond the surveys that the line holds", 2},
	{"years beyond the surveys with an estimate", 6},
	{NULL, 0},
};

static const char *const astat_words[] = {"clear improvement", "slight improvement", "stable",
					  "slight worsening",  "clear worsening",    NULL};
static const struct method_threshold astat_thresholds[] = {
	{"growth per year, stable below", 0.01},
	{"growth per year, clear above", 0.05},
	{NULL, 0},
};

static const char *const thurgau_words[] = {"green", "yellow", "red", NULL};
static const struct method_threshold thurgau_thresholds[] = {
	{"growth per year, yellow up to", 0.005},
	{NULL, 0},
};

static const char *const oecd_words[] = {NULL};

static const struct method rows[] = {
	{
		.name = "jmp",
		.formula = "five years or more: x = a + b t, least squares; less: the mean of x",
		.title = "estimates of coverage (WHO/UNICEF)",
		.needs = "one survey or more; five years between the ends for a line",
		.min_values = 1,
		.sure_values = 1,
		.categories = jmp_words,
		.thresholds = jmp_thresholds,
		.measure = "the level in a year, in percent",
		.citation = "WHO/UNICEF Joint Monitoring Programme for Water Supply, Sanitation "
			    "and Hygiene, methodology, 2017 update (https://washdata.org)",
		.paragraph =
			"Surveys of several years become an estimate of one year.  When they span "
			"five years or more a least-squares line is laid through all of them; it "
			"is read from two years before the first to two years after the last, and "
			"kept level for four more years on either side.  With a shorter span their "
			"mean stands for six years around.  Farther away there is no estimate, so "
			"that it never becomes a forecast.",
	},
	{
		.name = "astat",
		.formula = "(x1 / x0)^(1 / (t1 - t0)) - 1",
		.title = "bands of growth (ISTAT, ASTAT)",
		.needs = "two values of one sign",
		.min_values = 2,
		.sure_values = 2,
		.categories = astat_words,
		.thresholds = astat_thresholds,
		.measure = "compound growth per year from the first value to the last",
		.citation = "ASTAT (South Tyrol), SDG trends "
			    "(https://statistics-astat.provinz.bz.it/SDG); ISTAT, SDG report 2019, "
			    "pages 37 and 38",
		.paragraph =
			"Compound growth per year over the whole series, without any target.  Less "
			"than 1 % a year either way is stable; more is a slight improvement or "
			"worsening, more than 5 % a clear one.",
	},
	{
		.name = "thurgau",
		.formula = "(x1 / x0)^(1 / (t1 - t0)) - 1",
		.title = "traffic lights of growth (Thurgau)",
		.needs = "two values of one sign",
		.min_values = 2,
		.sure_values = 2,
		.categories = thurgau_words,
		.thresholds = thurgau_thresholds,
		.measure = "compound growth per year from the first value to the last",
		.citation =
			"Canton of Thurgau, MONITHUR, rules of assessment (https://monithur.tg.ch)",
		.paragraph =
			"Compound growth per year over the whole series, without any target.  More "
			"than 0.5 % a year in the right direction is green, more than that the "
			"wrong way red, and yellow what lies between.",
	},
	{
		.name = "oecd",
		.formula = "s (T - x1) / standard deviation of the peers",
		.title = "distance among peers (OECD)",
		.needs = "a target with a number, and the standard deviation of a group of peers",
		.min_values = 1,
		.sure_values = 1,
		.categories = oecd_words,
		.thresholds = nothing,
		.measure = "distance of the last value from the target in standard deviations of "
			   "the peers; 0 when it is reached",
		.citation = "OECD, Measuring Distance to the SDG Targets 2019, chapter 3",
		.paragraph =
			"How far the last value is from the target, in standard deviations of the "
			"values of a group of peers, so that indicators in unlike units can be put "
			"side by side; nothing when the target is reached.  It needs the peers' "
			"figures and says nothing of time.",
	},
};

const struct method *aside_at(size_t index)
{
	return index < COUNT_OF(rows) ? &rows[index] : NULL;
}

const struct method *aside_find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	}
	return NULL;
}
