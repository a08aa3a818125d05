/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/run.h"

#include <inttypes.h>

static bool fail(struct feed_run *run, enum feed_cause cause)
{
	run->wants_more = false;
	if (run->cause == FEED_CAUSE_NONE)
		run->cause = cause;
	return false;
}

void feed_run_begin(struct feed_run *run, const struct feed_mapping *mapping)
{
	const struct feed_format *format = feed_format_find(mapping->format);
	*run = (struct feed_run){.mapping = mapping,
				 .style = (enum feed_paging_style)mapping->paging.style,
				 .page = mapping->paging.first,
				 .pages = -1,
				 .total = -1,
				 .wants_more = true};
	if (run->style == FEED_PAGING_FORMAT && format != NULL)
		run->style = format->paging;
}

bool feed_run_wants(const struct feed_run *run)
{
	return run->wants_more;
}

/* What the first document announces holds for all of them. */
static bool check_same(struct feed_run *run, const struct feed_page *page, struct error *err)
{
	if (run->pages_read == 0) {
		run->pages = page->pages;
		run->total = page->total;
		memcpy(run->revision, page->revision, sizeof run->revision);
		return true;
	}
	bool same = page->pages == run->pages && page->total == run->total;
	if (same && strcmp(page->revision, run->revision) == 0)
		return true;
	(void)fail(run, FEED_CAUSE_CHANGED);
	if (same)
		return error_set(err, ERROR_INPUT,
				 "the source changed while it was read: revision '%s' became '%s'",
				 run->revision, page->revision);
	return error_set(err, ERROR_INPUT,
			 "the source changed while it was read: %" PRId64 " records on %" PRId64
			 " pages became %" PRId64 " on %" PRId64,
			 run->total, run->pages, page->total, page->pages);
}

/* The last page of `pages` that begin with the first. */
static int64_t last_page(const struct feed_run *run)
{
	return run->mapping->paging.first + run->pages - 1;
}

static bool check_page_number(struct feed_run *run, const struct feed_page *page, struct error *err)
{
	int64_t max = run->mapping->paging.max_pages;
	if (run->style == FEED_PAGING_PAGE && page->page >= 0 && page->page != run->page) {
		(void)fail(run, FEED_CAUSE_PAGING);
		return error_set(err, ERROR_INPUT,
				 "page %" PRId64 " was asked for and page %" PRId64 " came",
				 run->page, page->page);
	}
	if (run->style == FEED_PAGING_PAGE && run->pages < 0) {
		(void)fail(run, FEED_CAUSE_SHAPE);
		return error_set(err, ERROR_INPUT, "the answer does not say how many pages it has");
	}
	if (run->style == FEED_PAGING_PAGE && run->pages > max) {
		(void)fail(run, FEED_CAUSE_LIMIT);
		return error_set(err, ERROR_LIMIT,
				 "the answer has %" PRId64 " pages; paging.max_pages is %" PRId64,
				 run->pages, max);
	}
	return true;
}

static bool add_counts(struct feed_run *run, const struct feed_page *page, struct error *err)
{
	run->pages_read++;
	run->rows += page->rows;
	run->taken += page->taken;
	run->refused += page->refused;
	run->passed += page->passed;
	if (run->rows <= FEED_ROWS_MAX)
		return true;
	(void)fail(run, FEED_CAUSE_LIMIT);
	return error_set(err, ERROR_LIMIT, "the answer has more than %d records", FEED_ROWS_MAX);
}

/* Go on to the next document, when there is one. */
static bool advance(struct feed_run *run, const struct feed_page *page, struct error *err)
{
	bool by_page = run->style == FEED_PAGING_PAGE && run->page < last_page(run);
	bool by_url = run->style == FEED_PAGING_NEXT && page->next_url[0] != '\0';
	run->wants_more = by_page || by_url;
	if (!run->wants_more)
		return true;
	if (by_url && strcmp(run->next_url, page->next_url) == 0) {
		(void)fail(run, FEED_CAUSE_PAGING);
		return error_set(err, ERROR_INPUT, "page %" PRId64 " names itself as the next one",
				 run->pages_read);
	}
	if (run->pages_read >= run->mapping->paging.max_pages) {
		(void)fail(run, FEED_CAUSE_LIMIT);
		return error_set(err, ERROR_LIMIT,
				 "the answer does not end after %" PRId64
				 " pages (paging.max_pages)",
				 run->pages_read);
	}
	run->page++;
	memcpy(run->next_url, page->next_url, sizeof run->next_url);
	return true;
}

bool feed_run_page(struct feed_run *run, const struct feed_page *page, struct error *err)
{
	return check_same(run, page, err) && check_page_number(run, page, err) &&
	       add_counts(run, page, err) && advance(run, page, err);
}

bool feed_run_end(struct feed_run *run, struct error *err)
{
	if (run->cause != FEED_CAUSE_NONE)
		return error_set(err, ERROR_INPUT, "the run has failed (%s)",
				 feed_cause_name(run->cause));
	if (run->wants_more) {
		(void)fail(run, FEED_CAUSE_PAGING);
		return error_set(err, ERROR_INPUT,
				 "only %" PRId64 " pages came; the answer goes on after them",
				 run->pages_read);
	}
	if (run->total >= 0 && (int64_t)run->rows != run->total) {
		(void)fail(run, FEED_CAUSE_PAGING);
		return error_set(err, ERROR_INPUT,
				 "%zu records came on %" PRId64 " pages; %" PRId64
				 " were announced",
				 run->rows, run->pages_read, run->total);
	}
	if ((int64_t)run->rows < run->mapping->answer.min_rows) {
		(void)fail(run, FEED_CAUSE_EMPTY);
		return error_set(err, ERROR_INPUT,
				 "the answer has %zu rows; answer.min_rows is %ld", run->rows,
				 run->mapping->answer.min_rows);
	}
	return true;
}
