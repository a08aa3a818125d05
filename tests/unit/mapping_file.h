/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Mappings as the feed cases write them: key = value lines, groups with a dot, a list key several
 * times, "..." keeps blanks. */

#include "feed/mapping.h"

enum { MAPPING_FILE_MAX_BYTES = 64 << 20 };

/* The whole file; empty when it is not there. */
struct text mapping_file_text(const char *path);

/* Called with each key before the mapping's keys are looked at; true: it was taken. */
typedef bool mapping_file_other(void *self, struct span name, struct span value);

/* Fill a mapping that has its fallbacks; other may be NULL. */
MUST_CHECK bool mapping_file_read(const char *path, struct feed_mapping *mapping,
				  mapping_file_other *other, void *self, struct error *err);

/* The same for a text. */
MUST_CHECK bool mapping_file_parse(struct span text, struct feed_mapping *mapping,
				   mapping_file_other *other, void *self, struct error *err);
