/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/check.h"

#include "base/number.h"
#include "query/phrase.h"
#include "query/tell.h"

const char *check_status_name(enum check_status status)
{
	static const char *const names[] = {
		[CHECK_OK] = "OK",
		[CHECK_WARNING] = "WARNING",
		[CHECK_CRITICAL] = "CRITICAL",
		[CHECK_UNKNOWN] = "UNKNOWN",
	};
	return names[status];
}

enum check_status check_status_of(const struct verdict *verdict)
{
	switch (verdict->state) {
	case STATE_MET:
	case STATE_ON_TRACK:
		return verdict->freshness == FRESHNESS_OVERDUE ? CHECK_WARNING : CHECK_OK;
	case STATE_NEARLY_ON_TRACK:
		return CHECK_WARNING;
	case STATE_OFF_TRACK:
	case STATE_WORSENING:
	case STATE_MISSED:
		return CHECK_CRITICAL;
	case STATE_INSUFFICIENT_DATA:
	case STATE_NO_DATA:
	case STATE_NOT_ASSESSABLE:
		break;
	}
	return CHECK_UNKNOWN;
}

static enum check_status status_of(const struct query_row *row, const struct check_options *options)
{
	if (options->acknowledged_ok && row->ack != NULL)
		return CHECK_OK;
	return check_status_of(&row->verdict);
}

/* Lower is worse. */
static int badness(const struct query_row *row, const struct check_options *options)
{
	static const int ranks[] = {
		[CHECK_CRITICAL] = 0, [CHECK_WARNING] = 1, [CHECK_UNKNOWN] = 2, [CHECK_OK] = 3};
	if (row->verdict.state == STATE_NOT_ASSESSABLE)
		return (int)COUNT_OF(ranks);
	return ranks[status_of(row, options)];
}

/* Or as bad and due later. */
static bool is_worse(const struct query_row *a, const struct query_row *b,
		     const struct check_options *options)
{
	int bad_a = badness(a, options);
	int bad_b = badness(b, options);
	if (bad_a != bad_b)
		return bad_a < bad_b;
	return assess_state_rank(a->verdict.state) <= assess_state_rank(b->verdict.state);
}

/* The goal without its unit: ">=100". */
static void add_goal(struct text *out, const struct language *language, const struct query_row *row)
{
	struct indicator bare = *row->indicator;
	struct query_row shown = *row;
	bare.unit[0] = '\0';
	shown.indicator = &bare;
	phrase_goal(out, language, &shown);
}

static void add_overdue(struct text *out, const struct language *language,
			const struct verdict *verdict)
{
	if (verdict->freshness != FRESHNESS_OVERDUE)
		return;
	text_add_string(out, ", ");
	word_add_count(out, language, WORD_OVERDUE_ONE, WORD_OVERDUE, verdict->overdue_periods);
}

static void add_state(struct text *out, const struct language *language,
		      const struct query_row *row)
{
	const struct verdict *verdict = &row->verdict;
	const char *state = word_of(language, phrase_state_word(verdict));
	bool is_unknown = query_is_unknown(verdict->state);
	AUTO_TEXT struct text goal = TELL_TEXT;
	AUTO_TEXT struct text period = TELL_TEXT;
	add_goal(&goal, language, row);
	tell_period(&period, language, row->target->period);
	if (is_unknown)
		add_overdue(out, language, verdict);
	text_add_string(out, ", ");
	word_add(out, language, is_unknown ? WORD_CHECK_CANNOT : WORD_CHECK_FOR, state,
		 text_part(&goal, out), text_part(&period, out));
	if (!is_unknown)
		add_overdue(out, language, verdict);
}

/* The state stays what it is: a monitoring system has its own ways to be silent. */
static void add_ack(struct text *out, const struct language *language, const struct query_row *row)
{
	AUTO_TEXT struct text day = TELL_TEXT;
	if (row->ack == NULL)
		return;
	text_add_string(out, ", ");
	if (row->ack->until_day == DAY_NONE) {
		word_add(out, language, WORD_CHECK_ACK, row->ack->actor);
		return;
	}
	tell_day(&day, language, row->ack->until_day);
	word_add(out, language, WORD_CHECK_ACK_UNTIL, row->ack->actor, text_part(&day, out));
}

static void add_value(struct text *out, const struct language *language,
		      const struct query_row *row)
{
	if (!row->verdict.has_point) {
		text_add_string(out, word_of(language, WORD_NO_FIGURES));
		return;
	}
	/* Nobody reads a legend here. */
	struct language spelled = *language;
	spelled.words[WORD_MARK_ESTIMATE] = word_of(language, WORD_SPELLED_ESTIMATE);
	spelled.words[WORD_MARK_PROVISIONAL] = word_of(language, WORD_SPELLED_PROVISIONAL);
	phrase_latest(out, &spelled, row);
}

static void add_number(struct text *out, bool is_set, double value)
{
	char number[NUMBER_BYTES];
	if (is_set)
		text_add_string(out, number_print(value, number));
}

/* Performance data: 'label'=value[UOM];[warn];[crit];[min];[max] */
static void add_data(struct text *out, const struct query_row *row)
{
	const struct indicator *indicator = row->indicator;
	const struct verdict *verdict = &row->verdict;
	if (!verdict->value.is_set)
		return;
	text_add_string(out, " | value=");
	add_number(out, true, verdict->value.value);
	text_addf(out, "%s;;;", strcmp(indicator->unit, "%") == 0 ? "%" : "");
	add_number(out, indicator->has_low, indicator->low);
	text_add_char(out, ';');
	add_number(out, indicator->has_high, indicator->high);
	text_add_string(out, verdict->gap.is_set ? " gap=" : "");
	add_number(out, verdict->gap.is_set, verdict->gap.value);
	text_add_string(out, verdict->projected.is_set ? " projected=" : "");
	add_number(out, verdict->projected.is_set, verdict->projected.value);
}

bool query_check(const struct query *query, const struct query_series *series,
		 const struct check_options *options, struct text *out, enum check_status *ret,
		 struct error *err)
{
	AUTO_QUERY_ROWS struct query_rows rows = {0};
	const struct query_filter filter = {
		.indicator = series->indicator->id,
		.area = series->area->id,
		.breakdown = series->breakdown,
		.target = options->target,
		.all = options->target != NULL,
	};
	if (!query_rows_read(query, &filter, &rows, err))
		return false;
	if (rows.count == 0)
		return error_set(err, ERROR_NOT_FOUND, "%s %s: no target is in force",
				 series->indicator->id, series->area->id);
	const struct query_row *worst = &rows.items[0];
	for (size_t i = 1; i < rows.count; i++)
		if (is_worse(&rows.items[i], worst, options))
			worst = &rows.items[i];
	enum check_status status = status_of(worst, options);
	text_addf(out, "ENVGAP %s - %s ", check_status_name(status), series->indicator->id);
	text_addf(out, "%s%s%s ", series->breakdown, series->breakdown[0] ? " " : "",
		  series->area->id);
	add_value(out, query->language, worst);
	add_state(out, query->language, worst);
	add_ack(out, query->language, worst);
	add_data(out, worst);
	text_add_char(out, '\n');
	*ret = status;
	return true;
}
