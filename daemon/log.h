/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the daemon says: to the journal with fields, when it runs there; else to standard error, a
 * line each. */

#include <stdarg.h>

#include "base/error.h"
#include "base/problem.h"

/* Levels of syslog(3). */
enum log_level {
	LOG_LEVEL_ERROR = 3,
	LOG_LEVEL_WARNING = 4,
	LOG_LEVEL_NOTICE = 5,
	LOG_LEVEL_INFO = 6,
	LOG_LEVEL_DEBUG = 7
};

struct log {
	int level; /* nothing beyond it is said */
	bool to_journal;
};

/* To whom it happened; NULL and 0: not about one.  Journal fields ENVGAP_FEED and so on. */
struct log_subject {
	const char *feed, *target, *indicator, *area;
	long long fetch, load;
};

/* Journal when standard error is connected to it. */
struct log log_open(int level);

/* One message, without a final full stop.  subject may be NULL. */
void log_say(const struct log *log, enum log_level level, const struct log_subject *subject,
	     const char *fmt, ...) PRINTF_LIKE(4, 5);

/* Each finding as a message of its own. */
void log_problems(const struct log *log, const struct problems *problems);
