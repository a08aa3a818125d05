/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/json_records.h"

#include "base/number.h"
#include "feed/json_document.h"
#include "feed/pointer.h"

enum { NAMES_BYTES = 1024, NAMES_SHOWN = 200 };

/* A record and where it stands: in the list or object at `list` of the one above it. */
struct level {
	const json_t *record;
	struct span list;
	struct span key; /* in an object */
	size_t index;	 /* in a list */
	char digits[NUMBER_BYTES];
	bool is_alone; /* it stands at `list` itself, as record 0 */
};

struct json_cells {
	struct feed_cells cells;
	struct feed_source *source;
	const json_t *top;
	struct level levels[FEED_EXPAND_MAX + 1];
	size_t depth; /* of the record at hand */
	feed_json_look_fn *look;
};

static const struct json_cells *json_cells_of(const struct feed_cells *cells)
{
	return (const void *)cells;
}

bool feed_json_cell(const json_t *value, struct span name, struct feed_cell *ret, struct error *err)
{
	struct feed_cell cell = {.kind = FEED_CELL_TEXT};
	if (value == NULL) {
		cell.kind = FEED_CELL_ABSENT;
	} else if (json_is_null(value)) {
		cell.kind = FEED_CELL_NULL;
	} else if (json_is_string(value)) {
		cell.kind = feed_json_is_number(value) ? FEED_CELL_NUMBER : FEED_CELL_TEXT;
		cell.text = feed_json_text(value);
	} else if (json_is_boolean(value)) {
		cell.kind = FEED_CELL_SWITCH;
		cell.text = span_of(json_is_true(value) ? "true" : "false");
	} else {
		return error_set(err, ERROR_INPUT, "'%.*s' is %s, not a text or a number",
				 SPAN_ARGS(name), feed_json_kind(value));
	}
	*ret = cell;
	return true;
}

/* Where does the pointer of a piece begin? */
static const json_t *origin(const struct json_cells *self, const struct feed_piece *piece)
{
	if (piece->kind == FEED_PIECE_TOP)
		return self->top;
	size_t up = piece->kind == FEED_PIECE_PARENT ? piece->column : 0;
	return up > self->depth ? NULL : self->levels[self->depth - up].record;
}

/* The name or number of the record so many levels above. */
static struct span key_of(const struct json_cells *self, size_t up)
{
	if (up > self->depth)
		return (struct span){0};
	const struct level *level = &self->levels[self->depth - up];
	return level->key.start != NULL ? level->key : span_of(level->digits);
}

/* Append it as a token of a pointer. */
static void add_token(struct span key, struct text *out)
{
	for (size_t i = 0; i < key.len; i++) {
		if (key.start[i] == '~' || key.start[i] == '/')
			text_add_string(out, key.start[i] == '~' ? "~0" : "~1");
		else
			text_add_char(out, key.start[i]);
	}
}

/* Append the pointer with keys in the place of stars. */
static void add_keyed(const struct json_cells *self, struct span pointer, struct text *out)
{
	struct span rest = pointer;
	(void)span_cut(&rest, '/');
	while (rest.start != NULL) {
		struct span token = span_cut(&rest, '/');
		size_t stars = feed_pointer_stars(token);
		text_add_char(out, '/');
		if (stars > 0)
			add_token(key_of(self, stars - 1), out);
		else
			text_add(out, token.start, token.len);
	}
}

static const json_t *get_keyed(const struct json_cells *self, const json_t *from,
			       struct span pointer)
{
	AUTO_TEXT struct text whole = text_with_limit(FEED_FIELD_BYTES * 4);
	add_keyed(self, pointer, &whole);
	return whole.failed ? NULL : feed_pointer_get(from, text_span(&whole));
}

static const json_t *value_of(const struct json_cells *self, const struct feed_piece *piece)
{
	const json_t *from = origin(self, piece);
	if (from == NULL)
		return NULL;
	return piece->is_keyed ? get_keyed(self, from, piece->text)
			       : feed_pointer_get(from, piece->text);
}

