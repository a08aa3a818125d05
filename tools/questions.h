/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The commands that only read. */

#include "tools/session.h"

/* Each prints its answer: status, gaps, show, check, events, explain, feeds, methods,
 * backtest, export. */
MUST_CHECK bool status_run(struct session *session, struct error *err);
MUST_CHECK bool gaps_run(struct session *session, struct error *err);
MUST_CHECK bool show_run(struct session *session, struct error *err);
MUST_CHECK bool check_run(struct session *session, struct error *err);
MUST_CHECK bool explain_run(struct session *session, struct error *err);
MUST_CHECK bool events_run(struct session *session, struct error *err);
MUST_CHECK bool feeds_run(struct session *session, struct error *err);
MUST_CHECK bool backtest_run(struct session *session, struct error *err);
MUST_CHECK bool methods_run(struct session *session, struct error *err);
MUST_CHECK bool areas_run(struct session *session, struct error *err);
MUST_CHECK bool totals_run(struct session *session, struct error *err);
