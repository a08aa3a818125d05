/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/duties.h"

#include "base/number.h"
#include "query/duties_summary.h"
#include "query/duty_rows.h"
#include "query/heading.h"
#include "query/phrase_duty.h"
#include "query/tell.h"

/* An answer that is being written. */
struct answer {
	const struct duty_rows *rows;
	struct report_table *table;
	size_t by_state[DUTY_STATES];
};

static const struct query_column owner_columns[] = {
	{"shown_duty", WORD_NONE, COLUMN_HUMAN | COLUMN_GROUP, 0},
	{"shown_period", WORD_H_PERIOD, COLUMN_HUMAN, 0},
	{"shown_owner", WORD_H_OWNER, COLUMN_HUMAN | COLUMN_WRAP, 0},
	{"shown_due", WORD_H_DUE, COLUMN_HUMAN, 0},
	{"shown_received", WORD_H_RECEIVED, COLUMN_HUMAN, 0},
	{"shown_state", WORD_H_STATE, COLUMN_HUMAN | COLUMN_WRAP, 0},
	{"duty", WORD_NONE, COLUMN_MACHINE, 0},
	{"version", WORD_NONE, COLUMN_MACHINE, 0},
	{"period", WORD_NONE, COLUMN_MACHINE, 0},
	{"deadline", WORD_NONE, COLUMN_MACHINE, 0},
	{"due", WORD_NONE, COLUMN_MACHINE, 0},
	{"latest", WORD_NONE, COLUMN_MACHINE, 0},
	{"owner", WORD_NONE, COLUMN_MACHINE, 0},
	{"owner_name", WORD_NONE, COLUMN_MACHINE, 0},
	{"answers", WORD_NONE, COLUMN_MACHINE, 0},
	{"contact", WORD_NONE, COLUMN_MACHINE, 0},
	{"area", WORD_NONE, COLUMN_MACHINE, 0},
	{"state", WORD_NONE, COLUMN_MACHINE, 0},
	{"delivered", WORD_NONE, COLUMN_MACHINE, 0},
	{"late_days", WORD_NONE, COLUMN_MACHINE, 0},
	{"days_left", WORD_NONE, COLUMN_MACHINE, 0},
	{"figures", WORD_NONE, COLUMN_MACHINE, 0},
	{"figures_expected", WORD_NONE, COLUMN_MACHINE, 0},
	{"missing_indicators", WORD_NONE, COLUMN_MACHINE, 0},
	{"delivery", WORD_NONE, COLUMN_MACHINE, 0},
	{"document", WORD_NONE, COLUMN_MACHINE, 0},
	{"title", WORD_NONE, COLUMN_MACHINE, 0},
	{"title_vi", WORD_NONE, COLUMN_MACHINE, 0},
	{"owner_name_vi", WORD_NONE, COLUMN_MACHINE, 0},
	{"answers_name", WORD_NONE, COLUMN_MACHINE, 0},
	{"answers_name_vi", WORD_NONE, COLUMN_MACHINE, 0},
	{"recipient", WORD_NONE, COLUMN_MACHINE, 0},
	{"recipient_answers", WORD_NONE, COLUMN_MACHINE, 0},
	{"recipient_name", WORD_NONE, COLUMN_MACHINE, 0},
	{"recipient_name_vi", WORD_NONE, COLUMN_MACHINE, 0},
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

static bool take_summary(void *self, const struct judged_duty *duty, struct error *err)
{
	struct answer *answer = self;
	(void)err;
	for (int i = 0; i < DUTY_STATES; i++)
		answer->by_state[i] += duty->by_state[i];
	duties_add_summary(answer->rows->query, duty, answer->table);
	return true;
}

static void add_owner_words(const struct answer *answer, const struct judged_duty *duty,
			    const struct judged_owner *owner)
{
	const struct query *query = answer->rows->query;
	struct report_table *table = answer->table;
	AUTO_TEXT struct text text = TELL_TEXT;
	phrase_duty(&text, query, &duty->obligation, owner->state == DUTY_MISSING);
	cell_take(table, &text);
	tell_period(&text, query->language, duty->obligation.period);
	cell_take(table, &text);
	phrase_owner(&text, query, &duty->obligation, owner);
	cell_take(table, &text);
	phrase_due(&text, query->language, &duty->obligation);
	cell_take(table, &text);
	if (owner->day == DAY_NONE)
		text_add_char(&text, '-');
	else
		tell_day(&text, query->language, owner->day);
	cell_take(table, &text);
	phrase_owner_state(&text, query, &duty->obligation, owner);
	cell_take(table, &text);
}

static void add_who(struct report_table *table, const struct obliged *obliged)
{
	cell_text(table, obliged->key);
	cell_text(table, obliged_is_area(obliged) ? obliged->area->name : obliged->office->name);
	cell_text(table, obliged->answers ? obliged->answers->id : NULL);
	add_id(table, obliged->answers ? obliged->answers->contact : "");
	cell_text(table, obliged->area ? obliged->area->id : NULL);
}

static void add_name(struct report_table *table, const struct duty_office *office)
{
	cell_text(table, office ? office->name : NULL);
	add_id(table, office ? office->name_vi : "");
}

/* Whatever a reminder needs that is sent by another program. */
static void add_names(const struct answer *answer, const struct judged_duty *judged,
		      const struct judged_owner *owner)
{
	struct report_table *table = answer->table;
	const struct query *query = answer->rows->query;
	const struct catalogue *catalogue = query->judge.catalogue;
	const struct obligation *obligation = &judged->obligation;
	const struct obliged *obliged = &owner->obliged;
	const struct duty *duty = obligation->duty;
	const struct duty_office *recipient = catalogue_office(catalogue, span_of(duty->recipient));
	const struct duty_office *now = office_answering(
		catalogue, recipient,
		phrase_office_day(query, obligation, owner->state == DUTY_MISSING));
	cell_text(table, duty->title);
	add_id(table, duty->title_vi);
	add_id(table, obliged_is_area(obliged) ? obliged->area->name_vi : obliged->office->name_vi);
	add_name(table, obliged->answers);
	add_id(table, duty->recipient);
	cell_text(table, now ? now->id : NULL);
	add_name(table, now != NULL ? now : recipient);
}

static void add_missing(struct report_table *table, const struct duty *duty,
			const struct judged_owner *owner)
{
	AUTO_TEXT struct text ids = TELL_TEXT;
	phrase_missing(&ids, duty, owner, ";");
	if (ids.len > 0 || ids.failed)
		cell_take(table, &ids);
	else
		cell_none(table);
}

static void add_owner(const struct answer *answer, const struct judged_duty *judged,
		      const struct judged_owner *owner)
{
	struct report_table *table = answer->table;
	const struct obligation *obligation = &judged->obligation;
	const struct duty *duty = obligation->duty;
	char period[PERIOD_BYTES], document[SHA256_TEXT_BYTES];
	bool has_figures = duty->deliver == DELIVER_FIGURES;
	bool is_open = owner->day == DAY_NONE;
	add_owner_words(answer, judged, owner);
	cell_text(table, duty_family(duty));
	cell_text(table, duty->id);
	cell_text(table, period_print(obligation->period, period));
	cell_text(table, duty->deadline);
	add_day(table, obligation->due.named);
	add_day(table, obligation->latest);
	add_who(table, &owner->obliged);
	cell_text(table, duty_state_name(owner->state));
	add_day(table, owner->day);
	cell_integer(table, owner->late_days > 0, owner->late_days);
	cell_integer(table, is_open && owner->state != DUTY_MISSING,
		     obligation->latest - answer->rows->query->judge.as_of.day);
	cell_integer(table, has_figures, (long)owner->indicators);
	cell_integer(table, has_figures, (long)duty->indicator_count);
	add_missing(table, duty, owner);
	cell_integer(table, owner->delivery != 0, (long)owner->delivery);
	cell_text(table, sha256_is_set(&owner->document) ? sha256_print(&owner->document, document)
							 : NULL);
	add_names(answer, judged, owner);
	table_end_row(table);
}

static bool take_owners(void *self, const struct judged_duty *duty, struct error *err)
{
	struct answer *answer = self;
	(void)err;
	for (size_t i = 0; i < duty->count; i++) {
		if (!duty_rows_pass(answer->rows, &duty->owners[i]))
			continue;
		answer->by_state[duty->owners[i].state]++;
		add_owner(answer, duty, &duty->owners[i]);
	}
	return true;
}

/* "12 on time, 1 late, 2 overdue" */
static void add_counts(const struct query *query, const size_t by_state[DUTY_STATES],
		       struct report *report)
{
	static const enum word words[DUTY_STATES] = {
		[DUTY_ON_TIME] = WORD_COUNT_ON_TIME, [DUTY_LATE] = WORD_COUNT_LATE,
		[DUTY_MISSING] = WORD_COUNT_OVERDUE, [DUTY_DUE_SOON] = WORD_COUNT_DUE_SOON,
		[DUTY_AWAITED] = WORD_COUNT_AWAITED,
	};
	AUTO_TEXT struct text line = TELL_TEXT;
	const char *before = " · ";
	heading_add_day(query, &line);
	for (int i = 0; i < DUTY_STATES; i++) {
		if (by_state[i] == 0)
			continue;
		text_add_string(&line, before);
		word_add_count(&line, query->language, words[i], words[i], (long)by_state[i]);
		before = ", ";
	}
	report_line(report, "%s", "");
	report_words(report, &line);
}

static bool ask(const struct duty_rows *rows, bool each_owner, struct report **ret,
		struct error *err)
{
	const struct query *query = rows->query;
	struct answer answer = {.rows = rows};
	AUTO_REPORT struct report *report = report_new();
	if (report == NULL)
		return error_memory(err);
	query_add_day(query, report);
	answer.table = each_owner ? query_add_table(query, report, "owners", owner_columns,
						    COUNT_OF(owner_columns))
				  : duties_add_table(query, report);
	if (!duty_rows_each(rows, each_owner ? take_owners : take_summary, &answer, err))
		return false;
	if (table_rows(answer.table) == 0)
		report_line(report, "%s",
			    word_of(query->language,
				    rows->reminders ? WORD_REMIND_NOBODY : WORD_NO_DUTIES));
	add_counts(query, answer.by_state, report);
	if (!each_owner && table_rows(answer.table) > 0)
		report_line(report, "%s", word_of(query->language, WORD_NEXT_DUTY));
	*ret = ptr_take(&report);
	return true;
}

bool query_duties(const struct query *query, const struct duties_question *question,
		  struct report **ret, struct error *err)
{
	struct duty_rows rows;
	bool each_owner =
		question->duty != NULL || question->owner != NULL || question->state != NULL;
	return duty_rows_begin(query, question, &rows, err) && ask(&rows, each_owner, ret, err);
}

bool query_duties_reminders(const struct query *query, const struct duties_question *question,
			    struct report **ret, struct error *err)
{
	struct duty_rows rows;
	if (!duty_rows_begin(query, question, &rows, err))
		return false;
	rows.reminders = true;
	return ask(&rows, true, ret, err);
}

static bool count(void *self, const struct judged_duty *duty, struct error *err)
{
	struct answer *answer = self;
	(void)err;
	for (size_t i = 0; i < duty->count; i++)
		if (duty_rows_pass(answer->rows, &duty->owners[i]))
			answer->by_state[duty->owners[i].state]++;
	return true;
}

bool query_duties_check(const struct query *query, const struct duties_question *question,
			struct text *out, enum check_status *ret, struct error *err)
{
	struct duty_rows rows;
	struct answer answer = {.rows = &rows};
	if (!duty_rows_begin(query, question, &rows, err) ||
	    !duty_rows_each(&rows, count, &answer, err))
		return false;
	const size_t *by_state = answer.by_state;
	enum check_status status = by_state[DUTY_MISSING] > 0	 ? CHECK_CRITICAL
				   : by_state[DUTY_DUE_SOON] > 0 ? CHECK_WARNING
								 : CHECK_OK;
	char overdue[NUMBER_BYTES], soon[NUMBER_BYTES], days[NUMBER_BYTES];
	text_addf(out, "ENVGAP DUTIES %s - ", check_status_name(status));
	word_add(out, query->language, WORD_CHECK_DUTIES,
		 number_print_integer((int64_t)by_state[DUTY_MISSING], overdue),
		 number_print_integer((int64_t)by_state[DUTY_DUE_SOON], soon),
		 number_print_integer(DUTY_SOON_DAYS, days));
	text_addf(out, " | overdue=%zu;;0 due_soon=%zu;0 late=%zu on_time=%zu\n",
		  by_state[DUTY_MISSING], by_state[DUTY_DUE_SOON], by_state[DUTY_LATE],
		  by_state[DUTY_ON_TIME]);
	*ret = status;
	return true;
}
