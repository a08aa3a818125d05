/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/unicode.h"
#include "base/zone.h"
#include "obs/catalogue.h"

/* Linked with --wrap: once this many allocations have been made, each further one fails.  Negative:
 * none fails. */
static long allocations_left = -1;

static bool fails(void)
{
	if (allocations_left < 0)
		return false;
	if (allocations_left == 0)
		return true;
	allocations_left--;
	return false;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t len);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t len);

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return fails() ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
	return fails() ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t len)
{
	return fails() ? NULL : __real_strndup(text, len);
}

static bool job_text(struct error *err)
{
	AUTO_TEXT struct text text = text_with_limit(10000);
	text_add_string(&text, "abc");
	for (int i = 0; i < 100; i++)
		text_addf(&text, "%050d", i);
	if (!text_ok(&text, "text", err))
		return false;
	AUTO_FREE char *copy = span_dup(text_span(&text));
	AUTO_FREE char *taken = text_take(&text);
	return copy != NULL && taken != NULL ? true : error_memory(err);
}

static bool take_row(void *self, const struct csv_row *row, struct error *err)
{
	(void)err;
	*(size_t *)self += row->count;
	return true;
}

static bool job_csv(struct error *err)
{
	static const char document[] = "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t\n"
				       "\"a long cell a long cell a long cell a long cell\",2\n";
	const struct csv_dialect dialect = {0};
	size_t cells = 0;
	return csv_read(span_of(document), &dialect, take_row, &cells, err) && cells == 22;
}

static bool job_number(struct error *err)
{
	const struct number_rule rule = {.decimal = ',', .grouping = '.'};
	struct number number;
	return number_read_by(&rule, span_of("1.234,5"), &number, err) && number.value == 1234.5;
}

static bool job_problems(struct error *err)
{
	AUTO_PROBLEMS struct problems problems = {0};
	for (int i = 0; i < 40; i++)
		problem_add(&problems, PROBLEM_WARNING, "a.csv", i, "warning %d", i);
	return problems_ok(&problems, err);
}

static bool job_zone(struct error *err)
{
	AUTO_ZONE struct zone *utc = NULL;
	AUTO_ZONE struct zone *zone = NULL;
	return zone_open("UTC", &utc, err) && zone_open("Europe/Berlin", &zone, err) &&
	       zone_offset_s(zone, 1774746000) == 7200;
}

static bool job_catalogue(struct error *err)
{
	AUTO_CATALOGUE struct catalogue *catalogue = catalogue_new();
	if (catalogue == NULL)
		return error_memory(err);
	AUTO_FREE char *folded = area_code_fold(span_of("007"), err);
	return folded != NULL && strcmp(folded, "7") == 0;
}

/* Let the first allocation fail, then the second, until none does.  Returns how many did. */
static long torture(bool (*job)(struct error *))
{
	for (long survived = 0;; survived++) {
		struct error err = {0};
		allocations_left = survived;
		bool done = job(&err);
		allocations_left = -1;
		if (err.code != (done ? ERROR_NONE : ERROR_MEMORY))
			fail_msg("allocation %ld: %s", survived, err.text);
		if (done)
			return survived;
	}
}

static void every_allocation_may_fail_and_nothing_worse_happens(void **state)
{
	(void)state;
	assert_true(torture(job_text) > 0);
	assert_true(torture(job_csv) > 0);
	assert_true(torture(job_number) > 0);
	assert_true(torture(job_problems) > 0);
	assert_true(torture(job_zone) > 0);
	assert_true(torture(job_catalogue) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_allocation_may_fail_and_nothing_worse_happens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
