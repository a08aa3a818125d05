/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The value of a group from those of its members, and how much of the group it covers. */

#include "assess/aim.h"

enum { TOTAL_MISSING_SHOWN = 8 };

/* What a member says of a period. */
struct total_figure {
	double value, num, den;
	int32_t known_day;
	int16_t decimals;
	bool has_parts; /* numerator and denominator */
	bool stand_in;
	char status, qualifier; /* enum obs_status, obs_qualifier */
};

/* What became of a member's figure. */
enum total_part {
	PART_USED,
	PART_REBUILT, /* used, made from the areas that went into the member */
	PART_NO_VALUE,
	PART_NO_PARTS, /* a ratio needs numerator and denominator */
	PART_NO_WEIGHT,
	PART_IN_VAIN, /* of an area before a member, the others of which are missing */
};

/* "used" ... "others_missing". */
const char *total_part_name(enum total_part part);

/* Who lacks what. */
struct total_gap {
	const struct area *area;  /* the member */
	const struct area *lacks; /* the area before it whose figure is missing; NULL: itself */
	enum total_part part;	  /* of which of them */
};

struct total_member {
	const struct area *area;
	const struct total_figure *figure; /* NULL: no usable value */
	struct measure weight;		   /* by total_weight; unset: unknown */
	bool is_rebuilt;		   /* the figure is that of the areas before it */
	struct total_gap gap;		   /* what stopped that, when gap.lacks is set */
};

/* How totals of an indicator are made. */
struct total_rule {
	enum total_form form; /* TOTAL_NONE: the same territory under another id, as it is */
	double scale;	      /* of ratios: 100 for percent */
	double coverage;
	bool has_weight; /* an indicator weighs */
	struct aim aim;	 /* TOTAL_COUNT */
};

/* The rule of an indicator; false: its total_target asks nothing that a value can be held against.
 */
bool total_rule_of(const struct catalogue *catalogue, const struct indicator *indicator,
		   struct total_rule *ret);

/* The part of such a name; false: there is none. */
bool total_part_find(const char *name, enum total_part *ret);

/* A sum whose rounding errors are carried along (Neumaier 1974). */
struct exact_sum {
	double sum, rest;
};
void exact_add(struct exact_sum *sum, double value);
double exact_value(const struct exact_sum *sum);

enum total_fault {
	TOTAL_FINE,
	TOTAL_LACKS_MEMBERS,	 /* fewer than the coverage asks for */
	TOTAL_LACKS_WEIGHT,	 /* those that are there weigh too little */
	TOTAL_WEIGHT_UNKNOWN,	 /* of a member without a weight nobody knows how much is missing */
	TOTAL_NOTHING_TO_DIVIDE, /* denominators or weights add up to 0 */
};

/* "": fine; "members_missing", "weight_missing", "weight_unknown", "nothing_to_divide". */
const char *total_fault_name(enum total_fault fault);

/* The fault of such a name; false: there is none. */
bool total_fault_find(const char *name, enum total_fault *ret);

/* A total of one period, or why there is none. */
struct total {
	struct period period;
	enum total_fault fault;
	size_t expected, used;		/* members */
	size_t rebuilt;			/* of the used: by the areas before them */
	struct measure weight_share;	/* 0..1; unset: not known */
	struct measure value, num, den; /* value unset with a fault */
	enum obs_status status; /* E when any part is an estimate or stands in, else P, else A */
	enum obs_qualifier qualifier; /* about, when any part has one */
	int32_t known_day;	      /* the last of the parts */
	int decimals;
	struct total_gap missing[TOTAL_MISSING_SHOWN]; /* the first expected - used of them */
};

/* A total while members are added; begin with zeros. */
struct total_sum {
	struct exact_sum value, num, den, weight, weight_all;
	bool has_unknown_weight;
	size_t met;
	struct total total;
};

/* Add what is known of one member, also when that is nothing. */
enum total_part total_add(const struct total_rule *rule, struct total_sum *sum,
			  const struct total_member *member);

/* What they add up to.  Below the rule's coverage, by members or by weight, there is no value. */
void total_close(const struct total_rule *rule, const struct total_sum *sum, struct period period,
		 struct total *ret);

/* The figure of an area from that of the areas that made up exactly its territory.  False when the
 * total is not of all of them, or is nothing by nothing and no ratio, whose parts add up still. */
bool total_figure_from(const struct total_rule *rule, const struct total *total,
		       struct total_figure *ret);

/* The total as a row that stands where nothing is published: seq 0, no source. */
void total_row(const struct total *total, struct observation *ret);

/* Let rows of totals (ascending, from total_row) stand for periods for which no usable value is
 * published.  They are borrowed.  ERROR_MEMORY. */
MUST_CHECK bool standing_add_totals(struct standing *standing, const struct indicator *indicator,
				    const struct observation *rows, size_t count,
				    struct error *err);

/* Numerator by denominator of a row, in the unit of the indicator; false when it has no value or no
 * such parts, or was computed from them. */
bool total_ratio(const struct indicator *indicator, const struct observation *row, double *ret);

/* Does a value agree with another one, within half of its last printed digit?  With decimals < 0
 * they have to agree at 12 digits. */
bool total_agrees(double value, int decimals, double other);
