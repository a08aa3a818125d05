/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The catalogue in force: what is measured, where, and what was promised.  Plain values in arrays
 * sorted by id; lib/config makes one from the CSV tables, lib/ledger mirrors it, everything else
 * reads it. */

#include "obs/ids.h"
#include "obs/observation.h"
#include "obs/period.h"

enum direction { DIRECTION_UP = 1, DIRECTION_DOWN = -1, DIRECTION_RANGE = 0 };
enum time_basis { BASIS_END, BASIS_MEAN, BASIS_SUM };

struct source {
	char id[ID_BYTES];
	char *name, *name_vi, *licence, *url; /* name never NULL; others "" */
	char successor[ID_BYTES];
	int line; /* of its table, for messages */
};

struct indicator {
	char id[ID_BYTES];
	char *name, *name_vi, *definition, *formula; /* name never NULL; others "" */
	char unit[ID_BYTES];			     /* as written: "%", "t/day" */
	enum direction direction;
	bool has_low, has_high;
	double low, high; /* bounds of what can be */
	enum frequency frequency;
	int release_lag_days;
	enum time_basis basis;
	int stand_in_months;	      /* 0: a part of a period never stands for it */
	int decimals;		      /* shown; -1: as published */
	char (*preference)[ID_BYTES]; /* sources, best first; the unlisted follow, all equal */
	size_t preference_count;
	int line;
};

struct area {
	char id[ID_BYTES];
	char *name, *name_vi;
	char kind[ID_BYTES];
	int32_t valid_from, valid_to; /* half-open; DAY_NONE: open */
	int line;
};

struct area_code {   /* gso, iso, m49, name, name_vi and any other scheme */
	size_t area; /* index */
	char scheme[ID_BYTES];
	char *code, *folded; /* folded: unicode_fold() of it */
	int32_t valid_from, valid_to;
};

struct area_member {
	char group[ID_BYTES], area[ID_BYTES];
	int32_t valid_from, valid_to;
	int line;
};

struct act {
	char id[ID_BYTES];
	char *number, *title, *adopter;
	int32_t adopted, ends; /* DAY_NONE: not said */
	char superseded_by[ID_BYTES];
	bool reference; /* not an act: levels held against a series for orientation, marked wherever
			   shown */
	int line;
};

enum target_op {
	TARGET_AT_LEAST, /* >= */
	TARGET_ABOVE,	 /* >  */
	TARGET_AT_MOST,	 /* <= */
	TARGET_BELOW,	 /* <  */
	TARGET_ABOUT,	 /* about */
	TARGET_RANGE,	 /* range: value..value_high */
	TARGET_KEEP,	 /* keep: hold every period */
	TARGET_BETTER,	 /* better than the baseline */
	TARGET_NONE,	 /* named without a number */
};

struct milestone {
	struct period period;
	double value;
	int line;
};

struct target {
	char id[ID_BYTES], act[ID_BYTES], indicator[ID_BYTES], area[ID_BYTES];
	char breakdown[BREAKDOWN_BYTES];
	char each_kind[ID_BYTES]; /* not "": every member of this kind of `area` on member_day */
	int32_t member_day;	  /* the day of adoption unless said otherwise */
	enum target_op op;
	bool has_value, has_high, has_tolerance, has_base, relative;
	double value, value_high, tolerance, base_value;
	int decimals;		      /* of value as printed */
	struct period base_period;    /* from == to: none */
	struct period period;	      /* the reference period that is judged; due is its last day */
	char method[ID_BYTES];	      /* "" is weather */
	char *text, *place;	      /* the wording as printed, the page */
	struct milestone *milestones; /* ascending */
	size_t milestone_count;
	int line;
};

struct series_break {
	char indicator[ID_BYTES], area[ID_BYTES], source[ID_BYTES]; /* area, source: "" is any */
	int32_t day; /* values before and from this day do not join */
	char *note;
	int line;
};

struct catalogue {
	struct source *sources;
	size_t source_count;
	struct indicator *indicators;
	size_t indicator_count;
	struct area *areas;
	size_t area_count;
	struct area_code *codes; /* sorted by scheme, folded */
	size_t code_count;
	struct area_member *members;
	size_t member_count;
	struct act *acts;
	size_t act_count;
	struct target *targets;
	size_t target_count;
	struct series_break *breaks;
	size_t break_count;
};

#define AUTO_CATALOGUE AUTO(catalogue_free)

/* An empty one; NULL without memory.  Fill the arrays, then catalogue_sort(). */
struct catalogue *catalogue_new(void);
/* For AUTO_CATALOGUE: frees *slot and everything in it. */
void catalogue_free(struct catalogue **slot);
void catalogue_sort(struct catalogue *catalogue);

/* By id; borrowed; NULL when there is none. */
const struct source *catalogue_source(const struct catalogue *catalogue, struct span id);
const struct indicator *catalogue_indicator(const struct catalogue *catalogue, struct span id);
const struct area *catalogue_area(const struct catalogue *catalogue, struct span id);
const struct act *catalogue_act(const struct catalogue *catalogue, struct span id);
const struct target *catalogue_target(const struct catalogue *catalogue, struct span id);

/* The area that carries this code or name (compared folded) in the scheme on that day; scheme "id"
 * looks at ids.  ERROR_NOT_FOUND, or ERROR_REFUSED with the candidates when two areas carry it. */
MUST_CHECK bool catalogue_area_by_code(const struct catalogue *catalogue, const char *scheme,
				       struct span code, int32_t day, const struct area **ret,
				       struct error *err);

/* The areas that the target is about: its own, or the members by its each_kind on member_day. Calls
 * take for each; stops and returns false when take does. */
bool catalogue_target_areas(const struct catalogue *catalogue, const struct target *target,
			    bool (*take)(void *self, const struct area *area), void *self);

/* Read and print the codes: >= > <= < about range keep better none. */
MUST_CHECK bool target_op_parse(struct span text, enum target_op *ret, struct error *err);
const char *target_op_code(enum target_op op);

/* The day by which it is due: the last day of its period. */
int32_t target_due(const struct target *target);

/* Which way is better for this target: +1 or -1, from the operator, else from the indicator. */
int target_sense(const struct target *target, const struct indicator *indicator);

/* May the sources of two points of the indicator be joined across this day in this area? */
bool catalogue_breaks_between(const struct catalogue *catalogue, const char *indicator,
			      const char *area, const char *source, int32_t day_before,
			      int32_t day_after);
