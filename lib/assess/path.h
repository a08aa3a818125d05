/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where one ought to be on the way from a baseline to a target. */

#include <stddef.h>

#include "assess/measure.h"

/* A level that belongs to a time. */
struct waypoint {
	double time, value;
};

/* A straight line through two points; unset outside of them and when they are at one time. */
struct measure path_linear(struct waypoint from, struct waypoint to, double at);

/* Constant growth between two points, from * (to / from)^share of the time; unset also unless both
 * values are above 0. */
struct measure path_geometric(struct waypoint from, struct waypoint to, double at);

/* Straight pieces through waypoints in order of time; at the last value after the last; unset
 * before the first. */
struct measure path_piecewise(const struct waypoint *points, size_t count, double at);

/* For legal compliance: the value of the last waypoint due by then; before the first, the first. */
struct measure path_stepped(const struct waypoint *points, size_t count, double at);

/* A law that asks for shares of the way by certain years. */
struct path_law {
	const char *name, *citation;
	const struct waypoint *shares; /* year and share of the distance, 0..1 */
	size_t count;
};

/* "eu-res-2009", "eu-governance-2018"; NULL when there is none of this name. */
const struct path_law *path_law_find(const char *name);

/* The level that the law asks for in a year: from + share * (to - from); unset in years without a
 * share. */
struct measure path_by_law(const struct path_law *law, double from, double to, double at);
