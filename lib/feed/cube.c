/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/cube.h"

#include "feed/json_document.h"
#include "feed/json_records.h"

enum { SHOWN_BYTES = 240 };

const char *const feed_cube_fields[FEED_SLOTS] = {
	[FEED_SLOT_AREA] = "@area",	    [FEED_SLOT_PERIOD] = "@period",
	[FEED_SLOT_SERIES] = "@others",	    [FEED_SLOT_VALUE] = "@value",
	[FEED_SLOT_STATUS] = "@status",	    [FEED_SLOT_UNIT] = "@unit",
	[FEED_SLOT_PUBLISHED] = "@updated",
};

/* K is the Nordic quarter (kvartal), U and V the week (uke, uge, vecka). */
const char *const feed_cube_patterns[] = {
	"ISO",	   "YYYYMmm",	       "YYYY-Mmm",	"YYYYQn",	 "YYYYSn", "YYYYHn",
	"YYYYWww", "{year}K{quarter}", "{year}U{week}", "{year}V{week}", NULL};

/* Special pieces by number; labels and attributes follow, one for each. */
enum {
	SPECIAL_OTHERS,
	SPECIAL_VALUE,
	SPECIAL_STATUS,
	SPECIAL_UNIT,
	SPECIAL_UPDATED,
	SPECIAL_MULTIPLIER,
	SPECIAL_LABELS,
	SPECIAL_EXTRAS = SPECIAL_LABELS + FEED_CUBE_DIMS_MAX,
	SPECIAL_EXTRA_LABELS = SPECIAL_EXTRAS + FEED_CUBE_EXTRAS_MAX,
};

static const char *const special_names[SPECIAL_LABELS] = {
	[SPECIAL_OTHERS] = "@others",	[SPECIAL_VALUE] = "@value",
	[SPECIAL_STATUS] = "@status",	[SPECIAL_UNIT] = "@unit",
	[SPECIAL_UPDATED] = "@updated", [SPECIAL_MULTIPLIER] = "@multiplier",
};

static bool add_name(struct feed_source *source, struct span *names, size_t *count, size_t max,
		     struct span id, struct error *err)
{
	if (*count == max)
		return feed_fail(source, FEED_CAUSE_LIMIT, err,
				 "the document has more than %zu dimensions or attributes", max);
	names[(*count)++] = id;
	return true;
}

bool feed_cube_add(struct feed_source *source, struct feed_cube *cube, struct span id,
		   struct error *err)
{
	return add_name(source, cube->ids, &cube->count, FEED_CUBE_DIMS_MAX, id, err);
}

bool feed_cube_add_extra(struct feed_source *source, struct feed_cube *cube, struct span id,
			 struct error *err)
{
	return add_name(source, cube->extras, &cube->extra_count, FEED_CUBE_EXTRAS_MAX, id, err);
}

void feed_cube_set_role(int *role, size_t dim)
{
	*role = *role == FEED_CUBE_NONE || *role == (int)dim ? (int)dim : FEED_CUBE_SEVERAL;
}

static size_t find(const struct span *names, size_t count, struct span name)
{
	size_t i = 0;
	while (i < count && !span_equal(names[i], name))
		i++;
	return i;
}

static void list_names(const struct span *names, size_t count, struct text *out)
{
	for (size_t i = 0; i < count; i++)
		text_addf(out, "%s'%.*s'", i > 0 ? ", " : "", SPAN_ARGS(names[i]));
}

static bool fail_unknown(struct feed_source *source, const struct feed_cube *cube, struct span name,
			 struct error *err)
{
	AUTO_TEXT struct text there = text_with_limit(SHOWN_BYTES);
	list_names(cube->ids, cube->count, &there);
	if (cube->extra_count > 0)
		text_add_string(&there, "; the attributes are ");
	list_names(cube->extras, cube->extra_count, &there);
	return feed_fail(source, FEED_CAUSE_SHAPE, err,
			 "there is no dimension '%.*s'; the dimensions are %.*s%s", SPAN_ARGS(name),
			 SPAN_ARGS(text_span(&there)), there.failed ? " ..." : "");
}

/* The dimension with a role. */
static bool bind_role(struct feed_source *source, struct feed_piece *piece, int role,
		      const char *what, struct error *err)
{
	if (role == FEED_CUBE_NONE)
		return feed_fail(source, FEED_CAUSE_SHAPE, err,
				 "the document does not say which dimension is the %s; name it in "
				 "fields.%s",
				 what, what);
	if (role == FEED_CUBE_SEVERAL)
		return feed_fail(source, FEED_CAUSE_SHAPE, err,
				 "several dimensions of the document may be the %s; name one in "
				 "fields.%s",
				 what, what);
	piece->column = (size_t)role;
	return true;
}

static bool make_special(struct feed_piece *piece, size_t number)
{
	piece->kind = FEED_PIECE_SPECIAL;
	piece->column = number;
	return true;
}

/* geo of "geo@label"; empty when it is none. */
static struct span labelled(struct span name)
{
	static const char end[] = "@label";
	size_t len = strlen(end);
	if (name.len <= len || memcmp(name.start + name.len - len, end, len) != 0)
		return (struct span){0};
	return (struct span){name.start, name.len - len};
}

/* "geo@label", of a dimension or an attribute. */
static bool bind_label(const struct feed_cube *cube, struct feed_piece *piece)
{
	struct span name = labelled(piece->text);
	size_t dim = find(cube->ids, cube->count, name);
	size_t extra = find(cube->extras, cube->extra_count, name);
	if (name.len == 0 || (dim == cube->count && extra == cube->extra_count))
		return false;
	return make_special(piece, dim < cube->count ? SPECIAL_LABELS + dim
						     : SPECIAL_EXTRA_LABELS + extra);
}

