/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/year_report_duties.h"

#include <stdlib.h>

#include "query/duty_rows.h"
#include "query/phrase_duty.h"
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

/* The area that a duty is about: its own, or the one that its owner answers for; "": none. */
static const char *area_of(const struct catalogue *catalogue, const struct duty *duty)
{
	const struct duty_office *owner = catalogue_office(catalogue, span_of(duty->owner));
	return duty->area[0] != '\0' || owner == NULL ? duty->area : owner->area;
}

/* Was the area never part of another one, as a country is not? */
static bool is_whole(const struct catalogue *catalogue, const struct area *area)
{
	for (size_t i = 0; i < catalogue->member_count; i++)
		if (strcmp(catalogue->members[i].area, area->id) == 0)
			return false;
	return true;
}

/* Duties of no area are those of the whole, and of whoever has a target of their act. */
static bool is_about(const struct year_report *report, const struct duty *duty)
{
	const struct catalogue *catalogue = report->query->judge.catalogue;
	const char *area = area_of(catalogue, duty);
	int32_t last = day_from_parts(report->year, 12, 31);
	if (area[0] != '\0')
		return strcmp(area, report->area->id) == 0 ||
		       catalogue_is_member(catalogue, area, report->area->id, last);
	bool is_of_act = duty->act[0] != '\0' &&
			 (has_act(&report->own, duty->act) || has_act(&report->members, duty->act));
	return is_of_act || is_whole(catalogue, report->area);
}

/* Hands on what is wanted. */
struct wanting {
	const struct year_report *report;
	judged_duty_fn *take;
	void *self;
};

/* Does this owner answer for the area of the report, or for one within it? */
static bool is_ours(const struct year_report *report, const struct judged_owner *owner, int32_t day)
{
	const struct area *area = owner->obliged.area;
	return area != NULL &&
	       (area == report->area || catalogue_is_member(report->query->judge.catalogue,
							    area->id, report->area->id, day));
}

/* Of a duty of all members of a larger area, what those here owe. */
static bool take_ours(const struct wanting *wanting, const struct judged_duty *judged,
		      struct error *err)
{
	int32_t day = period_last_day(judged->obligation.period);
	struct judged_duty ours = {.obligation = judged->obligation};
	AUTO_FREE struct judged_owner *owners = calloc(judged->count + 1, sizeof *owners);
	if (owners == NULL)
		return error_memory(err);
	for (size_t i = 0; i < judged->count; i++) {
		if (!is_ours(wanting->report, &judged->owners[i], day))
			continue;
		owners[ours.count++] = judged->owners[i];
		ours.by_state[judged->owners[i].state]++;
	}
	ours.owners = owners;
	return ours.count == 0 || wanting->take(wanting->self, &ours, err);
}

static bool take_wanted(void *self, const struct judged_duty *judged, struct error *err)
{
	const struct wanting *wanting = self;
	const struct year_report *report = wanting->report;
	const struct duty *duty = judged->obligation.duty;
	bool is_of_act = report->act == NULL || strcmp(duty->act, report->act->id) == 0;
	if (day_parts(judged->obligation.latest).year != report->year || !is_of_act)
		return true;
	return is_about(report, duty) ? wanting->take(wanting->self, judged, err)
				      : take_ours(wanting, judged, err);
}

bool year_report_each_duty(const struct year_report *report, judged_duty_fn *take, void *self,
			   struct error *err)
{
	struct duty_rows rows;
	struct wanting wanting = {report, take, self};
	const struct duties_question question = {
		.due_before = day_from_parts(report->year + 1, 1, 1),
		.all = true,
	};
	return duty_rows_begin(report->query, &question, &rows, err) &&
	       duty_rows_each(&rows, take_wanted, &wanting, err);
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

/* The names of the first of those in this state; returns how many there are. */
static size_t tell_owners(struct text *out, const struct query *query,
			  const struct judged_duty *judged, bool is_missing)
{
	size_t count = 0;
	for (size_t i = 0; i < judged->count; i++) {
		const struct judged_owner *owner = &judged->owners[i];
		bool is_open = !duty_is_received(owner->state);
		if (!is_open || (owner->state == DUTY_MISSING) != is_missing ||
		    count++ >= MISSING_SHOWN)
			continue;
		text_add_string(out, count > 1 ? ", " : "");
		phrase_owner(out, query, &judged->obligation, owner);
	}
	if (count > MISSING_SHOWN) {
		AUTO_TEXT struct text more = TELL_TEXT;
		text_addf(&more, "%zu", count - MISSING_SHOWN);
		report_word_add(out, query->language, REPORT_AND_MORE, text_part(&more, out));
	}
	return count;
}

/* "Hill, River and 3 more", "awaited: Hill"; "-" when nobody is. */
static void tell_missing(struct text *out, const struct query *query,
			 const struct judged_duty *judged)
{
	AUTO_TEXT struct text names = TELL_TEXT;
	if (tell_owners(out, query, judged, true) > 0)
		return;
	if (tell_owners(&names, query, judged, false) > 0)
		report_word_add(out, query->language, REPORT_AWAITED, text_part(&names, out));
	else
		text_add_string(out, "-");
}

/* "Title, to Recipient" */
static void tell_title(struct text *out, const struct query *query,
		       const struct judged_duty *judged)
{
	AUTO_TEXT struct text recipient = TELL_TEXT;
	const struct obligation *obligation = &judged->obligation;
	const char *title = phrase_duty_title(query, obligation->duty);
	const struct duty_office *office =
		catalogue_office(query->judge.catalogue, span_of(obligation->duty->recipient));
	if (office == NULL) {
		text_add_string(out, title);
		return;
	}
	phrase_office(&recipient, query, office,
		      phrase_office_day(query, obligation, judged->by_state[DUTY_MISSING] > 0));
	report_word_add(out, query->language, REPORT_DUTY_TO, title, text_part(&recipient, out));
}

static bool list(void *self, const struct judged_duty *judged, struct error *err)
{
	struct listing *listing = self;
	const struct query *query = listing->report->query;
	struct page *page = listing->page;
	AUTO_TEXT struct text title = TELL_TEXT;
	AUTO_TEXT struct text period = TELL_TEXT;
	AUTO_TEXT struct text due = TELL_TEXT;
	AUTO_TEXT struct text received = TELL_TEXT;
	AUTO_TEXT struct text missing = TELL_TEXT;
	(void)err;
	if (listing->shown++ == 0)
		begin(listing);
	tell_period(&period, query->language, judged->obligation.period);
	phrase_due(&due, query->language, &judged->obligation);
	tell_received(&received, query->language, judged);
	tell_missing(&missing, query, judged);
	tell_title(&title, query, judged);
	page_cell(page, PAGE_PLAIN, text_part(&title, page->out));
	page_cell(page, PAGE_TIGHT, text_part(&period, page->out));
	page_cell(page, PAGE_TIGHT, text_part(&due, page->out));
	page_cell(page, PAGE_TIGHT, text_part(&received, page->out));
	page_cell(page, judged->by_state[DUTY_MISSING] > 0 ? PAGE_BAD : PAGE_PLAIN,
		  text_part(&missing, page->out));
	return true;
}

bool year_report_add_duties(const struct year_report *report, struct page *page, struct error *err)
{
	struct listing listing = {report, page, 0};
	if (!year_report_each_duty(report, list, &listing, err))
		return false;
	if (listing.shown > 0)
		page_table_end(page);
	return true;
}
