/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A write request, from the control socket or from the command line, carried out: the verbs record,
 * withdraw, import, rebuild, ack, accept and note.  The same code in the daemon and in the command
 * without one. */

#include "control/message.h"
#include "intake/intake.h"

/* Is it one of the verbs that this room carries out? */
bool request_is_ours(const struct control_message *request);

/* Carry it out and let the appliers pass it.  `document` is the file that came with it (import),
 * empty otherwise. *answer gets "exit" (0..3), "text" for standard output and "error" for standard
 * error; failures are answers too, so that this returns nothing. */
void request_carry_out(const struct intake *intake, const struct control_message *request,
		       struct span document, struct control_message *answer);
