/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: a run of a feed, which document.c reads and document_store.c stores. */

#include "feed/pick.h"
#include "intake/document.h"
#include "intake/hold.h"
#include "intake/lint.h"

/* What storing needs from its first slice to its last. */
struct storing {
	struct stage_appending *appending; /* NULL: not begun */
	struct lint_watch lint;
	struct load load;
	struct sha256 document;
};

struct feed_intake {
	const struct intake *intake;
	const struct intake *binding; /* the same, or `then` */
	struct intake then;	      /* when the documents of a replay came */
	const struct config_feed *feed;
	bool is_dry;
	struct sha256 mapping;
	struct sha256 settings; /* mapping and catalogue: on both depends what a document says */
	struct feed_run run;
	struct feed_pick pick;
	struct feed_sink sink;	 /* into the pick */
	struct reading *reading; /* the document that is being read; NULL: none */
	struct stage *stage;
	struct sha256 *pages;
	size_t page_count, page_room;
	struct refusals refusals;
	size_t refused, ignored; /* when binding */
	enum feed_purpose purpose;
	int64_t received; /* when the documents came */
	struct stage *before;
	struct shape shape;
	feed_record_fn *watch;
	void *watcher;
	bool is_held;
	char why[FEED_HELD_WHY_BYTES];
	struct storing storing;
};
