/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The names of members in the objects that a walk over JSON is in: is none there twice?  And which
 * name comes next, as far as it is the one that came next the last time: then it is passed in one
 * go. */

#include "feed/feed.h"
#include "feed/json_token.h"

enum {
	FEED_KEYS_OF_OBJECT = 256, /* but for numbers that ascend */
	FEED_KEYS_MAX = 1024,	   /* of all objects that are open */
	FEED_NAMES_KEPT = 64,
	FEED_NAME_BYTES = 34,
};

/* A name with its quotes and colon, as it was written. */
struct feed_name {
	uint64_t hash;
	unsigned char len;  /* 0: none */
	unsigned char next; /* the one that came behind it in its object */
	/* for whoever looks the name up: what was found under it below what, and one more; 0: not
	 * yet */
	short below, found;
	char bytes[FEED_NAME_BYTES];
};

/* An object that is open. */
struct feed_keys_level {
	size_t first;	     /* of its keys */
	size_t numbers_end;  /* behind the greatest key that is a number */
	unsigned char *next; /* where it is kept which name comes next; NULL: before the first */
};

struct feed_keys {
	struct feed_name names[FEED_NAMES_KEPT];
	unsigned char begins[FEED_JSON_DEPTH_MAX]; /* by depth: the first name of the last object */
	size_t count;
	uint64_t hashes[FEED_KEYS_MAX]; /* written before they are read */
};

/* Is the key, which has ended and has no escapes, the first with this name in its object?  false:
 * perhaps not. */
MUST_CHECK bool feed_keys_add(struct feed_keys *keys, struct feed_keys_level *level,
			      struct span key);

/* The name that came next the last time, if its quotes, name and colon begin here; then it is a key
 * that is added.  NULL: they do not, or it may be there twice. */
struct feed_name *feed_keys_known(struct feed_keys *keys, struct feed_keys_level *level,
				  struct span ahead);
