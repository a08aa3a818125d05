/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/year_report_sources.h"

#include "query/phrase.h"
#include "query/report_words.h"
#include "query/tell.h"
#include "query/year_report_coverage.h"
#include "query/year_report_phrase.h"

enum { HASH_SHOWN = 12 };

struct listing {
	const struct year_report *report;
	const struct year_item *item;
	struct page *page;
};

/* Its feed, or who brought it, and the beginning of the hash by which the archive knows it. */
static void tell_document(struct text *out, const struct language *language,
			  const struct log_row *row)
{
	char hex[SHA256_TEXT_BYTES];
	if (row->load.feed[0] != '\0')
		text_add_string(out, row->load.feed);
	else
		report_word_add(out, language, REPORT_BY_HAND, row->load.actor);
	if (sha256_is_set(&row->load.document))
		text_addf(out, ", %.*s", HASH_SHOWN, sha256_print(&row->load.document, hex));
}

static bool add_row(void *self, const struct log_row *row, struct error *err)
{
	const struct listing *listing = self;
	const struct query *query = listing->report->query;
	struct page *page = listing->page;
	AUTO_TEXT struct text name = TELL_TEXT;
	AUTO_TEXT struct text period = TELL_TEXT;
	AUTO_TEXT struct text published = TELL_TEXT;
	AUTO_TEXT struct text document = TELL_TEXT;
	(void)err;
	year_phrase_indicator(&name, listing->report, listing->item);
	tell_period(&period, query->language, row->obs.period);
	tell_published(&published, query->language, row->obs.published);
	tell_document(&document, query->language, row);
	page_cell(page, PAGE_PLAIN, text_part(&name, page->out));
	page_cell(page, PAGE_TIGHT, text_part(&period, page->out));
	page_cell(page, PAGE_PLAIN, query_source_name(query, row->obs.source));
	page_cell(page, PAGE_TIGHT, text_part(&published, page->out));
	page_cell(page, PAGE_PLAIN, text_part(&document, page->out));
	page_cell(page, PAGE_PLAIN, row->from.locator[0] ? row->from.locator : "-");
	return true;
}

/* What no publisher has said. */
static bool add_computed(const struct listing *listing, struct error *err)
{
	const struct query *query = listing->report->query;
	struct page *page = listing->page;
	AUTO_TEXT struct text name = TELL_TEXT;
	AUTO_TEXT struct text period = TELL_TEXT;
	AUTO_TEXT struct text coverage = TELL_TEXT;
	if (!year_report_tell_coverage(listing->report, listing->item, &coverage, err))
		return false;
	year_phrase_indicator(&name, listing->report, listing->item);
	tell_period(&period, query->language, listing->item->row.row.period);
	page_cell(page, PAGE_PLAIN, text_part(&name, page->out));
	page_cell(page, PAGE_TIGHT, text_part(&period, page->out));
	page_cell(page, PAGE_PLAIN, report_word_of(query->language, REPORT_COMPUTED));
	page_cell(page, PAGE_PLAIN, "-");
	page_cell(page, PAGE_PLAIN, "-");
	page_cell(page, PAGE_PLAIN, text_part(&coverage, page->out));
	return true;
}

/* Has an item before it the same deciding figure? */
static bool is_listed(const struct year_items *items, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (items->items[i].row.verdict.has_point &&
		    items->items[i].row.row.seq == items->items[at].row.row.seq &&
		    !year_item_is_computed(&items->items[at]))
			return true;
	return false;
}

static bool add_figures(const struct year_report *report, struct page *page, struct error *err)
{
	static const enum report_word words[] = {REPORT_INDICATOR, REPORT_PERIOD,   REPORT_SENDER,
						 REPORT_PUBLISHED, REPORT_DOCUMENT, REPORT_PLACE};
	const struct year_items *own = &report->own;
	struct page_column columns[COUNT_OF(words)];
	for (size_t i = 0; i < COUNT_OF(words); i++)
		columns[i] = (struct page_column){report_word_of(report->query->language, words[i]),
						  PAGE_PLAIN};
	page_table_begin(page, NULL, columns, COUNT_OF(columns));
	for (size_t i = 0; i < own->count; i++) {
		struct listing listing = {report, &own->items[i], page};
		const struct query_row *row = &own->items[i].row;
		if (!row->verdict.has_point || is_listed(own, i))
			continue;
		if (year_item_is_computed(&own->items[i])) {
			if (!add_computed(&listing, err))
				return false;
			continue;
		}
		if (!log_read(report->query->judge.ledger, row->row.seq, add_row, &listing, err))
			return false;
	}
	page_table_end(page);
	return true;
}

static bool is_named(const struct year_items *items, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (items->items[i].row.act == items->items[at].row.act)
			return true;
	return items->items[at].row.act == NULL;
}

static void add_acts(const struct year_report *report, struct page *page)
{
	const struct year_items *own = &report->own;
	page_heading(page, 2, report_word_of(report->query->language, REPORT_H_ACTS));
	page_facts_begin(page);
	for (size_t i = 0; i < own->count; i++) {
		const struct act *act = own->items[i].row.act;
		AUTO_TEXT struct text text = TELL_TEXT;
		if (is_named(own, i))
			continue;
		phrase_act(&text, report->query, act);
		page_fact(page, act->id, text_part(&text, page->out));
	}
	page_facts_end(page);
}

static bool has_figure(const struct year_items *items)
{
	for (size_t i = 0; i < items->count; i++)
		if (items->items[i].row.verdict.has_point)
			return true;
	return false;
}

bool year_report_add_sources(const struct year_report *report, struct page *page, struct error *err)
{
	if (report->own.count == 0)
		return true;
	if (has_figure(&report->own)) {
		page_heading(page, 2, report_word_of(report->query->language, REPORT_H_SOURCES));
		if (!add_figures(report, page, err))
			return false;
	}
	add_acts(report, page);
	return true;
}