static bool read_piece(const struct feed_cells *cells, const struct feed_piece *piece,
		       struct text *scratch, struct feed_cell *ret, struct error *err)
{
	const struct json_cells *self = json_cells_of(cells);
	int lists = self->source->plan->mapping->lists;
	if (piece->kind == FEED_PIECE_KEY) {
		*ret = (struct feed_cell){FEED_CELL_TEXT, key_of(self, piece->column)};
		return true;
	}
	const json_t *value = value_of(self, piece);
	size_t count = json_is_array(value) ? json_array_size(value) : 0;
	if (json_is_object(value) && self->source->plan->format->joins_objects) {
		feed_json_gather(value, "/", scratch);
		*ret = (struct feed_cell){FEED_CELL_TEXT, text_span(scratch)};
		return text_ok(scratch, "an object", err);
	}
	if (count == 1 || (count > 1 && lists == FEED_LISTS_FIRST)) {
		value = json_array_get(value, 0);
	} else if (count > 1 && lists == FEED_LISTS_JOIN) {
		feed_json_gather(value, ";", scratch);
		*ret = (struct feed_cell){FEED_CELL_TEXT, text_span(scratch)};
		return text_ok(scratch, "a list", err);
	}
	return feed_json_cell(value, piece->text, ret, err);
}

static void print_place(const struct feed_cells *cells, const struct feed_piece *piece,
			struct text *out)
{
	const struct json_cells *self = json_cells_of(cells);
	bool is_above = piece != NULL &&
			(piece->kind == FEED_PIECE_PARENT || piece->kind == FEED_PIECE_KEY);
	size_t up = is_above ? piece->column : 0;
	bool from_top = piece != NULL && piece->kind == FEED_PIECE_TOP;
	for (size_t i = 0; !from_top && i + up <= self->depth; i++) {
		struct span key = key_of(self, self->depth - i);
		text_add(out, self->levels[i].list.start, self->levels[i].list.len);
		if (!self->levels[i].is_alone)
			text_addf(out, "/%.*s", SPAN_ARGS(key));
	}
	if (piece != NULL && piece->is_keyed)
		add_keyed(self, piece->text, out);
	else if (piece != NULL)
		text_add(out, piece->text.start, piece->text.len);
}

static bool offer_list(struct json_cells *cells, const json_t *list, bool is_keyed,
		       struct error *err);

/* Refuse a record whose list of records is not one. */
static bool refuse_list(struct json_cells *cells, const char *pointer, const char *why,
			struct error *err)
{
	char text[FEED_WHY_BYTES];
	(void)snprintf(text, sizeof text,
		       "there is %s at '%.64s', where a list of records should be", why, pointer);
	return feed_record_refuse(cells->source, &cells->cells, text, err);
}

/* Read the JSON in a text; *ret stays NULL and *ret_why says what it is when it is none. */
static bool open_text(struct json_cells *cells, const json_t *value, json_t **ret,
		      const char **ret_why, struct error *err)
{
	struct span text = feed_json_text(value);
	json_error_t why = {0};
	*ret_why = "JSON that is too deep";
	if (feed_json_depth(text) > FEED_JSON_DEPTH_MAX)
		return true;
	AUTO_TEXT struct text marked = text_with_limit(4 * FEED_DOCUMENT_MAX_BYTES + 1);
	feed_json_mark(text, &marked);
	if (!marked.failed)
		*ret = json_loadb(marked.data, marked.len, JSON_REJECT_DUPLICATES, &why);
	*ret_why = "a text that is not JSON";
	/* without memory jansson often has no words at all */
	if (*ret != NULL ||
	    (json_error_code(&why) != json_error_out_of_memory && why.text[0] != '\0'))
		return true;
	feed_fail_as(cells->source, FEED_CAUSE_INTERNAL);
	return error_memory(err);
}

/* Is it a list, or an object where one is meant or where it is the only record? */
static bool is_list(const struct json_cells *cells, const json_t *value, bool is_keyed)
{
	bool takes_object = is_keyed || cells->source->plan->mapping->takes_lone;
	return json_is_array(value) || (takes_object && json_is_object(value));
}

/* Offer the records in the list that the record at hand has; a text holds JSON. */
static bool expand(struct json_cells *cells, struct error *err)
{
	const char *written = cells->source->plan->expand.items[cells->depth];
	struct span pointer = span_of(written);
	bool is_keyed = feed_pointer_ends_keyed(pointer, &pointer);
	const json_t *list = feed_pointer_get(cells->levels[cells->depth].record, pointer);
	json_auto_t *read = NULL;
	const char *why = NULL;
	if (feed_json_is_text(list)) {
		if (!open_text(cells, list, &read, &why, err))
			return false;
		list = read;
	}
	if (list == NULL && why != NULL)
		return refuse_list(cells, written, why, err);
	if (!is_list(cells, list, is_keyed))
		return refuse_list(cells, written, feed_json_kind(list), err);
	cells->depth++;
	cells->levels[cells->depth].list = pointer;
	bool ok = offer_list(cells, list, is_keyed, err);
	cells->depth--;
	return ok;
}

