/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A small chart of one series against its target, as SVG with real text that a reader can select,
 * search and hear.  Shapes say what colours say: estimates are hollow, the path is dashed, the
 * projection dotted. */

#include <stdint.h>

#include "base/text.h"

enum { SVG_CHART_BYTES = 1 << 16, SVG_POINTS_MAX = 400, SVG_LEVELS_MAX = 2 };

struct svg_point {
	int32_t index; /* running number of its period */
	double value;
	bool is_estimate;
	bool is_after_break; /* does not join with the one before */
};

struct svg_vertex {
	int32_t index;
	double value;
};

/* A horizontal line. */
struct svg_level {
	double value;
	int32_t from, to;
};

/* What the shapes are called; a NULL one is left out of the legend. */
struct svg_words {
	const char *value, *estimate, *path, *target, *projection, *band, *break_;
};

/* Append a label: the number or period as people write it. */
typedef void svg_label_fn(void *self, double number, struct text *out);

struct svg_chart {
	const char *id; /* of the elements that name it: letters, digits, - and _ */
	const char *title, *description, *unit;
	const struct svg_point *points; /* ascending */
	size_t point_count;
	const struct svg_vertex *path; /* ascending: baseline, milestones, target */
	size_t path_count;
	struct svg_level levels[SVG_LEVELS_MAX]; /* one, or both ends of a range */
	size_t level_count;
	bool has_projection, has_band;
	struct svg_vertex from, to; /* of the projection */
	double band_low, band_high; /* at its end */
	bool has_bounds;	    /* the axis stays within them */
	double bound_low, bound_high;
	struct svg_words words;
	svg_label_fn *label_value, *label_index; /* of a tick and a point; of a period's number */
	void *self;
};

/* Append one <svg> element.  ERROR_LIMIT beyond SVG_POINTS_MAX points; ERROR_INPUT for an empty
 * chart. */
MUST_CHECK bool svg_chart_write(const struct svg_chart *chart, struct text *out, struct error *err);
