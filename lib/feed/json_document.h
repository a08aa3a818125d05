/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the JSON formats have in common: from bytes to a tree that is an answer, and from an array
 * to records. */

#include <jansson.h>

#include "feed/json_value.h"
#include "feed/source.h"

/* Read the whole document.  Too deep, cut off, NaN, members twice and other syntax fail with their
 * place. *ret is for the caller to json_decref(). */
MUST_CHECK bool feed_json_load(struct feed_source *source, json_t **ret, struct error *err);

/* A tree of it with its numbers as marked texts; NULL and *why when it is not JSON, without words
 * when there was no memory.  For the caller to json_decref(). */
MUST_CHECK json_t *feed_json_parse(struct span document, json_error_t *why);

/* Hold it against answer.forbid and answer.require. */
MUST_CHECK bool feed_json_check(struct feed_source *source, const json_t *top, struct error *err);

/* The pointers at which a format announces its pages; NULL: it does not. */
struct feed_json_counts {
	const char *page, *pages, *total, *next;
};

/* What a document with a list of records says beside the list. */
struct feed_list_rules {
	struct feed_json_counts counts;
	/* Is it an answer, as this format has it?  NULL: nothing is to be checked. */
	MUST_CHECK bool (*check)(struct feed_source *source, const json_t *top, struct error *err);
	const char *reads[2]; /* pointers to what it looks at, or NULL */
};

/* Fill page->page, pages, total, next_url and revision from the pointers of the mapping, else of
 * the format.  What is too long for its place fails: a cut URL would end the run early. */
MUST_CHECK bool feed_json_announce(struct feed_source *source, const json_t *top,
				   const struct feed_json_counts *counts, struct error *err);

/* Hold a document against the format's rules and the mapping's, and announce. */
MUST_CHECK bool feed_json_open(struct feed_source *source, const json_t *top, struct error *err);

/* How deep lists and objects are in each other, without building anything. */
int feed_json_depth(struct span document);

/* Append all texts and numbers in it, separated by `separator`. */
void feed_json_gather(const json_t *value, const char *separator, struct text *out);
