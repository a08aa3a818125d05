/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/keep.h"

#include <stdlib.h>

enum { CHUNK_BYTES = 64 << 10, ALIGN = 16 };

struct feed_chunk {
	struct feed_chunk *next;
	size_t used, room;
	_Alignas(ALIGN) char bytes[];
};

/* A piece of memory that lives as long as all of it. */
static void *take(struct feed_keep *keep, size_t len, struct error *err)
{
	struct feed_chunk *chunk = keep->chunks;
	size_t want = (len + ALIGN - 1) / ALIGN * ALIGN;
	keep->bytes += want;
	if (keep->bytes > FEED_KEPT_MAX_BYTES) {
		(void)error_set(
			err, ERROR_LIMIT,
			"newest, ratios and fields.version keep at most %d bytes of records",
			FEED_KEPT_MAX_BYTES);
		return NULL;
	}
	if (chunk == NULL || chunk->room - chunk->used < want) {
		size_t room = want > CHUNK_BYTES ? want : CHUNK_BYTES;
		chunk = malloc(sizeof *chunk + room);
		if (chunk == NULL) {
			(void)error_memory(err);
			return NULL;
		}
		*chunk = (struct feed_chunk){.next = keep->chunks, .room = room};
		keep->chunks = chunk;
	}
	chunk->used += want;
	return chunk->bytes + chunk->used - want;
}

/* Copy texts behind each other into one piece. */
static bool copy_texts(struct feed_keep *keep, struct span *const *texts, size_t count,
		       struct error *err)
{
	size_t len = 1;
	for (size_t i = 0; i < count; i++)
		len += texts[i]->len;
	char *to = take(keep, len, err);
	if (to == NULL)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (texts[i]->len > 0)
			memcpy(to, texts[i]->start, texts[i]->len);
		texts[i]->start = to;
		to += texts[i]->len;
	}
	return true;
}

static bool copy_all_texts(struct feed_keep *keep, struct feed_kept *kept, struct error *err)
{
	struct span *texts[9 + FEED_DIMS_MAX] = {
		&kept->area, &kept->series,    &kept->period_text, &kept->value, &kept->status,
		&kept->unit, &kept->published, &kept->version,	   &kept->place};
	for (size_t i = 0; i < kept->dim_count; i++)
		texts[9 + i] = &kept->dims[i];
	return copy_texts(keep, texts, 9 + kept->dim_count, err);
}

static bool add(struct feed_keep *keep, struct feed_kept *kept, struct error *err)
{
	if (!array_grow(&keep->items, &keep->room, keep->count, sizeof(struct feed_kept *),
			FEED_KEPT_MAX, "records for newest, ratios and fields.version", err))
		return false;
	kept->order = keep->count;
	keep->items[keep->count++] = kept;
	return true;
}

static bool join(struct feed_keep *keep, const struct feed_kept *made, struct span *ret,
		 struct error *err)
{
	static const char between[] = " / ";
	const struct span pieces[] = {made->value, span_of(between), made->divided_by};
	size_t len = 0;
	char *to = take(keep, made->value.len + made->divided_by.len + sizeof between, err);
	if (to == NULL)
		return false;
	for (size_t i = 0; i < COUNT_OF(pieces); i++) {
		if (pieces[i].len > 0)
			memcpy(to + len, pieces[i].start, pieces[i].len);
		len += pieces[i].len;
	}
	*ret = (struct span){to, len};
	return true;
}

bool feed_keep_make(struct feed_keep *keep, const struct feed_kept *made, struct error *err)
{
	struct feed_kept *kept = take(keep, sizeof *kept, err);
	if (kept == NULL)
		return false;
	*kept = *made;
	if (made->has_parts && !join(keep, made, &kept->value, err))
		return false;
	return add(keep, kept, err);
}

bool feed_keep_add(struct feed_keep *keep, const struct feed_record *record, struct error *err)
{
	struct feed_kept *kept = take(keep, sizeof *kept, err);
	struct span *dims =
		kept == NULL ? NULL : take(keep, (record->dim_count + 1) * sizeof *dims, err);
	if (dims == NULL)
		return false;
	memcpy(dims, record->dims, record->dim_count * sizeof *dims);
	*kept = (struct feed_kept){
		.area = record->area,
		.series = record->series,
		.period_text = record->period,
		.value = record->value,
		.status = record->status,
		.unit = record->unit,
		.published = record->published,
		.version = record->version,
		.place = span_of(record->place),
		.dims = dims,
		.dim_count = record->dim_count,
		.period = record->period_parsed,
		.is_missing = record->is_missing,
		.is_break = record->is_break,
		.number = record->number,
		.status_parsed = record->status_parsed,
		.qualifier = record->qualifier,
	};
	return copy_all_texts(keep, kept, err) && add(keep, kept, err);
}

void feed_kept_record(const struct feed_kept *kept, struct feed_record *ret)
{
	*ret = (struct feed_record){
		.area = kept->area,
		.series = kept->series,
		.period = kept->period_text,
		.value = kept->value,
		.status = kept->status,
		.unit = kept->unit,
		.published = kept->published,
		.version = kept->version,
		.dim_count = kept->dim_count,
		.period_parsed = kept->period,
		.is_missing = kept->is_missing,
		.is_break = kept->is_break,
		.has_parts = kept->has_parts,
		.number = kept->number,
		.numerator = kept->numerator,
		.denominator = kept->denominator,
		.status_parsed = kept->status_parsed,
		.qualifier = kept->qualifier,
	};
	memcpy(ret->dims, kept->dims, kept->dim_count * sizeof *kept->dims);
	(void)!span_copy(kept->place, ret->place, sizeof ret->place);
}

int feed_kept_compare_text(struct span a, struct span b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len == 0 ? 0 : memcmp(a.start, b.start, len);
	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

int feed_kept_compare_area(const struct feed_kept *a, const struct feed_kept *b)
{
	int order = feed_kept_compare_text(a->area, b->area);
	for (size_t i = 0; order == 0 && i < a->dim_count; i++)
		order = feed_kept_compare_text(a->dims[i], b->dims[i]);
	return order;
}

int feed_kept_compare_place(const struct feed_kept *a, const struct feed_kept *b)
{
	int order = feed_kept_compare_area(a, b);
	return order != 0 ? order : period_compare(a->period, b->period);
}

int feed_kept_compare_key(const struct feed_kept *a, const struct feed_kept *b)
{
	int order = feed_kept_compare_text(a->series, b->series);
	return order != 0 ? order : feed_kept_compare_place(a, b);
}

void feed_keep_done(struct feed_keep *keep)
{
	while (keep->chunks != NULL) {
		struct feed_chunk *chunk = keep->chunks;
		keep->chunks = chunk->next;
		free(chunk);
	}
	free(keep->items);
	*keep = (struct feed_keep){0};
}
