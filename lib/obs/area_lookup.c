/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/area_lookup.h"

#include "obs/shape.h"

enum { CANDIDATES_MAX = 8 };

/* Going through what is spelled like this. */
struct looking {
	const struct catalogue *catalogue;
	const char *scheme; /* NULL: any */
	const char *folded;
	struct period period;
	const struct area *then[CANDIDATES_MAX]; /* that carry it in the period */
	size_t then_count;
	const struct area *ever[CANDIDATES_MAX]; /* on any day */
	size_t ever_count;
};

static bool overlaps(int32_t from, int32_t to, struct period period)
{
	return (from == DAY_NONE || from < period.to) && (to == DAY_NONE || to > period.from);
}

/* Do the days of the code and of the area meet within the period? */
static bool is_carried(const struct looking *looking, const struct area_code *code,
		       const struct area *area)
{
	struct period both = looking->period;
	if (!overlaps(area->valid_from, area->valid_to, both))
		return false;
	if (area->valid_from != DAY_NONE && area->valid_from > both.from)
		both.from = area->valid_from;
	if (area->valid_to != DAY_NONE && area->valid_to < both.to)
		both.to = area->valid_to;
	return overlaps(code->valid_from, code->valid_to, both);
}

static void keep(const struct area **areas, size_t *count, const struct area *area)
{
	for (size_t i = 0; i < *count; i++)
		if (areas[i] == area)
			return;
	if (*count < CANDIDATES_MAX)
		areas[(*count)++] = area;
}

static int compare_key(const struct area_code *code, const char *scheme, const char *folded)
{
	int order = strcmp(code->scheme, scheme);
	return order != 0 || folded == NULL ? order : strcmp(code->folded, folded);
}

/* The first code from `low` on that does not come before the key; folded NULL: that comes behind
 * the whole scheme. */
static size_t find_code(const struct catalogue *catalogue, size_t low, const char *scheme,
			const char *folded)
{
	size_t high = catalogue->code_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_key(&catalogue->codes[middle], scheme, folded);
		if (order < 0 || (order == 0 && folded == NULL))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void look_in_scheme(struct looking *looking, size_t from, const char *scheme)
{
	const struct catalogue *catalogue = looking->catalogue;
	for (size_t i = find_code(catalogue, from, scheme, looking->folded);
	     i < catalogue->code_count &&
	     compare_key(&catalogue->codes[i], scheme, looking->folded) == 0;
	     i++) {
		const struct area *area = &catalogue->areas[catalogue->codes[i].area];
		keep(looking->ever, &looking->ever_count, area);
		if (is_carried(looking, &catalogue->codes[i], area))
			keep(looking->then, &looking->then_count, area);
	}
}

static void look(struct looking *looking)
{
	const struct catalogue *catalogue = looking->catalogue;
	for (size_t i = 0; i < catalogue->code_count;) {
		const char *scheme = catalogue->codes[i].scheme;
		if (looking->scheme == NULL || strcmp(scheme, looking->scheme) == 0)
			look_in_scheme(looking, i, scheme);
		i = find_code(catalogue, i, scheme, NULL);
	}
}

/* "gso:80" is code 80 of scheme gso, where there is such a scheme. */
static struct span cut_scheme(const struct catalogue *catalogue, struct span written,
			      char scheme[ID_BYTES], const char **ret_scheme)
{
	struct span rest = written;
	struct span before = span_cut(&rest, ':');
	*ret_scheme = NULL;
	if (rest.start == NULL || !span_copy(before, scheme, ID_BYTES))
		return written;
	size_t at = find_code(catalogue, 0, scheme, "");
	if (at == catalogue->code_count || strcmp(catalogue->codes[at].scheme, scheme) != 0)
		return written;
	*ret_scheme = scheme;
	return rest;
}

static bool refuse(const struct looking *looking, struct span written, struct error *err)
{
	AUTO_TEXT struct text list = text_with_limit(ERROR_TEXT_BYTES);
	bool is_ambiguous = looking->then_count > 1;
	const struct area *const *areas = is_ambiguous ? looking->then : looking->ever;
	size_t count = is_ambiguous ? looking->then_count : looking->ever_count;
	char when[PERIOD_BYTES];
	int shown = shape_clip(written);
	for (size_t i = 0; i < count; i++)
		area_add_candidate(&list, areas[i]);
	if (!text_ok(&list, "the areas of that name", err))
		return false;
	(void)period_print(looking->period, when);
	if (is_ambiguous)
		return error_set(err, ERROR_REFUSED,
				 "'%.*s' is carried by more than one area in %s: %s; write the id "
				 "of the one that is meant",
				 shown, written.start, when, list.data);
	return error_set(err, ERROR_INPUT,
			 "no area carries '%.*s' in %s; at another time it is that of %s: write "
			 "the id that is meant",
			 shown, written.start, when, list.data);
}

static bool begin(struct looking *looking, struct span written, char scheme[ID_BYTES],
		  char **ret_folded, struct error *err)
{
	written = cut_scheme(looking->catalogue, written, scheme, &looking->scheme);
	*ret_folded = area_code_fold(written, err);
	looking->folded = *ret_folded;
	if (looking->folded == NULL)
		return false;
	look(looking);
	return true;
}

bool area_lookup(const struct catalogue *catalogue, struct span written, struct period period,
		 const struct area **ret, struct error *err)
{
	char scheme[ID_BYTES];
	AUTO_FREE char *folded = NULL;
	struct looking looking = {.catalogue = catalogue, .period = period};
	const struct area *area = catalogue_area(catalogue, written);
	if (area != NULL) {
		*ret = area;
		return true;
	}
	if (!begin(&looking, written, scheme, &folded, err))
		return false;
	if (looking.ever_count == 0)
		return error_set(err, ERROR_NOT_FOUND, "area '%.*s' is not in the catalogue",
				 shape_clip(written), written.start);
	if (looking.then_count != 1)
		return refuse(&looking, written, err);
	*ret = looking.then[0];
	return true;
}

bool area_is_called(const struct catalogue *catalogue, const struct area *area, struct span written,
		    struct period period, bool *ret, struct error *err)
{
	char scheme[ID_BYTES];
	AUTO_FREE char *folded = NULL;
	struct looking looking = {.catalogue = catalogue, .period = period};
	bool is_called = span_is(written, area->id);
	if (!is_called && !begin(&looking, written, scheme, &folded, err))
		return false;
	for (size_t i = 0; i < looking.then_count; i++)
		is_called |= looking.then[i] == area;
	*ret = is_called;
	return true;
}
