/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/shape.h"

#include <inttypes.h>
#include <stdio.h>

#include "feed/plan.h"

enum { PERCENT = 100, NAMES_SHOWN = 5 };

/* The whole line at `offset` of a list; empty beyond its end. */
static struct span line_at(const char *list, size_t len, size_t offset)
{
	struct span rest = {list + offset, offset < len ? len - offset : 0};
	return span_cut(&rest, '\n');
}

static bool is_unit_of(struct span line, const struct feed_record *record)
{
	struct span unit = line;
	struct span series = span_cut(&unit, '\t');
	return span_equal(series, record->series) && span_equal(unit, record->unit);
}

static bool find_unit(struct shape *shape, const struct feed_record *record)
{
	const char *list = shape->look.units;
	size_t tried = 0;
	size_t at = shape->next_unit < shape->units_len ? shape->next_unit : 0;
	while (tried < shape->units_len) {
		struct span line = line_at(list, shape->units_len, at);
		size_t next = at + line.len + 1 < shape->units_len ? at + line.len + 1 : 0;
		if (is_unit_of(line, record)) {
			shape->next_unit = next;
			return true;
		}
		tried += line.len + 1;
		at = next;
	}
	return false;
}

/* Could it be confused with the list's own marks? */
static bool is_plain(struct span text)
{
	return span_find_char(text, '\t') == NULL && span_find_char(text, '\n') == NULL;
}

static void add_unit(struct shape *shape, const struct feed_record *record)
{
	char *end = shape->look.units + shape->units_len;
	size_t room = sizeof shape->look.units - shape->units_len;
	size_t needed = record->series.len + record->unit.len + 2;
	if (!is_plain(record->series) || !is_plain(record->unit))
		return;
	shape->has_many_units = needed >= room;
	if (shape->has_many_units) {
		shape->units_len = 0;
		shape->look.units[0] = '\0';
		return;
	}
	(void)snprintf(end, room, "%.*s\t%.*s\n", SPAN_ARGS(record->series),
		       SPAN_ARGS(record->unit));
	shape->units_len += needed;
}

void shape_note_record(struct shape *shape, const struct feed_record *record)
{
	if (record->unit.len > 0 && !shape->has_many_units && !find_unit(shape, record))
		add_unit(shape, record);
}

void shape_note_page(struct shape *shape, const struct feed_page *page)
{
	struct span columns = text_span(&page->columns);
	shape->look.present |= page->present;
	memcpy(shape->unread, page->unread, sizeof shape->unread);
	if (shape->look.columns[0] == '\0' &&
	    !span_copy(columns, shape->look.columns, sizeof shape->look.columns))
		return; /* more than are compared */
}

size_t shape_unseen(const struct shape *shape, const struct feed_mapping *mapping,
		    enum feed_slot ret[FEED_SLOTS])
{
	static const enum feed_slot may_be_missing[] = {FEED_SLOT_STATUS,    FEED_SLOT_UNIT,
							FEED_SLOT_PUBLISHED, FEED_SLOT_QUALIFIER,
							FEED_SLOT_SCALE,     FEED_SLOT_VERSION};
	size_t count = 0;
	if (shape->look.present == 0)
		return 0;
	for (size_t i = 0; i < COUNT_OF(may_be_missing); i++)
		if (feed_slot_given(mapping, may_be_missing[i]) != NULL &&
		    (shape->look.present >> may_be_missing[i] & 1) == 0)
			ret[count++] = may_be_missing[i];
	return count;
}

/* What changed, one after the other. */
struct finding {
	char *why;
	size_t len;
	int names; /* that were said in the list at hand */
};

static void say(struct finding *finding, const char *text)
{
	int more = snprintf(finding->why + finding->len, FEED_HELD_WHY_BYTES - finding->len, "%s",
			    text);
	finding->len += (size_t)more;
	if (finding->len >= FEED_HELD_WHY_BYTES)
		finding->len = FEED_HELD_WHY_BYTES - 1;
}

static void begin(struct finding *finding, const char *text)
{
	if (finding->len > 0)
		say(finding, "; ");
	say(finding, text);
	finding->names = 0;
}

