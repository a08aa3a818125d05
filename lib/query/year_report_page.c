/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/year_report_page.h"

#include "query/heading.h"
#include "query/notes.h"
#include "query/phrase.h"
#include "query/report_words.h"
#include "query/year_report_chart.h"
#include "query/year_report_coverage.h"
#include "query/year_report_duties.h"
#include "query/year_report_phrase.h"
#include "query/year_report_sources.h"

/* A column of a table: its head and what stands in it. */
struct page_phrase {
	enum report_word heading;
	enum page_look look;
	year_phrase_fn *phrase;
};

static const struct page_phrase all_columns[] = {
	{REPORT_INDICATOR, PAGE_PLAIN, year_phrase_indicator},
	{REPORT_TARGET, PAGE_PLAIN, year_phrase_target},
	{REPORT_START, PAGE_PLAIN, year_phrase_start},
	{REPORT_LAST_YEAR, PAGE_PLAIN, year_phrase_last_year},
	{REPORT_SAME_PART, PAGE_PLAIN, year_phrase_same_part},
	{REPORT_NOW, PAGE_PLAIN, year_phrase_now},
	{REPORT_DONE, PAGE_PLAIN, year_phrase_completion},
	{REPORT_VERDICT, PAGE_BAD, year_phrase_verdict},
	{REPORT_OUTLOOK, PAGE_PLAIN, year_phrase_outlook},
};

static const struct page_phrase member_columns[] = {
	{REPORT_AREA, PAGE_PLAIN, year_phrase_area},
	{REPORT_INDICATOR, PAGE_PLAIN, year_phrase_indicator},
	{REPORT_TARGET, PAGE_PLAIN, year_phrase_target},
	{REPORT_NOW, PAGE_PLAIN, year_phrase_now},
	{REPORT_GAP, PAGE_PLAIN, year_phrase_gap},
	{REPORT_VERDICT, PAGE_BAD, year_phrase_verdict},
};

static const struct page_phrase silent_columns[] = {
	{REPORT_INDICATOR, PAGE_PLAIN, year_phrase_indicator},
	{REPORT_TARGET, PAGE_PLAIN, year_phrase_target},
	{REPORT_WORDING, PAGE_PLAIN, year_phrase_wording},
	{REPORT_VERDICT, PAGE_BAD, year_phrase_verdict},
};

static const char *word(const struct year_report *report, enum report_word which)
{
	return report_word_of(report->query->language, which);
}

/* The verdict's cell shows how it stands also by its edge. */
static enum page_look look_of(const struct year_item *item, enum page_look look)
{
	enum assess_state state = item->row.verdict.state;
	if (look != PAGE_BAD)
		return look;
	if (query_is_unknown(state))
		return PAGE_UNKNOWN;
	return year_item_needs_care(item) ? PAGE_BAD : PAGE_GOOD;
}

static void begin_table(const struct year_report *report, const struct page_phrase *phrases,
			size_t count, struct page *page)
{
	struct page_column columns[PAGE_COLUMNS_MAX];
	for (size_t i = 0; i < count; i++)
		columns[i] = (struct page_column){word(report, phrases[i].heading), PAGE_PLAIN};
	page_table_begin(page, NULL, columns, count);
}

static void add_row(const struct year_report *report, const struct year_item *item,
		    const struct page_phrase *phrases, size_t count, struct page *page)
{
	for (size_t i = 0; i < count; i++) {
		AUTO_TEXT struct text text = TELL_TEXT;
		phrases[i].phrase(&text, report, item);
		page_cell(page, look_of(item, phrases[i].look), text_part(&text, page->out));
	}
}

/* Say a sentence if there is one. */
static void say(struct page *page, struct text *sentence)
{
	const char *text = text_part(sentence, page->out);
	if (text[0] != '\0')
		page_paragraph(page, text);
	text_clear(sentence);
}

static void add_number(struct text *out, long number)
{
	text_addf(out, "%ld", number);
}

