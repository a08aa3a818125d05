/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Answers are by the tables that were taken in last, not by the files as they are now. */

#include "ledger/ledger.h"
#include "tools/session.h"

/* Say on standard error which tables of session->config->catalogue have changed since, or are not
 * there any more.  What cannot be looked at is passed over: an answer does not depend on it. */
void tables_warn(const struct session *session, struct ledger *ledger);
