/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/phrase.h"

#include "base/number.h"

/* One digit more than was printed is enough for what was computed. */
static int computed_decimals(const struct query_row *row)
{
	int value = tell_decimals(row->indicator, row->row.decimals);
	int decimals = value > row->target->decimals ? value : row->target->decimals;
	return decimals < 1 ? 1 : decimals;
}

static void add_level(struct text *out, const struct language *language,
		      const struct query_row *row, double value)
{
	const struct target *target = row->target;
	if (target->relative || target->op == TARGET_BETTER || !target->has_value)
		tell_computed(out, language, value, computed_decimals(row));
	else
		tell_number(out, language, value, target->decimals);
	if (row->indicator->unit[0] != '\0')
		text_addf(out, " %s", row->indicator->unit);
}

static void add_range(struct text *out, const struct language *language,
		      const struct query_row *row)
{
	AUTO_TEXT struct text from = TELL_TEXT;
	double high = row->verdict.target_value_high.is_set ? row->verdict.target_value_high.value
							    : row->target->value_high;
	tell_number(&from, language,
		    row->verdict.target_value.is_set ? row->verdict.target_value.value
						     : row->target->value,
		    row->target->decimals);
	AUTO_TEXT struct text to = TELL_TEXT;
	add_level(&to, language, row, high);
	word_add(out, language, WORD_GOAL_RANGE, text_part(&from, out), text_part(&to, out));
}

/* A change in percent against a base that is not known. */
static void add_relative(struct text *out, const struct language *language,
			 const struct target *target)
{
	AUTO_TEXT struct text change = TELL_TEXT;
	tell_number(&change, language, target->value, target->decimals);
	word_add(out, language, WORD_GOAL_RELATIVE, text_part(&change, out));
}

void phrase_goal(struct text *out, const struct language *language, const struct query_row *row)
{
	static const enum word words[] = {
		[TARGET_AT_LEAST] = WORD_GOAL_AT_LEAST, [TARGET_ABOVE] = WORD_GOAL_ABOVE,
		[TARGET_AT_MOST] = WORD_GOAL_AT_MOST,	[TARGET_BELOW] = WORD_GOAL_BELOW,
		[TARGET_ABOUT] = WORD_GOAL_ABOUT,	[TARGET_RANGE] = WORD_GOAL_RANGE,
		[TARGET_KEEP] = WORD_GOAL_KEEP,		[TARGET_BETTER] = WORD_GOAL_BETTER,
		[TARGET_NONE] = WORD_GOAL_NONE,
	};
	const struct target *target = row->target;
	const struct measure *level = &row->verdict.target_value;
	if (target->op == TARGET_NONE) {
		text_add_string(out, word_of(language, WORD_GOAL_NONE));
	} else if (!level->is_set && !target->has_value) {
		text_add_string(out, word_of(language, target->op == TARGET_KEEP
							       ? WORD_GOAL_KEEP_BASE
							       : WORD_GOAL_BETTER_BASE));
	} else if (!level->is_set && target->relative) {
		add_relative(out, language, target);
	} else if (target->op == TARGET_RANGE) {
		add_range(out, language, row);
	} else {
		AUTO_TEXT struct text number = TELL_TEXT;
		add_level(&number, language, row, level->is_set ? level->value : target->value);
		word_add(out, language, words[target->op], text_part(&number, out));
	}
}

void phrase_latest(struct text *out, const struct language *language, const struct query_row *row)
{
	if (!row->verdict.has_point) {
		text_add_string(out, word_of(language, WORD_NO_FIGURES));
		return;
	}
	AUTO_TEXT struct text value = TELL_TEXT;
	AUTO_TEXT struct text period = TELL_TEXT;
	struct observation shown = row->row;
	/* Where a year is made from its months, the year is what decides. */
	bool is_made = row->verdict.value.is_set && row->verdict.value.value != shown.value;
	if (is_made) {
		shown.value = row->verdict.value.value;
		shown.decimals = computed_decimals(row);
	}
	tell_value(&value, language, row->indicator, &shown, row->stand_in);
	tell_period(&period, language, row->row.period);
	word_add(out, language, WORD_VALUE_AND_PERIOD, text_part(&value, out),
		 text_part(&period, out));
}

void phrase_gap(struct text *out, const struct language *language, const struct query_row *row)
{
	const struct measure *gap = &row->verdict.gap;
	if (!gap->is_set || gap->value <= 0)
		text_add_string(out, "-");
	else
		tell_distance(out, language, row->indicator, gap->value, computed_decimals(row));
}

void phrase_outlook(struct text *out, const struct language *language, const struct query_row *row)
{
	const struct measure *projected = &row->verdict.projected;
	if (!projected->is_set) {
		text_add_string(out, "-");
		return;
	}
	text_add_string(out, "~");
	tell_computed(out, language, projected->value, computed_decimals(row));
}

void phrase_band(struct text *out, const struct language *language, const struct query_row *row)
{
	const struct verdict *verdict = &row->verdict;
	if (!verdict->band_low.is_set || !verdict->band_high.is_set) {
		text_add_string(out, "-");
		return;
	}
	tell_computed(out, language, verdict->band_low.value, computed_decimals(row));
	text_add_string(out, "..");
	tell_computed(out, language, verdict->band_high.value, computed_decimals(row));
}

