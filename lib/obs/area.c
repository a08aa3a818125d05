/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/area.h"

#include "base/unicode.h"

char *area_code_fold(struct span code, struct error *err)
{
	char *folded = unicode_fold(code, err);
	if (folded == NULL)
		return NULL;
	size_t len = strlen(folded);
	size_t zeros = strspn(folded, "0");
	if (len == 0 || strspn(folded, "0123456789") != len)
		return folded;
	if (zeros == len)
		zeros--;
	memmove(folded, folded + zeros, len - zeros + 1);
	return folded;
}

bool area_valid_on(int32_t from, int32_t to, int32_t day)
{
	if (day == DAY_NONE)
		return true;
	return (from == DAY_NONE || from <= day) && (to == DAY_NONE || day < to);
}

bool area_is_valid(const struct area *area, int32_t day)
{
	return area_valid_on(area->valid_from, area->valid_to, day);
}

void area_add_candidate(struct text *list, const struct area *area)
{
	bool has_from = area->valid_from != DAY_NONE, has_to = area->valid_to != DAY_NONE;
	char from[DAY_BYTES], until[DAY_BYTES];
	if (list->len > 0)
		text_add_string(list, ", ");
	if (has_from)
		day_print(area->valid_from, from);
	if (has_to)
		day_print(area->valid_to - 1, until);
	if (has_from && has_to)
		text_addf(list, "%s (from %s until %s)", area->id, from, until);
	else if (has_from)
		text_addf(list, "%s (from %s)", area->id, from);
	else if (has_to)
		text_addf(list, "%s (until %s)", area->id, until);
	else
		text_add_string(list, area->id);
}
