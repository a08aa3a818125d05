/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Loads: one act of bringing something in each; append-only. */

#include "ledger/hash.h"
#include "ledger/ledger.h"
#include "obs/ids.h"

enum load_kind { LOAD_POLL, LOAD_IMPORT, LOAD_RECORD, LOAD_REPLAY, LOAD_CATALOGUE };

struct load {
	int64_t id; /* 0 before it is added */
	enum load_kind kind;
	int64_t received;		/* unix seconds */
	char actor[LEDGER_ACTOR_BYTES]; /* never "" */
	char feed[ID_BYTES];		/* "" when no feed brought it */
	struct sha256 document;		/* in the archive: the document or the list of its pages */
	struct sha256 mapping;		/* in the archive: the feed's section as read */
};

/* Add one; its id is above all earlier ones.  load->id is not looked at. */
MUST_CHECK bool load_add(struct ledger *ledger, const struct load *load, int64_t *ret_id,
			 struct error *err);

/* Add one under its own id, for a restore; ERROR_REFUSED when the id is taken. */
MUST_CHECK bool load_restore(struct ledger *ledger, const struct load *load, struct error *err);

/* ERROR_NOT_FOUND when there is none of this id. */
MUST_CHECK bool load_read(struct ledger *ledger, int64_t id, struct load *ret, struct error *err);

/* The last load of a kind (and of this feed, unless NULL); ret->id is 0 when there is none. */
MUST_CHECK bool load_last(struct ledger *ledger, enum load_kind kind, const char *feed,
			  struct load *ret, struct error *err);

/* Called for each; false stops, err says why. */
typedef bool load_fn(void *self, const struct load *load, struct error *err);

/* All loads in order of id. */
MUST_CHECK bool load_each(struct ledger *ledger, load_fn *take, void *self, struct error *err);

/* "poll", "import", "record", "replay", "catalogue". */
const char *load_kind_name(enum load_kind kind);
MUST_CHECK bool load_kind_parse(struct span text, enum load_kind *ret, struct error *err);
