/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "intake/bind.h"
#include "tests/unit/desk_world.h"

/* Three feeds: by series, by one indicator with dimensions, by name and what is not known ignored.
 */
static const char feeds[] =
	"feeds = (\n"
	"{ id = \"by-series\"; url = \"https://x.example/\"; source = \"gso\"; area_scheme = "
	"\"gso\";\n"
	"  series = ( [ \"A\", \"usw\" ], [ \"B\", \"pm25/site=b;kind=a\" ] );\n"
	"  published = \"2022-03\";\n"
	"  read = { format = \"csv\"; fields = { area = \"a\"; period = \"p\"; value = \"v\"; "
	"series = "
	"\"s\"; };\n"
	"    periods = { patterns = [ \"YYYY\" ]; }; numbers = { decimal = \".\"; }; }; },\n"
	"{ id = \"by-dims\"; url = \"https://x.example/\"; source = \"monre\"; indicator = "
	"\"usw\";\n"
	"  breakdown = \"kind=home\"; unit = \"%\"; areas = ( [ \"Whole\", \"VN\" ], [ \"Hill\", "
	"\"P1\" "
	"], [ \"River\", \"P2\" ] );\n"
	"  codes = ( [ \"sex=Female\", \"f\" ], [ \"sex=Total\", \"\" ] );\n"
	"  read = { format = \"csv\"; fields = { area = \"a\"; period = \"p\"; value = \"v\"; unit "
	"= "
	"\"u\"; };\n"
	"    dims = ( [ \"sex\", \"s\" ] );\n"
	"    periods = { patterns = [ \"YYYY\" ]; }; numbers = { decimal = \".\"; }; }; },\n"
	"{ id = \"by-units\"; url = \"https://x.example/\"; source = \"gso\"; indicator = "
	"\"usw\";\n"
	"  units = ( [ \"PT\", \"%\" ], [ \"t\", \"t\" ] );\n"
	"  read = { format = \"csv\"; fields = { area = \"a\"; period = \"p\"; value = \"v\"; unit "
	"= "
	"\"u\"; };\n"
	"    periods = { patterns = [ \"YYYY\" ]; }; numbers = { decimal = \".\"; }; }; },\n"
	"{ id = \"ignoring\"; url = \"https://x.example/\"; source = \"gso\"; area_scheme = "
	"\"name\";\n"
	"  series = ( [ \"A\", \"usw\" ] ); unknown_series = \"ignore\"; unknown_area = "
	"\"ignore\";\n"
	"  read = { format = \"csv\"; fields = { area = \"a\"; period = \"p\"; value = \"v\"; "
	"series = "
	"\"s\"; };\n"
	"    periods = { patterns = [ \"YYYY\" ]; }; numbers = { decimal = \".\"; }; }; }\n"
	");\n";

struct said {
	const char *area, *series, *period, *value, *unit, *published, *sex;
	bool is_missing;
	enum obs_status status; /* 0: normal */
};

static struct feed_record record_of(const struct said *said)
{
	struct feed_record record = {
		.area = span_of(said->area),
		.series = span_of(said->series),
		.period = span_of(said->period),
		.value = span_of(said->value),
		.unit = span_of(said->unit),
		.published = span_of(said->published),
		.is_missing = said->is_missing,
		.status_parsed = said->status ? said->status : OBS_NORMAL,
		.dims = {span_of(said->sex)},
		.dim_count = said->sex ? 1 : 0,
	};
	assert_true(period_parse(record.period, &record.period_parsed, NULL));
	if (!said->is_missing)
		assert_true(number_read(record.value, &record.number, NULL));
	return record;
}

static enum bind_result bind(struct desk_world *world, const char *feed, const struct said *said,
			     struct bound *ret, char why[FEED_WHY_BYTES])
{
	const struct config_feed *found =
		config_feed_find(world->desk.setup->config, span_of(feed));
	const struct feed_record record = record_of(said);
	assert_non_null(found);
	why[0] = '\0';
	return bind_record(&world->intake, found, &record, ret, why);
}

static int set_up(void **state)
{
	if (desk_world_set_up(state) != 0)
		return -1;
	struct desk_world *world = *state;
	desk_world_write(world, "feeds.conf", feeds);
	desk_world_reload(world, DESK_WORLD_NOW);
	return 0;
}

#define WITH_FEEDS(test) cmocka_unit_test_setup_teardown(test, set_up, desk_world_tear_down)

