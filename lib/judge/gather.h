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
	struct total_rule join;	 /* how areas become one in what is counted; TOTAL_NONE: not at all
				  */
	struct measure *join_weights; /* by which they do; may be `weights` */
	struct judged_series scratch;
	int64_t newest;	   /* the last row of the log that was read */
	struct error *err; /* of the walks that only say true or false */
	int depth;
};

/* Free everything. */
void gathering_done(struct gathering *gathering);

/* The indicator whose values count in totals of this one. */
const char *gather_counted(const struct catalogue *catalogue, const struct indicator *indicator);

/* By what values of areas are weighed that become one: an indicator that adds up, since the mean of
 * the parts is that of the whole only then.  NULL: they are not weighed. */
const char *gather_join_weight(const struct catalogue *catalogue,
			       const struct indicator *indicator);

/* Do the values of this indicator add up, so that areas have what their parts have together? */
bool gather_adds_up(const struct catalogue *catalogue, const char *indicator);

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
