/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/lane.h"

#include "daemon/poller.h"

bool lane_is_full(const struct lane *lane)
{
	return lane->in >= lane->max;
}

void lane_park(struct lane *lane, struct job *job)
{
	job->is_parked = true;
	job->next_parked = NULL;
	if (lane->last != NULL)
		lane->last->next_parked = job;
	else
		lane->first = job;
	lane->last = job;
}

void lane_join(struct lane *lane)
{
	lane->in++;
}

void lane_leave(struct lane *lane)
{
	struct job *job = lane->first;
	lane->in--;
	if (job == NULL)
		return;
	lane->first = job->next_parked;
	if (lane->first == NULL)
		lane->last = NULL;
	job->is_parked = false;
	if (job->state == JOB_IDLE)
		poller_await(job);
}
