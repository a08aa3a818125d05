/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/duties.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/collate.h"
#include "base/number.h"
#include "query/duty_rows.h"
#include "query/phrase.h"
#include "query/phrase_duty.h"
#include "query/tell.h"
#include "query/wrap.h"

enum { LETTER_ITEMS_MAX = 200000, ENCODED_BYTES = 45, SUBJECT_BYTES = 4096 };

/* One thing that somebody has to be reminded of. */
struct item {
	struct obligation obligation;
	struct judged_owner owner;
	const char *who; /* id under which letters are gathered: who answers, else who owes */
	char *key;	 /* of its name in a dictionary */
};

struct letters {
	const struct duty_rows *rows;
	struct item *items;
	size_t count, room;
};

static void letters_done(struct letters *letters)
{
	for (size_t i = 0; i < letters->count; i++)
		free(letters->items[i].key);
	free(letters->items);
}

static const char *name_of(const struct query *query, const struct item *item)
{
	const struct duty_office *answers = item->owner.obliged.answers;
	const struct duty_office *office = answers != NULL ? answers : item->owner.obliged.office;
	const struct area *area = item->owner.obliged.area;
	return office != NULL ? query_name(query, office->name, office->name_vi)
			      : query_name(query, area->name, area->name_vi);
}

static bool take(void *self, const struct judged_duty *duty, struct error *err)
{
	struct letters *letters = self;
	for (size_t i = 0; i < duty->count; i++) {
		const struct judged_owner *owner = &duty->owners[i];
		const struct duty_office *answers = owner->obliged.answers;
		struct item item = {duty->obligation, *owner,
				    answers ? answers->id : owner->obliged.key, NULL};
		if (!duty_rows_pass(letters->rows, owner))
			continue;
		if (!array_grow(&letters->items, &letters->room, letters->count,
				sizeof *letters->items, LETTER_ITEMS_MAX, "reminders", err))
			return false;
		item.key = collate_key(span_of(name_of(letters->rows->query, &item)), err);
		if (item.key == NULL)
			return false;
		letters->items[letters->count++] = item;
	}
	return true;
}

static int compare(const void *left, const void *right)
{
	const struct item *a = left, *b = right;
	int order = strcmp(a->key, b->key);
	order = order != 0 ? order : strcmp(a->who, b->who);
	if (order != 0)
		return order;
	if (a->obligation.latest != b->obligation.latest)
		return a->obligation.latest < b->obligation.latest ? -1 : 1;
	order = strcmp(a->obligation.duty->id, b->obligation.duty->id);
	return order != 0 ? order : strcmp(a->owner.obliged.key, b->owner.obliged.key);
}

static bool is_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || (unsigned char)*text > '~')
			return false;
	return true;
}

/* A quoted string of RFC 5322: a comma would begin another address. */
static void add_quoted(struct text *out, const char *text)
{
	text_add_char(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			text_add_char(out, '\\');
		text_add_char(out, *text);
	}
	text_add_char(out, '"');
}

/* One encoded word of RFC 2047, or more: none is longer than 75 characters, and none cuts a
 * character in two. */
static void add_encoded(struct text *out, const char *text)
{
	size_t used = 0;
	if (is_ascii(text)) {
		text_add_string(out, text);
		return;
	}
	text_add_string(out, "=?UTF-8?Q?");
	for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
		bool is_head = (*at & 0xC0) != 0x80;
		bool is_plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
				(*at >= '0' && *at <= '9');
		if (is_head && used >= ENCODED_BYTES) {
			text_add_string(out, "?=\n =?UTF-8?Q?");
			used = 0;
		}
		if (is_plain)
			text_add_char(out, (char)*at);
		else if (*at == ' ')
			text_add_char(out, '_');
		else
			text_addf(out, "=%02X", *at);
		used += is_plain || *at == ' ' ? 1 : 3;
	}
	text_add_string(out, "?=");
}

