/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A trial: this document, read by this feed, must give these observations.  A small file says so,
 * and it is held against what the feed really gives, without network and without a ledger that is
 * in use. */

#include "base/problem.h"
#include "config/config.h"
#include "feed/mapping.h"

enum {
	TRIAL_DOCUMENTS_MAX = 1000,
	TRIAL_DOCUMENT_MAX_BYTES = 64 << 20,
	TRIAL_ROWS_MAX = 1000000,
	TRIAL_FINDINGS_SHOWN = 100,
	TRIAL_FINDINGS_BYTES = 1 << 20,
};

struct trial {
	/* the keys of the file; paths are seen from its directory, or absolute */
	char *name;
	char *configuration;	     /* where the feed stands */
	char *feed;		     /* its id; NULL: the mapping is in the file */
	struct feed_mapping mapping; /* with its fallbacks when the file has none */
	char *catalogue;	     /* NULL: records are compared before they are bound to ids */
	struct key_texts documents;
	struct key_texts links;	       /* the Link header with which each came */
	char *observations, *refusals; /* tables of what is expected; NULL: none */
	long passed_over;	       /* records that filters do not want; -1: not looked at */
	char *cause, *why;	       /* it has to be no answer; why NULL: for any reason */
	char *today;		       /* NULL: the day on which it is run */

	/* beside the keys */
	char *path;
	bool has_mapping;	   /* the file has a mapping */
	struct config_files files; /* the file itself */
	struct problems problems;  /* what is wrong with it or with the feed */
	struct config *config;	   /* what `configuration` is; NULL without a feed */
};

#define AUTO_TRIAL AUTO(trial_free)

/* The keys of such a file. */
extern const struct key trial_keys[];

/* Read a file.  What is wrong with it is in (*ret)->problems: then the trial fails, unless it is
 * the mapping and that is what it expects.  `configuration` is for a file that names a feed and not
 * where it stands; may be NULL.  false: memory. */
MUST_CHECK bool trial_read(const char *path, const char *configuration, struct trial **ret,
			   struct error *err);

/* The Link header of the i-th document; "" for none. */
const char *trial_link(const struct trial *trial, size_t i);

/* Frees *slot, which may be NULL, and makes it NULL. */
void trial_free(struct trial **slot);

struct trial_how {
	int64_t now;	     /* unix seconds, for a file without `today` */
	const char *scratch; /* an empty directory of ours; for a trial with a catalogue */
	size_t piece_bytes;  /* documents come in pieces of so many bytes; 0: whole */
};

/* What differs, a line each without a full stop; at most TRIAL_FINDINGS_SHOWN of them are told. */
struct trial_findings {
	struct text text;
	size_t count;
};

/* Run it.  No findings: it has passed.  false: it could not be run at all (memory, disk). */
MUST_CHECK bool trial_run(const struct trial *trial, const struct trial_how *how,
			  struct trial_findings *ret, struct error *err);

/* Frees the text. */
void trial_findings_done(struct trial_findings *findings);
#define AUTO_TRIAL_FINDINGS AUTO(trial_findings_done)
