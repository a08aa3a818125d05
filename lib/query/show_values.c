/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/show_parts.h"

#include "base/number.h"
#include "obs/instant.h"
#include "query/heading.h"
#include "query/tell.h"
#include "query/verdict.h"

enum { SPARK_LEVELS = 8, SPARK_LABELLED_MAX = 14, SPARK_PERIODS_MAX = 90 };

bool show_counts(const struct show *show, size_t vintage)
{
	const struct as_of *as_of = &show->query->judge.as_of;
	const struct judged_series *series = show->series;
	int32_t day = as_of->by_receipt ? series->received_days[vintage]
					: series->vintages.rows[vintage].known_day;
	return day <= as_of->day;
}

/* The span of what can be drawn as bars. */
struct spark {
	double low, high;
	int32_t first, last; /* indices of periods */
	size_t count;
};

static struct spark measure_spark(const struct show *show)
{
	const struct standing *standing = &show->series->standing;
	enum frequency frequency = show->asked->indicator->frequency;
	struct spark spark = {0};
	for (size_t i = 0; i < standing->count; i++) {
		const struct standing_point *point = &standing->points[i];
		int32_t index = period_index(frequency, point->reporting.from);
		double value = point->row->value;
		if (!point->usable)
			continue;
		spark.low = spark.count == 0 || value < spark.low ? value : spark.low;
		spark.high = spark.count == 0 || value > spark.high ? value : spark.high;
		spark.first = spark.count == 0 ? index : spark.first;
		spark.last = index;
		spark.count++;
	}
	return spark;
}

static const char *bar_of(const struct spark *spark, double value)
{
	static const char *const bars[SPARK_LEVELS] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	double span = spark->high - spark->low;
	if (span <= 0)
		return bars[SPARK_LEVELS / 2];
	int level = (int)((value - spark->low) / span * (SPARK_LEVELS - 1) + 0.5);
	return bars[level];
}

/* The usable point of exactly this period, looked for from *at on, which moves up to it; NULL when
 * there is none. */
static const struct standing_point *find_point(const struct standing *standing, size_t *at,
					       struct period period)
{
	while (*at < standing->count &&
	       (!standing->points[*at].usable ||
		period_compare(standing->points[*at].reporting, period) < 0))
		++*at;
	bool has = *at < standing->count && period_equal(standing->points[*at].reporting, period);
	return has ? &standing->points[*at] : NULL;
}

/* The bar of each period, blanks where there is no value. */
static void add_bars(const struct show *show, const struct spark *spark, bool is_labelled,
		     struct text *out)
{
	enum frequency frequency = show->asked->indicator->frequency;
	size_t at = 0;
	for (int32_t index = spark->first; index <= spark->last; index++) {
		struct period period = period_at_index(frequency, index);
		const struct standing_point *point =
			find_point(&show->series->standing, &at, period);
		if (is_labelled && point != NULL)
			tell_period(out, show->query->language, period);
		if (is_labelled)
			text_add_string(out, point != NULL ? " " : "  ");
		text_add_string(out, point != NULL ? bar_of(spark, point->row->value) : " ");
		if (is_labelled && index < spark->last)
			text_add_char(out, ' ');
	}
}

void show_add_spark(const struct show *show)
{
	struct spark spark = measure_spark(show);
	enum frequency frequency = show->asked->indicator->frequency;
	AUTO_TEXT struct text line = TELL_TEXT;
	if (spark.count < 2)
		return;
	bool is_labelled =
		frequency == FREQUENCY_YEAR && spark.last - spark.first < SPARK_LABELLED_MAX;
	if (spark.last - spark.first >= SPARK_PERIODS_MAX)
		spark.first = spark.last - SPARK_PERIODS_MAX + 1;
	if (!is_labelled) {
		tell_period(&line, show->query->language, period_at_index(frequency, spark.first));
		text_add_char(&line, ' ');
	}
	add_bars(show, &spark, is_labelled, &line);
	if (!is_labelled) {
		text_add_char(&line, ' ');
		tell_period(&line, show->query->language, period_at_index(frequency, spark.last));
	}
	report_words(show->report, &line);
	report_line(show->report, "%s", "");
}

