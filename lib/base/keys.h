/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Configuration keys as data: one row says a key's name, type, bounds, default and help, and where
 * its value goes in a struct.  lib/config reads files by these rows, the manual is checked against
 * them, and a room that needs settings (a feed format) brings its rows along without knowing the
 * file format. */

#include <stddef.h>

#include "base/text.h"

enum key_type {
	KEY_TEXT,	/* char *; owned; NULL when unset and without fallback */
	KEY_TEXT_LIST,	/* struct key_texts; a list of strings, or one string */
	KEY_MAP,	/* struct key_map; a group of name = "string" in the order of the file */
	KEY_INTEGER,	/* long */
	KEY_NUMBER,	/* struct key_number */
	KEY_SWITCH,	/* bool */
	KEY_DURATION_S, /* long, seconds: an integer, or "90s" "15m" "6h" "7d" */
	KEY_SIZE_BYTES, /* long: an integer, or "64K" "16M" "1G" */
	KEY_CHOICE,	/* int: the value of one of `choices` */
	KEY_GROUP,	/* a struct at offset, filled by the rows of `group` */
	KEY_GROUP_LIST, /* struct key_list of structs of item_bytes, each filled by the rows of
			   `group` */
};

struct key_texts {
	char **items;
	size_t count;
};

struct key_pair {
	char *name, *value;
};

struct key_map {
	struct key_pair *items;
	size_t count;
};

struct key_number {
	bool is_set;
	double value;
};

struct key_list {
	void *items;
	size_t count;
};

struct key_choice {
	const char *name; /* NULL ends the table */
	int value;
};

enum key_flags {
	KEY_REQUIRED = 1,
	KEY_RESTART = 2, /* a reload cannot change it; it says so */
	KEY_SECRET = 4,	 /* never shown */
};

struct key {
	const char *name; /* NULL ends the table */
	enum key_type type;
	size_t offset;
	double min, max; /* numbers, durations, sizes; texts: longest in bytes; lists: most items */
	const char *fallback; /* as written in the file; NULL: zero, empty or unset */
	unsigned flags;
	const struct key_choice *choices;
	const struct key *group;
	size_t item_bytes;
	const char *help; /* one sentence for the manual and the sample file */
};

/* Set one scalar key of `record` from its written form, checked by its row; lists and groups are
 * refused. `record` is unchanged on failure; the message says what would have been right. */
MUST_CHECK bool key_set_text(const struct key *key, void *record, struct span written,
			     struct error *err);

/* Put every fallback of the table (and of its groups) into a zeroed record. */
MUST_CHECK bool keys_set_fallbacks(const struct key *keys, void *record, struct error *err);

/* Free what the rows own inside the record, and zero those fields. */
void keys_free(const struct key *keys, void *record);

/* The row of this name; NULL when there is none.  And the nearest name, for "did you mean"; or
 * NULL. */
const struct key *keys_find(const struct key *keys, const char *name);
const char *keys_nearest(const struct key *keys, const char *name);

/* The value that belongs to `name` in a map; NULL when there is none. */
const char *key_map_get(const struct key_map *map, struct span name);
