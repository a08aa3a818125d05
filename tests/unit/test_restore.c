/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "intake/restore.h"

#include <stdio.h>
#include <sys/stat.h>

#include "ledger/event.h"
#include "ledger/log.h"
#include "ledger/note.h"
#include "tests/unit/desk_world.h"

#define HASH "d7dabba580ab0f3491126aa2b4f11caf43b97199d998d2079f72802cd569fe62"
#define AT "2026-11-23T01:58:46Z"

#define LOADS "load,kind,received,actor,feed,document,mapping\n"
#define SERIES "series,indicator,breakdown,area\n"
#define EVENTS                                                                                     \
	"event,at,kind,actor,target,area,feed,duty,old_state,new_state,reason,cause,row,until,"    \
	"note,method,symbol,value,target_value,measure,values_used,used_from,used_to\n"
#define DELIVERIES "delivery,duty,period,owner,day,received,actor,document,name,note,withdraws\n"
#define NOTES "note,at,actor,indicator,breakdown,area,target,year,cause,remedy,text,is_removal\n"
#define OBSERVATIONS                                                                               \
	"indicator,area,period,value,status,source,seq,known,received,actor,load,load_kind,"       \
	"decimals\n"

/* Load 1 is the catalogue of the desk. */
#define A_LOAD "7,record," AT ",root,,,\n"
#define A_SERIES "5,usw,,VN\n"
#define A_ROW "usw,VN,2019,33.333,A,gso,9,2020-02-29," AT ",root,7,record,-1\n"
#define AN_EVENT                                                                                   \
	"3," AT ",state,root,usw-2021,VN,,,met,missed,,revision,9,,,weather,sun,60,55.5,1.25,6,"   \
	"2019-01-01,2026-01-01\n"
#define A_DELIVERY "1,plan,2024-Q3,P1,2024-12-01," AT ",root," HASH ",plan.txt,by hand,\n"
#define A_NOTE "1," AT ",root,usw,sex=f,VN,usw-2021,2021,\"a, b\",more,,\n"

static struct restore_tables all_tables(void)
{
	return (struct restore_tables){
		.tables =
			{
				[TRANSFER_LOADS] = span_of(LOADS A_LOAD),
				[TRANSFER_SERIES] = span_of(SERIES A_SERIES),
				[TRANSFER_EVENTS] = span_of(EVENTS AN_EVENT),
				[TRANSFER_DELIVERIES] = span_of(DELIVERIES A_DELIVERY),
				[TRANSFER_NOTES] = span_of(NOTES A_NOTE),
			},
		.observations = span_of(OBSERVATIONS A_ROW),
	};
}

static bool put(struct desk_world *world, const struct restore_tables *tables,
		struct restore_counts *ret)
{
	struct ledger *ledger = world->intake.apply.ledger;
	assert_true(ledger_begin(ledger, &world->err));
	bool done = restore_tables(&world->intake, "x/data", tables, ret, &world->err);
	if (done)
		assert_true(ledger_commit(ledger, &world->err));
	ledger_rollback(ledger);
	return done;
}

static void tables_come_back_as_they_were(void **state)
{
	struct desk_world *world = *state;
	struct restore_counts counts;
	const struct restore_tables tables = all_tables();
	desk_world_must(world, put(world, &tables, &counts));
	assert_int_equal(counts.observations, 1);
	for (int i = 0; i < TRANSFER_TABLES; i++)
		assert_int_equal(counts.rows[i], 1);
	desk_world_asserts(world, "SELECT received FROM load WHERE load_id = 7", "1795399126");
	desk_world_asserts(world, "SELECT decimals FROM observation WHERE seq = 9", "-1");
	/* 2024-07-01 is day 19905, 2024-10-01 day 19997 */
	desk_world_asserts(world, "SELECT from_day || ' ' || to_day FROM delivery", "19905 19997");
	desk_world_asserts(world, "SELECT hex(document) FROM delivery",
			   "D7DABBA580AB0F3491126AA2B4F11CAF43B97199D998D2079F72802CD569FE62");
	desk_world_asserts(world, "SELECT withdraws IS NULL FROM delivery", "1");
	desk_world_asserts(world, "SELECT cause || '|' || (text IS NULL) FROM note", "a, b|1");
	desk_world_asserts(world, "SELECT measure || '|' || used_to FROM event WHERE event_id = 3",
			   "1.25|20454"); /* 2026-01-01: 56 years with 14 leap days */
}

/* What transfer_each hands out for the only (or last) row of a table, with '|' between. */
static bool join(void *self, const char *const *texts, struct error *err)
{
	struct text *out = self;
	(void)err;
	text_clear(out);
	for (size_t i = 0; texts[i] != NULL && i < 7; i++)
		text_addf(out, "%s|", texts[i]);
	return true;
}