/* Which figure comes next, and by when it is or was expected. */
static void add_next(const struct show *show, const struct standing_point *last, struct text *out)
{
	const struct language *language = show->query->language;
	const struct indicator *indicator = show->asked->indicator;
	struct period next = period_step(last->reporting, 1);
	int32_t expected = period_last_day(next) + indicator->release_lag_days;
	bool is_late = expected < show->query->judge.as_of.day;
	AUTO_TEXT struct text period = TELL_TEXT;
	AUTO_TEXT struct text day = TELL_TEXT;
	tell_period(&period, language, next);
	tell_day(&day, language, expected);
	text_add_string(out, "; ");
	word_add(out, language, is_late ? WORD_NEXT_WAS_EXPECTED : WORD_NEXT_EXPECTED,
		 text_part(&period, out), text_part(&day, out));
}

void show_add_latest(const struct show *show)
{
	const struct language *language = show->query->language;
	const struct standing *standing = &show->series->standing;
	size_t at = standing_last_usable(standing);
	AUTO_TEXT struct text value = TELL_TEXT;
	AUTO_TEXT struct text period = TELL_TEXT;
	AUTO_TEXT struct text known = TELL_TEXT;
	AUTO_TEXT struct text published = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	if (at == standing->count)
		return;
	const struct standing_point *last = &standing->points[at];
	tell_value(&value, language, show->asked->indicator, last->row, last->stand_in);
	tell_period(&period, language, last->row->period);
	word_add(&known, language, WORD_VALUE_AND_PERIOD, text_part(&value, &known),
		 text_part(&period, &known));
	tell_published(&published, language, last->row->published);
	word_add(&line, language, last->row->published[0] ? WORD_LATEST_IS : WORD_LATEST_UNDATED_IS,
		 text_part(&known, &line), query_source_name(show->query, last->row->source),
		 text_part(&published, &line));
	add_next(show, last, &line);
	report_words(show->report, &line);
}

/* What else is or was said of the reporting period: earlier vintages of the same source, values in
 * force of others. */
static void add_earlier(const struct show *show, const struct standing_point *point,
			struct text *out)
{
	const struct language *language = show->query->language;
	const struct vintages *vintages = &show->series->vintages;
	for (size_t i = 0; i < vintages->count; i++) {
		const struct observation *row = &vintages->rows[i];
		if (!show_counts(show, i) || row->seq == point->row->seq ||
		    !period_contains(point->reporting, row->period))
			continue;
		text_add_string(out, out->len > 0 ? "; " : "");
		tell_value(out, language, show->asked->indicator, row, false);
		if (!period_equal(row->period, point->reporting)) {
			text_add_char(out, ' ');
			tell_period(out, language, row->period);
		}
		text_addf(out, " %s", row->source);
		if (row->published[0] != '\0') {
			text_add_string(out, " (");
			tell_published(out, language, row->published);
			text_add_char(out, ')');
		}
	}
}

