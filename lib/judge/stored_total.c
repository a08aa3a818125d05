/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/stored_total.h"

#include <stdio.h>

#include "base/text.h"

static struct derived_number number_of(struct measure measure)
{
	return (struct derived_number){measure.is_set, measure.is_set ? measure.value : 0};
}

static struct measure measure_from(struct derived_number number)
{
	return (struct measure){number.is_set, number.value};
}

static size_t count_missing(const struct total *total)
{
	size_t missing = total->expected - total->used;
	return missing < TOTAL_MISSING_SHOWN ? missing : TOTAL_MISSING_SHOWN;
}

/* "AREA/LACKS/part AREA//part": no id has a slash or a blank. */
static void write_missing(const struct total *total, char ret[ASSESSMENT_MISSING_BYTES])
{
	int len = 0;
	ret[0] = '\0';
	for (size_t i = 0; i < count_missing(total); i++) {
		const struct total_gap *gap = &total->missing[i];
		len += snprintf(ret + len, (size_t)(ASSESSMENT_MISSING_BYTES - len), "%s%s/%s/%s",
				i > 0 ? " " : "", gap->area->id,
				gap->lacks != NULL ? gap->lacks->id : "",
				total_part_name(gap->part));
	}
}

void stored_total_write(const struct total *total, bool decides, struct assessment_total *ret)
{
	struct assessment_total row = {
		.decides = decides,
		.period = total->period,
		.expected = (int32_t)total->expected,
		.used = (int32_t)total->used,
		.rebuilt = (int32_t)total->rebuilt,
		.weight_share = number_of(total->weight_share),
		.value = number_of(total->value),
		.num = number_of(total->num),
		.den = number_of(total->den),
		.status = total->status,
		.qualifier = total->qualifier,
		.known_day = total->known_day,
		.decimals = total->decimals,
	};
	(void)snprintf(row.fault, sizeof row.fault, "%s", total_fault_name(total->fault));
	write_missing(total, row.missing);
	*ret = row;
}

static bool read_gap(const struct catalogue *catalogue, struct span written, struct total_gap *ret)
{
	char part[DERIVED_NAME_BYTES];
	struct total_gap gap = {.area = catalogue_area(catalogue, span_cut(&written, '/'))};
	struct span lacks = span_cut(&written, '/');
	if (lacks.len > 0)
		gap.lacks = catalogue_area(catalogue, lacks);
	if (gap.area == NULL || (lacks.len > 0 && gap.lacks == NULL) ||
	    !span_copy(written, part, sizeof part) || !total_part_find(part, &gap.part))
		return false;
	*ret = gap;
	return true;
}

static bool read_total(const struct catalogue *catalogue, const struct assessment_total *row,
		       struct total *ret)
{
	struct span missing = span_of(row->missing);
	struct total total = {
		.period = row->period,
		.expected = (size_t)row->expected,
		.used = (size_t)row->used,
		.rebuilt = (size_t)row->rebuilt,
		.weight_share = measure_from(row->weight_share),
		.value = measure_from(row->value),
		.num = measure_from(row->num),
		.den = measure_from(row->den),
		.status = row->status,
		.qualifier = row->qualifier,
		.known_day = row->known_day,
		.decimals = row->decimals,
	};
	if (total.used > total.expected || !total_fault_find(row->fault, &total.fault))
		return false;
	for (size_t i = 0; i < count_missing(&total); i++)
		if (!read_gap(catalogue, span_cut(&missing, ' '), &total.missing[i]))
			return false;
	*ret = total;
	return true;
}

bool stored_total_read(const struct judge *judge, struct judged_target *judged,
		       struct observation *ret_deciding, bool *ret_found, struct error *err)
{
	struct assessment_total row;
	struct total total;
	if (!assessment_total_read(judge->ledger, judged->target->id, judged->area->id, &row, err))
		return false;
	*ret_found = row.target[0] != '\0' && read_total(judge->catalogue, &row, &total);
	if (!*ret_found)
		return true;
	judged->total = total;
	judged->computed = row.decides;
	if (row.decides) {
		judged->verdict.has_point = true;
		total_row(&total, ret_deciding);
	}
	return true;
}
