/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/year_report_phrase.h"
#include "base/number.h"

#include <math.h>

#include "query/phrase.h"
#include "query/report_words.h"

#define PERCENT 100.0

enum { COMPUTED_DECIMALS = 3 };

static const struct language *language_of(const struct year_report *report)
{
	return report->query->language;
}

/* "83 % (2020)"; "-" when there is none. */
static void tell_year_value(struct text *out, const struct year_report *report,
			    const struct year_item *item, const struct year_value *value)
{
	const struct language *language = language_of(report);
	AUTO_TEXT struct text number = TELL_TEXT;
	AUTO_TEXT struct text period = TELL_TEXT;
	if (!value->is_set) {
		text_add_string(out, "-");
		return;
	}
	tell_value(&number, language, item->row.indicator, &value->row, value->stand_in);
	if (value->period.from == value->period.to) {
		text_add_string(out, text_part(&number, out));
		return;
	}
	tell_period(&period, language, value->period);
	word_add(out, language, WORD_VALUE_AND_PERIOD, text_part(&number, out),
		 text_part(&period, out));
}

void year_phrase_start(struct text *out, const struct year_report *report,
		       const struct year_item *item)
{
	AUTO_TEXT struct text value = TELL_TEXT;
	tell_year_value(&value, report, item, &item->start);
	if (item->start.is_set && !item->joins)
		report_word_add(out, language_of(report), REPORT_BREAK, text_part(&value, out));
	else if (item->start.is_set && item->is_baseline)
		report_word_add(out, language_of(report), REPORT_BASELINE, text_part(&value, out));
	else
		text_add_string(out, text_part(&value, out));
}

void year_phrase_last_year(struct text *out, const struct year_report *report,
			   const struct year_item *item)
{
	tell_year_value(out, report, item, &item->last_year);
}

/* "+2.3 pts": what changed in a year. */
static void tell_change(struct text *out, const struct year_report *report,
			const struct year_item *item)
{
	const struct observation *now = &item->part.row, *before = &item->same_part.row;
	double change = now->value - before->value;
	int decimals = now->decimals > before->decimals ? now->decimals : before->decimals;
	text_add_char(out, change < 0 ? '-' : '+');
	tell_distance(out, language_of(report), item->row.indicator, fabs(change),
		      decimals < 0 ? COMPUTED_DECIMALS : decimals);
}

void year_phrase_same_part(struct text *out, const struct year_report *report,
			   const struct year_item *item)
{
	tell_year_value(out, report, item, &item->same_part);
	if (!item->same_part.is_set || !item->part.is_set)
		return;
	text_add_string(out, "; ");
	tell_change(out, report, item);
}

void year_phrase_now(struct text *out, const struct year_report *report,
		     const struct year_item *item)
{
	const struct language *language = language_of(report);
	const struct query_row *row = &item->row;
	bool is_other = item->part.is_set && (!row->verdict.has_point ||
					      !period_equal(item->part.period, row->row.period));
	if (!is_other) {
		phrase_latest(out, language, row);
		return;
	}
	AUTO_TEXT struct text latest = TELL_TEXT;
	AUTO_TEXT struct text part = TELL_TEXT;
	phrase_latest(&latest, language, row);
	tell_year_value(&part, report, item, &item->part);
	report_word_add(out, language, REPORT_PART, text_part(&latest, out), text_part(&part, out));
}

void year_phrase_target(struct text *out, const struct year_report *report,
			const struct year_item *item)
{
	AUTO_TEXT struct text goal = TELL_TEXT;
	AUTO_TEXT struct text due = TELL_TEXT;
	phrase_goal(&goal, language_of(report), &item->row);
	tell_period(&due, language_of(report), item->row.target->period);
	const struct act *act = item->row.act;
	const char *number = act == NULL ? item->row.target->act : act->number;
	report_word_add(out, language_of(report), REPORT_DUE_BY, text_part(&goal, out),
			text_part(&due, out), number[0] ? number : item->row.target->act);
}

void year_phrase_completion(struct text *out, const struct year_report *report,
			    const struct year_item *item)
{
	const struct completion *done = &item->completion;
	AUTO_TEXT struct text share = TELL_TEXT;
	if (done->basis == COMPLETION_HELD || done->basis == COMPLETION_NOT_HELD) {
		enum report_word word =
			done->basis == COMPLETION_HELD ? REPORT_HELD : REPORT_NOT_HELD;
		text_add_string(out, report_word_of(language_of(report), word));
		return;
	}
	if (!done->share.is_set) {
		text_add_string(out, "-");
		return;
	}
	tell_computed(&share, language_of(report), PERCENT * done->share.value, 1);
	report_word_add(out, language_of(report),
			done->basis == COMPLETION_WAY ? REPORT_OF_WAY : REPORT_OF_LEVEL,
			text_part(&share, out));
}

void year_phrase_verdict(struct text *out, const struct year_report *report,
			 const struct year_item *item)
{
	phrase_state(out, language_of(report), &item->row);
}