static const struct query_column value_columns[] = {
	{"shown_period", WORD_H_PERIOD, COLUMN_HUMAN, 0},
	{"shown_value", WORD_H_VALUE, COLUMN_HUMAN | COLUMN_RIGHT, 0},
	{"shown_source", WORD_H_PUBLISHER, COLUMN_HUMAN | COLUMN_SHRINK, 0},
	{"shown_published", WORD_H_PUBLISHED, COLUMN_HUMAN, 0},
	{"shown_earlier", WORD_H_ELSE, COLUMN_HUMAN | COLUMN_SHRINK, 1},
	{"period", WORD_NONE, COLUMN_MACHINE, 0},
	{"obs_period", WORD_NONE, COLUMN_MACHINE, 0},
	{"value", WORD_NONE, COLUMN_MACHINE, 0},
	{"status", WORD_NONE, COLUMN_MACHINE, 0},
	{"qualifier", WORD_NONE, COLUMN_MACHINE, 0},
	{"stand_in", WORD_NONE, COLUMN_MACHINE, 0},
	{"usable", WORD_NONE, COLUMN_MACHINE, 0},
	{"num", WORD_NONE, COLUMN_MACHINE, 0},
	{"den", WORD_NONE, COLUMN_MACHINE, 0},
	{"break", WORD_NONE, COLUMN_MACHINE, 0},
	{"source", WORD_NONE, COLUMN_MACHINE, 0},
	{"published", WORD_NONE, COLUMN_MACHINE, 0},
	{"known", WORD_NONE, COLUMN_MACHINE, 0},
	{"seq", WORD_NONE, COLUMN_MACHINE, 0},
	{"computed", WORD_NONE, COLUMN_MACHINE, 0},
};

static void add_shown(const struct show *show, const struct standing_point *point,
		      struct report_table *table)
{
	const struct language *language = show->query->language;
	AUTO_TEXT struct text text = TELL_TEXT;
	/* A part that stands for the whole is named as what was observed. */
	tell_period(&text, language, point->row->period);
	cell_take(table, &text);
	tell_value(&text, language, show->asked->indicator, point->row, point->stand_in);
	cell_take(table, &text);
	cell_text(table, query_source_name(show->query, point->row->source));
	tell_published(&text, language, point->row->published);
	cell_take(table, &text);
	add_earlier(show, point, &text);
	if (text.len > 0 || text.failed)
		cell_take(table, &text);
	else
		cell_text(table, "");
}

/* From the value to the known day. */
static void add_row_cells(const struct observation *row, struct report_table *table)
{
	cell_number(table, row->has_num, row->num);
	cell_number(table, row->has_den, row->den);
	cell_switch(table, row->is_break);
	cell_text(table, row->source[0] ? row->source : NULL);
	cell_text(table, row->published[0] ? row->published : NULL);
}

void show_add_values(const struct show *show)
{
	const struct standing *standing = &show->series->standing;
	struct report_table *table = query_add_table(show->query, show->report, "values",
						     value_columns, COUNT_OF(value_columns));
	for (size_t i = 0; i < standing->count; i++) {
		char text[PERIOD_BYTES];
		const struct standing_point *point = &standing->points[i];
		const struct observation *row = point->row;
		add_shown(show, point, table);
		cell_text(table, period_print(point->reporting, text));
		cell_text(table, period_print(row->period, text));
		cell_number(table, row->has_value, row->value);
		cell_text(table, obs_status_code(row->status));
		cell_text(table, verdict_qualifier_name(row->qualifier));
		cell_switch(table, point->stand_in);
		cell_switch(table, point->usable);
		add_row_cells(row, table);
		cell_text(table, day_print(row->known_day, text));
		cell_integer(table, row->seq != 0, (long)row->seq);
		cell_switch(table, point->computed);
		table_end_row(table);
	}
}

static const struct query_column vintage_columns[] = {
	{"seq", WORD_NONE, COLUMN_MACHINE, 0},	     {"period", WORD_NONE, COLUMN_MACHINE, 0},
	{"value", WORD_NONE, COLUMN_MACHINE, 0},     {"status", WORD_NONE, COLUMN_MACHINE, 0},
	{"qualifier", WORD_NONE, COLUMN_MACHINE, 0}, {"num", WORD_NONE, COLUMN_MACHINE, 0},
	{"den", WORD_NONE, COLUMN_MACHINE, 0},	     {"break", WORD_NONE, COLUMN_MACHINE, 0},
	{"source", WORD_NONE, COLUMN_MACHINE, 0},    {"published", WORD_NONE, COLUMN_MACHINE, 0},
	{"known", WORD_NONE, COLUMN_MACHINE, 0},     {"received", WORD_NONE, COLUMN_MACHINE, 0},
	{"load", WORD_NONE, COLUMN_MACHINE, 0},
};

