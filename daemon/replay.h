/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Feeds whose settings or catalogue changed have their last good documents read again, out of the
 * archive, before anything new of them is fetched. */

#include "daemon/poller.h"

/* Is the job's feed to be looked at?  Called once, when the job is made. */
MUST_CHECK bool replay_mark(struct job *job, struct error *err);

/* Do it for this job, if it is to be done.  What comes of it is logged. */
void replay_job(struct job *job);

/* Do it for at most `limit` jobs; nothing while the poller is paused.  poller->replays_left says
 * how many are left. */
void replay_some(struct poller *poller, size_t limit);