/* The line with which a letter begins in an mbox (RFC 4155). */
static void add_from_line(struct text *out, int64_t now)
{
	static const char *const days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	enum { DAY_S = 86400, HOUR_S = 3600, MINUTE_S = 60, WEEK_DAYS = 7 };
	int32_t day = (int32_t)(now / DAY_S);
	int second = (int)(now % DAY_S);
	struct day_parts parts = day_parts(day);
	text_addf(out, "From envgap %s %s %2d %02d:%02d:%02d %d\n", days[day % WEEK_DAYS],
		  months[parts.month - 1], parts.day, second / HOUR_S, second % HOUR_S / MINUTE_S,
		  second % MINUTE_S, parts.year);
}

static void add_head(struct text *out, const struct query *query, const struct item *items,
		     size_t count)
{
	const struct duty_office *answers = items[0].owner.obliged.answers;
	bool has_address = answers != NULL && answers->contact[0] != '\0';
	AUTO_TEXT struct text subject = text_with_limit(SUBJECT_BYTES);
	const char *name = name_of(query, &items[0]);
	text_add_string(out, "To: ");
	if (is_ascii(name) && strpbrk(name, "()<>[]:;@\\,.\"") != NULL)
		add_quoted(out, name);
	else
		add_encoded(out, name);
	if (has_address)
		text_addf(out, "\n <%s>\n", answers->contact);
	else
		text_add_string(out, ":;\n"); /* a group without members: somebody fills it in */
	word_add(&subject, query->language, WORD_REMIND_SUBJECT,
		 phrase_duty_title(query, items[0].obligation.duty));
	if (count > 1)
		text_addf(&subject, " (+%zu)", count - 1);
	text_add_string(out, "Subject: ");
	add_encoded(out, text_part(&subject, out));
	text_add_string(out, "\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
			     "Content-Transfer-Encoding: 8bit\n\n");
}

static void add_wrapped(struct text *out, const char *first, const char *others,
			const struct text *said)
{
	wrap_text(out, first, others, span_of(text_part(said, out)));
}

/* A line of an item: a word with what is said in it. */
static void add_line(struct text *out, const struct query *query, enum word word,
		     const struct text *said)
{
	AUTO_TEXT struct text line = TELL_TEXT;
	word_add(&line, query->language, word, text_part(said, out));
	add_wrapped(out, "   ", "     ", &line);
}

static void add_due(struct text *out, const struct query *query, const struct item *item)
{
	AUTO_TEXT struct text due = TELL_TEXT;
	AUTO_TEXT struct text state = TELL_TEXT;
	struct judged_owner owner = item->owner;
	owner.indicators = 0; /* what is missing of it has a line of its own */
	phrase_due(&due, query->language, &item->obligation);
	phrase_owner_state(&state, query, &item->obligation, &owner);
	text_addf(&due, " (%s)", text_part(&state, out));
	add_line(out, query, WORD_REMIND_DUE, &due);
}

/* Only what is missing: the rest is there. */
static void add_figures(struct text *out, const struct query *query, const struct item *item)
{
	AUTO_TEXT struct text names = TELL_TEXT;
	const struct duty *duty = item->obligation.duty;
	const char *before = "";
	for (size_t i = 0; i < duty->indicator_count; i++) {
		const struct indicator *indicator =
			catalogue_indicator(query->judge.catalogue, span_of(duty->indicators[i]));
		if (!judged_owner_lacks(&item->owner, i))
			continue;
		text_addf(&names, "%s%s (%s)", before,
			  query_name(query, indicator->name, indicator->name_vi), indicator->id);
		before = "; ";
	}
	if (duty->indicator_count > 0)
		add_line(out, query, WORD_REMIND_FIGURES, &names);
}

