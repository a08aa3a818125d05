/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the ways to a connection. */

#include <sqlite3.h>

#include "ledger/lock.h"

/* ledger.db for writing, made when it is not there. */
MUST_CHECK bool open_for_writing(const char *state_dir, sqlite3 **ret, struct error *err);

/* For reading.  Where nobody has the shared memory file open and none is there, *ret_lock keeps
 * writers out and the file is read as one that cannot change; otherwise *ret_lock is NULL. */
MUST_CHECK bool open_for_reading(const char *state_dir, sqlite3 **ret,
				 struct writer_lock **ret_lock, struct error *err);