/* A name of a list: "columns 'a', 'b' are gone" needs no more than the first few. */
static void say_name(struct finding *finding, const char *title, struct span name)
{
	char quoted[FEED_FIELD_BYTES];
	if (finding->names == 0)
		begin(finding, title);
	if (finding->names < NAMES_SHOWN) {
		(void)snprintf(quoted, sizeof quoted, "%s'%.*s'", finding->names > 0 ? ", " : " ",
			       SPAN_ARGS(name));
		say(finding, quoted);
	} else if (finding->names == NAMES_SHOWN) {
		say(finding, " ...");
	}
	finding->names++;
}

static void compare_rows(const struct shape_question *question, struct finding *finding)
{
	int64_t before = question->before->rows, now = question->now->rows;
	long fall = question->feed->hold.rows;
	char text[FEED_HELD_WHY_BYTES];
	if (fall >= PERCENT || now * PERCENT >= before * (PERCENT - fall))
		return;
	(void)snprintf(text, sizeof text,
		       "rows fell from %" PRId64 " to %" PRId64 ", by more than %ld %%", before,
		       now, fall);
	begin(finding, text);
}

/* In a wide table the columns of values carry their period, and go with it. */
static bool is_period(const struct shape_question *question, struct span name)
{
	bool has_digit = false;
	for (size_t i = 0; i < name.len; i++)
		has_digit = has_digit || (name.start[i] >= '0' && name.start[i] <= '9');
	return has_digit && question->feed->mapping.csv.wide.count > 0;
}

static bool has_line(const char *list, struct span line)
{
	struct span rest = span_of(list);
	while (rest.len > 0)
		if (span_equal(span_cut(&rest, '\n'), line))
			return true;
	return false;
}

static void compare_columns(const struct shape_question *question, struct finding *finding)
{
	struct span rest = span_of(question->before->columns);
	finding->names = 0;
	if (question->now->columns[0] == '\0')
		return; /* more than can be compared */
	while (rest.len > 0) {
		struct span name = span_cut(&rest, '\n');
		if (!is_period(question, name) && !has_line(question->now->columns, name))
			say_name(finding, "gone from the header:", name);
	}
}

static const char *name_of(const struct feed_mapping *mapping, size_t bit)
{
	if (bit < FEED_SLOTS)
		return feed_slot_key((enum feed_slot)bit);
	return bit - FEED_SLOTS < mapping->dims.count ? mapping->dims.items[bit - FEED_SLOTS].name
						      : "";
}

static void compare_members(const struct shape_question *question, struct finding *finding)
{
	int64_t gone = question->before->present & ~question->now->present;
	finding->names = 0;
	for (size_t bit = 0; bit < FEED_SLOTS + FEED_DIMS_MAX; bit++)
		if (gone >> bit & 1)
			say_name(finding, "no record has any more:",
				 span_of(name_of(&question->feed->mapping, bit)));
}

/* The unit that a list has first for a series; empty when it has none. */
static struct span unit_of(const char *list, struct span series)
{
	struct span rest = span_of(list);
	while (rest.len > 0) {
		struct span unit = span_cut(&rest, '\n');
		if (span_equal(span_cut(&unit, '\t'), series))
			return unit;
	}
	return (struct span){0};
}

static void compare_units(const struct shape_question *question, struct finding *finding)
{
	struct span rest = span_of(question->now->units);
	char text[FEED_HELD_WHY_BYTES];
	while (rest.len > 0) {
		struct span line = span_cut(&rest, '\n'), unit = line;
		struct span series = span_cut(&unit, '\t');
		struct span before = unit_of(question->before->units, series);
		if (before.len == 0 || has_line(question->before->units, line))
			continue;
		(void)snprintf(text, sizeof text, "the unit of '%.*s' was '%.*s' and is '%.*s'",
			       SPAN_ARGS(series), SPAN_ARGS(before), SPAN_ARGS(unit));
		begin(finding, text);
		return;
	}
}

bool shape_differs(const struct shape_question *question, char why[FEED_HELD_WHY_BYTES])
{
	const struct config_hold *hold = &question->feed->hold;
	struct finding finding = {.why = why};
	why[0] = '\0';
	compare_rows(question, &finding);
	if (hold->columns)
		compare_columns(question, &finding);
	if (hold->columns && question->is_same_mapping)
		compare_members(question, &finding);
	if (hold->units && question->is_same_mapping)
		compare_units(question, &finding);
	return finding.len > 0;
}
