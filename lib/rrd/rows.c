/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rrd/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool rrd_rows_init(struct rrd_rows *rows, int32_t first, size_t count, struct error *err)
{
	if (count > RRD_ROWS_MAX)
		return error_set(err, ERROR_LIMIT, "%zu rows are more than a series may have (%d)",
				 count, RRD_ROWS_MAX);
	double *values = malloc((count ? count : 1) * sizeof *values);
	if (values == NULL)
		return error_memory(err);
	for (size_t i = 0; i < count; i++)
		values[i] = (double)NAN;
	*rows = (struct rrd_rows){first, count, values};
	return true;
}

void rrd_rows_done(struct rrd_rows *rows)
{
	free(rows->values);
	*rows = (struct rrd_rows){0};
}

struct rrd_rows rrd_rows_trimmed(const struct rrd_rows *rows)
{
	size_t head = 0, count = rows->count;
	while (count > 0 && isnan(rows->values[count - 1]))
		count--;
	while (head < count && isnan(rows->values[head]))
		head++;
	if (head == count)
		return (struct rrd_rows){0};
	return (struct rrd_rows){rows->first + (int32_t)head, count - head, rows->values + head};
}

/* What lies in [first, last], trimmed. */
static struct rrd_rows between(const struct rrd_rows *rows, int64_t first, int64_t last)
{
	int64_t head = first > rows->first ? first - rows->first : 0;
	int64_t end = last - rows->first + 1;
	if (end > (int64_t)rows->count)
		end = (int64_t)rows->count;
	if (head >= end)
		return (struct rrd_rows){0};
	struct rrd_rows part = {rows->first + (int32_t)head, (size_t)(end - head),
				rows->values + head};
	return rrd_rows_trimmed(&part);
}

static size_t known(const struct rrd_rows *rows)
{
	size_t count = 0;
	for (size_t i = 0; i < rows->count; i++)
		count += isnan(rows->values[i]) ? 0 : 1;
	return count;
}

struct rrd_rows rrd_rows_held(const struct rrd_rows *rows, const struct rrd_layout *layout,
			      size_t *ret_left_out)
{
	struct rrd_rows held = between(rows, layout->first, layout->last);
	int64_t last = (int64_t)held.first + (int64_t)held.count - 1;
	held = between(&held, last - layout->rows + 1, last);
	*ret_left_out = known(rows) - known(&held);
	return held;
}

static bool same(double a, double b)
{
	return isnan(a) || isnan(b) ? isnan(a) && isnan(b) : number_equal(a, b);
}

static double value_at(const struct rrd_rows *rows, int64_t index)
{
	int64_t place = index - rows->first;
	return place < 0 || place >= (int64_t)rows->count ? (double)NAN : rows->values[place];
}

bool rrd_rows_equal(const struct rrd_rows *a, const struct rrd_rows *b, int32_t *ret_index)
{
	const struct rrd_rows *both[] = {a, b};
	for (size_t k = 0; k < COUNT_OF(both); k++)
		for (size_t i = 0; i < both[k]->count; i++) {
			int64_t index = (int64_t)both[k]->first + (int64_t)i;
			if (same(value_at(a, index), value_at(b, index)))
				continue;
			*ret_index = (int32_t)index;
			return false;
		}
	return true;
}

const char *rrd_print_value(double value, char buffer[NUMBER_BYTES])
{
	static const size_t exact[] = {1, 2, 4, 8};
	number_print(value, buffer);
	if (strpbrk(buffer, "eE") != NULL)
		return buffer;
	const char *point = strchr(buffer, '.');
	size_t len = strlen(buffer);
	size_t decimals = point == NULL ? 0 : (size_t)(buffer + len - point) - 1;
	for (size_t i = 0; decimals > 0 && i < COUNT_OF(exact); i++) {
		if (exact[i] < decimals || len + exact[i] - decimals >= NUMBER_BYTES)
			continue;
		memset(buffer + len, '0', exact[i] - decimals);
		buffer[len + exact[i] - decimals] = '\0';
		break;
	}
	return buffer;
}
