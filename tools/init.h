/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* "envgap init DIRECTORY". */

#include "tools/session.h"

/* Write a small configuration and catalogue; nothing that is there is written over. */
MUST_CHECK bool init_run(struct session *session, struct error *err);