static bool offer(struct json_cells *cells, json_t *record, struct error *err)
{
	struct feed_source *source = cells->source;
	char why[FEED_WHY_BYTES] = "";
	enum feed_json_look look = FEED_JSON_TAKE;
	if (cells->look != NULL && !cells->look(cells->top, record, &look, why)) {
		feed_fail_as(source, FEED_CAUSE_INTERNAL);
		return error_memory(err);
	}
	if (look == FEED_JSON_REFUSE)
		return feed_record_refuse(source, &cells->cells, why, err);
	if (look == FEED_JSON_PASS)
		return feed_record_pass(source, err);
	return feed_record_offer(source, &cells->cells, err);
}

static bool offer_one(struct json_cells *cells, json_t *record, struct error *err)
{
	cells->levels[cells->depth].record = record;
	return cells->depth == cells->source->plan->expand.count ? offer(cells, record, err)
								 : expand(cells, err);
}

/* Offer the members of an object in their order. */
static bool offer_members(struct json_cells *cells, const json_t *object, struct error *err)
{
	struct level *level = &cells->levels[cells->depth];
	const char *name;
	size_t len;
	json_t *value;
	/* jansson takes what it does not change as changeable */
	json_object_keylen_foreach(feed_pointer_get(object, (struct span){0}), name, len, value)
	{
		level->key = (struct span){name, len};
		if (!offer_one(cells, value, err))
			return false;
	}
	return true;
}

/* Offer the record that stands where its list would be. */
static bool offer_alone(struct json_cells *cells, const json_t *record, struct error *err)
{
	struct level *level = &cells->levels[cells->depth];
	level->is_alone = true;
	number_print_integer(0, level->digits);
	return offer_one(cells, feed_pointer_get(record, (struct span){0}), err);
}

static bool offer_list(struct json_cells *cells, const json_t *list, bool is_keyed,
		       struct error *err)
{
	struct level *level = &cells->levels[cells->depth];
	level->key = (struct span){0};
	level->is_alone = false;
	if (json_is_object(list))
		return is_keyed ? offer_members(cells, list, err) : offer_alone(cells, list, err);
	for (level->index = 0; level->index < json_array_size(list); level->index++) {
		number_print_integer((int64_t)level->index, level->digits);
		if (!offer_one(cells, json_array_get(list, level->index), err))
			return false;
	}
	return true;
}

bool feed_json_records(struct feed_source *source, const json_t *top, struct error *err)
{
	return feed_json_records_looked(source, top, NULL, err);
}

/* Say what is at the pointer, and which members there are as far as it leads. */
static bool fail_list(struct feed_source *source, const json_t *top, struct span pointer,
		      const char *what, struct error *err)
{
	AUTO_TEXT struct text names = text_with_limit(NAMES_BYTES);
	const json_t *above = NULL;
	size_t len = pointer.len;
	while (above == NULL && len > 0) {
		for (len--; len > 0 && pointer.start[len] != '/';)
			len--;
		above = feed_pointer_get(top, (struct span){pointer.start, len});
	}
	const char *name;
	json_t *value;
	json_object_foreach(feed_pointer_get(above, (struct span){0}), name, value)
	{
		if (names.len + len + strlen(name) < NAMES_SHOWN)
			text_addf(&names, "%s'%.*s/%s'", names.len > 0 ? ", " : "", (int)len,
				  pointer.start, name);
	}
	if (names.failed || names.len == 0)
		return feed_fail(source, FEED_CAUSE_SHAPE, err,
				 "there is %s at '%.*s', where the list of records should be", what,
				 SPAN_ARGS(pointer));
	return feed_fail(
		source, FEED_CAUSE_SHAPE, err,
		"there is %s at '%.*s', where the list of records should be; the document has %s",
		what, SPAN_ARGS(pointer), names.data);
}