static enum word word_of_reason(enum assess_reason reason, enum word otherwise)
{
	static const struct {
		enum assess_reason reason;
		enum word word;
	} words[] = {
		{REASON_BREAK, WORD_TOO_FEW_BREAK},
		{REASON_PERIOD_NOT_REPORTED, WORD_NOT_REPORTED},
		{REASON_BASELINE_UNKNOWN, WORD_BASELINE_UNKNOWN},
		{REASON_TARGET_WITHOUT_VALUE, WORD_NO_NUMBER},
		{REASON_AREA_ENDED, WORD_AREA_ENDED},
		{REASON_NO_CHANGE, WORD_NO_CHANGE},
		{REASON_LOST_IF_CONTINUED, WORD_MET_MAY_BE_LOST},
		{REASON_SHORT_SO_FAR, WORD_SHORT_SO_FAR},
		{REASON_METHOD_UNKNOWN, WORD_METHOD_UNKNOWN},
		{REASON_MEMBERS_MISSING, WORD_MEMBERS_MISSING},
		{REASON_SPAN_TOO_SHORT, WORD_SPAN_TOO_SHORT},
		{REASON_MEASURE_UNDEFINED, WORD_MEASURE_UNDEFINED},
	};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (words[i].reason == reason)
			return words[i].word;
	return otherwise;
}

enum word phrase_state_word(const struct verdict *verdict)
{
	static const enum word words[] = {
		[STATE_MET] = WORD_MET,
		[STATE_ON_TRACK] = WORD_ON_TRACK,
		[STATE_NEARLY_ON_TRACK] = WORD_NEARLY_ON_TRACK,
		[STATE_OFF_TRACK] = WORD_OFF_TRACK,
		[STATE_WORSENING] = WORD_WORSENING,
		[STATE_MISSED] = WORD_MISSED,
		[STATE_INSUFFICIENT_DATA] = WORD_TOO_FEW,
		[STATE_NO_DATA] = WORD_NO_DATA,
		[STATE_NOT_ASSESSABLE] = WORD_NOT_ASSESSABLE,
	};
	if (verdict->state == STATE_MET && verdict->late)
		return WORD_MET_LATE;
	if (verdict->state == STATE_MET)
		return verdict->exceeded ? WORD_MET_EXCEEDED : WORD_MET;
	if (verdict->state == STATE_MISSED && verdict->late)
		return WORD_MISSED_REACHED_LATER;
	return word_of_reason(verdict->reason, words[verdict->state]);
}

/* How sure the state is; -1: nothing to say. */
static int word_of_doubt(const struct query_row *row)
{
	const struct verdict *verdict = &row->verdict;
	bool is_judged_by_value = verdict->state == STATE_MET || verdict->state == STATE_MISSED;
	if (query_is_unknown(verdict->state))
		return WORD_NONE;
	if (!is_judged_by_value)
		return verdict->provisional ? WORD_WITH_PROVISIONAL : WORD_NONE;
	if (tell_is_estimate(&row->row, row->stand_in))
		return WORD_WITH_ESTIMATE;
	if (row->row.status == OBS_PROVISIONAL)
		return WORD_WITH_PROVISIONAL;
	bool is_open = verdict->state == STATE_MET && !verdict->final && !verdict->late;
	return is_open ? WORD_WITH_NOT_FINAL : WORD_NONE;
}

/* "no total: 2 of 3 members" */
static void add_no_total(struct text *out, const struct language *language,
			 const struct total *total)
{
	char used[NUMBER_BYTES], expected[NUMBER_BYTES];
	number_print_integer((int64_t)total->used, used);
	number_print_integer((int64_t)total->expected, expected);
	word_add(out, language, WORD_NO_TOTAL, used, expected);
}

/* Decided by a figure of which nothing is doubtful: those that came later, or did not come, change
 * nothing of it. */
static bool is_settled(const struct query_row *row)
{
	const struct verdict *verdict = &row->verdict;
	bool is_decided = verdict->state == STATE_MISSED ||
			  (verdict->state == STATE_MET && (verdict->final || verdict->late));
	return is_decided && word_of_doubt(row) == WORD_NONE;
}

void phrase_state(struct text *out, const struct language *language, const struct query_row *row)
{
	const char *state = word_of(language, phrase_state_word(&row->verdict));
	int doubt = word_of_doubt(row);
	AUTO_TEXT struct text sure = TELL_TEXT;
	bool is_refused = row->total.expected > 0 && row->total.fault != TOTAL_FINE;
	if (row->verdict.reason == REASON_MEMBERS_MISSING && is_refused)
		add_no_total(&sure, language, &row->total);
	else if (doubt == WORD_NONE)
		text_add_string(&sure, state);
	else
		word_add(&sure, language, (enum word)doubt, state);
	if (row->ack != NULL)
		word_add(out, language, WORD_ACKNOWLEDGED, text_part(&sure, out));
	else
		text_add_string(out, text_part(&sure, out));
	if (row->verdict.freshness == FRESHNESS_OVERDUE && !is_settled(row)) {
		text_add_string(out, ", ");
		word_add_count(out, language, WORD_OVERDUE_ONE, WORD_OVERDUE,
			       row->verdict.overdue_periods);
	}
}

