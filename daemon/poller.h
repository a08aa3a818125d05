/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The feeds and when each is polled: starts what is due, follows each run to its end. */

#include "base/clock.h"
#include "daemon/due.h"
#include "daemon/lane.h"
#include "daemon/log.h"
#include "fetch/fetch.h"
#include "fetch/pace.h"
#include "intake/desk.h"
#include "intake/document.h"

enum job_state {
	JOB_OFF,      /* the feed is not enabled */
	JOB_IDLE,     /* waits until it is due */
	JOB_WAITING,  /* is due, but the host wants a pause or all transfers are taken */
	JOB_FETCHING, /* a document is on its way */
	JOB_READING,  /* a document has come and is read, slice by slice */
	JOB_ENDING,   /* the run is over and waits to be stored, see daemon/store.h */
};

struct poller;

/* What only a run needs, so that a feed that waits does without. */
struct job_trip {
	char host[256];							/* of the last request */
	char etag[FEED_ETAG_BYTES], last_modified[FEED_MODIFIED_BYTES]; /* of the first document */
};

/* One feed. */
struct job {
	struct poller *poller;
	const struct config_feed *feed; /* borrowed from the setup */
	enum job_state state;
	struct feed_state remembered;
	struct sha256 section; /* hash of the feed's section */
	int64_t due;	       /* unix seconds */
	int64_t not_before_ms; /* monotonic; JOB_WAITING */
	struct intake intake;
	struct feed_intake *run;
	struct ending *ending; /* JOB_ENDING */
	struct fetch_transfer *transfer;
	char *shown;	       /* the URL for people */
	struct job_trip *trip; /* of the run that is under way */
	struct feed_got got;
	int64_t started_ms;
	uint64_t runs;		 /* that have ended, since the start */
	bool has_failed;	 /* the last of them */
	bool is_holding;	 /* a document is held back */
	bool is_to_replay;	 /* see daemon/replay.h */
	bool is_unkept;		 /* `remembered` is newer than what the ledger has */
	bool has_stepped_back;	 /* the last run did not begin: the host or budget has to rest */
	struct lane *host_lane;	 /* of those with the same host and budget */
	bool is_doubtful;	 /* this run follows one that failed */
	bool is_parked;		 /* due, and a lane is full */
	struct job *next_parked; /* see struct lane */
};

struct poller {
	const struct clock *clock;
	const struct log *log;
	struct desk *desk;
	struct fetcher *fetcher;
	struct pace *pace;
	const char *spool_dir; /* where documents wait that are not small */
	struct job *jobs;
	size_t count;
	struct due due; /* of jobs that are idle; an entry holds while its job is, for that time */
	struct job *
		*active; /* those that wait for a host, a document or its end, `running` of them */
	size_t running, waiting; /* those of them that wait for a host */
	struct job **ended;	 /* JOB_ENDING, in their order */
	size_t ended_count;
	int64_t ended_ms;     /* when the first of them came, monotonic */
	struct job *storing;  /* a large one whose transaction is open; not one of them */
	struct lane *hosts;   /* one of a host's feeds waits for it, the others are parked */
	struct lane doubtful; /* feeds that failed last take half of the transfers at most */
	int64_t seen;	      /* the time when something was last to be started */
	bool is_paused;	      /* nothing new is started: the disk is nearly full */
	bool has_news;	      /* rows were appended: the appliers have to run */
	bool has_unkept;      /* some job's state is not in the ledger yet ... */
	int64_t unkept_ms;    /* ... since then, monotonic */
	size_t replay_next, replays_left; /* jobs that are still to be replayed */
};

/* Make the jobs of the desk's feeds, with what the ledger remembers.  The desk, clock and log
 * outlive it. */
MUST_CHECK bool poller_open(struct poller *poller, struct desk *desk, const struct clock *clock,
			    const struct log *log, struct error *err);

/* Stop all runs and free everything; due times stay in the ledger. */
void poller_close(struct poller *poller);

/* Start what is due and may be started; nothing while the clock is wrong.  When the clock was put
 * back, due times follow: a feed waits as long as it would have.  When it was put forward, what
 * fell due meanwhile is polled once. */
void poller_start_due(struct poller *poller);

/* Milliseconds until something becomes due; -1: never. */
int64_t poller_wait_ms(struct poller *poller);

/* The job of a feed; NULL when there is none. */
struct job *poller_find(struct poller *poller, const char *feed);

/* Read what the ledger remembers of the job's feed. */
MUST_CHECK bool poller_remember(struct job *job, struct error *err);

/* Poll it as soon as possible, whatever its schedule says. */
void poller_hurry(struct job *job);

/* An idle job waits for its due time.  Called when it becomes idle and when the time changes. */
void poller_await(struct job *job);

/* Store what has ended, and put the states of all feeds that were found unchanged into the ledger,
 * in one transaction.  What a kill takes before that is only when they were last asked. */
MUST_CHECK bool poller_keep(struct poller *poller, struct error *err);

/* Let the fetcher do what it has to, read a slice of what has come, and store what has ended; while
 * a transaction is open for that, only the next slice of it. */
MUST_CHECK bool poller_turn(struct poller *poller, struct error *err);