/* Offer what is at the pointer, as the record without a list above it. */
static bool offer_single(struct json_cells *cells, const json_t *record, struct span pointer,
			 struct error *err)
{
	if (!json_is_object(record) && !json_is_array(record))
		return feed_fail(cells->source, FEED_CAUSE_SHAPE, err,
				 "there is %s at '%.*s', where the record should be",
				 feed_json_kind(record), SPAN_ARGS(pointer));
	cells->levels[0].list = pointer;
	return offer_alone(cells, record, err);
}

bool feed_json_records_looked(struct feed_source *source, const json_t *top,
			      feed_json_look_fn *look, struct error *err)
{
	struct json_cells cells = {
		.cells = {read_piece, print_place}, .source = source, .top = top, .look = look};
	struct span pointer = source->plan->records;
	bool is_keyed = feed_pointer_ends_keyed(pointer, &pointer);
	const json_t *list = feed_pointer_get(top, pointer);
	json_auto_t *read = NULL;
	const char *why = NULL;
	if (feed_json_is_text(list)) {
		if (!open_text(&cells, list, &read, &why, err))
			return false;
		list = read;
	}
	if (list == NULL && why != NULL)
		return fail_list(source, top, pointer, why, err);
	if (source->plan->mapping->is_single)
		return offer_single(&cells, list, pointer, err);
	if (!is_list(&cells, list, is_keyed) && json_is_object(list) &&
	    source->plan->mapping->records != NULL)
		return feed_fail(source, FEED_CAUSE_SHAPE, err,
				 "there is an object at '%.*s', where the list of records should "
				 "be; '%.*s/*' would be its members",
				 SPAN_ARGS(pointer), SPAN_ARGS(pointer));
	if (!is_list(&cells, list, is_keyed))
		return fail_list(source, top, pointer, feed_json_kind(list), err);
	cells.levels[0].list = pointer;
	return offer_list(&cells, list, is_keyed, err);
}

bool feed_json_record_offer(struct feed_source *source, const json_t *top, json_t *record,
			    size_t index, struct error *err)
{
	return feed_json_record_looked(source, top, record, index, NULL, err);
}

bool feed_json_record_looked(struct feed_source *source, const json_t *top, json_t *record,
			     size_t index, feed_json_look_fn *look, struct error *err)
{
	struct json_cells cells = {
		.cells = {read_piece, print_place}, .source = source, .top = top, .look = look};
	cells.levels[0] =
		(struct level){.record = record, .list = source->plan->records, .index = index};
	number_print_integer((int64_t)index, cells.levels[0].digits);
	return source->plan->expand.count == 0 ? offer(&cells, record, err) : expand(&cells, err);
}

bool feed_json_records_decode(struct feed_source *source, struct error *err)
{
	json_auto_t *top = NULL;
	return feed_json_load(source, &top, err) && feed_json_open(source, top, err) &&
	       feed_json_records(source, top, err);
}

static bool is_unkeyed(void *self, struct feed_field *field, struct error *err)
{
	(void)self;
	(void)err;
	for (size_t i = 0; i < field->count; i++)
		if (field->pieces[i].kind == FEED_PIECE_KEY || field->pieces[i].is_keyed)
			return false;
	return true;
}

bool feed_json_is_keyed(struct feed_plan *plan)
{
	bool found = plan->mapping->is_single || feed_pointer_is_keyed(plan->records);
	for (size_t i = 0; i < plan->expand.count; i++)
		found = found || feed_pointer_is_keyed(span_of(plan->expand.items[i]));
	return found || !feed_plan_fields(plan, is_unkeyed, NULL, NULL);
}

static bool check_levels(void *self, struct feed_field *field, struct error *err)
{
	const size_t *levels = self;
	for (size_t i = 0; i < field->count; i++)
		if ((field->pieces[i].kind == FEED_PIECE_PARENT ||
		     field->pieces[i].kind == FEED_PIECE_KEY) &&
		    field->pieces[i].column > *levels)
			return error_set(err, ERROR_INPUT,
					 "a field goes %zu records up ('..'), and expand has %zu "
					 "levels",
					 field->pieces[i].column, *levels);
	return true;
}

bool feed_json_check_levels(struct feed_plan *plan, struct error *err)
{
	size_t levels = plan->expand.count;
	if (levels > FEED_EXPAND_MAX)
		return error_set(err, ERROR_LIMIT, "expand has more than %d levels",
				 FEED_EXPAND_MAX);
	return feed_plan_fields(plan, check_levels, &levels, err);
}
