/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/moment.h"

#include <stdio.h>

enum { DAYS_AGO_MAX = 30, MINUTE_S = 60, HOUR_S = 3600, SHOWN_BYTES = 16 };

void moment_tell(struct text *out, const struct query *query, int64_t at)
{
	static const struct {
		int32_t days;
		enum word word;
	} near[] = {{-1, WORD_YESTERDAY}, {0, WORD_TODAY}, {1, WORD_TOMORROW}};
	const struct zone *zone = query->judge.zone;
	char shown[SHOWN_BYTES];
	if (at == 0) {
		text_add_string(out, word_of(query->language, WORD_NEVER));
		return;
	}
	int32_t second = zone_second_of_day(zone, at);
	int32_t days = zone_day(zone, at) - zone_day(zone, query->now);
	(void)snprintf(shown, sizeof shown, "%02d:%02d", second / HOUR_S,
		       second % HOUR_S / MINUTE_S);
	for (size_t i = 0; i < COUNT_OF(near); i++) {
		if (near[i].days != days)
			continue;
		word_add(out, query->language, near[i].word, shown);
		return;
	}
	if (days < 0 && days >= -DAYS_AGO_MAX) {
		(void)snprintf(shown, sizeof shown, "%d", -days);
		word_add(out, query->language, WORD_DAYS_AGO, shown);
		return;
	}
	tell_day(out, query->language, zone_day(zone, at));
}
