/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/around.h"

#include <stdlib.h>

#include "base/number.h"
#include "obs/membership.h"
#include "query/by_name.h"
#include "query/heading.h"
#include "query/tell.h"

void around_done(struct around *around)
{
	text_done(&around->codes);
	free(around->groups.items);
	free(around->members.items);
	free(around->before.items);
	free(around->after.items);
	*around = (struct around){0};
}

/* A walk that only says true or false. */
struct looking {
	struct around *around;
	struct error *err;
};

static bool add_link(const struct looking *looking, struct around_links *links, const char *id,
		     const struct area_change *change)
{
	const struct catalogue *catalogue = looking->around->query->judge.catalogue;
	const struct area *area = catalogue_area(catalogue, span_of(id));
	if (area == NULL)
		return true;
	if (!array_grow(&links->items, &links->room, links->count, sizeof *links->items,
			AROUND_LINKS_MAX, "areas around an area", looking->err))
		return false;
	links->items[links->count++] = (struct around_link){area, change};
	return true;
}

static bool add_before(void *self, const struct area_change *change)
{
	const struct looking *looking = self;
	return add_link(looking, &looking->around->before, change->from, change);
}

static bool add_after(void *self, const struct area_change *change)
{
	const struct looking *looking = self;
	return add_link(looking, &looking->around->after, change->to, change);
}

static bool is_then(const struct looking *looking, const struct area_member *member)
{
	return area_valid_on(member->valid_from, member->valid_to, looking->around->day);
}

static bool add_member(void *self, const struct area_member *member)
{
	const struct looking *looking = self;
	return !is_then(looking, member) ||
	       add_link(looking, &looking->around->members, member->area, NULL);
}

static bool add_groups(const struct looking *looking)
{
	const struct catalogue *catalogue = looking->around->query->judge.catalogue;
	for (size_t i = 0; i < catalogue->member_count; i++) {
		const struct area_member *member = &catalogue->members[i];
		if (strcmp(member->area, looking->around->area->id) == 0 &&
		    is_then(looking, member) &&
		    !add_link(looking, &looking->around->groups, member->group, NULL))
			return false;
	}
	return true;
}

static void add_codes(struct around *around)
{
	const struct catalogue *catalogue = around->query->judge.catalogue;
	for (size_t i = 0; i < catalogue->code_count; i++) {
		const struct area_code *code = &catalogue->codes[i];
		bool is_name = strncmp(code->scheme, "name", strlen("name")) == 0;
		if (&catalogue->areas[code->area] == around->area && !is_name)
			text_addf(&around->codes, "%s%s %s", around->codes.len > 0 ? "; " : "",
				  code->scheme, code->code);
	}
}

bool around_look(const struct query *query, const struct area *area, int32_t day,
		 struct around *ret, struct error *err)
{
	const struct catalogue *catalogue = query->judge.catalogue;
	AUTO_AROUND struct around around = {
		.query = query, .area = area, .day = day, .codes = TELL_TEXT};
	struct looking looking = {&around, err};
	add_codes(&around);
	if (!text_ok(&around.codes, "the codes of an area", err) || !add_groups(&looking) ||
	    !catalogue_members(catalogue, area->id, add_member, &looking) ||
	    !area_predecessors(catalogue, area->id, add_before, &looking) ||
	    !area_successors(catalogue, area->id, add_after, &looking))
		return false;
	*ret = around;
	around = (struct around){0};
	return true;
}

void around_write(const struct around_links *links, struct text *out)
{
	char day[DAY_BYTES];
	for (size_t i = 0; i < links->count && i < AROUND_MEMBERS_SHOWN; i++) {
		const struct around_link *link = &links->items[i];
		text_addf(out, "%s%s", i > 0 ? "; " : "", link->area->id);
		if (link->change != NULL)
			text_addf(out, " (%s, %s)", area_change_kind_name(link->change->kind),
				  day_print(link->change->day, day));
	}
	if (links->count > AROUND_MEMBERS_SHOWN)
		text_add_string(out, "; ...");
}

static enum word word_of_change(enum area_change_kind kind)
{
	static const enum word words[] = {
		[CHANGE_MERGE] = WORD_CHANGE_MERGE,	  [CHANGE_SPLIT] = WORD_CHANGE_SPLIT,
		[CHANGE_RENAME] = WORD_CHANGE_RENAME,	  [CHANGE_STATUS] = WORD_CHANGE_STATUS,
		[CHANGE_BOUNDARY] = WORD_CHANGE_BOUNDARY,
	};
	return words[kind];
}

/* "Binh Phuoc (P63:70; merged, 2025-07-01)" */
static void say_link(const struct query *query, const struct around_link *link, struct text *out)
{
	text_addf(out, "%s (%s", query_name(query, link->area->name, link->area->name_vi),
		  link->area->id);
	if (link->change != NULL) {
		text_addf(out, "; %s, ",
			  word_of(query->language, word_of_change(link->change->kind)));
		tell_day(out, query->language, link->change->day);
	}
	text_add_string(out, ")");
}

static bool say_links(const struct query *query, const struct around_links *links, struct text *out,
		      struct error *err)
{
	AUTO_FREE const struct area **areas = calloc(links->count + 1, sizeof *areas);
	AUTO_FREE size_t *order = calloc(links->count + 1, sizeof *order);
	if (areas == NULL || order == NULL)
		return error_memory(err);
	for (size_t i = 0; i < links->count; i++)
		areas[i] = links->items[i].area;
	if (!by_name_order(query, areas, links->count, order, err))
		return false;
	for (size_t i = 0; i < links->count && i < AROUND_MEMBERS_SHOWN; i++) {
		text_add_string(out, i > 0 ? ", " : "");
		say_link(query, &links->items[order[i]], out);
	}
	if (links->count > AROUND_MEMBERS_SHOWN) {
		char more[NUMBER_BYTES];
		text_add_string(out, " ");
		word_add(
			out, query->language, WORD_AND_MORE,
			number_print_integer((int64_t)(links->count - AROUND_MEMBERS_SHOWN), more));
	}
	return true;
}

static void say_line(const struct around *around, enum word word, const struct text *what,
		     struct report *report)
{
	AUTO_TEXT struct text line = TELL_TEXT;
	const struct area *area = around->area;
	text_addf(&line, "%s (%s): ", query_name(around->query, area->name, area->name_vi),
		  area->id);
	word_add(&line, around->query->language, word, text_part(what, &line));
	report_words(report, &line);
}

bool around_say(const struct around *around, struct report *report, struct error *err)
{
	const struct {
		enum word word;
		const struct around_links *links;
	} parts[] = {
		{WORD_AREA_GROUPS, &around->groups},
		{WORD_AREA_MEMBERS, &around->members},
		{WORD_AREA_BEFORE, &around->before},
		{WORD_AREA_AFTER, &around->after},
	};
	if (around->codes.len > 0)
		say_line(around, WORD_AREA_CODES, &around->codes, report);
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		AUTO_TEXT struct text links = TELL_TEXT;
		if (parts[i].links->count == 0)
			continue;
		if (!say_links(around->query, parts[i].links, &links, err))
			return false;
		say_line(around, parts[i].word, &links, report);
	}
	return true;
}
