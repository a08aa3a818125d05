/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the figures from which the totals of a series are made. */

#include "judge/judge.h"

enum { GATHER_DEPTH_MAX = 8 }; /* of groups in groups and changes of what changed */

/* One value of one area. */
struct gathered_figure {
	size_t area; /* its place */
	struct period period;
	struct total_figure figure;
};

/* Begin with zeros. */
struct gathering {
	const struct judge *judge;
	const struct series_key *key;
	const struct indicator *indicator; /* whose total it is */
	const char *counted;		   /* the indicator whose values the members give */
	const struct area *area;
	const struct area **areas; /* members on any day and those before them; each once, by id */
	size_t area_count, area_room;
	struct gathered_figure *figures; /* by area, then period */
	size_t figure_count, figure_room;
	struct period *periods; /* ascending, each once */
	size_t period_count;
	struct measure *weights; /* of areas x periods; NULL: nothing weighs */
	struct judged_series scratch;
	int64_t newest;	   /* the last row of the log that was read */
	struct error *err; /* of the walks that only say true or false */
	int depth;
};

/* Free everything. */
void gathering_done(struct gathering *gathering);

/* The indicator whose values count in totals of this one. */
const char *gather_counted(const struct catalogue *catalogue, const struct indicator *indicator);

/* Has the area predecessors? */
bool gather_has_origin(const struct catalogue *catalogue, const char *area);

/* Read the figures of everybody who may have a part in totals of the series; no area when there
 * can be none.  `ret` borrows the judge and the key. */
MUST_CHECK bool gather(const struct judge *judge, const struct series_key *key,
		       struct gathering *ret, struct error *err);

/* The place of an area; area_count: it is not among them. */
size_t gather_find_area(const struct gathering *gathering, const struct area *area);

/* The figure of the area at this place; NULL: none. */
const struct total_figure *gather_find_figure(const struct gathering *gathering, size_t area,
					      struct period period);
