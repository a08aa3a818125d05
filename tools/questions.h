/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The commands that only read. */

#include "tools/session.h"

/* Where do we stand? */
MUST_CHECK bool status_run(struct session *session, struct error *err);