static const struct {
	const char *feed;
	struct said said;
	const char *indicator, *breakdown, *area, *why;
} good[] = {
	{"by-series",
	 {"01", "A", "2021", "87", NULL, NULL, NULL, false, 0},
	 "usw",
	 "",
	 "P1",
	 "by its series and code"},
	{"by-series",
	 {"1", "B", "2021", "30", NULL, NULL, NULL, false, 0},
	 "pm25",
	 "kind=a;site=b",
	 "P1",
	 "codes are compared after padding"},
	{"by-series",
	 {"02", "A", "2024", "87", NULL, NULL, NULL, false, 0},
	 "usw",
	 "",
	 "P2",
	 "whose code it was then"},
	{"by-series",
	 {"02", "A", "2026", "87", NULL, NULL, NULL, false, 0},
	 "usw",
	 "",
	 "P3",
	 "whose code it is now"},
	{"by-dims",
	 {"Whole", NULL, "2021", "87", "%", NULL, "Female", false, 0},
	 "usw",
	 "kind=home;sex=f",
	 "VN",
	 "with a code for what the document says"},
	{"by-dims",
	 {"Hill", NULL, "2021", "87", "%", NULL, "Total", false, 0},
	 "usw",
	 "kind=home",
	 "P1",
	 "an empty code is the total"},
	{"by-dims",
	 {"Hill", NULL, "2021", "87", "%", NULL, "x", false, 0},
	 "usw",
	 "kind=home;sex=x",
	 "P1",
	 "a code as it stands"},
	{"ignoring",
	 {"Viet Nam", "A", "2021", "87", NULL, NULL, NULL, false, 0},
	 "usw",
	 "",
	 "VN",
	 "by its name"},
};

static void a_record_finds_its_indicator_breakdown_and_area(void **state)
{
	struct desk_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		struct bound bound = {0};
		char why[FEED_WHY_BYTES];
		enum bind_result result = bind(world, good[i].feed, &good[i].said, &bound, why);
		if (result != BIND_DONE)
			print_error("%s: %s\n", good[i].why, why);
		assert_int_equal(result, BIND_DONE);
		assert_string_equal(bound.indicator->id, good[i].indicator);
		assert_string_equal(bound.breakdown, good[i].breakdown);
		assert_string_equal(bound.area->id, good[i].area);
	}
}

static const struct {
	const char *feed;
	struct said said;
	enum bind_result result;
	bool has_key;
	const char *why;
} bad[] = {
	{"by-series",
	 {"01", "C", "2021", "1", NULL, NULL, NULL, false, 0},
	 BIND_REFUSED,
	 false,
	 "series 'C' has no counterpart in the catalogue"},
	{"by-series",
	 {"77", "A", "2021", "1", NULL, NULL, NULL, false, 0},
	 BIND_REFUSED,
	 false,
	 "area '77' has no counterpart in the catalogue"},
	{"ignoring",
	 {"Viet Nam", "C", "2021", "1", NULL, NULL, NULL, false, 0},
	 BIND_IGNORED,
	 false,
	 "series 'C' has no counterpart in the catalogue"},
	{"ignoring",
	 {"Atlantis", "A", "2021", "1", NULL, NULL, NULL, false, 0},
	 BIND_IGNORED,
	 false,
	 "area 'Atlantis' has no counterpart in the catalogue"},
	{"by-series",
	 {"01", "A", "2027", "1", NULL, NULL, NULL, false, 0},
	 BIND_REFUSED,
	 true,
	 "period 2027 has not begun, and the value is not a forecast"},
	{"by-series",
	 {"01", "A", "2021", "100.5", NULL, NULL, NULL, false, 0},
	 BIND_REFUSED,
	 true,
	 "value 100.5 is above what usw can be: at most 100 %"},
	{"by-series",
	 {"01", "B", "2021", "-1", NULL, NULL, NULL, false, 0},
	 BIND_REFUSED,
	 true,
	 "value -1 is below what pm25 can be: at least 0 µg/m3"},
	{"by-series",
	 {"01", "A", "2021", "1", NULL, "soon", NULL, false, 0},
	 BIND_REFUSED,
	 true,
	 "published: 'soon' is not a date such as 2025, 2025-01 or 2025-01-06"},
	{"by-dims",
	 {"Whole", NULL, "2021", "87", "t", NULL, "f", false, 0},
	 BIND_REFUSED,
	 true,
	 "unit 't' is not the '%' that the feed promises"},
	{"by-dims",
	 {"River", NULL, "2026", "87", "%", NULL, "f", false, 0},
	 BIND_REFUSED,
	 true,
	 "area 'P2' (River) did not exist in 2026: it ended on 2025-06-30 and became P3 (Coast)"},
	{"by-units",
	 {"VN", NULL, "2021", "87", "t", NULL, NULL, false, 0},
	 BIND_REFUSED,
	 true,
	 "unit 't' is 't', and the indicator 'usw' is in '%'"},
	{"by-units",
	 {"VN", NULL, "2021", "87", "kg", NULL, NULL, false, 0},
	 BIND_REFUSED,
	 true,
	 "unit 'kg' is not among the units of the feed"},
	{"by-units",
	 {"VN", NULL, "2021", "87", NULL, NULL, NULL, false, 0},
	 BIND_REFUSED,
	 true,
	 "there is no unit, and units of the feed has none for that"},
};

