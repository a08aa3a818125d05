/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mo.h"

#include <string.h>

static const uint32_t mo_magic = 0x950412de;

enum { MO_HEADER_BYTES = 28, MO_ENTRY_BYTES = 8 };

static uint32_t word_at(const char *bytes, size_t offset)
{
	uint32_t word;
	memcpy(&word, bytes + offset, sizeof word);
	return word;
}

static bool is_entry(struct span bytes, size_t entry)
{
	size_t len = word_at(bytes.start, entry);
	size_t start = word_at(bytes.start, entry + 4);
	return start < bytes.len && len < bytes.len - start && bytes.start[start + len] == '\0';
}

static bool is_table(struct span bytes, size_t table, size_t count)
{
	if (table > bytes.len || count > (bytes.len - table) / MO_ENTRY_BYTES)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!is_entry(bytes, table + i * MO_ENTRY_BYTES))
			return false;
	return true;
}

bool mo_read(struct span bytes, struct mo *ret, struct error *err)
{
	if (bytes.len < MO_HEADER_BYTES || word_at(bytes.start, 0) != mo_magic ||
	    word_at(bytes.start, 4) != 0)
		return error_set(err, ERROR_INPUT, "not a table of messages (MO, revision 0)");
	const struct mo mo = {bytes.start, word_at(bytes.start, 8), word_at(bytes.start, 12),
			      word_at(bytes.start, 16)};
	if (!is_table(bytes, mo.ids, mo.count) || !is_table(bytes, mo.texts, mo.count))
		return error_set(err, ERROR_INPUT, "damaged table of messages");
	*ret = mo;
	return true;
}

static const char *string_at(const struct mo *mo, uint32_t table, uint32_t index)
{
	return mo->bytes + word_at(mo->bytes, table + (size_t)index * MO_ENTRY_BYTES + 4);
}

const char *mo_id(const struct mo *mo, uint32_t index)
{
	return string_at(mo, mo->ids, index);
}

const char *mo_text(const struct mo *mo, uint32_t index)
{
	return string_at(mo, mo->texts, index);
}

static int compare(const char *id, struct span wanted)
{
	int order = wanted.len == 0 ? 0 : strncmp(id, wanted.start, wanted.len);
	return order != 0 ? order : (id[wanted.len] != '\0');
}

const char *mo_find(const struct mo *mo, struct span id)
{
	uint32_t from = 0;
	uint32_t to = mo->count;
	while (from < to) {
		uint32_t middle = from + (to - from) / 2;
		int order = compare(mo_id(mo, middle), id);
		if (order == 0)
			return mo_text(mo, middle);
		*(order < 0 ? &from : &to) = order < 0 ? middle + 1 : middle;
	}
	return NULL;
}
