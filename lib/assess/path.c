/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/path.h"

#include <math.h>
#include <string.h>

#include "base/attr.h"

static const struct measure unset;

static double part_of(double a, double b, double share)
{
	return share == 1 ? b : a + (b - a) * share;
}

struct measure path_linear(struct waypoint from, struct waypoint to, double at)
{
	if (!(from.time < to.time) || at < from.time || at > to.time)
		return unset;
	return measure_of(part_of(from.value, to.value, (at - from.time) / (to.time - from.time)));
}

struct measure path_geometric(struct waypoint from, struct waypoint to, double at)
{
	if (!(from.time < to.time) || at < from.time || at > to.time)
		return unset;
	if (!(from.value > 0 && to.value > 0))
		return unset;
	return measure_of(from.value *
			  pow(to.value / from.value, (at - from.time) / (to.time - from.time)));
}

struct measure path_piecewise(const struct waypoint *points, size_t count, double at)
{
	if (count == 0 || at < points[0].time)
		return unset;
	for (size_t i = 1; i < count; i++) {
		if (at < points[i].time)
			return path_linear(points[i - 1], points[i], at);
	}
	return measure_of(points[count - 1].value);
}

struct measure path_stepped(const struct waypoint *points, size_t count, double at)
{
	if (count == 0)
		return unset;
	size_t last = 0;
	while (last + 1 < count && points[last + 1].time <= at)
		last++;
	return measure_of(points[last].value);
}

static const struct waypoint res_shares[] = {
	{2012, 0.20}, {2014, 0.30}, {2016, 0.45}, {2018, 0.65}};
static const struct waypoint governance_shares[] = {{2022, 0.18}, {2025, 0.43}, {2027, 0.65}};

static const struct path_law laws[] = {
	{"eu-res-2009",
	 "Directive 2009/28/EC, Annex I B: shares of the way for averages of two years ending then",
	 res_shares, COUNT_OF(res_shares)},
	{"eu-governance-2018", "Regulation (EU) 2018/1999, Article 4(a)(2): reference points",
	 governance_shares, COUNT_OF(governance_shares)},
};

const struct path_law *path_law_find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(laws); i++) {
		if (strcmp(laws[i].name, name) == 0)
			return &laws[i];
	}
	return NULL;
}

struct measure path_by_law(const struct path_law *law, double from, double to, double at)
{
	for (size_t i = 0; i < law->count; i++) {
		if (law->shares[i].time == at)
			return measure_of(part_of(from, to, law->shares[i].value));
	}
	return unset;
}
