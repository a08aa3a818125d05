/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/replay.h"

#include "intake/reread.h"
#include "intake/settings.h"

static struct intake intake_of(const struct job *job)
{
	const struct clock *clock = job->poller->clock;
	struct intake intake = desk_intake(job->poller->desk, clock->now(clock->self), "envgapd");
	intake.section = &job->section;
	return intake;
}

bool replay_mark(struct job *job, struct error *err)
{
	const struct intake intake = intake_of(job);
	struct sha256 settings;
	if (!settings_hash(&intake, job->feed, &settings, err))
		return false;
	job->is_to_replay = sha256_is_set(&job->remembered.mapping) &&
			    !sha256_equal(&job->remembered.mapping, &settings);
	job->poller->replays_left += job->is_to_replay;
	return true;
}

static bool is_due(const struct job *job, const struct intake *intake, bool *ret, struct error *err)
{
	struct feed_good good;
	return feed_good_read(intake->apply.ledger, job->feed->id, &good, err) &&
	       reread_is_due(intake, job->feed, &good, ret, err);
}

static void say(const struct job *job, const struct feed_intake_counts *counts)
{
	const struct log_subject subject = {
		.feed = job->feed->id, .load = counts->load, .fetch = counts->fetch};
	log_say(job->poller->log, counts->load ? LOG_LEVEL_NOTICE : LOG_LEVEL_DEBUG, &subject,
		"feed '%s': its last document was read again, as it is to be read now: %zu rows, "
		"%zu new (%zu corrected), %zu withdrawn, %zu refused",
		job->feed->id, counts->rows, counts->appended, counts->revised, counts->withdrawn,
		counts->refused);
}

static bool replay(struct job *job, struct error *err)
{
	const struct intake intake = intake_of(job);
	const struct reread_order order = {&intake, job->feed, job->poller->desk->before};
	struct feed_intake_counts counts;
	bool due = false;
	if (!is_due(job, &intake, &due, err))
		return false;
	if (!due)
		return true;
	if (!reread_replay(&order, &counts, err) || !poller_remember(job, err))
		return false;
	say(job, &counts);
	job->poller->has_news = job->poller->has_news || counts.load != 0;
	return true;
}

void replay_job(struct job *job)
{
	const struct log_subject subject = {.feed = job->feed->id};
	struct error err = {0};
	if (!job->is_to_replay)
		return;
	job->is_to_replay = false;
	job->poller->replays_left--;
	if (!replay(job, &err))
		log_say(job->poller->log, LOG_LEVEL_WARNING, &subject,
			"%s; the last document cannot be read again as it is to be read now: what "
			"stands stays",
			err.text);
}

void replay_some(struct poller *poller, size_t limit)
{
	for (size_t done = 0; done < limit && poller->replays_left > 0 && !poller->is_paused;
	     poller->replay_next = (poller->replay_next + 1) % poller->count) {
		struct job *job = &poller->jobs[poller->replay_next];
		done += job->is_to_replay;
		replay_job(job);
	}
}