static bool bind_piece(struct feed_source *source, const struct feed_cube *cube,
		       struct feed_piece *piece, struct error *err)
{
	size_t dim = find(cube->ids, cube->count, piece->text);
	size_t extra = find(cube->extras, cube->extra_count, piece->text);
	if (dim < cube->count) {
		piece->column = dim;
		return true;
	}
	if (span_is(piece->text, "@area"))
		return bind_role(source, piece, cube->area, "area", err);
	if (span_is(piece->text, "@period"))
		return bind_role(source, piece, cube->time, "period", err);
	for (size_t i = 0; i < SPECIAL_LABELS; i++)
		if (span_is(piece->text, special_names[i]))
			return make_special(piece, i);
	if (bind_label(cube, piece))
		return true;
	if (extra < cube->extra_count)
		return make_special(piece, SPECIAL_EXTRAS + extra);
	return fail_unknown(source, cube, piece->text, err);
}

/* A multiplier that only the format names, and that the document does not have. */
static bool is_lacking(const struct feed_source *source, const struct feed_cube *cube,
		       const struct feed_field *field)
{
	const struct feed_piece *piece = &field->pieces[0];
	return field == &source->plan->fields[FEED_SLOT_SCALE] &&
	       feed_plan_has_unsaid_scale(source->plan) &&
	       find(cube->ids, cube->count, piece->text) == cube->count &&
	       find(cube->extras, cube->extra_count, piece->text) == cube->extra_count;
}

struct binding {
	struct feed_source *source;
	const struct feed_cube *cube;
};

static bool bind_field(void *self, struct feed_field *field, struct error *err)
{
	const struct binding *binding = self;
	if (is_lacking(binding->source, binding->cube, field)) {
		field->count = 0;
		return true;
	}
	for (size_t i = 0; i < field->count; i++)
		if (field->pieces[i].kind == FEED_PIECE_COLUMN &&
		    !bind_piece(binding->source, binding->cube, &field->pieces[i], err))
			return false;
	return true;
}

/* Note the dimensions that the field names, by code or label. */
static void mark_named(struct feed_cube *cube, const struct feed_field *field)
{
	for (size_t i = 0; i < field->count; i++) {
		const struct feed_piece *piece = &field->pieces[i];
		bool is_label = piece->kind == FEED_PIECE_SPECIAL &&
				piece->column >= SPECIAL_LABELS && piece->column < SPECIAL_EXTRAS;
		if (piece->kind == FEED_PIECE_COLUMN)
			cube->is_named[piece->column] = true;
		else if (is_label)
			cube->is_named[piece->column - SPECIAL_LABELS] = true;
	}
}

bool feed_cube_bind(struct feed_source *source, struct feed_cube *cube, struct error *err)
{
	static const enum feed_slot naming[] = {FEED_SLOT_AREA, FEED_SLOT_AREA_DEFAULT,
						FEED_SLOT_PERIOD};
	struct binding binding = {source, cube};
	if (!feed_plan_fields(source->plan, bind_field, &binding, err))
		return false;
	for (size_t i = 0; i < COUNT_OF(naming); i++)
		mark_named(cube, &source->plan->fields[naming[i]]);
	return true;
}

static bool print_others(const struct feed_cube_record *self, struct text *out, struct error *err)
{
	bool is_first = true;
	for (size_t i = 0; i < self->cube->count; i++) {
		if (self->cube->is_named[i])
			continue;
		if (!is_first)
			text_add_char(out, '/');
		is_first = false;
		text_add(out, self->codes[i].start, self->codes[i].len);
	}
	return text_ok(out, "the codes of the dimensions", err);
}

/* The JSON value that a special piece is. */
static const json_t *special(const struct feed_cube_record *self, size_t number)
{
	const json_t *const first[SPECIAL_LABELS] = {
		[SPECIAL_VALUE] = self->value,
		[SPECIAL_STATUS] = self->status,
		[SPECIAL_UNIT] = self->unit,
		[SPECIAL_UPDATED] = self->updated,
		[SPECIAL_MULTIPLIER] = self->multiplier,
	};
	if (number < SPECIAL_LABELS)
		return first[number];
	if (number < SPECIAL_EXTRAS)
		return self->labels[number - SPECIAL_LABELS];
	if (number < SPECIAL_EXTRA_LABELS)
		return self->extras[number - SPECIAL_EXTRAS];
	return self->extra_labels[number - SPECIAL_EXTRA_LABELS];
}

bool feed_cube_read(const struct feed_cells *cells, const struct feed_piece *piece,
		    struct text *scratch, struct feed_cell *ret, struct error *err)
{
	const struct feed_cube_record *self = (const void *)cells;
	if (piece->kind == FEED_PIECE_COLUMN) {
		*ret = (struct feed_cell){FEED_CELL_TEXT, self->codes[piece->column]};
		return true;
	}
	if (piece->kind != FEED_PIECE_SPECIAL) {
		*ret = (struct feed_cell){.kind = FEED_CELL_ABSENT};
		return true;
	}
	if (piece->column != SPECIAL_OTHERS)
		return feed_json_cell(special(self, piece->column), piece->text, ret, err);
	if (!print_others(self, scratch, err))
		return false;
	*ret = (struct feed_cell){FEED_CELL_TEXT, text_span(scratch)};
	return true;
}
