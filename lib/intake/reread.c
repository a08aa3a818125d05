/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/reread.h"

#include <stdio.h>

#include "intake/hold.h"
#include "intake/settings.h"
#include "ledger/archive.h"

/* All documents of the run, as they lie in the archive.  A run that wants fewer or more than there
 * are was not made of them. */
static bool give_pages(struct feed_intake *run, const char *state_dir, const struct sha256 *pages,
		       size_t count, struct error *err)
{
	AUTO_TEXT struct text page = text_with_limit(FEED_DOCUMENT_MAX_BYTES + 1);
	const char *cause = "";
	for (size_t i = 0; i < count && feed_intake_wants(run) != NULL; i++) {
		if (i + 1 < count)
			feed_intake_goes_on(run);
		if (!archive_get(state_dir, &pages[i], &page, err) ||
		    !feed_intake_document(run, text_span(&page), &cause, err))
			return false;
	}
	return true;
}

static bool give_document(struct feed_intake *run, const struct intake *intake,
			  const struct sha256 *document, struct error *err)
{
	const char *state_dir = ledger_directory(intake->apply.ledger);
	AUTO_FREE struct sha256 *pages = NULL;
	size_t count = 0;
	return archive_get_pages(state_dir, document, &pages, &count, err) &&
	       give_pages(run, state_dir, pages, count, err);
}

static bool find_feed(const struct intake *intake, const char *id, const struct config_feed **ret,
		      struct error *err)
{
	*ret = config_feed_find(intake->config, span_of(id));
	return *ret != NULL ||
	       error_set(err, ERROR_NOT_FOUND, "feed '%s' is not configured", id ? id : "");
}

static bool find_held(const struct intake *intake, const char *feed, struct feed_held *ret,
		      struct error *err)
{
	if (!feed_held_read(intake->apply.ledger, feed, ret, err))
		return false;
	return ret->feed[0] != '\0' ||
	       error_set(err, ERROR_NOT_FOUND, "nothing of feed '%s' is held back", feed);
}

/* The feed's state as after a good poll that ended when the documents came. */
static bool state_as_of(const struct intake *intake, const struct feed_held *held,
			struct feed_state *ret, struct error *err)
{
	if (!feed_state_read(intake->apply.ledger, held->feed, ret, err))
		return false;
	ret->last_success = held->received;
	ret->failures = 0;
	ret->cause[0] = '\0';
	ret->error[0] = '\0';
	(void)snprintf(ret->note, sizeof ret->note, "accepted by %s", intake->apply.actor);
	return true;
}

bool reread_accept(const struct intake *intake, const char *id, struct feed_intake_counts *ret,
		   struct error *err)
{
	AUTO_FEED_INTAKE struct feed_intake *run = NULL;
	const struct config_feed *feed = NULL;
	struct feed_held held = {0};
	struct feed_state state = {0};
	const char *cause = "";
	if (!find_feed(intake, id, &feed, err) || !find_held(intake, id, &held, err) ||
	    !state_as_of(intake, &held, &state, err) ||
	    !feed_intake_new(intake, feed, false, &run, err))
		return false;
	const struct feed_got got = {.url = held.url};
	feed_intake_for(run, FEED_ACCEPTED, held.received);
	return (give_document(run, intake, &held.document, err) &&
		feed_intake_end(run, &got, &state, ret, &cause, err)) ||
	       error_within(err, "feed '%s'", id);
}

bool reread_is_due(const struct intake *intake, const struct config_feed *feed,
		   const struct feed_good *good, bool *ret, struct error *err)
{
	struct sha256 request, settings;
	*ret = false;
	if (good->feed[0] == '\0')
		return true;
	if (!hold_request(feed, &request, err) || !settings_hash(intake, feed, &settings, err))
		return false;
	*ret = sha256_equal(&request, &good->request) && !sha256_equal(&settings, &good->settings);
	return true;
}

/* What the documents said as they were read before. */
struct before {
	struct text section;
	struct config *config;
	struct intake intake;
	struct feed_intake *run; /* NULL: it is not known any more */
};

static void before_done(struct before *before)
{
	feed_intake_free(&before->run);
	config_free(before->config);
	text_done(&before->section);
}

static bool read_before(const struct reread_order *order, const struct feed_good *good,
			struct before *before, struct error *err)
{
	const struct config_feed *feed = NULL;
	before->section = text_with_limit(CONFIG_FILE_MAX_BYTES);
	before->intake = *order->intake;
	before->intake.section = NULL;
	if (order->catalogue != NULL)
		before->intake.apply.catalogue = order->catalogue;
	if (!archive_get(ledger_directory(order->intake->apply.ledger), &good->section,
			 &before->section, err) ||
	    !config_read_section(&(struct config_section){text_span(&before->section),
							  order->feed->file, good->feed},
				 &before->config, &feed, err))
		return false;
	if (!feed_intake_new(&before->intake, feed, true, &before->run, err))
		return false;
	feed_intake_for(before->run, FEED_REPLAYED, good->received);
	if (give_document(before->run, &before->intake, &good->document, err))
		return true;
	feed_intake_free(&before->run);
	return false;
}

static bool replay(const struct reread_order *order, const struct feed_good *good,
		   const struct before *before, struct feed_intake_counts *ret, struct error *err)
{
	const struct intake *intake = order->intake;
	AUTO_FEED_INTAKE struct feed_intake *run = NULL;
	const struct feed_got got = {.url = ""};
	struct feed_state state = {0};
	const char *cause = "";
	if (!feed_state_read(intake->apply.ledger, good->feed, &state, err) ||
	    !feed_intake_new(intake, order->feed, false, &run, err))
		return false;
	/* what is held back is to be looked at with the new settings */
	state.etag[0] = '\0';
	state.last_modified[0] = '\0';
	feed_intake_for(run, FEED_REPLAYED, good->received);
	if (before->run != NULL)
		feed_intake_compare(run, before->run);
	return give_document(run, intake, &good->document, err) &&
	       feed_intake_end(run, &got, &state, ret, &cause, err);
}

bool reread_replay(const struct reread_order *order, struct feed_intake_counts *ret,
		   struct error *err)
{
	AUTO(before_done) struct before before = {0};
	struct feed_good good;
	struct error why = {0};
	if (!feed_good_read(order->intake->apply.ledger, order->feed->id, &good, err))
		return false;
	if (good.feed[0] == '\0')
		return error_set(err, ERROR_NOT_FOUND, "feed '%s' has no last good document",
				 order->feed->id);
	if (!read_before(order, &good, &before, &why) && why.code == ERROR_MEMORY)
		return error_memory(err);
	return replay(order, &good, &before, ret, err) ||
	       error_within(err, "feed '%s'", order->feed->id);
}
