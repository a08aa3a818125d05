/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/json_keys.h"

enum { AROUND_BYTES = 3 }; /* two quotes and a colon */

/* Note the key; is_new: it cannot be there. */
static bool add(struct feed_keys *keys, const struct feed_keys_level *level, uint64_t hash,
		bool is_new)
{
	/* from there on only ascending numbers are taken */
	if (keys->count == FEED_KEYS_MAX || keys->count - level->first == FEED_KEYS_OF_OBJECT)
		return is_new;
	for (size_t i = level->first; !is_new && i < keys->count; i++)
		if (keys->hashes[i] == hash)
			return false;
	keys->hashes[keys->count++] = hash;
	return true;
}

/* The place of the name: its own, a free one, or that of another. */
static size_t place_of(const struct feed_keys *keys, uint64_t hash)
{
	size_t at = hash % FEED_NAMES_KEPT;
	const struct feed_name *one = &keys->names[at];
	const struct feed_name *other = &keys->names[at ^ 1];
	bool is_other =
		one->len > 0 && one->hash != hash && (other->len == 0 || other->hash == hash);
	return is_other ? at ^ 1 : at;
}

/* Keep that the name came here. */
static void learn(struct feed_keys *keys, struct feed_keys_level *level, struct span key,
		  uint64_t hash)
{
	size_t at = place_of(keys, hash);
	struct feed_name *name = &keys->names[at];
	if (key.len > FEED_NAME_BYTES - AROUND_BYTES)
		return;
	if (name->len == 0 || name->hash != hash) {
		name->hash = hash;
		name->below = 0;
		name->len = (unsigned char)(key.len + AROUND_BYTES);
		name->bytes[0] = name->bytes[key.len + 1] = '"';
		if (key.len > 0)
			memcpy(name->bytes + 1, key.start, key.len);
		name->bytes[key.len + 2] = ':';
	}
	*level->next = (unsigned char)at;
	level->next = &name->next;
}

bool feed_keys_add(struct feed_keys *keys, struct feed_keys_level *level, struct span key)
{
	size_t number;
	bool is_number = feed_key_number(key, &number);
	bool is_new = is_number && number >= level->numbers_end;
	if (is_new)
		level->numbers_end = number + 1;
	uint64_t hash = feed_key_hash(key);
	/* a number that is known would pass by numbers_end */
	if (!is_number)
		learn(keys, level, key, hash);
	return add(keys, level, hash, is_new);
}

struct feed_name *feed_keys_known(struct feed_keys *keys, struct feed_keys_level *level,
				  struct span ahead)
{
	struct feed_name *name = &keys->names[*level->next];
	if (name->len == 0 || ahead.len < name->len ||
	    memcmp(ahead.start, name->bytes, name->len) != 0 ||
	    !add(keys, level, name->hash, false))
		return NULL;
	level->next = &name->next;
	return name;
}
