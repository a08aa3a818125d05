/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* libcurl's handles, kept from one transfer to the next: making one costs as much as a request. */

#include <curl/curl.h>

#include "base/error.h"

enum { HANDLES_MAX = 16 }; /* that lie ready; more may be in use */

struct handles {
	CURLSH *share; /* TLS sessions, so that a host is greeted in full once */
	CURL *items[HANDLES_MAX];
	int count;
};

/* One without any options but the share; NULL without memory. */
CURL *handles_take(struct handles *handles);

/* Take it back (NULL: nothing happens); nothing that was set stays in it. */
void handles_give(struct handles *handles, CURL *easy);

/* Free those that lie ready, and the share. */
void handles_done(struct handles *handles);