void phrase_standing(struct text *out, const struct language *language, const struct query_row *row)
{
	enum assess_state state = row->verdict.state;
	phrase_state(out, language, row);
	bool is_open = !query_is_unknown(state) && state != STATE_MET && state != STATE_MISSED;
	if (!is_open || !row->verdict.projected.is_set)
		return;
	text_add_string(out, ": ");
	phrase_outlook(out, language, row);
}

const char *phrase_symbol(const struct language *language, const char *symbol)
{
	static const struct {
		const char *symbol;
		enum word word;
	} words[] = {
		{"sun", WORD_SUN},
		{"slightly cloudy", WORD_SLIGHTLY_CLOUDY},
		{"cloud", WORD_CLOUD},
		{"thunderstorm", WORD_THUNDERSTORM},
		{"not assessed", WORD_NOT_ASSESSED},
		{"target met", WORD_SYM_TARGET_MET},
		{"significant progress", WORD_SYM_SIGNIFICANT},
		{"moderate progress", WORD_SYM_MODERATE},
		{"insufficient progress", WORD_SYM_INSUFFICIENT},
		{"movement away", WORD_SYM_AWAY},
		{"moderate movement away", WORD_SYM_MODERATE_AWAY},
		{"significant movement away", WORD_SYM_SIGNIFICANT_AWAY},
		{"not assessable", WORD_SYM_NOT_ASSESSABLE},
		{"target_achieved", WORD_SYM_ACHIEVED},
		{"substantial_progress", WORD_SYM_SUBSTANTIAL},
		{"moderate_progress", WORD_SYM_MODERATE},
		{"limited_progress", WORD_SYM_LIMITED},
		{"deterioration", WORD_SYM_DETERIORATION},
		{"not_available", WORD_SYM_NOT_AVAILABLE},
		{"on track or maintaining", WORD_SYM_SDR_ON_TRACK},
		{"moderately increasing", WORD_SYM_SDR_MODERATE},
		{"stagnating", WORD_SYM_SDR_STAGNATING},
		{"decreasing", WORD_SYM_SDR_DECREASING},
		{"no arrow", WORD_SYM_SDR_NO_ARROW},
		{"maintain", WORD_SYM_ESCAP_MAINTAIN},
		{"accelerate", WORD_SYM_ESCAP_ACCELERATE},
		{"reverse", WORD_SYM_ESCAP_REVERSE},
		{"on track", WORD_ON_TRACK},
		{"fair progress, acceleration needed", WORD_SYM_UN_FAIR},
		{"stagnation or regression", WORD_SYM_UN_STAGNATION},
	};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(words[i].symbol, symbol) == 0)
			return word_of(language, words[i].word);
	return word_text(language, symbol);
}

void phrase_area(struct text *out, const struct query *query, const struct query_row *row)
{
	text_add_string(out, query_name(query, row->area->name, row->area->name_vi));
	if (row->act != NULL && row->act->reference)
		text_add_string(out, " *");
}

void phrase_target(struct text *out, const struct query_row *row)
{
	bool is_reference = row->act != NULL && row->act->reference;
	text_addf(out, "%s%s", row->target->id, is_reference ? " *" : "");
}

void phrase_name(struct text *out, const struct query *query, const struct query_row *row)
{
	text_addf(out, "%s (%s", query_name(query, row->indicator->name, row->indicator->name_vi),
		  row->indicator->id);
	text_addf(out, "%s%s)", row->target->breakdown[0] ? ", " : "", row->target->breakdown);
}

void phrase_ack(struct text *out, const struct language *language, const struct ack *ack)
{
	AUTO_TEXT struct text day = TELL_TEXT;
	AUTO_TEXT struct text rest = TELL_TEXT;
	const char *const said[] = {ack->cause, ack->note};
	tell_day(&day, language, ack->until_day);
	if (ack->until_day == DAY_NONE)
		text_add_string(&rest, word_of(language, WORD_ACK_HOLDS));
	else
		word_add(&rest, language, WORD_ACK_HOLDS_UNTIL, text_part(&day, &rest));
	for (size_t i = 0; i < COUNT_OF(said); i++)
		text_addf(&rest, "%s%s", said[i][0] ? "; " : "", said[i]);
	word_add(out, language, WORD_NOTE_ACK, ack->actor, text_part(&rest, out));
}

void phrase_act(struct text *out, const struct query *query, const struct act *act)
{
	const char *title = query_name(query, act->title, act->title_vi);
	bool has_number = act->number[0] != '\0';
	bool is_named = has_number || title[0] == '\0';
	text_add_string(out, has_number ? act->number : is_named ? act->id : title);
	if (act->adopted != DAY_NONE) {
		text_add_string(out, ", ");
		tell_day(out, query->language, act->adopted);
	}
	if (has_number && title[0] != '\0')
		text_addf(out, ": %s", title);
}
