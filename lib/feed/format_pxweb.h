/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The answer `json` of PX-Web's API, version 1: a list of columns, and rows of keys and values. */

#include "feed/source.h"

/* For struct feed_format. */
extern const char *const feed_pxweb_missing[];

/* See struct feed_format. */
MUST_CHECK bool feed_pxweb_decode(struct feed_source *source, struct error *err);