static void a_record_that_fits_nothing_is_refused_with_the_reason(void **state)
{
	struct desk_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct bound bound = {0};
		char why[FEED_WHY_BYTES];
		assert_int_equal(bind(world, bad[i].feed, &bad[i].said, &bound, why),
				 bad[i].result);
		assert_string_equal(why, bad[i].why);
		assert_int_equal(bound.area != NULL && bound.indicator != NULL, bad[i].has_key);
	}
}

static void that_nothing_is_known_of_an_area_that_is_gone_is_no_fault(void **state)
{
	struct desk_world *world = *state;
	struct bound bound;
	char why[FEED_WHY_BYTES];
	const struct said none = {"River", NULL, "2026", "", "%", NULL, "f", true, 0};
	const struct said half = {"River", NULL, "2025", "87", "%", NULL, "f", false, 0};
	assert_int_equal(bind(world, "by-dims", &none, &bound, why), BIND_DONE);
	assert_int_equal(bind(world, "by-dims", &half, &bound, why), BIND_DONE);
}

static void an_observation_has_all_that_the_record_said(void **state)
{
	struct desk_world *world = *state;
	struct bound bound;
	char why[FEED_WHY_BYTES];
	const struct said points = {.area = "VN", .period = "2021", .value = "87", .unit = "PT"};
	assert_int_equal(bind(world, "by-units", &points, &bound, why), BIND_DONE);
	const struct said said = {"01",	   "A",	  "2021",
				  "87.25", NULL,  "2022-06-30T12:00:00Z",
				  NULL,	   false, OBS_PROVISIONAL};
	assert_int_equal(bind(world, "by-series", &said, &bound, why), BIND_DONE);
	assert_true(bound.obs.has_value);
	assert_true(bound.obs.value == 87.25);
	assert_int_equal(bound.obs.decimals, 2);
	assert_int_equal(bound.obs.status, OBS_PROVISIONAL);
	assert_string_equal(bound.obs.source, "gso");
	assert_string_equal(bound.obs.published, "2022-06-30");
	/* 52 years with 13 leap days to 2022-01-01: 18993; 180 days more to 30 June */
	assert_int_equal(bound.obs.known_day, 18993 + 180);
}

static void without_a_date_the_feed_s_constant_counts_or_the_day_of_receipt(void **state)
{
	struct desk_world *world = *state;
	struct bound bound;
	char why[FEED_WHY_BYTES];
	const struct said constant = {"01", "A", "2021", "87", NULL, NULL, NULL, false, 0};
	const struct said none = {"Whole", NULL, "2021", "87", "%", NULL, "f", false, 0};
	assert_int_equal(bind(world, "by-series", &constant, &bound, why), BIND_DONE);
	assert_string_equal(bound.obs.published, "2022-03");
	assert_int_equal(bound.obs.known_day, 18993 + 89);
	assert_int_equal(bind(world, "by-dims", &none, &bound, why), BIND_DONE);
	assert_string_equal(bound.obs.published, "");
	assert_int_equal(bound.obs.known_day, intake_day(&world->intake));
}

static void a_missing_value_and_a_forecast_may_be_about_the_future(void **state)
{
	struct desk_world *world = *state;
	struct bound bound;
	char why[FEED_WHY_BYTES];
	const struct said missing = {"01", "A", "2030", "", NULL, NULL, NULL, true, OBS_MISSING};
	const struct said forecast = {"01", "A",  "2030", "95",	       NULL,
				      NULL, NULL, false,  OBS_FORECAST};
	assert_int_equal(bind(world, "by-series", &missing, &bound, why), BIND_DONE);
	assert_false(bound.obs.has_value);
	assert_int_equal(bound.obs.status, OBS_MISSING);
	assert_int_equal(bind(world, "by-series", &forecast, &bound, why), BIND_DONE);
	assert_int_equal(bound.obs.status, OBS_FORECAST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FEEDS(a_record_finds_its_indicator_breakdown_and_area),
		WITH_FEEDS(a_record_that_fits_nothing_is_refused_with_the_reason),
		WITH_FEEDS(that_nothing_is_known_of_an_area_that_is_gone_is_no_fault),
		WITH_FEEDS(an_observation_has_all_that_the_record_said),
		WITH_FEEDS(without_a_date_the_feed_s_constant_counts_or_the_day_of_receipt),
		WITH_FEEDS(a_missing_value_and_a_forecast_may_be_about_the_future),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
