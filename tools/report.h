/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/session.h"

/* envgap report --area A [--year Y] [--act ACT] [-o FILE] */
MUST_CHECK bool report_run(struct session *session, struct error *err);
