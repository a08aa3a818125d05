/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What brings something in: figures by hand, files, documents of feeds.  The daemon and, without
 * one, the command run the same code; the caller holds the writer's ledger.  Each function is one
 * load and one transaction: all of it or nothing.  The caller lets the appliers pass it (apply_all)
 * before it answers. */

#include "apply/apply.h"
#include "config/config.h"

/* Who brings it in, when, and into what: the same as the appliers need. */
struct intake {
	struct apply apply; /* ledger, catalogue, zone, now; actor: user name, or "envgapd" */
	const struct config *config;  /* in force */
	const struct sha256 *section; /* of the feed that is taken in, hashed; NULL: not yet */
	const struct sha256 *tables;  /* the catalogue in force; NULL: to be looked up */
	bool at_any_time;	      /* nothing of it is kept: `now` may be before this program */
};

/* The civil day of receipt. */
int32_t intake_day(const struct intake *intake);

/* Can it be this time?  Before the release of this program the clock is wrong, and what is received
 * would be dated wrongly for ever: ERROR_SYSTEM. */
MUST_CHECK bool intake_check_time(int64_t now, struct error *err);

/* A load of this kind by this actor now, not added yet.  ERROR_INPUT when the actor's name is too
 * long; see also intake_check_time. */
MUST_CHECK bool intake_load(const struct intake *intake, enum load_kind kind, struct load *ret,
			    struct error *err);
