/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The command that checks the ledger, reading it only: it can take long, and a daemon has other
 * things to do. */

#include "tools/session.h"

/* envgap verify */
MUST_CHECK bool verify_run(struct session *session, struct error *err);