void year_phrase_outlook(struct text *out, const struct year_report *report,
			 const struct year_item *item)
{
	const struct verdict *verdict = &item->row.verdict;
	phrase_outlook(out, language_of(report), &item->row);
	if (!verdict->projected.is_set || !verdict->band_low.is_set || !verdict->band_high.is_set)
		return;
	text_add_string(out, " (");
	phrase_band(out, language_of(report), &item->row);
	text_add_string(out, ")");
}

void year_phrase_gap(struct text *out, const struct year_report *report,
		     const struct year_item *item)
{
	phrase_gap(out, language_of(report), &item->row);
}

void year_phrase_sender(struct text *out, const struct year_report *report,
			const struct year_item *item)
{
	const struct query_row *row = &item->row;
	if (!row->verdict.has_point) {
		text_add_string(out, "-");
		return;
	}
	if (row->row.seq == 0) {
		text_add_string(out, report_word_of(language_of(report), REPORT_COMPUTED));
		return;
	}
	text_addf(out, "%s, ", query_source_name(report->query, row->row.source));
	tell_published(out, language_of(report), row->row.published);
}

void year_phrase_indicator(struct text *out, const struct year_report *report,
			   const struct year_item *item)
{
	const struct query_row *row = &item->row;
	text_add_string(out,
			query_name(report->query, row->indicator->name, row->indicator->name_vi));
	if (row->target->breakdown[0] != '\0')
		text_addf(out, " (%s)", row->target->breakdown);
}

void year_phrase_area(struct text *out, const struct year_report *report,
		      const struct year_item *item)
{
	phrase_area(out, report->query, &item->row);
}

void year_phrase_wording(struct text *out, const struct year_report *report,
			 const struct year_item *item)
{
	const char *text = item->row.target->text;
	(void)report;
	text_add_string(out, text[0] ? text : "-");
}

void year_phrase_before(struct text *out, const struct year_report *report, const struct area *area)
{
	AUTO_TEXT struct text last = TELL_TEXT;
	tell_day(&last, language_of(report), area->valid_to - 1);
	report_word_add(out, language_of(report), REPORT_BEFORE,
			query_name(report->query, area->name, area->name_vi), text_part(&last, out),
			area->id);
}

static void add_long(struct text *out, long number)
{
	text_addf(out, "%ld", number);
}

void year_phrase_roll_up(struct text *out, const struct language *language,
			 const struct year_counts *counts)
{
	char met[NUMBER_BYTES], all[NUMBER_BYTES], exceeded[NUMBER_BYTES];
	number_print_integer(counts->met, met);
	number_print_integer(counts->all, all);
	number_print_integer(counts->exceeded, exceeded);
	if (counts->met == 0 && counts->all == 1)
		text_add_string(out, report_word_of(language, REPORT_ROLL_UP_ONLY));
	else if (counts->met == 0)
		report_word_add(out, language, REPORT_ROLL_UP_NONE, all);
	else
		report_word_add(out, language, REPORT_ROLL_UP, met, all, exceeded);
}

void year_phrase_not_met(struct text *out, const struct language *language,
			 const struct year_counts *counts)
{
	static const struct {
		enum assess_state state;
		enum word word;
	} states[] = {
		{STATE_MISSED, WORD_MISSED},	   {STATE_WORSENING, WORD_WORSENING},
		{STATE_OFF_TRACK, WORD_OFF_TRACK}, {STATE_NEARLY_ON_TRACK, WORD_NEARLY_ON_TRACK},
		{STATE_ON_TRACK, WORD_ON_TRACK},
	};
	AUTO_TEXT struct text parts = TELL_TEXT;
	AUTO_TEXT struct text number = TELL_TEXT;
	long sum = counts->all - counts->met - counts->unknown;
	for (size_t i = 0; i < COUNT_OF(states); i++)
		if (counts->by_state[states[i].state] > 0)
			text_addf(&parts, "%s%ld %s", parts.len > 0 ? ", " : "",
				  counts->by_state[states[i].state],
				  word_of(language, states[i].word));
	if (sum > 1)
		add_long(&number, sum);
	text_add_string(out, sum > 0 ? " " : "");
	if (sum == 1)
		report_word_add(out, language, REPORT_ONE_NOT_MET, text_part(&parts, out));
	else if (sum > 1)
		report_word_add(out, language, REPORT_NOT_MET, text_part(&number, out),
				text_part(&parts, out));
}

void year_phrase_unknown(struct text *out, const struct language *language,
			 const struct year_items *items)
{
	long by_word[WORD_COUNT] = {0}, sum = 0;
	AUTO_TEXT struct text why = TELL_TEXT;
	AUTO_TEXT struct text number = TELL_TEXT;
	for (size_t i = 0; i < items->count; i++) {
		const struct verdict *verdict = &items->items[i].row.verdict;
		sum += query_is_unknown(verdict->state);
		if (query_is_unknown(verdict->state))
			by_word[phrase_state_word(verdict)]++;
	}
	for (int word = 0; word < WORD_COUNT; word++)
		if (by_word[word] > 0)
			text_addf(&why, "%s%ld %s", why.len > 0 ? ", " : "", by_word[word],
				  word_of(language, (enum word)word));
	if (sum > 0)
		add_long(&number, sum);
	if (sum > 0)
		word_add(out, language, WORD_NOT_JUDGED, text_part(&number, out),
			 text_part(&why, out));
}
