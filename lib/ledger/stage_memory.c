/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/stage_memory.h"

#include <stdlib.h>

enum { TEXT_BYTES_MAX = 64 << 20, SLOTS_FIRST = 64 };

void stage_memory_done(struct stage_memory *memory)
{
	free(memory->rows);
	free(memory->order);
	free(memory->keys);
	free(memory->slots);
	text_done(&memory->texts);
	*memory = (struct stage_memory){0};
}

bool stage_memory_has_room(const struct stage_memory *memory)
{
	return memory->count < STAGE_MEMORY_ROWS && memory->texts.len < TEXT_BYTES_MAX / 2;
}

/* Place 0 is the empty text. */
static uint32_t add_text(struct stage_memory *memory, const char *string)
{
	struct text *texts = &memory->texts;
	if (texts->limit_bytes == 0) {
		*texts = text_with_limit(TEXT_BYTES_MAX);
		text_add(texts, "", 1);
	}
	if (string == NULL || string[0] == '\0')
		return 0;
	uint32_t at = (uint32_t)texts->len;
	text_add(texts, string, strlen(string) + 1);
	return at;
}

struct series_key stage_memory_key(const struct stage_memory *memory, int64_t series)
{
	const char *indicator = memory->texts.data + memory->keys[series - 1];
	const char *breakdown = indicator + strlen(indicator) + 1;
	return (struct series_key){indicator, breakdown, breakdown + strlen(breakdown) + 1};
}

static bool is_key(const struct stage_memory *memory, int64_t series, const struct series_key *key)
{
	const struct series_key other = stage_memory_key(memory, series);
	return strcmp(other.area, key->area) == 0 && strcmp(other.indicator, key->indicator) == 0 &&
	       strcmp(other.breakdown, key->breakdown) == 0;
}

static uint32_t hash_text(uint32_t hash, const char *text)
{
	do
		hash = (hash ^ (unsigned char)*text) * 16777619u;
	while (*text++ != '\0');
	return hash;
}

/* Where the series is, or would be. */
static uint32_t *slot_of(const struct stage_memory *memory, const struct series_key *key)
{
	uint32_t hash = hash_text(2166136261u, key->area);
	hash = hash_text(hash_text(hash, key->indicator), key->breakdown);
	for (size_t at = hash;; at++) {
		uint32_t *slot = &memory->slots[at & (memory->slot_count - 1)];
		if (*slot == 0 || is_key(memory, *slot, key))
			return slot;
	}
}

/* At most half of the slots are used. */
static bool make_slots(struct stage_memory *memory, struct error *err)
{
	if (2 * memory->key_count < memory->slot_count)
		return true;
	size_t count = memory->slot_count ? 2 * memory->slot_count : SLOTS_FIRST;
	uint32_t *slots = calloc(count, sizeof *slots);
	if (slots == NULL)
		return error_memory(err);
	free(memory->slots);
	memory->slots = slots;
	memory->slot_count = count;
	for (size_t i = 1; i <= memory->key_count; i++) {
		const struct series_key key = stage_memory_key(memory, (int64_t)i);
		*slot_of(memory, &key) = (uint32_t)i;
	}
	return true;
}

static bool check_lengths(const struct series_key *key, struct error *err)
{
	if (strlen(key->indicator) < ID_BYTES && strlen(key->breakdown) < BREAKDOWN_BYTES &&
	    strlen(key->area) < ID_BYTES)
		return true;
	return error_set(err, ERROR_LIMIT, "series '%s' '%s' of '%s' has a name that is too long",
			 key->indicator, key->breakdown, key->area);
}

static bool add_key(struct stage_memory *memory, const struct series_key *key, struct error *err)
{
	struct text *texts = &memory->texts;
	if (!check_lengths(key, err) ||
	    !array_grow(&memory->keys, &memory->key_room, memory->key_count, sizeof *memory->keys,
			STAGE_MEMORY_ROWS, "series in memory", err))
		return false;
	(void)add_text(memory, NULL);
	memory->keys[memory->key_count] = (uint32_t)texts->len;
	text_add(texts, key->indicator, strlen(key->indicator) + 1);
	text_add(texts, key->breakdown, strlen(key->breakdown) + 1);
	text_add(texts, key->area, strlen(key->area) + 1);
	if (!text_ok(texts, "the rows of a run", err))
		return false;
	memory->key_count++;
	return true;
}

/* Rows of one series mostly come together. */
bool stage_memory_name(struct stage_memory *memory, const struct series_key *key, int64_t *ret,
		       struct error *err)
{
	if (memory->last == 0 || !is_key(memory, memory->last, key)) {
		if (!make_slots(memory, err))
			return false;
		uint32_t *slot = slot_of(memory, key);
		if (*slot == 0 && !add_key(memory, key, err))
			return false;
		if (*slot == 0)
			*slot = (uint32_t)memory->key_count;
		memory->last = *slot;
	}
	*ret = memory->last;
	return true;
}

bool stage_memory_add(struct stage_memory *memory, const struct observation *obs,
		      const struct provenance *from, struct error *err)
{
	if (!array_grow(&memory->rows, &memory->row_room, memory->count, sizeof *memory->rows,
			STAGE_MEMORY_ROWS, "rows in memory", err))
		return false;
	struct stage_memory_row *row = &memory->rows[memory->count];
	*row = (struct stage_memory_row){*obs, add_text(memory, from->locator),
					 add_text(memory, from->raw),
					 add_text(memory, from->warning)};
	if (!text_ok(&memory->texts, "the rows of a run", err))
		return false;
	memory->count++;
	free(memory->order);
	memory->order = NULL;
	return true;
}

struct provenance stage_memory_from(const struct stage_memory *memory,
				    const struct stage_memory_row *row)
{
	const char *texts = memory->texts.data;
	return (struct provenance){texts + row->locator, texts + row->raw, texts + row->warning};
}

static int compare_rows(const struct observation *a, const struct observation *b)
{
	int order = (a->series > b->series) - (a->series < b->series);
	if (order == 0)
		order = period_compare(a->period, b->period);
	if (order == 0)
		order = strcmp(a->source, b->source);
	return order != 0 ? order : (a->known_day > b->known_day) - (a->known_day < b->known_day);
}

static int compare_places(const void *a, const void *b, void *self)
{
	const struct stage_memory_row *rows = self;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	int order = compare_rows(&rows[x].obs, &rows[y].obs);
	return order != 0 ? order : (x > y) - (x < y);
}

bool stage_memory_sort(struct stage_memory *memory, bool *ret_twice, struct error *err)
{
	bool twice = false;
	free(memory->order);
	memory->order = malloc((memory->count + 1) * sizeof *memory->order);
	if (memory->order == NULL)
		return error_memory(err);
	for (size_t i = 0; i < memory->count; i++)
		memory->order[i] = (uint32_t)i;
	qsort_r(memory->order, memory->count, sizeof *memory->order, compare_places, memory->rows);
	for (size_t i = 1; i < memory->count && !twice; i++)
		twice = compare_rows(&stage_memory_at(memory, i - 1)->obs,
				     &stage_memory_at(memory, i)->obs) == 0;
	*ret_twice = twice;
	return true;
}

const struct stage_memory_row *stage_memory_at(const struct stage_memory *memory, size_t i)
{
	return &memory->rows[memory->order != NULL ? memory->order[i] : i];
}
