/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Tables of the further directories: ready-made rows that stand behind those of the catalogue. */

#include "config/files.h"
#include "config/raw.h"

/* Append to raw->rows what the directories raw->more have and nobody before them.  false: memory or
 * a ceiling. */
MUST_CHECK bool catalogue_more_read(struct raw *raw, struct config_files *files, struct error *err);