static void add_title(const struct year_report *report, struct text *out)
{
	AUTO_TEXT struct text year = TELL_TEXT;
	add_number(&year, report->year);
	report_word_add(out, report->query->language, REPORT_TITLE,
			query_name(report->query, report->area->name, report->area->name_vi),
			text_part(&year, out));
}

static void add_day(const struct year_report *report, struct page *page)
{
	AUTO_TEXT struct text day = TELL_TEXT;
	AUTO_TEXT struct text year = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	heading_add_day(report->query, &day);
	add_number(&year, report->year);
	report_word_add(&line, report->query->language, REPORT_FIGURES_UNTIL,
			text_part(&day, &line), text_part(&year, &line));
	if (report->act != NULL) {
		AUTO_TEXT struct text act = TELL_TEXT;
		phrase_act(&act, report->query, report->act);
		text_add_char(&line, ' ');
		report_word_add(&line, report->query->language, REPORT_ACT_ONLY,
				text_part(&act, &line));
	}
	page_small(page, text_part(&line, page->out));
}

static void add_counts(const struct year_report *report, struct page *page)
{
	const struct language *language = report->query->language;
	const struct year_counts counts = year_report_count(&report->own);
	AUTO_TEXT struct text line = TELL_TEXT;
	AUTO_TEXT struct text number = TELL_TEXT;
	if (counts.all == 0) {
		page_paragraph(page, word(report, REPORT_NO_TARGETS));
		return;
	}
	year_phrase_roll_up(&line, language, &counts);
	year_phrase_not_met(&line, language, &counts);
	say(page, &line);
	year_phrase_unknown(&line, language, &report->own);
	say(page, &line);
	add_number(&number, counts.estimates);
	if (counts.estimates > 0)
		report_word_add(&line, language, REPORT_ESTIMATES, text_part(&number, &line));
	say(page, &line);
}

static void add_before(const struct year_report *report, struct page *page)
{
	for (size_t i = 0; i < report->before_count; i++) {
		AUTO_TEXT struct text line = TELL_TEXT;
		year_phrase_before(&line, report, report->before[i]);
		page_small(page, text_part(&line, page->out));
	}
}

static void add_fact(const struct year_report *report, const struct year_item *item,
		     enum report_word term, year_phrase_fn *phrase, struct page *page)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	phrase(&text, report, item);
	page_fact(page, word(report, term), text_part(&text, page->out));
}

static void add_said(const struct year_report *report, enum report_word term, const char *said,
		     const struct note *note, struct page *page)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	if (said[0] == '\0')
		return;
	text_addf(&text, "%s [", said);
	notes_tell_author(&text, report->query, note);
	text_add_char(&text, ']');
	page_fact(page, word(report, term), text_part(&text, page->out));
}

/* What people wrote, also with an acknowledgement; is a cause among it? */
static bool add_what_was_said(const struct year_report *report, const struct year_item *item,
			      struct page *page)
{
	const struct note *note;
	bool has_cause = false;
	for (size_t at = 0; (note = year_report_note(report, item, &at)) != NULL;) {
		has_cause |= note->cause[0] != '\0';
		add_said(report, REPORT_CAUSE, note->cause, note, page);
		add_said(report, REPORT_REMEDY, note->remedy, note, page);
		add_said(report, REPORT_NOTE, note->text, note, page);
	}
	if (item->row.ack != NULL) {
		AUTO_TEXT struct text text = TELL_TEXT;
		phrase_ack(&text, report->query->language, item->row.ack);
		has_cause |= item->row.ack->cause[0] != '\0';
		page_fact(page, word(report, REPORT_NOTE), text_part(&text, page->out));
	}
	return has_cause;
}

