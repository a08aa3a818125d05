/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/show.h"

#include "base/number.h"
#include "query/heading.h"
#include "query/notes.h"
#include "query/show_parts.h"
#include "query/status.h"
#include "query/tell.h"
#include "query/warnings.h"

static const char *direction_name(enum direction direction)
{
	switch (direction) {
	case DIRECTION_UP:
		return "up";
	case DIRECTION_DOWN:
		return "down";
	case DIRECTION_RANGE:
		return "range";
	}
	return NULL;
}

static const char *basis_name(enum time_basis basis)
{
	static const char *const names[] = {
		[BASIS_END] = "end", [BASIS_MEAN] = "mean", [BASIS_SUM] = "sum"};
	return names[basis];
}

static enum word direction_word(enum direction direction)
{
	if (direction == DIRECTION_UP)
		return WORD_UP;
	return direction == DIRECTION_DOWN ? WORD_DOWN : WORD_STAY;
}

static enum word frequency_word(enum frequency frequency)
{
	static const struct {
		enum frequency frequency;
		enum word word;
	} words[] = {
		{FREQUENCY_HALF, WORD_HALF_YEARLY}, {FREQUENCY_QUARTER, WORD_QUARTERLY},
		{FREQUENCY_MONTH, WORD_MONTHLY},    {FREQUENCY_WEEK, WORD_WEEKLY},
		{FREQUENCY_DAY, WORD_DAILY},
	};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (words[i].frequency == frequency)
			return words[i].word;
	return WORD_YEARLY;
}

static void add_fields(const struct show *show)
{
	struct report *report = show->report;
	const struct indicator *indicator = show->asked->indicator;
	query_add_day(show->query, report);
	report_field_text(report, "indicator", indicator->id);
	report_field_text(report, "name", indicator->name);
	report_field_text(report, "breakdown", show->asked->breakdown);
	report_field_text(report, "area", show->asked->area->id);
	report_field_text(report, "area_name", show->asked->area->name);
	report_field_text(report, "unit", indicator->unit);
	report_field_text(report, "direction", direction_name(indicator->direction));
	report_field_text(report, "frequency", frequency_name(indicator->frequency));
	report_field_text(report, "basis", basis_name(indicator->basis));
	report_field_number(report, "low", indicator->has_low, indicator->low);
	report_field_number(report, "high", indicator->has_high, indicator->high);
	report_field_text(report, "definition", indicator->definition);
	report_field_text(report, "formula", indicator->formula);
}

static void add_source(const struct show *show, const char *id, struct text *out)
{
	AUTO_TEXT struct text seen = TELL_TEXT;
	text_addf(&seen, "%s%s", out->len > 0 ? ", " : "", query_source_name(show->query, id));
	text_add(out, text_part(&seen, out), seen.len);
}

/* Who has published something that counts, each once, in the order of the first period. */
static void add_sources(const struct show *show, struct text *out)
{
	const struct vintages *vintages = &show->series->vintages;
	for (size_t i = 0; i < vintages->count; i++) {
		size_t before = 0;
		while (before < i &&
		       (!show_counts(show, before) ||
			strcmp(vintages->rows[before].source, vintages->rows[i].source) != 0))
			before++;
		if (before == i && show_counts(show, i))
			add_source(show, vintages->rows[i].source, out);
	}
}

static void add_title(const struct show *show)
{
	const struct query_series *asked = show->asked;
	const struct indicator *indicator = asked->indicator;
	AUTO_TEXT struct text line = TELL_TEXT;
	text_addf(&line, "%s, %s (%s%s%s) · ",
		  query_name(show->query, indicator->name, indicator->name_vi),
		  query_name(show->query, asked->area->name, asked->area->name_vi), indicator->id,
		  asked->breakdown[0] ? ", " : "", asked->breakdown);
	heading_add_day(show->query, &line);
	report_words(show->report, &line);
}

static void add_habits(const struct show *show)
{
	const struct language *language = show->query->language;
	const struct indicator *indicator = show->asked->indicator;
	AUTO_TEXT struct text line = TELL_TEXT;
	AUTO_TEXT struct text sources = TELL_TEXT;
	text_addf(&line, "%s%s%s", indicator->unit, indicator->unit[0] ? ", " : "",
		  word_of(language, direction_word(indicator->direction)));
	if (indicator->has_low && indicator->has_high) {
		text_add_string(&line, ", ");
		tell_number(&line, language, indicator->low, TELL_AS_IS);
		text_add_string(&line, "..");
		tell_number(&line, language, indicator->high, TELL_AS_IS);
	}
	text_addf(&line, " · %s", word_of(language, frequency_word(indicator->frequency)));
	add_sources(show, &sources);
	if (sources.len > 0 || sources.failed) {
		text_add_string(&line, " · ");
		word_add(&line, language, WORD_SOURCES, text_part(&sources, &line));
	}
	report_words(show->report, &line);
}

static void add_about(const struct show *show)
{
	const struct language *language = show->query->language;
	const struct indicator *indicator = show->asked->indicator;
	const struct {
		enum word word;
		const char *text;
	} parts[] = {
		{WORD_DEFINITION,
		 query_name(show->query, indicator->definition, indicator->definition_vi)},
		{WORD_FORMULA, query_name(show->query, indicator->formula, indicator->formula_vi)},
	};
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		AUTO_TEXT struct text line = TELL_TEXT;
		if (parts[i].text[0] == '\0')
			continue;
		word_add(&line, language, parts[i].word, parts[i].text);
		report_words(show->report, &line);
	}
}