static void what_came_back_goes_out_the_same(void **state)
{
	struct desk_world *world = *state;
	AUTO_TEXT struct text out = text_with_limit(1000);
	struct restore_counts counts;
	const struct restore_tables tables = all_tables();
	struct ledger *ledger = world->intake.apply.ledger;
	desk_world_must(world, put(world, &tables, &counts));
	desk_world_must(world, transfer_each(ledger, TRANSFER_LOADS, join, &out, &world->err));
	assert_string_equal(out.data, "7|record|" AT "|root||||");
	desk_world_must(world, transfer_each(ledger, TRANSFER_DELIVERIES, join, &out, &world->err));
	assert_string_equal(out.data, "1|plan|2024-Q3|P1|2024-12-01|" AT "|root|");
	desk_world_must(world, transfer_each(ledger, TRANSFER_NOTES, join, &out, &world->err));
	assert_string_equal(out.data, "1|" AT "|root|usw|sex=f|VN|usw-2021|");
}

struct refusal {
	const char *why;
	enum transfer_table table; /* TRANSFER_TABLES: the observations */
	const char *text, *said;
};

static const struct refusal refusals[] = {
	{"a heading", TRANSFER_NOTES, "note,when\n",
	 "x/data/notes.csv:1: column 2 of the heading is 'when', not 'at'"},
	{"a heading that is short", TRANSFER_SERIES, "series,indicator,breakdown\n",
	 "x/data/series.csv:1: column 4 of the heading is '', not 'area'"},
	{"a heading that is long", TRANSFER_SERIES, "series,indicator,breakdown,area,x\n",
	 "x/data/series.csv:1: the heading has 5 columns, not 4"},
	{"no heading", TRANSFER_EVENTS, "", "x/data/events.csv:0: the table has no heading"},
	{"cells", TRANSFER_SERIES, SERIES "5,usw,,VN\n6,usw\n",
	 "x/data/series.csv:3: the row has 2 cells, not 4"},
	{"a number", TRANSFER_SERIES, SERIES "0,usw,,VN\n",
	 "x/data/series.csv:2: series: '0' is not a whole number from 1 to 9223372036854775807"},
	{"an id", TRANSFER_SERIES, SERIES "5,,,VN\n",
	 "x/data/series.csv:2: indicator: the cell is empty"},
	{"a breakdown", TRANSFER_SERIES, SERIES "5,usw,sex=f;age=1,VN\n",
	 "x/data/series.csv:2: breakdown: 'sex=f;age=1' is not in its order, which is "
	 "'age=1;sex=f'"},
	{"a kind", TRANSFER_LOADS, LOADS "7,fax," AT ",root,,,\n",
	 "x/data/loads.csv:2: kind: 'fax' is not a kind of load"},
	{"an instant", TRANSFER_LOADS, LOADS "7,record,2026,root,,,\n",
	 "x/data/loads.csv:2: received: '2026' is not an instant such as 2026-11-22T18:05:09Z"},
	{"an actor", TRANSFER_LOADS,
	 LOADS "7,record," AT ",0123456789012345678901234567890123456789012345678901234567890123,,,"
	       "\n",
	 "x/data/loads.csv:2: actor: the text is longer than 63 bytes"},
	{"a flag", TRANSFER_NOTES, NOTES "1," AT ",root,usw,,VN,,2021,,,,yes\n",
	 "x/data/notes.csv:2: is_removal: 'yes' is neither 1 nor empty"},
	{"a delivery of nobody", TRANSFER_DELIVERIES,
	 DELIVERIES "2,plan,2024,P1,2024-12-01," AT ",root,,,,1\n",
	 "x/data/deliveries.csv:2: it speaks of a row that is not there"},
	{"a number that is there twice", TRANSFER_SERIES, SERIES A_SERIES "5,usw,,P1\n",
	 "x/data/series.csv:3: there is a row of this number already"},
	{"a series that is there twice", TRANSFER_SERIES, SERIES A_SERIES "6,usw,,VN\n",
	 "x/data/series.csv:3: there is a row that says the same already"},
	{"a series that is not there", TRANSFER_TABLES,
	 OBSERVATIONS "usw,P1,2019,33.333,A,gso,9,2020-02-29," AT ",root,7,record,\n",
	 "x/data/observations.csv:2: series usw P1 is not in series.csv"},
	{"a load that says something else", TRANSFER_TABLES,
	 OBSERVATIONS "usw,VN,2019,33.333,A,gso,9,2020-02-29," AT ",somebody,7,record,\n",
	 "x/data/observations.csv:2: what it says of load 7 is not what loads.csv says"},
	{"a source", TRANSFER_TABLES,
	 OBSERVATIONS "usw,VN,2019,33.333,A,nobody,9,2020-02-29," AT ",root,7,record,\n",
	 "x/data/observations.csv:2: source 'nobody' is not in the catalogue"},
	{"decimals", TRANSFER_TABLES,
	 OBSERVATIONS "usw,VN,2019,33.333,A,gso,9,2020-02-29," AT ",root,7,record,-2\n",
	 "x/data/observations.csv:2: decimals: '-2' is not a whole number from -1 to 400"},
};

