/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The catalogue in force: what is measured, where, and what was promised.  Plain values in arrays
 * sorted by id; lib/config makes one from the CSV tables, lib/ledger mirrors it, everything else
 * reads it. */

#include "obs/area.h"
#include "obs/area_change.h"
#include "obs/duty.h"
#include "obs/ids.h"
#include "obs/observation.h"
#include "obs/period.h"
#include "obs/target.h"

enum direction { DIRECTION_UP = 1, DIRECTION_DOWN = -1, DIRECTION_RANGE = 0 };
enum time_basis { BASIS_END, BASIS_MEAN, BASIS_SUM };

/* How the value of a group is made from those of its members. */
enum total_form {
	TOTAL_NONE,
	TOTAL_RATIO,	/* sum of numerators by sum of denominators */
	TOTAL_WEIGHTED, /* mean, weighted by another indicator */
	TOTAL_SUM,
	TOTAL_COUNT, /* of the members that meet a target */
};

struct source {
	char id[ID_BYTES];
	char *name, *name_vi, *licence, *url; /* name never NULL; others "" */
	char successor[ID_BYTES];
	int line; /* of its table, for messages */
};

struct indicator {
	char id[ID_BYTES];
	char *name, *name_vi, *definition, *formula; /* name never NULL; others "" */
	char *definition_vi, *formula_vi;
	char unit[ID_BYTES]; /* as written: "%", "t/day" */
	enum direction direction;
	bool has_low, has_high, has_jump;
	double low, high; /* bounds of what can be */
	double jump;	  /* the largest credible change of one period */
	enum frequency frequency;
	int release_lag_days;
	enum time_basis basis;
	int stand_in_months;	      /* 0: a part of a period never stands for it */
	int decimals;		      /* shown; -1: as published */
	char (*preference)[ID_BYTES]; /* sources, best first; the unlisted follow, all equal */
	size_t preference_count;
	enum total_form total;
	char total_weight[ID_BYTES]; /* the indicator that weighs the members; "": none */
	char total_target[ID_BYTES]; /* TOTAL_COUNT: the target that each member is held against */
	char total_kind[ID_BYTES];   /* the members of this kind at any depth; "": direct ones */
	double total_coverage;	     /* least share of members and of weight, 0..1 */
	int line;
};

struct act {
	char id[ID_BYTES];
	char *number, *title, *title_vi, *adopter, *adopter_vi;
	int32_t adopted, ends; /* DAY_NONE: not said */
	char superseded_by[ID_BYTES];
	bool reference; /* not an act: levels held against a series for orientation, marked wherever
			   shown */
	int line;
};

struct series_break {
	char indicator[ID_BYTES], area[ID_BYTES], source[ID_BYTES]; /* area, source: "" is any */
	int32_t day; /* values before and from this day do not join */
	char *note, *note_vi;
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
	size_t *members_of; /* members in the order of group, area; NULL: see obs/membership.h */
	struct area_change *changes; /* sorted by to, day, from */
	size_t change_count;
	size_t *changes_from; /* changes in the order of from, day, to; likewise */
	struct act *acts;
	size_t act_count;
	struct target *targets;
	size_t target_count;
	struct series_break *breaks;
	size_t break_count;
	struct duty_office *offices;
	size_t office_count;
	struct duty *duties;
	size_t duty_count;
	struct holiday *holidays; /* by day */
	size_t holiday_count;
};

#define AUTO_CATALOGUE AUTO(catalogue_free)

/* An empty one; NULL without memory.  Fill the arrays, then catalogue_sort(). */
struct catalogue *catalogue_new(void);

/* For AUTO_CATALOGUE: frees *slot and everything in it. */
void catalogue_free(struct catalogue **slot);

/* Sort everything with an id by it, codes by scheme and folded code, members by area and group,
 * breaks by indicator and day, holidays by day. */
void catalogue_sort(struct catalogue *catalogue);

/* By id; borrowed; NULL when there is none. */
const struct source *catalogue_source(const struct catalogue *catalogue, struct span id);
/* Likewise. */
const struct indicator *catalogue_indicator(const struct catalogue *catalogue, struct span id);
/* Likewise. */
const struct area *catalogue_area(const struct catalogue *catalogue, struct span id);
/* Likewise. */
const struct act *catalogue_act(const struct catalogue *catalogue, struct span id);
/* Likewise. */
const struct target *catalogue_target(const struct catalogue *catalogue, struct span id);

/* The area that carries this code or name (compared folded) in the scheme on that day and is valid
 * then; DAY_NONE is any day.  Scheme "id" looks at ids, which need no day.  ERROR_NOT_FOUND, or
 * ERROR_REFUSED with the candidates when two areas carry it. */
MUST_CHECK bool catalogue_area_by_code(const struct catalogue *catalogue, const char *scheme,
				       struct span code, int32_t day, const struct area **ret,
				       struct error *err);

/* Is the area a member of the group on that day, itself or through groups that are members? */
bool catalogue_is_member(const struct catalogue *catalogue, const char *area, const char *group,
			 int32_t day);

/* The same, but itself only, not through groups. */
bool catalogue_is_direct_member(const struct catalogue *catalogue, const char *area,
				const char *group, int32_t day);

/* The areas that the target is about: its own, or the members by its each_kind on member_day, by
 * id.  Calls take for each; stops and returns false when take does. */
bool catalogue_target_areas(const struct catalogue *catalogue, const struct target *target,
			    bool (*take)(void *self, const struct area *area), void *self);

/* Is the target about this area? */
bool catalogue_target_has_area(const struct catalogue *catalogue, const struct target *target,
			       const struct area *area);

/* Does a break of the indicator in this area and source lie between two values, that is on a day
 * with day_before < day <= day_after?  Such values do not join. */
bool catalogue_breaks_between(const struct catalogue *catalogue, const char *indicator,
			      const char *area, const char *source, int32_t day_before,
			      int32_t day_after);
