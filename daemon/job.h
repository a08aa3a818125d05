/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One run of one feed, from its first request to its end. */

#include "daemon/poller.h"

/* Begin a run: make the intake and ask for the first document.  A run that cannot begin ends as
 * failed. */
void job_begin(struct job *job);

/* Ask for the next document, or wait for the host (JOB_WAITING). */
void job_fetch(struct job *job);

/* Read the next slice of a document that has come (JOB_READING); the run may end or go on. */
void job_read(struct job *job);

/* Drop a run that is under way, without a trace. */
void job_cancel(struct job *job);

/* The run waits to be stored (JOB_ENDING). */
void job_end(struct job *job);

/* What every success leaves behind in the feed's state, and when it is due again. */
void job_note_success(struct job *job, const char *note);

/* The run is over, and its feed waits for the next due time; one that is off was polled by hand. */
void job_rest(struct job *job);