static void what_cannot_be_is_refused_with_its_place(void **state)
{
	struct desk_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(refusals); i++) {
		struct restore_counts counts;
		struct restore_tables tables = all_tables();
		if (refusals[i].table == TRANSFER_TABLES)
			tables.observations = span_of(refusals[i].text);
		else
			tables.tables[refusals[i].table] = span_of(refusals[i].text);
		bool done = put(world, &tables, &counts);
		if (done || strcmp(world->err.text, refusals[i].said) != 0)
			print_error("%s: %s\n", refusals[i].why, world->err.text);
		assert_false(done);
		assert_string_equal(world->err.text, refusals[i].said);
		world->err = (struct error){0};
		desk_world_asserts(world, "SELECT count(*) FROM event WHERE event_id = 3", "0");
	}
}

/* Whoever gives the log another table or column has to give it to lib/ledger/transfer.c (or, for
 * figures, obs/exchange.h), or an export loses it. */
static void an_export_has_every_column_of_every_table_of_the_log(void **state)
{
	static const struct {
		const char *count;
		enum transfer_table table;
		size_t in_two; /* columns of the export that are two of the ledger */
	} cases[] = {
		{"SELECT count(*) FROM pragma_table_info('load')", TRANSFER_LOADS, 0},
		{"SELECT count(*) FROM pragma_table_info('series')", TRANSFER_SERIES, 0},
		{"SELECT count(*) FROM pragma_table_info('event')", TRANSFER_EVENTS, 0},
		{"SELECT count(*) FROM pragma_table_info('delivery')", TRANSFER_DELIVERIES, 1},
		{"SELECT count(*) FROM pragma_table_info('note')", TRANSFER_NOTES, 0},
	};
	struct desk_world *world = *state;
	char count[24];
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		(void)snprintf(count, sizeof count, "%zu",
			       transfer_count(cases[i].table) + cases[i].in_two);
		desk_world_asserts(world, cases[i].count, count);
	}
	/* seq, series, source, period (2), value, decimals, num, den, qualifier, status, break,
	 * published, known, load, place, raw, warning */
	desk_world_asserts(world, "SELECT count(*) FROM pragma_table_info('observation')", "18");
	desk_world_asserts(world,
			   "SELECT group_concat(t, ' ') FROM (SELECT tbl_name AS t FROM "
			   "sqlite_schema WHERE type = 'trigger' AND name LIKE '%_no_update' "
			   "ORDER BY 1)",
			   "delivery event load migration note observation series");
}

/* -- manifests */

static bool count_line(void *self, const struct sha256 *hash, const char *name, struct error *err)
{
	size_t *count = self;
	(void)err;
	assert_true(sha256_is_set(hash));
	assert_string_equal(name, "data/documents/" HASH ".pages");
	++*count;
	return true;
}

static void a_manifest_has_a_hash_and_a_name_in_each_line(void **state)
{
	static const struct {
		const char *text, *said;
		int line;
	} cases[] = {
		{HASH "  data/a.csv", "it is cut off: its last line does not end", 0},
		{HASH " data/a.csv\n", "the line is not a SHA-256, two blanks and a name", 1},
		{"short\n", "the line is not a SHA-256, two blanks and a name", 1},
		{HASH "  data/../../etc/passwd\n",
		 "'data/../../etc/passwd' is not the name of a file of an export", 1},
		{HASH "  /etc/passwd\n", "'/etc/passwd' is not the name of a file of an export", 1},
		{HASH "  data/A\n", "'data/A' is not the name of a file of an export", 1},
	};
	size_t count = 0;
	struct error err = {0};
	(void)state;
	assert_true(bag_read_manifest(span_of(HASH "  data/documents/" HASH ".pages\n"), count_line,
				      &count, &err));
	assert_int_equal(count, 1);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		err = (struct error){0};
		assert_false(bag_read_manifest(span_of(cases[i].text), count_line, &count, &err));
		assert_string_equal(err.text, cases[i].said);
		assert_int_equal(err.line, cases[i].line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_DESK(tables_come_back_as_they_were),
		WITH_DESK(what_came_back_goes_out_the_same),
		WITH_DESK(what_cannot_be_is_refused_with_its_place),
		WITH_DESK(an_export_has_every_column_of_every_table_of_the_log),
		cmocka_unit_test(a_manifest_has_a_hash_and_a_name_in_each_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
