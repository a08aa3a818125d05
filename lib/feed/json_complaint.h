/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the JSON library found wrong with a document, in words that say what would be right. */

#include <jansson.h>

#include "feed/source.h"

/* Fail with what stands where and what would be right.  `why` is of the whole document: cut off,
 * no memory, or syntax. */
MUST_CHECK bool feed_json_complain(struct feed_source *source, const json_error_t *why,
				   struct error *err);