static bool add_facts(const struct year_report *report, const struct year_item *item,
		      struct page *page, struct error *err)
{
	const struct target *target = item->row.target;
	AUTO_TEXT struct text coverage = TELL_TEXT;
	if (!year_report_tell_coverage(report, item, &coverage, err))
		return false;
	page_facts_begin(page);
	if (item->row.act != NULL) {
		AUTO_TEXT struct text act = TELL_TEXT;
		phrase_act(&act, report->query, item->row.act);
		page_fact(page, word(report, REPORT_ACT), text_part(&act, page->out));
	}
	if (target->text[0] != '\0')
		page_fact(page, word(report, REPORT_WORDING), target->text);
	add_fact(report, item, REPORT_NOW, year_phrase_now, page);
	add_fact(report, item, REPORT_GAP, year_phrase_gap, page);
	add_fact(report, item, REPORT_SENDER, year_phrase_sender, page);
	if (coverage.len > 0 || coverage.failed)
		page_fact(page, word(report, REPORT_COVERAGE), text_part(&coverage, page->out));
	if (!add_what_was_said(report, item, page)) /* none is made up */
		page_fact(page, word(report, REPORT_CAUSE), word(report, REPORT_NO_CAUSE));
	page_facts_end(page);
	return true;
}

/* "Indicator, target: verdict" */
static void add_item_heading(const struct year_report *report, const struct year_item *item,
			     struct page *page)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	year_phrase_indicator(&text, report, item);
	text_add_string(&text, ", ");
	year_phrase_target(&text, report, item);
	text_add_string(&text, ": ");
	year_phrase_verdict(&text, report, item);
	page_heading(page, 3, text_part(&text, page->out));
}

static bool is_spoken_of(const struct year_report *report, const struct year_item *item)
{
	size_t at = 0;
	return item->row.ack != NULL || year_report_note(report, item, &at) != NULL;
}

/* Has it something to tell beside that there is no figure? */
static bool has_story(const struct year_report *report, const struct year_item *item)
{
	return item->row.verdict.has_point || item->part.is_set || is_spoken_of(report, item);
}

/* Is it told of by itself, with its facts and its picture? */
static bool has_chapter(const struct year_report *report, const struct year_item *item)
{
	return year_item_needs_care(item) && has_story(report, item);
}

/* A table of those with, or of those without a story; nothing when there is none. */
struct part_table {
	enum report_word heading;
	const struct page_phrase *phrases;
	size_t count;
	bool has_story;
};

static size_t add_part(const struct year_report *report, const struct part_table *table,
		       struct page *page)
{
	size_t shown = 0;
	for (size_t i = 0; i < report->own.count; i++) {
		const struct year_item *item = &report->own.items[i];
		if (has_story(report, item) != table->has_story)
			continue;
		if (shown++ == 0) {
			page_heading(page, 2, word(report, table->heading));
			begin_table(report, table->phrases, table->count, page);
		}
		add_row(report, item, table->phrases, table->count, page);
	}
	if (shown > 0)
		page_table_end(page);
	return shown;
}

static void add_all(const struct year_report *report, struct page *page)
{
	const struct part_table table = {REPORT_H_ALL, all_columns, COUNT_OF(all_columns), true};
	if (add_part(report, &table, page) == 0)
		return;
	page_small(page, word(report, REPORT_LEGEND_DONE));
	page_small(page, word(report, REPORT_LEGEND_START));
	page_small(page, word(report, REPORT_LEGEND_MARKS));
}

/* Figures of members may be there, but not enough of them. */
static bool add_refused_totals(const struct year_report *report, struct page *page,
			       struct error *err)
{
	for (size_t i = 0; i < report->own.count; i++) {
		const struct year_item *item = &report->own.items[i];
		AUTO_TEXT struct text coverage = TELL_TEXT;
		AUTO_TEXT struct text line = TELL_TEXT;
		if (has_story(report, item))
			continue;
		if (!year_report_tell_coverage(report, item, &coverage, err))
			return false;
		if (coverage.len == 0 && !coverage.failed)
			continue;
		year_phrase_indicator(&line, report, item);
		text_addf(&line, ": %s", text_part(&coverage, &line));
		page_paragraph(page, text_part(&line, page->out));
	}
	return true;
}

static bool add_silent(const struct year_report *report, struct page *page, struct error *err)
{
	const struct part_table table = {REPORT_H_SILENT, silent_columns, COUNT_OF(silent_columns),
					 false};
	return add_part(report, &table, page) == 0 || add_refused_totals(report, page, err);
}

