/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/run.h"

#include <inttypes.h>

#include "feed/link.h"
#include "feed/url_resolve.h"

static bool fail(struct feed_run *run, enum feed_cause cause)
{
	run->wants_more = false;
	if (run->cause == FEED_CAUSE_NONE)
		run->cause = cause;
	return false;
}

static int64_t first_of(const struct feed_run *run)
{
	long first = run->mapping->paging.first;
	return first >= 0 ? first : run->style == FEED_PAGING_OFFSET ? 0 : 1;
}

/* Does one record of the source become several of ours?  Then its counts are not ours. */
static bool multiplies(const struct feed_mapping *mapping)
{
	const struct feed_format *format = feed_format_find(mapping->format);
	return mapping->expand.count > 0 || mapping->csv.wide.count > 0 ||
	       (format != NULL && format->expand != NULL);
}

void feed_run_begin(struct feed_run *run, const struct feed_mapping *mapping)
{
	const struct feed_format *format = feed_format_find(mapping->format);
	*run = (struct feed_run){.mapping = mapping,
				 .style = (enum feed_paging_style)mapping->paging.style,
				 .pages = -1,
				 .total = -1,
				 .wants_more = true};
	if (run->style == FEED_PAGING_FORMAT && format != NULL)
		run->style = format->paging;
	run->page = first_of(run);
	run->offset = run->style == FEED_PAGING_OFFSET ? run->page : 0;
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
	if (run->pages < 0 && page->pages < 0)
		return error_set(err, ERROR_INPUT,
				 "the source changed while it was read: %" PRId64
				 " records became %" PRId64,
				 run->total, page->total);
	if (run->total < 0 && page->total < 0)
		return error_set(err, ERROR_INPUT,
				 "the source changed while it was read: %" PRId64
				 " pages became %" PRId64,
				 run->pages, page->pages);
	return error_set(err, ERROR_INPUT,
			 "the source changed while it was read: %" PRId64 " records on %" PRId64
			 " pages became %" PRId64 " on %" PRId64,
			 run->total, run->pages, page->total, page->pages);
}

/* The last page of `pages` that begin with the first. */
static int64_t last_page(const struct feed_run *run)
{
	return first_of(run) + run->pages - 1;
}

static bool check_page_number(struct feed_run *run, const struct feed_page *page, struct error *err)
{
	int64_t max = run->mapping->paging.max_pages;
	bool is_none = page->page == 0 && page->total == 0 && page->rows == 0;
	if (run->style == FEED_PAGING_PAGE && page->page >= 0 && page->page != run->page &&
	    !is_none) {
		(void)fail(run, FEED_CAUSE_PAGING);
		return error_set(err, ERROR_INPUT,
				 "page %" PRId64 " was asked for and page %" PRId64 " came",
				 run->page, page->page);
	}
	bool by_count = run->mapping->paging.until == FEED_UNTIL_COUNT;
	bool is_counted = run->style == FEED_PAGING_PAGE || run->style == FEED_PAGING_OFFSET;
	if (is_counted && by_count && run->pages < 0 && run->total < 0) {
		(void)fail(run, FEED_CAUSE_SHAPE);
		return error_set(err, ERROR_INPUT, "the answer does not say how many %s it has",
				 run->style == FEED_PAGING_PAGE ? "pages" : "records");
	}
	if (is_counted && run->pages > max) {
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

bool feed_run_link(struct feed_run *run, struct span header, struct error *err)
{
	run->link_url[0] = '\0';
	if (run->style != FEED_PAGING_LINK || feed_link_next(header, run->link_url, err))
		return true;
	return fail(run, FEED_CAUSE_LIMIT);
}

/* By what was announced, or by what came. */
static bool goes_on_counted(const struct feed_run *run, const struct feed_page *page)
{
	const struct feed_paging *paging = &run->mapping->paging;
	int64_t came =
		multiplies(run->mapping) ? run->pages_read * paging->size : (int64_t)run->rows;
	if (paging->until == FEED_UNTIL_SHORT)
		return (int64_t)page->rows >= paging->size;
	if (paging->until == FEED_UNTIL_EMPTY)
		return page->rows > 0;
	if (run->style == FEED_PAGING_PAGE && run->pages >= 0)
		return run->page < last_page(run);
	return page->rows > 0 && came < run->total;
}

/* Does the document name the next one?  Then *ret is its URL or mark. */
static bool goes_on_named(const struct feed_run *run, const struct feed_page *page,
			  const char **ret)
{
	*ret = run->style == FEED_PAGING_LINK ? run->link_url : page->next_url;
	if (run->mapping->paging.until != FEED_UNTIL_COUNT && !goes_on_counted(run, page))
		return false;
	return (*ret)[0] != '\0';
}

/* Notice that documents name each other in a circle: one of the URLs is kept, and exchanged for a
 * later one after 1, 2, 4, 8 ... documents (Brent 1980). */
static bool is_circle(struct feed_run *run, const char *url)
{
	bool is_power_of_two = (run->pages_read & (run->pages_read - 1)) == 0;
	if (strcmp(run->seen_url, url) == 0)
		return true;
	if (is_power_of_two)
		memcpy(run->seen_url, url, strlen(url) + 1);
	return false;
}

/* What names the next document: its URL, seen from that of this one, or its mark as it is. */
static bool add_next(struct feed_run *run, const char *named, struct text *ret, struct error *err)
{
	bool ok;
	if (run->style == FEED_PAGING_CURSOR) {
		text_add_string(ret, named);
		ok = text_ok(ret, "the mark of the next document", err);
	} else {
		ok = feed_url_resolve(span_of(run->next), span_of(named), ret, err) ||
		     error_within(err, "the URL of the next document");
	}
	return ok || fail(run, ret->too_long ? FEED_CAUSE_LIMIT : FEED_CAUSE_INTERNAL);
}

static bool follow(struct feed_run *run, const char *named, struct error *err)
{
	AUTO_TEXT struct text next = text_with_limit(FEED_URL_BYTES);
	if (!add_next(run, named, &next, err))
		return false;
	if (is_circle(run, next.data)) {
		(void)fail(run, FEED_CAUSE_PAGING);
		return error_set(err, ERROR_INPUT,
				 "page %" PRId64 " names a page as the next one that was read "
				 "before",
				 run->pages_read);
	}
	memcpy(run->next, next.data, next.len + 1);
	return true;
}

static void count_on(struct feed_run *run, const struct feed_page *page)
{
	run->page++;
	run->offset += multiplies(run->mapping) ? run->mapping->paging.size : (int64_t)page->rows;
}

/* Go on to the next document, when there is one. */
static bool advance(struct feed_run *run, const struct feed_page *page, struct error *err)
{
	bool is_counted = run->style == FEED_PAGING_PAGE || run->style == FEED_PAGING_OFFSET;
	bool is_named = run->style == FEED_PAGING_NEXT || run->style == FEED_PAGING_LINK ||
			run->style == FEED_PAGING_CURSOR;
	const char *named = "";
	run->wants_more = (is_counted && goes_on_counted(run, page)) ||
			  (is_named && goes_on_named(run, page, &named));
	if (!run->wants_more)
		return true;
	if (is_named && !follow(run, named, err))
		return false;
	if (run->pages_read >= run->mapping->paging.max_pages) {
		(void)fail(run, FEED_CAUSE_LIMIT);
		return error_set(err, ERROR_LIMIT,
				 "the answer does not end after %" PRId64
				 " pages (paging.max_pages)",
				 run->pages_read);
	}
	count_on(run, page);
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
	if (run->total >= 0 && (int64_t)run->rows != run->total && !multiplies(run->mapping)) {
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
