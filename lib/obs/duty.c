/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/duty.h"

#include <stdlib.h>

#include "obs/catalogue.h"

const char *duty_family(const struct duty *duty)
{
	return duty->version_of[0] != '\0' ? duty->version_of : duty->id;
}

/* Offices and duties begin with their id. */
static int compare_ids(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int compare_holidays(const void *left, const void *right)
{
	const struct holiday *a = left, *b = right;
	return (a->day > b->day) - (a->day < b->day);
}

static const void *find(const void *items, size_t count, size_t item_bytes, struct span id)
{
	char key[ID_BYTES];
	if (count == 0 || !span_copy(id, key, sizeof key))
		return NULL;
	return bsearch(key, items, count, item_bytes, compare_ids);
}

const struct duty_office *catalogue_office(const struct catalogue *catalogue, struct span id)
{
	return find(catalogue->offices, catalogue->office_count, sizeof(struct duty_office), id);
}

const struct duty *catalogue_duty(const struct catalogue *catalogue, struct span id)
{
	return find(catalogue->duties, catalogue->duty_count, sizeof(struct duty), id);
}

struct calendar catalogue_calendar(const struct catalogue *catalogue)
{
	return (struct calendar){catalogue->holidays, catalogue->holiday_count};
}

static void free_office(struct duty_office *office)
{
	free(office->name);
	free(office->name_vi);
	free(office->contact);
	free(office->origin);
}

static void free_duty(struct duty *duty)
{
	free(duty->title);
	free(duty->title_vi);
	free(duty->text);
	free(duty->place);
	free(duty->origin);
	free(duty->indicators);
}

void duties_free(struct catalogue *catalogue)
{
	for (size_t i = 0; i < catalogue->office_count; i++)
		free_office(&catalogue->offices[i]);
	for (size_t i = 0; i < catalogue->duty_count; i++)
		free_duty(&catalogue->duties[i]);
	for (size_t i = 0; i < catalogue->holiday_count; i++)
		free(catalogue->holidays[i].name);
	free(catalogue->offices);
	free(catalogue->duties);
	free(catalogue->holidays);
}

static void sort(void *items, size_t count, size_t item_bytes,
		 int (*compare)(const void *, const void *))
{
	if (count > 1)
		qsort(items, count, item_bytes, compare);
}

void duties_sort(struct catalogue *catalogue)
{
	sort(catalogue->offices, catalogue->office_count, sizeof(struct duty_office), compare_ids);
	sort(catalogue->duties, catalogue->duty_count, sizeof(struct duty), compare_ids);
	sort(catalogue->holidays, catalogue->holiday_count, sizeof(struct holiday),
	     compare_holidays);
}
