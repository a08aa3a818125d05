/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a picture of one series shows.  Plain data, filled by the caller; every text in it is
 * borrowed, UTF-8, at most RRD_TEXT_MAX bytes, and in the caller's language.  NULL texts are left
 * out, except in `words`, where NULL means the English word. */

#include <stdint.h>

#include "base/error.h"
#include "obs/period.h"

enum {
	RRD_TEXT_MAX = 300,
	RRD_POINTS_MAX = 5000,
	RRD_TARGETS_MAX = 4,
	RRD_PATH_MAX = 16,
	RRD_BREAKS_MAX = 64,
	RRD_EARLIER_MAX = 200,
	RRD_PUBLISHERS_MAX = 6,
	RRD_NOTES_MAX = 6,
	RRD_PICTURE_MAX_BYTES = 64 << 20,
	RRD_WIDTH_MIN = 400,
	RRD_WIDTH_MAX = 4000,
	RRD_HEIGHT_MIN = 240,
	RRD_HEIGHT_MAX = 3000,
	RRD_ZOOM_MAX = 4,
};

enum rrd_picture { RRD_PNG, RRD_SVG };

/* A value.  Points are in ascending order of index, at most one for a period. */
struct rrd_point {
	int32_t index; /* running number of the period, obs/period.h */
	double value;
	bool is_estimate; /* estimated or standing in for the whole period: a hollow marker */
	int publisher;	  /* which of `publishers`, from 0: its own colour */
};

/* A level from one period to another, both included; two of them make a range. */
struct rrd_target {
	double value;
	int32_t from, to;
	const char *text; /* "Target 2030: at least 95 %" */
};

/* A place on a line. */
struct rrd_vertex {
	int32_t index;
	double value;
};

/* A straight line from the last value (or wherever the method starts) to `due`, with the bounds of
 * its prediction interval there; the band opens from nothing at `from`. */
struct rrd_projection {
	bool is_set, has_band;
	struct rrd_vertex from, to;
	double low, high; /* of the band at `to` */
};

/* The words of the legend. */
struct rrd_words {
	const char *value;	/* "reported value"; used when no publisher is named */
	const char *estimate;	/* "estimated (hollow)" */
	const char *break_;	/* "break in the series" */
	const char *earlier;	/* "first published, later revised" */
	const char *path;	/* "path to the target" */
	const char *projection; /* "projection" */
	const char *band;	/* "90 % prediction interval" */
	const char *due;	/* "due"; left out where a target says so */
	const char *left_out;	/* "values before 1980 are not drawn" */
	const char *no_value;	/* "no value" */
};

struct rrd_graph {
	enum rrd_picture picture;
	int width, height; /* pixels before zoom; 0: 800 and 400 */
	double zoom;	   /* enlarges everything, for print, 1..4; 0: 1 */
	enum frequency frequency;
	const char *title, *subtitle, *unit;
	const char *notes[RRD_NOTES_MAX]; /* lines below the picture: latest value, publisher and
					   * date, "as of" */
	const char *publishers[RRD_PUBLISHERS_MAX];
	bool has_range;
	double low, high; /* of the y axis when has_range; else chosen from what is shown */
	bool has_bounds;
	double bound_low, bound_high; /* no value can lie beyond them (0 and 100 of a share) */
	const struct rrd_point *points;
	size_t point_count;
	/* Periods from which on values do not compare with earlier ones: a dashed rule before it,
	 * and no line across. */
	int32_t breaks[RRD_BREAKS_MAX];
	size_t break_count;
	/* What was first published where it was revised: small grey rings, one for a period. */
	struct rrd_vertex earlier[RRD_EARLIER_MAX];
	size_t earlier_count;
	struct rrd_target targets[RRD_TARGETS_MAX];
	size_t target_count;
	struct rrd_vertex path[RRD_PATH_MAX];
	size_t path_count; /* 0 or at least 2 */
	struct rrd_projection projection;
	bool has_due;
	int32_t due; /* period that is judged: a rule in its middle */
	struct rrd_words words;
};

/* Can it be drawn: counts and sizes within their ceilings, periods within 1710..2230, numbers
 * finite, points in order, something to show?  ERROR_INPUT or ERROR_LIMIT. */
MUST_CHECK bool rrd_graph_check(const struct rrd_graph *graph, struct error *err);

/* Put 800, 400, 1 and the English words where nothing was given. */
void rrd_graph_set_defaults(struct rrd_graph *graph);

/* The middle and the first second of a period in unix seconds, where points and breaks stand. */
int64_t rrd_graph_middle_s(const struct rrd_graph *graph, int32_t index);
int64_t rrd_graph_start_s(const struct rrd_graph *graph, int32_t index);
