/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* envgap graph INDICATOR AREA -o FILE.png|FILE.svg */

#include "tools/session.h"

/* Have the worker draw the picture and put it in the place of FILE as a whole. */
MUST_CHECK bool graph_run(struct session *session, struct error *err);