void show_add_vintages(const struct show *show)
{
	const struct vintages *vintages = &show->series->vintages;
	struct report_table *table = query_add_table(show->query, show->report, "vintages",
						     vintage_columns, COUNT_OF(vintage_columns));
	for (size_t i = 0; i < vintages->count; i++) {
		char text[INSTANT_BYTES];
		char period[PERIOD_BYTES];
		const struct observation *row = &vintages->rows[i];
		if (!show_counts(show, i))
			continue;
		cell_integer(table, true, (long)row->seq);
		cell_text(table, period_print(row->period, period));
		cell_number(table, row->has_value, row->value);
		cell_text(table, obs_status_code(row->status));
		cell_text(table, verdict_qualifier_name(row->qualifier));
		add_row_cells(row, table);
		cell_text(table, day_print(row->known_day, text));
		cell_text(table, instant_print(row->received, text));
		cell_integer(table, true, (long)row->load);
		table_end_row(table);
	}
}

/* Is this row the one in force of its source and period? Rows are by period, source, known day,
 * seq. */
static bool is_in_force(const struct show *show, size_t at)
{
	const struct vintages *vintages = &show->series->vintages;
	const struct observation *row = &vintages->rows[at];
	for (size_t i = at + 1; i < vintages->count; i++) {
		const struct observation *later = &vintages->rows[i];
		if (strcmp(later->source, row->source) != 0 ||
		    !period_equal(later->period, row->period))
			break;
		if (show_counts(show, i))
			return false;
	}
	return row->has_value && row->status != OBS_WITHDRAWN;
}

bool show_differs(const struct show *show, const struct standing_point *point, size_t vintage)
{
	const struct observation *row = &show->series->vintages.rows[vintage];
	return show_counts(show, vintage) && period_equal(row->period, point->row->period) &&
	       strcmp(row->source, point->row->source) != 0 && is_in_force(show, vintage) &&
	       !number_equal(row->value, point->row->value);
}

/* "gso 91 %, monre 91.7 %": those in force for exactly the period that differ from what stands;
 * empty when all agree. */
static void add_difference(const struct show *show, const struct standing_point *point,
			   struct text *out)
{
	const struct vintages *vintages = &show->series->vintages;
	for (size_t i = 0; i < vintages->count; i++) {
		const struct observation *row = &vintages->rows[i];
		if (!show_differs(show, point, i))
			continue;
		text_addf(out, "%s%s ", out->len > 0 ? ", " : "",
			  query_source_name(show->query, row->source));
		tell_value(out, show->query->language, show->asked->indicator, row, false);
	}
}

void show_add_differences(const struct show *show)
{
	const struct language *language = show->query->language;
	const struct standing *standing = &show->series->standing;
	for (size_t i = 0; i < standing->count; i++) {
		const struct standing_point *point = &standing->points[i];
		AUTO_TEXT struct text others = TELL_TEXT;
		AUTO_TEXT struct text all = TELL_TEXT;
		AUTO_TEXT struct text period = TELL_TEXT;
		AUTO_TEXT struct text line = TELL_TEXT;
		add_difference(show, point, &others);
		if (others.len == 0 && !others.failed)
			continue;
		text_addf(&all, "%s ", query_source_name(show->query, point->row->source));
		tell_value(&all, language, show->asked->indicator, point->row, point->stand_in);
		text_addf(&all, ", %s", text_part(&others, &all));
		tell_period(&period, language, point->row->period);
		word_add(&line, language, WORD_PUBLISHERS_DIFFER, text_part(&period, &line),
			 text_part(&all, &line));
		report_words(show->report, &line);
	}
}
