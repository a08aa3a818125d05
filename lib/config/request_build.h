/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Requests that are written in parts. */

#include "config/config.h"

/* Put `query` behind the feed's URL, and `form` into its body with the content type of forms,
 * unless it has a body of its own.  ERROR_MEMORY. */
MUST_CHECK bool request_complete(struct config_feed *feed, struct error *err);
