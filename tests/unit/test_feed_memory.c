/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "feed/reader.h"
#include "tests/unit/measured.h"

static bool refuse(void *self, const struct feed_refusal *refusal, struct error *err)
{
	(void)self;
	return error_set(err, ERROR_REFUSED, "%s: %s", refusal->place, refusal->why);
}

static bool count_one(void *self, const struct feed_record *record, struct error *err)
{
	(void)record;
	(void)err;
	++*(size_t *)self;
	return true;
}

static bool push_text(struct feed_reader *reader, const char *text)
{
	return feed_reader_push(reader, span_of(text), NULL);
}

/* The peak of the resident set after so many records that were made on the way, in KiB; 0 when
 * they were not all taken. */
static long peak_after(const struct feed_mapping *mapping, size_t records)
{
	AUTO_FEED_READER struct feed_reader *reader = NULL;
	AUTO_FEED_PAGE struct feed_page page = {0};
	size_t taken = 0;
	struct feed_sink sink = {count_one, refuse, &taken};
	struct rusage usage;
	char record[512];
	bool again = true;
	bool ok = feed_reader_new(mapping, &sink, &page, &reader, NULL) &&
		  push_text(reader, "[{\"page\":1,\"pages\":1,\"lastupdated\":\"2026-06-30\"},[");
	for (size_t i = 0; i < records && ok; i++) {
		(void)snprintf(record, sizeof record,
			       "%s{\"indicator\":{\"id\":\"EN.ATM.PM25\",\"value\":\"PM2.5 air "
			       "pollution, mean annual exposure\"},\"country\":{\"id\":\"VN\","
			       "\"value\":\"Viet Nam\"},\"countryiso3code\":\"VNM\",\"date\":"
			       "\"%zu\",\"value\":%zu.25,\"unit\":\"\",\"obs_status\":\"\","
			       "\"decimal\":1}",
			       i > 0 ? "," : "", 1960 + i % 60, i);
		ok = push_text(reader, record);
	}
	ok = ok && push_text(reader, "]]") && feed_reader_end(reader, &again, NULL) && !again;
	return ok && taken == records && getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0;
}

/* The same for a table. */
static long peak_after_rows(const struct feed_mapping *mapping, size_t rows)
{
	AUTO_FEED_READER struct feed_reader *reader = NULL;
	AUTO_FEED_PAGE struct feed_page page = {0};
	size_t taken = 0;
	struct feed_sink sink = {count_one, refuse, &taken};
	struct rusage usage;
	char row[256];
	bool again = true;
	bool ok = feed_reader_new(mapping, &sink, &page, &reader, NULL) &&
		  push_text(reader, "REF_AREA,SERIES,TIME_PERIOD,OBS_VALUE,note\n");
	for (size_t i = 0; i < rows && ok; i++) {
		(void)snprintf(row, sizeof row, "VNM,X,%zu,%zu.5,\"%0150d\"\n", 1960 + i % 60, i,
			       0);
		ok = push_text(reader, row);
	}
	ok = ok && feed_reader_end(reader, &again, NULL) && !again;
	return ok && taken == rows && getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0;
}

static void flat(long (*peak)(const struct feed_mapping *mapping, size_t records),
		 const struct feed_mapping *mapping)
{
	enum { RECORDS_OF_56_MB = 250000, FEW = 1000, SLACK_KIB = 1024 };
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		long small = peak(mapping, FEW);
		long large = peak(mapping, RECORDS_OF_56_MB);
		_exit(small == 0 || large == 0 ? 2 : IS_MEASURED && large > small + SLACK_KIB);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void memory_does_not_follow_the_size_of_a_document(void **state)
{
	(void)state;
	AUTO_FEED_MAPPING struct feed_mapping json = {0};
	AUTO_FEED_MAPPING struct feed_mapping table = {0};
	assert_true(feed_mapping_init(&json, NULL) && feed_mapping_init(&table, NULL));
	json.format = FEED_WORLDBANK;
	table.format = FEED_SDMXCSV;
	table.fields.series = span_dup(span_of("SERIES"));
	assert_non_null(table.fields.series);
	flat(peak_after, &json);
	flat(peak_after_rows, &table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_does_not_follow_the_size_of_a_document),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
