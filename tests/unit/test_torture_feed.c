/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "config/setup.h"
#include "tests/unit/counted.h"
#include "tests/unit/office.h"
#include "tests/unit/torture.h"

/* A document of one feed, and how many of its records are taken and refused. */
struct decoding {
	const char *feed;
	struct counted want;
	enum torture_whose whose;
	const struct setup *setup;
	struct counted now;
};

/* When a single allocation fails jansson may go on without a letter of a name (its lexer does not
 * look whether its buffer has grown), so that all fails only when the next ones fail too. */
static bool is_right(const struct decoding *decoding)
{
	return decoding->whose == TORTURE_LIBRARIES ||
	       (decoding->now.taken == decoding->want.taken &&
		decoding->now.refused == decoding->want.refused);
}

static bool decode(void *self, struct error *err)
{
	struct decoding *decoding = self;
	AUTO_FEED_PAGE struct feed_page page = {0};
	const struct feed_sink sink = counted_begin(&decoding->now);
	const struct config_feed *feed =
		config_feed_find(decoding->setup->config, span_of(decoding->feed));
	if (feed_decode(&feed->mapping, office_document(decoding->feed), &sink, &page, err))
		return is_right(decoding);
	/* jansson says "invalid token near" when it could not keep the token */
	if (decoding->whose == TORTURE_LIBRARIES && page.cause == FEED_CAUSE_SYNTAX && err != NULL)
		err->code = ERROR_MEMORY;
	else if (page.cause != FEED_CAUSE_INTERNAL)
		return error_within(err, "%s", feed_cause_name(page.cause)) || true;
	return false;
}

/* The documents are in office.c: "many" is no value, 30 February no day. */
static const struct decoding decodings[] = {
	{.feed = "csv", .want = {3, 1}},
	{.feed = "json", .want = {2, 1}},
	{.feed = "world", .want = {2, 0}},
};

static void decode_all(enum torture_whose whose, size_t from)
{
	struct office office;
	AUTO_SETUP struct setup *setup = NULL;
	AUTO_PROBLEMS struct problems problems = {0};
	office_open(&office);
	office_configure_formats(&office);
	assert_true(
		setup_load(&(struct setup_source){.path = office.path}, &setup, &problems, NULL));
	for (size_t i = from; i < COUNT_OF(decodings); i++) {
		struct decoding decoding = decodings[i];
		decoding.setup = setup;
		decoding.whose = whose;
		torture(&(struct torture){
			.what = decoding.feed, .whose = whose, .run = decode, .self = &decoding});
	}
	office_close(&office);
}

static void documents_of_each_format(void **state)
{
	(void)state;
	decode_all(TORTURE_OURS, 0);
}

/* jansson's own memory. */
static void trees_of_json_documents(void **state)
{
	(void)state;
	decode_all(TORTURE_LIBRARIES, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_of_each_format),
		cmocka_unit_test(trees_of_json_documents),
	};
	return cmocka_run_group_tests(tests, torture_set_up, NULL);
}
