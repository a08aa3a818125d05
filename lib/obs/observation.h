/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A value of a series for a period from a source, as the log keeps it. */

#include "obs/ids.h"
#include "obs/period.h"

/* SDMX CL_OBS_STATUS, with W for a row that withdraws. */
enum obs_status {
	OBS_NORMAL = 'A',
	OBS_PROVISIONAL = 'P',
	OBS_ESTIMATED = 'E',
	OBS_FORECAST = 'F',
	OBS_MISSING = 'M',
	OBS_WITHDRAWN = 'W',
};

/* A printed qualifier is shown wherever the value decides; it never changes arithmetic. */
enum obs_qualifier {
	QUALIFIER_NONE = 0,
	QUALIFIER_ABOUT = '~',
	QUALIFIER_BELOW = '<', /* nearly, under */
	QUALIFIER_ABOVE = '>', /* over */
};

enum { PUBLISHED_BYTES = 16 };

struct observation {
	int64_t seq; /* order of the log; 0 before it is appended */
	int64_t series;
	char source[ID_BYTES];
	struct period period;
	bool has_value, has_num, has_den;
	double value, num, den;
	int decimals; /* as printed */
	enum obs_qualifier qualifier;
	enum obs_status status;
	bool is_break;
	char published[PUBLISHED_BYTES]; /* as the source gave it: 2025, 2025-01, 2025-01-06 or ""
					  */
	int32_t known_day;		 /* min(last day of published, day received) */
	int64_t received;		 /* unix seconds */
	int64_t load;
};

/* Read A P E F M (letters, or SDMX words normal, provisional, estimated, forecast, missing). */
MUST_CHECK bool obs_status_parse(struct span text, enum obs_status *ret, struct error *err);
/* "A" ... "W". */
const char *obs_status_code(enum obs_status status);
/* "", "~", "<", ">" and the words about, nearly, under, over. */
MUST_CHECK bool obs_qualifier_parse(struct span text, enum obs_qualifier *ret, struct error *err);
/* "", "~", "<" or ">". */
const char *obs_qualifier_code(enum obs_qualifier qualifier);

/* min(last day of published, received day). */
int32_t obs_known_day(int32_t published_last, int32_t received_day);

/* Is `b` a new statement beside `a`: do value (at 15 digits), numerator, denominator, qualifier,
 * status or withdrawal differ?  A publication date alone does not count. */
bool obs_differs(const struct observation *a, const struct observation *b);
