/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The command's end of the control socket. */

#include "control/message.h"

/* Send a request to the daemon behind the socket `path`, with the open file `file` (-1: none), and
 * wait for its answer into an empty message.  *ret_there is false when no daemon listens there, and
 * nothing was sent then.  ERROR_PERMISSION names the group whose members may ask; ERROR_BUSY when
 * the daemon goes away without an answer. */
MUST_CHECK bool client_ask(const char *path, const struct control_message *request, int file,
			   struct control_message *ret, bool *ret_there, struct error *err);