/* Is the break about this series? */
static bool concerns(const struct show *show, const struct series_break *broken)
{
	return strcmp(broken->indicator, show->asked->indicator->id) == 0 &&
	       (broken->area[0] == '\0' || strcmp(broken->area, show->asked->area->id) == 0);
}

static void add_breaks(const struct show *show)
{
	static const struct query_column columns[] = {
		{"day", WORD_NONE, COLUMN_MACHINE, 0},
		{"source", WORD_NONE, COLUMN_MACHINE, 0},
		{"note", WORD_NONE, COLUMN_MACHINE, 0},
	};
	const struct language *language = show->query->language;
	const struct catalogue *catalogue = show->query->judge.catalogue;
	struct report_table *table =
		query_add_table(show->query, show->report, "breaks", columns, COUNT_OF(columns));
	for (size_t i = 0; i < catalogue->break_count; i++) {
		char iso[DAY_BYTES];
		const struct series_break *broken = &catalogue->breaks[i];
		if (!concerns(show, broken))
			continue;
		cell_text(table, day_print(broken->day, iso));
		cell_text(table, broken->source[0] ? broken->source : NULL);
		cell_text(table, broken->note);
		table_end_row(table);
		AUTO_TEXT struct text day = TELL_TEXT;
		AUTO_TEXT struct text line = TELL_TEXT;
		tell_day(&day, language, broken->day);
		word_add(&line, language, WORD_BREAK, text_part(&day, &line));
		if (broken->source[0] != '\0')
			text_addf(&line, " (%s)", query_source_name(show->query, broken->source));
		const char *note = query_name(show->query, broken->note, broken->note_vi);
		text_addf(&line, "%s%s", note[0] ? ": " : "", note);
		report_words(show->report, &line);
	}
}

/* What was doubtful about its figures when they came. */
static bool add_warnings(const struct show *show, struct error *err)
{
	const struct series_key key = query_series_key(show->asked);
	struct warnings_filter filter = {0};
	if (!series_find(show->query->judge.ledger, &key, &filter.series, err))
		return false;
	return filter.series == 0 || warnings_add_lines(show->query, &filter, show->report, err);
}

/* What is known of the series. */
static bool add_series(const struct show *show, bool has_about, struct error *err)
{
	const struct language *language = show->query->language;
	add_fields(show);
	add_title(show);
	add_habits(show);
	if (has_about)
		add_about(show);
	show_add_latest(show);
	report_line(show->report, "%s", "");
	if (show->series->standing.count == 0)
		report_line(show->report, "%s", word_of(language, WORD_NO_ROWS));
	show_add_spark(show);
	show_add_values(show);
	show_add_vintages(show);
	if (show->series->standing.count > 0)
		report_line(show->report, "%s", "");
	show_add_differences(show);
	show_add_totals(show);
	show_add_territory(show);
	if (!add_warnings(show, err))
		return false;
	add_breaks(show);
	report_line(show->report, "%s", "");
	return true;
}

/* What its targets make of it. */
static bool add_parts(const struct show *show, bool has_about, const struct query_rows *targets,
		      struct error *err)
{
	const struct language *language = show->query->language;
	AUTO_OTHERWISE struct otherwise otherwise = {0};
	if (!add_series(show, has_about, err))
		return false;
	if (targets->count == 0)
		report_line(show->report, "%s", word_of(language, WORD_NO_SERIES_TARGETS));
	if (!show_find_otherwise(show, targets, &otherwise, err))
		return false;
	show_add_targets(show, targets, &otherwise);
	show_add_otherwise(show, &otherwise);
	show_add_ways(show, targets);
	for (size_t i = 0; i < targets->count; i++)
		(void)status_add_ack(show->query, &targets->items[i], show->report);
	if (!query_add_notes(show->query, show->asked, NULL, show->report, err))
		return false;
	if (targets->count > 0)
		report_line(show->report, "%s", "");
	return show_add_milestones(show, targets, err) && show_add_methods(show, targets, err) &&
	       show_add_evidence(show, targets, err);
}

bool query_show(const struct query *query, const struct query_series *series, bool has_about,
		struct report **ret, struct error *err)
{
	AUTO_JUDGED_SERIES struct judged_series judged = {0};
	AUTO_QUERY_ROWS struct query_rows targets = {0};
	AUTO_REPORT struct report *report = report_new();
	const struct series_key key = query_series_key(series);
	const struct query_filter filter = {
		.indicator = series->indicator->id,
		.area = series->area->id,
		.breakdown = series->breakdown,
		.all = true,
	};
	if (report == NULL)
		return error_memory(err);
	if (!judge_series(&query->judge, &key, &judged, err) ||
	    !query_rows_read(query, &filter, &targets, err))
		return false;
	const struct show show = {query, series, &judged, report};
	if (!add_parts(&show, has_about, &targets, err))
		return false;
	*ret = ptr_take(&report);
	return true;
}
