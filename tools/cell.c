/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/cell.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "config/config.h"
#include "feed/feed.h"
#include "feed/plan.h"
#include "feed/url.h"
#include "ledger/archive.h"

/* What is looked for in a document, and what was found. */
struct search {
	const struct log_row *row;
	const struct feed_mapping *mapping;
	struct explain_cell *cell;
	bool is_certain; /* the same text at the same place */
};

static void add_names(struct text *out, const struct key_texts *list)
{
	text_add_string(out, "[ ");
	for (size_t i = 0; i < list->count; i++)
		text_addf(out, "%s\"%s\"", i > 0 ? ", " : "", list->items[i]);
	text_add_string(out, " ]");
}

/* The keys of the mapping by which number, period and status of the record were read. */
static void tell_rules(const struct search *search, const struct feed_record *record,
		       struct text *out)
{
	const struct feed_numbers *numbers = &search->mapping->numbers;
	char number[NUMBER_BYTES];
	text_addf(out, "fields.value = \"%s\"",
		  search->mapping->fields.value ? search->mapping->fields.value : "");
	if (numbers->decimal != 0)
		text_addf(out, "; numbers.decimal = \"%c\"", numbers->decimal);
	if (numbers->grouping != 0)
		text_addf(out, "; numbers.grouping = \"%c\"", numbers->grouping);
	if (numbers->scale.is_set)
		text_addf(out, "; numbers.scale = %s", number_print(numbers->scale.value, number));
	if (numbers->offset.is_set)
		text_addf(out, "; numbers.offset = %s",
			  number_print(numbers->offset.value, number));
	text_addf(out, "; period '%.*s'", SPAN_ARGS(record->period));
	if (search->mapping->periods.patterns.count > 0) {
		text_add_string(out, " by periods.patterns = ");
		add_names(out, &search->mapping->periods.patterns);
	}
	text_addf(out, "; status '%.*s' is %s", SPAN_ARGS(record->status),
		  obs_status_code(record->status_parsed));
}

static void keep(struct search *search, const struct feed_record *record)
{
	struct explain_cell *cell = search->cell;
	AUTO_TEXT struct text rules = text_with_limit(sizeof cell->rules);
	tell_rules(search, record, &rules);
	(void)snprintf(cell->raw, sizeof cell->raw, "%.*s", SPAN_ARGS(record->value));
	(void)snprintf(cell->rules, sizeof cell->rules, "%.*s", SPAN_ARGS(text_span(&rules)));
	cell->is_found = true;
}

/* Places are unique in a page; in a run of several pages the text decides. */
static bool take(void *self, const struct feed_record *record, struct error *err)
{
	struct search *search = self;
	(void)err;
	if (search->is_certain || strcmp(record->place, search->row->from.locator) != 0)
		return true;
	search->is_certain = span_is(record->value, search->row->from.raw);
	if (search->is_certain || !search->cell->is_found)
		keep(search, record);
	return true;
}

static bool pass(void *self, const struct feed_refusal *refusal, struct error *err)
{
	(void)self;
	(void)refusal;
	(void)err;
	return true;
}

static bool search_page(struct search *search, const char *state_dir, const struct sha256 *page,
			struct error *err)
{
	AUTO_TEXT struct text document = text_with_limit(FEED_DOCUMENT_MAX_BYTES + 1);
	AUTO_FEED_PAGE struct feed_page said = {0};
	const struct feed_sink sink = {take, pass, search};
	return archive_get(state_dir, page, &document, err) &&
	       feed_decode(search->mapping, text_span(&document), &sink, &said, err);
}

static bool search_pages(struct search *search, const char *state_dir, struct error *err)
{
	AUTO_FREE struct sha256 *pages = NULL;
	size_t count = 0;
	if (!archive_get_pages(state_dir, &search->row->load.document, &pages, &count, err))
		return false;
	for (size_t i = 0; i < count && !search->is_certain; i++)
		if (!search_page(search, state_dir, &pages[i], err))
			return false;
	return search->cell->is_found ||
	       error_set(err, ERROR_NOT_FOUND, "no record of the archived document stands there");
}

