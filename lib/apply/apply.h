/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The appliers: from the log, the catalogue in force and the day to standing values, assessments,
 * events and marks for the RRD files.  They remember in the ledger how far they are, so that they
 * can stop and go on anywhere, also in another process. */

#include "base/problem.h"
#include "judge/judge.h"

struct apply {
	struct ledger *ledger; /* writer */
	const struct catalogue *catalogue;
	const struct zone *zone;
	int64_t now;	   /* unix seconds */
	const char *actor; /* of events: "envgapd", or the user's name */
};

/* What a call has done. */
struct apply_counts {
	size_t series;	    /* standing values looked at again */
	size_t assessments; /* verdicts made */
	size_t events;	    /* states that changed */
};

enum { APPLY_SLICE_SERIES = 50 };

/* Do a slice of what there is to do, in a transaction of its own: at most `limit` series (0:
 * everything).  *ret_more says whether something is left.  Adds to *counts (may be NULL).  A
 * verdict is made anew when a row of its series came, when the catalogue changed, or when the day
 * changed; a change of state is an event with its cause: new_value, revision, correction, break,
 * time_passed, target_changed. */
MUST_CHECK bool apply_step(const struct apply *apply, size_t limit, bool *ret_more,
			   struct apply_counts *counts, struct error *err);

/* apply_step until nothing is left. */
MUST_CHECK bool apply_all(const struct apply *apply, struct apply_counts *counts,
			  struct error *err);

/* Empty the derived tables and fill them again, without events; marks every RRD file.  One
 * transaction. */
MUST_CHECK bool apply_rebuild(const struct apply *apply, struct apply_counts *counts,
			      struct error *err);

/* Recompute standing values and assessments and compare them with the tables; each difference, and
 * what ledger_check finds, is a finding.  Writes nothing.  What has not been applied yet is not a
 * difference; a catalogue that was not is a warning. */
MUST_CHECK bool apply_verify(const struct apply *apply, struct problems *findings,
			     struct error *err);

/* A file of the catalogue as it was read. */
struct apply_file {
	const char *name;
	struct span bytes;
};

/* Put apply->catalogue in force: archives the bytes of its files, mirrors it, adds the load, in one
 * transaction. Does nothing (and *ret_changed is false) when the very same files are in force
 * already.  Otherwise *ret_before, unless ret_before is NULL, is what was in force, for the caller
 * to free. */
MUST_CHECK bool apply_catalogue(const struct apply *apply, const struct apply_file *files,
				size_t count, struct catalogue **ret_before, bool *ret_changed,
				struct error *err);
