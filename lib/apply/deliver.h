/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Saying that somebody delivered what was owed, and taking it back. */

#include "apply/apply.h"

/* As somebody wrote it; NULL: not said. */
struct delivered {
	const char *duty, *period;
	const char *owner; /* an office or area; needed where more than one owes it */
	const char *on;	   /* the day; today unless said */
	const char *name;  /* of the file; NULL: no document */
	const char *note;
	const char *why; /* for a removal */
	bool is_removal;
};

enum { DELIVERY_NOTE_BYTES = 2000 };

/* Append the delivery, its document to the archive first; or, for a removal, the withdrawal of the
 * owner's last delivery.  Says in `out` whether it was in time.  ERROR_NOT_FOUND for ids,
 * ERROR_INPUT for texts, days and an owner who is not clear, ERROR_REFUSED when there is nothing to
 * take back. */
MUST_CHECK bool apply_deliver(const struct apply *apply, const struct delivered *delivered,
			      struct span document, struct text *out, struct error *err);
