/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* envgap duties: a table, letters, or a line for a monitoring system. */

#include "tools/session.h"

/* Prints it. */
MUST_CHECK bool duties_run(struct session *session, struct error *err);