static void add_recipient(struct text *out, const struct query *query, const struct item *item)
{
	AUTO_TEXT struct text who = TELL_TEXT;
	const struct obligation *obligation = &item->obligation;
	const struct duty_office *office =
		catalogue_office(query->judge.catalogue, span_of(obligation->duty->recipient));
	if (office == NULL)
		return;
	phrase_office(&who, query, office,
		      phrase_office_day(query, obligation, item->owner.state == DUTY_MISSING));
	add_line(out, query, WORD_REMIND_RECIPIENT, &who);
}

static void add_rule(struct text *out, const struct query *query, const struct duty *duty)
{
	AUTO_TEXT struct text rule = TELL_TEXT;
	const struct act *act = catalogue_act(query->judge.catalogue, span_of(duty->act));
	if (act != NULL)
		phrase_act(&rule, query, act);
	if (duty->text[0] != '\0')
		text_addf(&rule, "%s%s", act != NULL ? "; " : "", duty->text);
	if (act != NULL || duty->text[0] != '\0')
		add_line(out, query, WORD_REMIND_RULE, &rule);
}

static void add_item(struct text *out, const struct query *query, const struct item *item,
		     size_t number)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	const struct duty *duty = item->obligation.duty;
	char head[NUMBER_BYTES];
	(void)snprintf(head, sizeof head, "%zu. ", number);
	wrap_text(out, head, "   ", span_of(phrase_duty_title(query, duty)));
	tell_period(&text, query->language, item->obligation.period);
	add_line(out, query, WORD_REMIND_PERIOD, &text);
	add_due(out, query, item);
	add_figures(out, query, item);
	text_clear(&text);
	phrase_owner(&text, query, &item->obligation, &item->owner);
	add_line(out, query, WORD_REMIND_OWNER, &text);
	add_recipient(out, query, item);
	add_rule(out, query, duty);
	text_add_char(out, '\n');
}

/* Nobody has to explain what is not late. */
static enum word close_of(const struct item *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (items[i].owner.state == DUTY_MISSING)
			return WORD_REMIND_CLOSE;
	return WORD_REMIND_CLOSE_SOON;
}

static void add_letter(struct text *out, const struct query *query, const struct item *items,
		       size_t count)
{
	AUTO_TEXT struct text day = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	tell_day(&day, query->language, query->judge.as_of.day);
	add_head(out, query, items, count);
	word_add(&line, query->language, WORD_REMIND_DEAR, name_of(query, &items[0]));
	add_wrapped(out, "", "", &line);
	text_add_char(out, '\n');
	text_clear(&line);
	word_add(&line, query->language, WORD_REMIND_BODY, text_part(&day, out));
	add_wrapped(out, "", "", &line);
	text_add_char(out, '\n');
	for (size_t i = 0; i < count; i++)
		add_item(out, query, &items[i], i + 1);
	wrap_text(out, "", "", span_of(word_of(query->language, close_of(items, count))));
}

static size_t same_owner(const struct letters *letters, size_t first)
{
	size_t end = first + 1;
	while (end < letters->count &&
	       strcmp(letters->items[first].who, letters->items[end].who) == 0)
		end++;
	return end - first;
}

bool query_duties_letters(const struct query *query, const struct duties_question *question,
			  struct text *out, struct error *err)
{
	struct duty_rows rows;
	AUTO(letters_done) struct letters letters = {.rows = &rows};
	if (!duty_rows_begin(query, question, &rows, err))
		return false;
	rows.reminders = true;
	if (!duty_rows_each(&rows, take, &letters, err))
		return false;
	if (letters.count > 1)
		qsort(letters.items, letters.count, sizeof *letters.items, compare);
	for (size_t i = 0; i < letters.count;) {
		size_t count = same_owner(&letters, i);
		bool is_alone = count == letters.count;
		if (!is_alone)
			add_from_line(out, query->now);
		add_letter(out, query, &letters.items[i], count);
		if (!is_alone)
			text_add_char(out, '\n');
		i += count;
	}
	return true;
}
