/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What decides about what the documents of a feed say. */

#include "config/config.h"
#include "intake/intake.h"

/* The file in which the feed is written, hashed. */
struct sha256 settings_section(const struct intake *intake, const struct config_feed *feed);

/* A hash of that, of the catalogue, and of the tables in which the feed looks texts up. */
MUST_CHECK bool settings_hash(const struct intake *intake, const struct config_feed *feed,
			      struct sha256 *ret, struct error *err);
