/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/mo_maker.h"

#include <stdlib.h>

enum { HEADER_WORDS = 7, TABLE_BYTES = 1 << 16 };

static void add_word(struct text *out, size_t value)
{
	uint32_t word = (uint32_t)value;
	text_add(out, (const char *)&word, sizeof word);
}

static int compare_ids(const void *left, const void *right)
{
	const struct mo_pair *a = left, *b = right;
	return strcmp(a->id, b->id);
}

static const char *side_of(const struct mo_pair *pair, bool is_text)
{
	return is_text ? pair->text : pair->id;
}

/* The header, two tables of lengths and places, the texts one after another. */
void mo_make(struct text *out, const struct mo_pair *pairs, size_t count)
{
	struct mo_pair sorted[MO_MAKER_PAIRS];
	assert_in_range(count, 1, MO_MAKER_PAIRS);
	memcpy(sorted, pairs, count * sizeof *pairs);
	qsort(sorted, count, sizeof sorted[0], compare_ids);
	size_t table = HEADER_WORDS * sizeof(uint32_t);
	size_t place = table + 2 * count * 8;
	const size_t header[HEADER_WORDS] = {0x950412de,	0, count, table,
					     table + count * 8, 0, place};
	for (size_t i = 0; i < HEADER_WORDS; i++)
		add_word(out, header[i]);
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < count; i++) {
			size_t len = strlen(side_of(&sorted[i], side));
			add_word(out, len);
			add_word(out, place);
			place += len + 1;
		}
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < count; i++) {
			text_add_string(out, side_of(&sorted[i], side));
			text_add_char(out, '\0');
		}
}

struct tongue *mo_make_tongue(const struct mo_pair *pairs, size_t count)
{
	AUTO_TEXT struct text bytes = text_with_limit(TABLE_BYTES);
	struct tongue *tongue = NULL;
	struct error err = {0};
	mo_make(&bytes, pairs, count);
	if (!tongue_new(text_span(&bytes), &tongue, &err))
		fail_msg("%s", err.text);
	return tongue;
}
