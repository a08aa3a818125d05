/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/budget.h"

#include <stdio.h>

enum { MS = 1000, NAME_BYTES = 96 };

/* No host is called so. */
static const char *name_of(const struct config_feed *feed, char name[NAME_BYTES])
{
	(void)snprintf(name, NAME_BYTES, "budget %s", feed->budget);
	return name;
}

bool budget_set(struct pace *pace, const struct config_feed *feed, struct error *err)
{
	char name[NAME_BYTES];
	const struct pace_rule rule = {.budget = (int)feed->calls,
				       .per_ms = (int64_t)feed->calls_per_s * MS};
	return feed->budget == NULL || pace_set(pace, name_of(feed, name), &rule, err);
}

int64_t budget_wait_ms(const struct pace *pace, const struct config_feed *feed, int64_t now_ms)
{
	char name[NAME_BYTES];
	return feed->budget == NULL ? 0 : pace_wait_ms(pace, name_of(feed, name), now_ms);
}

void budget_started(struct pace *pace, const struct config_feed *feed, int64_t now_ms)
{
	char name[NAME_BYTES];
	if (feed->budget == NULL)
		return;
	pace_started(pace, name_of(feed, name), now_ms);
	pace_ended(pace, name);
}
