/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The words that the command and the daemon say to each other on the control socket (a unix
 * stream).  A message is lines "name value", values with backslash, LF and CR escaped, ended by a
 * line ".".  A request begins with "envgap 1" and "verb WORD"; an answer with "envgap 1" and "exit
 * N".  Both sides bound what they read. */

#include "base/text.h"

enum { CONTROL_VERSION = 1, CONTROL_FIELDS_MAX = 64, CONTROL_MESSAGE_BYTES = 1 << 20 };

struct control_field {
	char *name, *value;
};

struct control_message {
	struct control_field fields[CONTROL_FIELDS_MAX];
	size_t count;
	bool failed; /* sticky: a set that did not fit or had no memory */
	bool is_misnamed;
};

#define AUTO_MESSAGE AUTO(control_message_done)

/* Free the fields. */
void control_message_done(struct control_message *message);

/* Add a field; names are words of [a-z_], a NULL value is passed over.  Failure is sticky, seen by
 * control_encode. */
void control_set(struct control_message *message, const char *name, const char *value);
void control_set_integer(struct control_message *message, const char *name, long value);

/* The first field of that name; borrowed; NULL when there is none. */
const char *control_get(const struct control_message *message, const char *name);
/* As an integer; `fallback` when it is not there or not a number. */
long control_get_integer(const struct control_message *message, const char *name, long fallback);

/* Write the whole message, ending line included. */
MUST_CHECK bool control_encode(const struct control_message *message, struct text *out,
			       struct error *err);

/* Is a whole message in the bytes?  *ret_len is its length with the ending line. */
bool control_is_whole(struct span bytes, size_t *ret_len);

/* Read one whole message into an empty one. */
MUST_CHECK bool control_decode(struct span bytes, struct control_message *ret, struct error *err);
