/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Data out of the ledger, and back into an empty one. */

#include "tools/session.h"

/* "envgap export". */
MUST_CHECK bool export_run(struct session *session, struct error *err);

/* Is the argument of "import --restore" an export of the whole ledger? */
bool export_is_whole(const char *path);

/* "envgap import --restore DIR". */
MUST_CHECK bool export_restore(struct session *session, const char *path, struct error *err);