static bool show_url(const struct config_feed *feed, struct explain_cell *cell, struct error *err)
{
	AUTO_TEXT struct text shown = text_with_limit(sizeof cell->url);
	const struct feed_url url = {.pattern = feed->url,
				     .variables = &feed->variables,
				     .secrets = &feed->secrets,
				     .page = feed->mapping.paging.first,
				     .page_size = feed->mapping.paging.size,
				     .today = DAY_NONE};
	if (!feed_url_show(&url, &shown, err))
		return false;
	(void)snprintf(cell->url, sizeof cell->url, "%.*s", SPAN_ARGS(text_span(&shown)));
	return true;
}

/* With the settings of then: the archived file in which the feed was written. */
static bool read_feed(const struct config *now, const struct log_row *row,
		      struct explain_cell *cell, struct error *err)
{
	const char *state_dir = now->state_dir;
	const struct config_feed *same = config_feed_find(now, span_of(row->load.feed));
	const char *path = same != NULL ? same->file : now->path;
	AUTO_TEXT struct text section = text_with_limit(CONFIG_FILE_MAX_BYTES);
	AUTO_CONFIG struct config *config = NULL;
	const struct config_feed *feed = NULL;
	struct config_section then = {.path = path, .feed = row->load.feed};
	if (!archive_get(state_dir, &row->load.mapping, &section, err))
		return error_within(err, "the feed's settings of then");
	then.bytes = text_span(&section);
	if (!config_read_section(&then, &config, &feed, err))
		return error_within(err, "the feed's settings of then");
	struct search search = {.row = row, .mapping = &feed->mapping, .cell = cell};
	return show_url(feed, cell, err) && search_pages(&search, state_dir, err);
}

/* "...; table.csv line 12": the number at the end. */
static bool find_line(const char *locator, int64_t *ret, struct error *err)
{
	static const char mark[] = " line ";
	const char *last = NULL;
	for (const char *at = strstr(locator, mark); at != NULL; at = strstr(at + 1, mark))
		last = at;
	if (last == NULL)
		return error_set(err, ERROR_NOT_FOUND, "its place names no line");
	return number_read_integer(span_of(last + strlen(mark)), 1, INT32_MAX, ret, err);
}

/* The line of a table that was imported. */
static bool read_table(const char *state_dir, const struct log_row *row, struct explain_cell *cell,
		       struct error *err)
{
	AUTO_TEXT struct text document = text_with_limit(FEED_DOCUMENT_MAX_BYTES + 1);
	int64_t line = 0;
	if (!find_line(row->from.locator, &line, err) ||
	    !archive_get(state_dir, &row->load.document, &document, err))
		return false;
	struct span rest = text_span(&document), found = {0};
	for (; line > 0 && rest.len > 0; line--)
		found = span_trim(span_cut(&rest, '\n'));
	if (line > 0)
		return error_set(err, ERROR_NOT_FOUND, "the archived table has no such line");
	(void)snprintf(cell->raw, sizeof cell->raw, "%.*s", SPAN_ARGS(found));
	cell->is_found = true;
	return true;
}

bool cell_read(void *self, const struct log_row *row, struct explain_cell *ret, struct error *err)
{
	const struct config *now = self;
	struct error why = {0};
	bool is_withdrawal = row->obs.status == OBS_WITHDRAWN;
	*ret = (struct explain_cell){0};
	if (!sha256_is_set(&row->load.document) || is_withdrawal)
		return true;
	bool done = row->load.feed[0] != '\0' ? read_feed(now, row, ret, &why)
					      : read_table(now->state_dir, row, ret, &why);
	if (!done && why.code == ERROR_MEMORY)
		return error_memory(err);
	if (!done)
		(void)snprintf(ret->why, sizeof ret->why, "%s", why.text);
	return true;
}
