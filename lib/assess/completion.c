/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/completion.h"

#include <stddef.h>

static bool has_way(const struct completion_input *input)
{
	return input->start.is_set &&
	       (double)input->sense * (input->target.value - input->start.value) > 0;
}

static struct completion along_the_way(const struct completion_input *input)
{
	return (struct completion){
		COMPLETION_WAY,
		measure_ratio(input->now.value - input->start.value,
			      input->target.value - input->start.value),
	};
}

static struct completion of_the_level(const struct completion_input *input)
{
	double now = input->now.value, target = input->target.value;
	struct completion done = {COMPLETION_LEVEL, {0}};
	if (input->sense > 0 && target > 0 && now >= 0)
		done.share = measure_ratio(now, target);
	else if (input->sense < 0 && target > 0 && now > 0)
		done.share = measure_ratio(target, now);
	return done;
}

struct completion assess_completion(const struct completion_input *input)
{
	struct completion done = {COMPLETION_NONE, {0}};
	if (!input->now.is_set || !input->target.is_set)
		return done;
	if (input->is_kept) {
		done.basis = input->is_met ? COMPLETION_HELD : COMPLETION_NOT_HELD;
		return done;
	}
	if (input->sense != 0)
		done = has_way(input) ? along_the_way(input) : of_the_level(input);
	if (input->is_met && (!done.share.is_set || done.share.value < 1))
		return (struct completion){COMPLETION_LEVEL, {true, 1}};
	bool is_whole = done.share.is_set && done.share.value >= 1;
	if (!done.share.is_set || (!input->is_met && is_whole))
		return (struct completion){COMPLETION_NONE, {0}};
	return done;
}

const char *completion_basis_name(enum completion_basis basis)
{
	static const char *const names[] = {
		[COMPLETION_NONE] = NULL,	    [COMPLETION_WAY] = "way",
		[COMPLETION_LEVEL] = "level",	    [COMPLETION_HELD] = "held",
		[COMPLETION_NOT_HELD] = "not_held",
	};
	return names[basis];
}
