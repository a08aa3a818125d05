/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A write request carried out by the command itself, when no daemon runs. */

#include "control/message.h"
#include "tools/session.h"

/* Become the writer (started by root, first the owner of the state directory), and do it into an
 * empty message.  ERROR_BUSY names another writer. */
MUST_CHECK bool alone_carry_out(struct session *session, const struct control_message *request,
				struct span document, struct control_message *ret,
				struct error *err);
