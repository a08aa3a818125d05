/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A walk over JSON that comes in pieces, without building anything: it checks the syntax, and tells
 * where values begin and end.  What it takes is what jansson takes with JSON_REJECT_DUPLICATES;
 * what it does not take, or cannot judge by itself (an escape in a key, a surrogate, two keys that
 * look the same, an object with very many keys that are not ascending numbers), it calls unusual,
 * and somebody else has to look at the whole document. */

#include "feed/feed.h"
#include "feed/json_keys.h"

enum { FEED_WALK_KEY_BYTES = 256 }; /* of a key that can be told */

enum feed_walk_kind {
	FEED_WALK_NONE,
	FEED_WALK_OBJECT,
	FEED_WALK_ARRAY,
	FEED_WALK_TEXT,
	FEED_WALK_NUMBER,
	FEED_WALK_WORD, /* true, false */
	FEED_WALK_NULL,
};

/* What is to be told of a value that begins. */
enum feed_walk_interest {
	FEED_WALK_IGNORE, /* nothing more, not its end */
	FEED_WALK_OVER,	  /* its end */
	FEED_WALK_INTO,	  /* the values in it, too */
};

enum feed_walk_answer {
	FEED_WALK_ON,
	FEED_WALK_UNUSUAL,
	FEED_WALK_FAILED, /* a callback has failed */
};

struct feed_walk;

struct feed_walk_events {
	/* A value begins; walk->depth lists and objects are around it. */
	enum feed_walk_interest (*value)(void *self, enum feed_walk_kind kind);
	/* An array or object that was gone into is about to be closed; depth as for those in it. */
	void (*leave)(void *self);
	/* A value has ended; depth as when it began. */
	enum feed_walk_answer (*end)(void *self);
};

struct feed_walk_level {
	bool is_object;
	bool tells_end; /* the value at hand */
	size_t index;	/* of the value at hand, in an array */
	struct feed_keys_level keys;
};

struct feed_walk {
	const struct feed_walk_events *events;
	void *self;
	struct text *copy; /* bytes go here as they are, but for blanks between; NULL: nowhere */
	size_t depth;
	struct feed_walk_level levels[FEED_JSON_DEPTH_MAX + 1]; /* 1 is the outermost */
	struct span key;	/* of the value at hand, in an object */
	struct feed_name *name; /* the same, if it was known; else NULL */
	bool has_escapes;	/* the text that has just ended */
	const char *at;		/* where a list or object has just begun or ended */
	bool trusts_keys;	/* whoever walks sees to it that no name is in an object twice */

	/* the rest is its own */
	unsigned state, next; /* enum state; next: behind the string */
	enum feed_walk_answer answer;
	size_t silent;	  /* nothing is told of what is so deep; 0: everything is */
	const char *run;  /* where the bytes of the token begin that are not copied yet */
	const char *word; /* what is left of true, false or null */
	int left;	  /* digits of an escape, bytes of a character */
	struct feed_character character;
	enum feed_number_place place;
	unsigned code;
	const char *end; /* of the piece */
	size_t key_len;
	char key_bytes[FEED_WALK_KEY_BYTES];
	struct feed_keys keys; /* last */
};

/* A walk at the start of a document. */
void feed_walk_begin(struct feed_walk *walk, const struct feed_walk_events *events, void *self);

/* Go over the next bytes. */
MUST_CHECK enum feed_walk_answer feed_walk_push(struct feed_walk *walk, struct span piece);

/* Is the document whole? */
bool feed_walk_is_whole(const struct feed_walk *walk);
