/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* "envgap test FILE...": are feeds read as they should be? */

#include "tools/session.h"

enum { TEST_FILES_MAX = 10000 };

/* Run every file and say what differs.  The exit status is 1 when one failed. */
MUST_CHECK bool test_run(struct session *session, struct error *err);
