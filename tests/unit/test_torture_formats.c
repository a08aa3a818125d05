/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>

#include "tests/unit/counted.h"
#include "tests/unit/mapping_file.h"
#include "tests/unit/torture.h"
#include "trial/trial.h"

enum { PATH_BYTES = 256 };

/* A case of tests/feeds, and what came of it when there was memory. */
struct decoding {
	struct trial *trial;
	struct text document;
	enum torture_whose whose;
	struct counted want, now;
	size_t passed;
};

static bool decode(void *self, struct error *err)
{
	struct decoding *decoding = self;
	AUTO_FEED_PAGE struct feed_page page = {0};
	const struct feed_sink sink = counted_begin(&decoding->now);
	if (feed_decode(&decoding->trial->mapping, text_span(&decoding->document), &sink, &page,
			err))
		return decoding->whose == TORTURE_LIBRARIES ||
		       (decoding->now.taken == decoding->want.taken &&
			decoding->now.refused == decoding->want.refused &&
			page.passed == decoding->passed);
	/* see test_torture_feed.c: jansson loses letters */
	if (decoding->whose == TORTURE_LIBRARIES && err != NULL)
		err->code = ERROR_MEMORY;
	else if (page.cause != FEED_CAUSE_INTERNAL)
		return error_within(err, "%s", feed_cause_name(page.cause)) || true;
	return false;
}

static void read_case(const char *directory, const char *suffix, struct decoding *decoding)
{
	char path[PATH_BYTES];
	AUTO_FEED_PAGE struct feed_page page = {0};
	const struct feed_sink sink = counted_begin(&decoding->now);
	(void)snprintf(path, sizeof path, "tests/feeds/%s/feed.test", directory);
	assert_true(trial_read(path, NULL, &decoding->trial, NULL));
	assert_int_equal(decoding->trial->problems.errors, 0);
	(void)snprintf(path, sizeof path, "tests/feeds/%s/input.%s", directory, suffix);
	decoding->document = mapping_file_text(path);
	assert_true(feed_decode(&decoding->trial->mapping, text_span(&decoding->document), &sink,
				&page, NULL));
	decoding->want = decoding->now;
	decoding->passed = page.passed;
	assert_true(decoding->want.taken > 0);
}

static void torture_cases(enum torture_whose whose)
{
	static const struct {
		const char *directory, *suffix;
		enum torture_whose only; /* TORTURE_LIBRARIES stands for both */
	} cases[] = {
		{"csv/wide-every-other-column", "csv", TORTURE_OURS},
		{"csv/wide-years-names-and-flags", "csv", TORTURE_OURS},
		{"csv/second-header-and-header-again", "csv", TORTURE_OURS},
		{"sdmxcsv/labels-behind-colons-and-decimal-comma", "csv", TORTURE_OURS},
		{"json/lists-in-records", "json", TORTURE_LIBRARIES},
		{"jsonstat/good", "json", TORTURE_LIBRARIES},
		{"jsonstat/wrapper-with-sizes-as-texts", "json", TORTURE_LIBRARIES},
		{"pxweb/good", "json", TORTURE_LIBRARIES},
		{"sdmxjson/good", "json", TORTURE_LIBRARIES},
		/* jansson breaks on longer strings when their buffer could not grow: it loses the
		 * last quote and looks for that alone */
		{"unsdg/good", "json", TORTURE_OURS},
		{"unsdgpivot/good", "json", TORTURE_OURS},
		{"odata/good", "json", TORTURE_OURS},
		{"openaq/days", "json", TORTURE_OURS},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct decoding decoding = {.whose = whose};
		if (whose == TORTURE_LIBRARIES && cases[i].only == TORTURE_OURS)
			continue;
		read_case(cases[i].directory, cases[i].suffix, &decoding);
		/* messages may be cut */
		torture(&(struct torture){.what = cases[i].directory,
					  .whose = whose,
					  .copes = true,
					  .run = decode,
					  .self = &decoding});
		text_done(&decoding.document);
		trial_free(&decoding.trial);
	}
}

static void no_record_is_lost_without_memory(void **state)
{
	(void)state;
	torture_cases(TORTURE_OURS);
}

/* jansson's own memory. */
static void no_tree_breaks_without_memory(void **state)
{
	(void)state;
	torture_cases(TORTURE_LIBRARIES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_record_is_lost_without_memory),
		cmocka_unit_test(no_tree_breaks_without_memory),
	};
	return cmocka_run_group_tests(tests, torture_set_up, NULL);
}
