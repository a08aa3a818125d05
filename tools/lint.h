/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* "envgap lint": what is doubtful among the figures in force, or in a table before it is taken in.
 */

#include "tools/session.h"

/* Print it; the exit status is 1 when something in the table would be refused. */
MUST_CHECK bool lint_run(struct session *session, struct error *err);
