/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/duties_summary.h"

#include "base/number.h"
#include "query/heading.h"
#include "query/phrase_duty.h"
#include "query/tell.h"

enum { MISSING_SHOWN = 5, IDS_BYTES = 1 << 22 };

static const struct query_column summary_columns[] = {
	{"shown_duty", WORD_NONE, COLUMN_HUMAN | COLUMN_GROUP, 0},
	{"shown_period", WORD_H_PERIOD, COLUMN_HUMAN, 0},
	{"shown_due", WORD_H_DUE, COLUMN_HUMAN, 0},
	{"shown_received", WORD_H_RECEIVED, COLUMN_HUMAN, 0},
	{"shown_late", WORD_H_LATE, COLUMN_HUMAN | COLUMN_RIGHT, 1},
	{"shown_missing", WORD_H_MISSING, COLUMN_HUMAN | COLUMN_WRAP, 0},
	{"duty", WORD_NONE, COLUMN_MACHINE, 0},
	{"version", WORD_NONE, COLUMN_MACHINE, 0},
	{"title", WORD_NONE, COLUMN_MACHINE, 0},
	{"act", WORD_NONE, COLUMN_MACHINE, 0},
	{"deliver", WORD_NONE, COLUMN_MACHINE, 0},
	{"period", WORD_NONE, COLUMN_MACHINE, 0},
	{"deadline", WORD_NONE, COLUMN_MACHINE, 0},
	{"due", WORD_NONE, COLUMN_MACHINE, 0},
	{"due_from", WORD_NONE, COLUMN_MACHINE, 0},
	{"latest", WORD_NONE, COLUMN_MACHINE, 0},
	{"in_time_until", WORD_NONE, COLUMN_MACHINE, 0},
	{"recipient", WORD_NONE, COLUMN_MACHINE, 0},
	{"recipient_answers", WORD_NONE, COLUMN_MACHINE, 0},
	{"expected", WORD_NONE, COLUMN_MACHINE, 0},
	{"received", WORD_NONE, COLUMN_MACHINE, 0},
	{"on_time", WORD_NONE, COLUMN_MACHINE, 0},
	{"late", WORD_NONE, COLUMN_MACHINE, 0},
	{"missing", WORD_NONE, COLUMN_MACHINE, 0},
	{"due_soon", WORD_NONE, COLUMN_MACHINE, 0},
	{"awaited", WORD_NONE, COLUMN_MACHINE, 0},
	{"missing_owners", WORD_NONE, COLUMN_MACHINE, 0},
};

static void add_id(struct report_table *table, const char *id)
{
	cell_text(table, id[0] != '\0' ? id : NULL);
}

static void add_day(struct report_table *table, int32_t day)
{
	char said[DAY_BYTES];
	cell_text(table, day == DAY_NONE ? NULL : day_print(day, said));
}

/* "2, overdue by 10 days: Hill, River and 3 more"; "0". */
static void add_missing(const struct query *query, const struct judged_duty *duty, struct text *out)
{
	AUTO_TEXT struct text who = TELL_TEXT;
	char count[NUMBER_BYTES];
	size_t open = 0;
	struct judged_owner first = {0};
	for (size_t i = 0; i < duty->count; i++) {
		const struct judged_owner *owner = &duty->owners[i];
		if (duty_is_received(owner->state))
			continue;
		first = open == 0 ? *owner : first;
		if (open++ < MISSING_SHOWN) {
			text_add_string(&who, open > 1 ? ", " : "");
			phrase_owner(&who, query, &duty->obligation, owner);
		}
	}
	if (open == 0) {
		text_add_string(out, "0");
		return;
	}
	if (open > 1)
		first.indicators = 0; /* what figures are missing differs */
	if (duty->count > 1)
		text_addf(out, "%zu, ", open);
	phrase_owner_state(out, query, &duty->obligation, &first);
	text_addf(out, ": %s", text_part(&who, out));
	if (open > MISSING_SHOWN) {
		(void)number_print((double)(open - MISSING_SHOWN), count);
		text_add_char(out, ' ');
		word_add(out, query->language, WORD_AND_MORE, count);
	}
}

static void add_words(const struct query *query, const struct judged_duty *duty,
		      struct report_table *table)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	char received[NUMBER_BYTES], all[NUMBER_BYTES];
	size_t count = duty->by_state[DUTY_ON_TIME] + duty->by_state[DUTY_LATE];
	phrase_duty(&text, query, &duty->obligation, duty->by_state[DUTY_MISSING] > 0);
	cell_take(table, &text);
	tell_period(&text, query->language, duty->obligation.period);
	cell_take(table, &text);
	phrase_due(&text, query->language, &duty->obligation);
	cell_take(table, &text);
	word_add(&text, query->language, WORD_COUNT_OF, number_print((double)count, received),
		 number_print((double)duty->count, all));
	cell_take(table, &text);
	cell_integer(table, true, (long)duty->by_state[DUTY_LATE]);
	add_missing(query, duty, &text);
	cell_take(table, &text);
}

static void add_due(struct report_table *table, const struct obligation *obligation)
{
	add_day(table, obligation->due.named);
	add_day(table, obligation->due.first);
	add_day(table, obligation->latest);
	add_day(table, obligation->in_time);
}

void duties_add_missing_owners(const struct judged_duty *judged, struct report_table *table)
{
	AUTO_TEXT struct text ids = text_with_limit(IDS_BYTES);
	for (size_t i = 0; i < judged->count; i++)
		if (judged->owners[i].state == DUTY_MISSING)
			text_addf(&ids, "%s%s", ids.len > 0 ? ";" : "",
				  judged->owners[i].obliged.key);
	if (ids.len > 0 || ids.failed)
		cell_words(table, &ids);
	else
		cell_none(table);
}

struct report_table *duties_add_table(const struct query *query, struct report *report)
{
	return query_add_table(query, report, "duties", summary_columns, COUNT_OF(summary_columns));
}

void duties_add_summary(const struct query *query, const struct judged_duty *judged,
			struct report_table *table)
{
	const struct catalogue *catalogue = query->judge.catalogue;
	const struct obligation *obligation = &judged->obligation;
	const struct duty *duty = obligation->duty;
	bool is_missing = judged->by_state[DUTY_MISSING] > 0;
	const struct duty_office *answers =
		office_answering(catalogue, catalogue_office(catalogue, span_of(duty->recipient)),
				 phrase_office_day(query, obligation, is_missing));
	char period[PERIOD_BYTES];
	add_words(query, judged, table);
	cell_text(table, duty_family(duty));
	cell_text(table, duty->id);
	cell_text(table, duty->title);
	add_id(table, duty->act);
	cell_text(table, duty->deliver == DELIVER_FIGURES ? "figures" : "document");
	cell_text(table, period_print(obligation->period, period));
	cell_text(table, duty->deadline);
	add_due(table, obligation);
	add_id(table, duty->recipient);
	cell_text(table, answers ? answers->id : NULL);
	cell_integer(table, true, (long)judged->count);
	cell_integer(table, true,
		     (long)(judged->by_state[DUTY_ON_TIME] + judged->by_state[DUTY_LATE]));
	for (int i = 0; i < DUTY_STATES; i++)
		cell_integer(table, true, (long)judged->by_state[i]);
	duties_add_missing_owners(judged, table);
	table_end_row(table);
}
