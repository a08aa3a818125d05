/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/year_report_duties.h"

#include "judge/duty.h"
#include "query/report_words.h"
#include "query/tell.h"

enum { MISSING_SHOWN = 5 };

struct listing {
	const struct year_report *report;
	struct page *page;
	size_t shown;
};

static bool has_act(const struct year_items *items, const char *act)
{
	for (size_t i = 0; i < items->count; i++)
		if (strcmp(items->items[i].row.target->act, act) == 0)
			return true;
	return false;
}

static bool is_about(const struct year_report *report, const struct duty *duty)
{
	const struct catalogue *catalogue = report->query->judge.catalogue;
	int32_t last = day_from_parts(report->year, 12, 31);
	if (report->act != NULL && strcmp(duty->act, report->act->id) != 0)
		return false;
	if (duty->area[0] == '\0')
		return duty->act[0] != '\0' &&
		       (has_act(&report->own, duty->act) || has_act(&report->members, duty->act));
	return strcmp(duty->area, report->area->id) == 0 ||
	       catalogue_is_member(catalogue, duty->area, report->area->id, last);
}

static bool is_wanted(const struct year_report *report, const struct judged_duty *judged)
{
	int year = day_parts(judged->obligation.latest).year;
	return year == report->year && is_about(report, judged->obligation.duty);
}

static void begin(struct listing *listing)
{
	static const enum report_word words[] = {REPORT_DUTY, REPORT_PERIOD, REPORT_DUE,
						 REPORT_RECEIVED, REPORT_MISSING};
	const struct language *language = listing->report->query->language;
	struct page_column columns[COUNT_OF(words)];
	for (size_t i = 0; i < COUNT_OF(words); i++)
		columns[i] = (struct page_column){report_word_of(language, words[i]), PAGE_PLAIN};
	page_heading(listing->page, 2, report_word_of(language, REPORT_H_DUTIES));
	page_table_begin(listing->page, NULL, columns, COUNT_OF(columns));
}

/* "61 of 63, 2 late" */
static void tell_received(struct text *out, const struct language *language,
			  const struct judged_duty *judged)
{
	AUTO_TEXT struct text received = TELL_TEXT;
	AUTO_TEXT struct text all = TELL_TEXT;
	AUTO_TEXT struct text late = TELL_TEXT;
	size_t late_count = judged->by_state[DUTY_LATE];
	text_addf(&received, "%zu", judged->by_state[DUTY_ON_TIME] + late_count);
	text_addf(&all, "%zu", judged->count);
	text_addf(&late, "%zu", late_count);
	report_word_add(out, language, late_count > 0 ? REPORT_OF_LATE : REPORT_OF,
			text_part(&received, out), text_part(&all, out), text_part(&late, out));
}

static const char *name_of(const struct query *query, const struct obliged *obliged)
{
	if (obliged->office != NULL)
		return query_name(query, obliged->office->name, obliged->office->name_vi);
	if (obliged->area != NULL)
		return query_name(query, obliged->area->name, obliged->area->name_vi);
	return obliged->key;
}

/* "Hill, River and 3 more", "awaited"; "-" when nobody is. */
static void tell_missing(struct text *out, const struct query *query,
			 const struct judged_duty *judged)
{
	size_t missing = 0;
	for (size_t i = 0; i < judged->count; i++) {
		const struct judged_owner *owner = &judged->owners[i];
		if (owner->state != DUTY_MISSING || missing++ >= MISSING_SHOWN)
			continue;
		text_addf(out, "%s%s", missing > 1 ? ", " : "", name_of(query, &owner->obliged));
	}
	if (missing > MISSING_SHOWN) {
		AUTO_TEXT struct text more = TELL_TEXT;
		text_addf(&more, "%zu", missing - MISSING_SHOWN);
		report_word_add(out, query->language, REPORT_AND_MORE, text_part(&more, out));
	}
	bool is_whole =
		judged->by_state[DUTY_ON_TIME] + judged->by_state[DUTY_LATE] == judged->count;
	if (missing == 0 && !is_whole)
		text_add_string(out, report_word_of(query->language, REPORT_AWAITED));
	else if (missing == 0)
		text_add_string(out, "-");
}

static bool take(void *self, const struct judged_duty *judged, struct error *err)
{
	struct listing *listing = self;
	const struct query *query = listing->report->query;
	const struct duty *duty = judged->obligation.duty;
	struct page *page = listing->page;
	AUTO_TEXT struct text period = TELL_TEXT;
	AUTO_TEXT struct text due = TELL_TEXT;
	AUTO_TEXT struct text received = TELL_TEXT;
	AUTO_TEXT struct text missing = TELL_TEXT;
	(void)err;
	if (!is_wanted(listing->report, judged))
		return true;
	if (listing->shown++ == 0)
		begin(listing);
	tell_period(&period, query->language, judged->obligation.period);
	tell_day(&due, query->language, judged->obligation.latest);
	tell_received(&received, query->language, judged);
	tell_missing(&missing, query, judged);
	page_cell(page, PAGE_PLAIN, query_name(query, duty->title, duty->title_vi));
	page_cell(page, PAGE_PLAIN, text_part(&period, page->out));
	page_cell(page, PAGE_PLAIN, text_part(&due, page->out));
	page_cell(page, PAGE_PLAIN, text_part(&received, page->out));
	page_cell(page, judged->by_state[DUTY_MISSING] > 0 ? PAGE_BAD : PAGE_PLAIN,
		  text_part(&missing, page->out));
	return true;
}

bool year_report_add_duties(const struct year_report *report, struct page *page, struct error *err)
{
	struct listing listing = {report, page, 0};
	const struct duty_filter filter = {
		.due_before = day_from_parts(report->year + 1, 1, 1),
		.all = true,
	};
	if (!judge_each_duty(&report->query->judge, &filter, take, &listing, err))
		return false;
	if (listing.shown > 0)
		page_table_end(page);
	return true;
}
