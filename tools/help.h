/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* envgap help [COMMAND] */

#include "tools/session.h"

/* Print the list of commands or the help of one. */
MUST_CHECK bool help_run(struct session *session, struct error *err);

/* Say that there is no such command, and which one may have been meant.  Always false. */
bool help_unknown(const char *name, struct error *err);