static bool add_gaps(const struct year_report *report, struct page *page, struct error *err)
{
	size_t number = 0;
	for (size_t i = 0; i < report->own.count; i++) {
		const struct year_item *item = &report->own.items[i];
		if (!has_chapter(report, item))
			continue;
		if (number++ == 0)
			page_heading(page, 2, word(report, REPORT_H_GAPS));
		page_group_begin(page);
		add_item_heading(report, item, page);
		if (!add_facts(report, item, page, err) ||
		    !year_report_add_chart(report, item, number, page, err))
			return false;
		page_group_end(page);
	}
	return true;
}

/* What people wrote of targets that are no gaps. */
static void add_remarks(const struct year_report *report, struct page *page)
{
	size_t count = 0;
	for (size_t i = 0; i < report->own.count; i++) {
		const struct year_item *item = &report->own.items[i];
		if (has_chapter(report, item) || !is_spoken_of(report, item))
			continue;
		if (count++ == 0)
			page_heading(page, 2, word(report, REPORT_H_REMARKS));
		page_group_begin(page);
		add_item_heading(report, item, page);
		page_facts_begin(page);
		(void)add_what_was_said(report, item, page);
		page_facts_end(page);
		page_group_end(page);
	}
}

static void add_more(const struct year_report *report, size_t left, struct page *page)
{
	AUTO_TEXT struct text number = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	add_number(&number, (long)left);
	report_word_add(&line, report->query->language, REPORT_MEMBERS_MORE,
			text_part(&number, &line));
	page_small(page, text_part(&line, page->out));
}

static void add_members_counts(const struct year_report *report, struct page *page)
{
	const struct language *language = report->query->language;
	const struct year_counts counts = year_report_count(&report->members);
	AUTO_TEXT struct text line = TELL_TEXT;
	year_phrase_roll_up(&line, language, &counts);
	year_phrase_not_met(&line, language, &counts);
	say(page, &line);
	year_phrase_unknown(&line, language, &report->members);
	say(page, &line);
}

/* Is it short of its target by a figure that is there? */
static bool is_gap(const struct year_item *item)
{
	return year_item_needs_care(item) && item->row.verdict.has_point;
}

static void add_members(const struct year_report *report, struct page *page)
{
	const struct year_items *members = &report->members;
	size_t gaps = 0;
	if (members->count == 0)
		return;
	page_heading(page, 2, word(report, REPORT_H_MEMBERS));
	add_members_counts(report, page);
	for (size_t i = 0; i < members->count; i++) {
		const struct year_item *item = &members->items[i];
		if (!is_gap(item) || gaps++ >= YEAR_REPORT_MEMBERS_SHOWN)
			continue;
		if (gaps == 1)
			begin_table(report, member_columns, COUNT_OF(member_columns), page);
		add_row(report, item, member_columns, COUNT_OF(member_columns), page);
	}
	if (gaps > 0)
		page_table_end(page);
	if (gaps > YEAR_REPORT_MEMBERS_SHOWN)
		add_more(report, gaps - YEAR_REPORT_MEMBERS_SHOWN, page);
}

bool year_report_page(const struct year_report *report, enum page_format format,
		      const char *language, struct text *out, struct error *err)
{
	AUTO_TEXT struct text title = TELL_TEXT;
	struct page page = {.format = format, .out = out};
	add_title(report, &title);
	const struct page_head head = {language, text_part(&title, out), word(report, REPORT_PAGE)};
	page_begin(&page, &head);
	page_heading(&page, 1, head.title);
	add_day(report, &page);
	add_counts(report, &page);
	add_before(report, &page);
	add_all(report, &page);
	if (!add_gaps(report, &page, err) || !add_silent(report, &page, err))
		return false;
	add_remarks(report, &page);
	add_members(report, &page);
	if (!year_report_add_duties(report, &page, err) ||
	    !year_report_add_sources(report, &page, err))
		return false;
	page_end(&page);
	return text_ok(out, "the report", err);
}
