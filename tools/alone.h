/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A write request carried out by the command itself, when no daemon runs. */

#include "control/message.h"
#include "intake/desk.h"
#include "tools/session.h"

enum { ALONE_NAME_BYTES = 64 };

/* Who calls, as an actor of the log. */
void alone_name_user(char name[ALONE_NAME_BYTES]);

/* Become the writer (started by root, first the owner of the state directory) without putting the
 * catalogue in force: for a restore. */
MUST_CHECK bool alone_open_blank(struct session *session, struct desk *ret, struct error *err);

/* Become the writer (started by root, first the owner of the state directory), and do it into an
 * empty message.  ERROR_BUSY names another writer. */
MUST_CHECK bool alone_carry_out(struct session *session, const struct control_message *request,
				struct span document, struct control_message *ret,
				struct error *err);
