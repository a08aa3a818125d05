/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Everything that a writer holds: configuration, catalogue, writer lock and ledger.  The daemon
 * keeps one for its life; the command takes one for a request when no daemon runs. */

#include "config/setup.h"
#include "intake/intake.h"

struct desk {
	char *path; /* of envgap.conf */
	struct setup *setup;
	struct zone *zone;
	struct writer_lock *lock;
	struct ledger *ledger;
	struct sha256 tables;	  /* the catalogue in force, as a document of the archive */
	struct catalogue *before; /* in force before the last change that was seen; NULL: none */
};

#define AUTO_DESK AUTO(desk_close)

/* Read the configuration, become the writer, open the ledger, put the catalogue in force.
 * ERROR_BUSY when another process is the writer.  What is wrong with the files is in `problems`. */
MUST_CHECK bool desk_open(const char *path, int64_t now, const char *actor, struct desk *ret,
			  struct problems *problems, struct error *err);
void desk_close(struct desk *desk);

/* The same, but the catalogue is not put in force, so that nothing is written into an empty ledger:
 * for a restore. */
MUST_CHECK bool desk_open_blank(const char *path, int64_t now, struct desk *ret,
				struct problems *problems, struct error *err);

/* Put the catalogue as it was read in force. */
MUST_CHECK bool desk_begin(struct desk *desk, int64_t now, const char *actor, struct error *err);

/* A desk of this setup in another directory than its state_dir, at any time of history: for trying
 * something out.  *setup is taken over, also on failure. */
MUST_CHECK bool desk_open_scratch(struct setup **setup, const char *directory, int64_t now,
				  const char *actor, struct desk *ret, struct error *err);

/* Read the files again and put them in force; on failure everything stays as it was.  *ret_changed
 * says whether the catalogue changed.  state_dir and run_dir cannot change: a warning says so. */
MUST_CHECK bool desk_reload(struct desk *desk, int64_t now, const char *actor,
			    struct problems *problems, bool *ret_changed, struct error *err);

/* What the appliers and the intake take. */
struct intake desk_intake(const struct desk *desk, int64_t now, const char *actor);
