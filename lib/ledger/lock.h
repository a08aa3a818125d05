/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The writer lock of a state directory: whoever holds it is the one writer. */

#include <sys/types.h>

#include "base/error.h"

/* A held lock on <state>/writer.lock, exclusive or shared; the kernel lets go of it when the
 * process dies. */
struct writer_lock;

#define AUTO_WRITER_LOCK AUTO(writer_lock_free)

/* Become the writer; the file is made when it is not there and holds our process id.  Waits up to
 * wait_ms while only readers hold it.  ERROR_BUSY names the process that is the writer, or says
 * that a reader has it. */
MUST_CHECK bool writer_lock_take(const char *state_dir, int wait_ms, struct writer_lock **ret,
				 struct error *err);

/* Keep every writer out while reading.  ERROR_BUSY when there is a writer; ERROR_NOT_FOUND when
 * the directory has never had one. */
MUST_CHECK bool writer_lock_share(const char *state_dir, struct writer_lock **ret,
				  struct error *err);

/* Who is the writer now: a process id, or 0 when there is none. */
MUST_CHECK bool writer_lock_holder(const char *state_dir, pid_t *ret, struct error *err);

/* The directory that it is for; borrowed. */
const char *writer_lock_directory(const struct writer_lock *lock);

/* Let go, free *slot and make it NULL. */
void writer_lock_free(struct writer_lock **slot);
