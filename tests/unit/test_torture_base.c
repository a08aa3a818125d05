/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <string.h>

#include "base/csv.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/unicode.h"
#include "base/zone.h"
#include "obs/catalogue.h"
#include "tests/unit/torture.h"

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

static bool run_job(void *self, struct error *err)
{
	bool (*const *job)(struct error *) = self;
	return (*job)(err);
}

static void every_allocation_may_fail_and_nothing_worse_happens(void **state)
{
	static struct {
		const char *what;
		bool (*job)(struct error *err);
	} jobs[] = {{"text", job_text},		{"csv", job_csv},   {"number", job_number},
		    {"problems", job_problems}, {"zone", job_zone}, {"catalogue", job_catalogue}};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(jobs); i++)
		torture(&(struct torture){
			.what = jobs[i].what, .run = run_job, .self = &jobs[i].job});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_allocation_may_fail_and_nothing_worse_happens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
