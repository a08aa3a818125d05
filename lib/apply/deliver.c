/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "apply/deliver.h"

#include <stdlib.h>

#include "apply/derive.h"
#include "base/unicode.h"
#include "judge/duty.h"
#include "ledger/archive.h"
#include "obs/area_lookup.h"

enum { NAMED_OWNERS = 5 };

struct delivering {
	const struct apply *apply;
	const struct delivered *said;
	const char *family;
	struct obligation obligation;
	struct obliged obliged; /* who was found */
	size_t owners, found;
	struct text names; /* of the first owners */
	struct sha256 document;
	int32_t day;
	int64_t standing; /* the last delivery of the owner that stands; 0: none */
	int32_t standing_day;
};

static void delivering_done(struct delivering *delivering)
{
	text_done(&delivering->names);
}

static bool fail_unknown_duty(const struct catalogue *catalogue, const char *id, struct error *err)
{
	AUTO_FREE const char **ids = calloc(catalogue->duty_count + 1, sizeof *ids);
	if (ids == NULL)
		return error_memory(err);
	for (size_t i = 0; i < catalogue->duty_count; i++)
		ids[i] = catalogue->duties[i].id;
	const char *nearest = unicode_nearest(span_of(id), ids, catalogue->duty_count);
	return error_set(err, ERROR_NOT_FOUND, "duty '%s' is not in the catalogue%s%s%s", id,
			 nearest ? "; did you mean '" : "", nearest ? nearest : "",
			 nearest ? "'?" : "");
}

static bool find_obligation(struct delivering *delivering, struct error *err)
{
	const struct catalogue *catalogue = delivering->apply->catalogue;
	const struct delivered *said = delivering->said;
	struct period period;
	if (said->duty == NULL || said->period == NULL)
		return error_set(err, ERROR_INPUT, "a duty and a period are needed");
	const struct duty *duty = catalogue_duty(catalogue, span_of(said->duty));
	if (duty == NULL)
		return fail_unknown_duty(catalogue, said->duty, err);
	delivering->family = duty_family(duty);
	return period_parse(span_of(said->period), &period, err) &&
	       obligation_find(catalogue, delivering->family, period, &delivering->obligation, err);
}

/* An office or an area by its id; an area by a name or code that it carries in the period, too. */
static bool is_named(const struct delivering *delivering, const struct obliged *obliged, bool *ret,
		     struct error *err)
{
	const char *owner = delivering->said->owner;
	const struct catalogue *catalogue = delivering->apply->catalogue;
	*ret = owner == NULL || obliged_is(catalogue, obliged, owner);
	return *ret || !obliged_is_area(obliged) ||
	       area_is_called(catalogue, obliged->area, span_of(owner),
			      delivering->obligation.period, ret, err);
}

static bool take_owner(void *self, const struct obliged *obliged, struct error *err)
{
	struct delivering *delivering = self;
	bool is_meant = false;
	if (delivering->owners++ < NAMED_OWNERS)
		text_addf(&delivering->names, "%s%s", delivering->names.len ? ", " : "",
			  obliged->key);
	if (!is_named(delivering, obliged, &is_meant, err))
		return false;
	if (!is_meant)
		return true;
	delivering->obliged = *obliged;
	delivering->found++;
	return true;
}

static bool find_owner(struct delivering *delivering, struct error *err)
{
	const struct catalogue *catalogue = delivering->apply->catalogue;
	const char *owner = delivering->said->owner;
	if (!obliged_each(catalogue, &delivering->obligation, take_owner, delivering, err))
		return false;
	const char *names = text_part(&delivering->names, &delivering->names);
	const char *more = delivering->owners > NAMED_OWNERS ? " ..." : "";
	if (delivering->found == 1)
		return true;
	if (delivering->owners == 0)
		return error_set(err, ERROR_NOT_FOUND, "nobody owes duty '%s' for %s",
				 delivering->family, delivering->said->period);
	if (owner == NULL || delivering->found > 1)
		return error_set(err, ERROR_INPUT,
				 "duty '%s' is owed by %zu; say whose delivery it is with --owner: "
				 "%s%s",
				 delivering->family, delivering->owners, names, more);
	if (delivering->owners > 1)
		return error_set(err, ERROR_NOT_FOUND,
				 "'%s' does not owe duty '%s' for %s; those who do: %s%s", owner,
				 delivering->family, delivering->said->period, names, more);
	return error_set(err, ERROR_NOT_FOUND,
			 "'%s' does not owe duty '%s' for %s; it is owed by %s", owner,
			 delivering->family, delivering->said->period, names);
}

static bool check_note(const char *what, const char *text, struct error *err)
{
	size_t len = text ? strlen(text) : 0;
	if (len >= DELIVERY_NOTE_BYTES)
		return error_set(err, ERROR_INPUT, "the %s is longer than %d bytes", what,
				 DELIVERY_NOTE_BYTES - 1);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < ' ')
			return error_set(err, ERROR_INPUT, "the %s has to be one line of text",
					 what);
	return true;
}

static bool read_day(struct delivering *delivering, struct error *err)
{
	const char *on = delivering->said->on;
	int32_t today = zone_day(delivering->apply->zone, delivering->apply->now);
	delivering->day = today;
	if (on == NULL)
		return true;
	if (!day_parse(span_of(on), &delivering->day, err))
		return error_within(err, "--on");
	if (delivering->day > today)
		return error_set(err, ERROR_INPUT, "--on: %s has not come yet", on);
	return true;
}

static bool take_standing(void *self, const struct delivery *delivery, struct error *err)
{
	struct delivering *delivering = self;
	(void)err;
	if (delivery->withdrawn != 0 || delivery->id < delivering->standing ||
	    !obliged_is(delivering->apply->catalogue, &delivering->obliged, delivery->owner))
		return true;
	delivering->standing = delivery->id;
	delivering->standing_day = delivery->day;
	return true;
}

static bool append(const struct delivering *delivering, int64_t withdraws, struct error *err)
{
	const struct delivered *said = delivering->said;
	const struct delivery delivery = {
		.duty = delivering->family,
		.period = delivering->obligation.period,
		.owner = delivering->obliged.key,
		.day = withdraws ? delivering->standing_day : delivering->day,
		.received = delivering->apply->now,
		.actor = delivering->apply->actor,
		.document = delivering->document,
		.name = withdraws ? NULL : said->name,
		.note = withdraws ? said->why : said->note,
		.withdraws = withdraws,
	};
	int64_t id = 0;
	return delivery_append(delivering->apply->ledger, &delivery, &id, err);
}

static void say_how(const struct delivering *delivering, struct text *out)
{
	char day[DAY_BYTES];
	const struct obligation *obligation = &delivering->obligation;
	const char *deadline = obligation->duty->deadline;
	int32_t late = delivering->day - obligation->latest;
	day_print(delivering->day, day);
	if (delivering->day <= obligation->in_time)
		text_addf(out, "delivered on %s, in time (%s)", day, deadline);
	else if (late == 1)
		text_addf(out, "delivered on %s, %d day late (%s)", day, late, deadline);
	else
		text_addf(out, "delivered on %s, %d days late (%s)", day, late, deadline);
}

static void say(const struct delivering *delivering, struct text *out)
{
	char day[DAY_BYTES];
	text_addf(out, "%s %s %s: ", delivering->family, delivering->said->period,
		  delivering->obliged.key);
	if (delivering->said->is_removal) {
		text_addf(out, "the delivery of %s is taken back\n",
			  day_print(delivering->standing_day, day));
		return;
	}
	say_how(delivering, out);
	if (delivering->standing != 0)
		text_addf(out, "; there was a delivery of %s already, and both are kept",
			  day_print(delivering->standing_day, day));
	text_add_char(out, '\n');
}

static bool append_it(struct delivering *delivering, struct error *err)
{
	bool is_removal = delivering->said->is_removal;
	if (!delivery_each(delivering->apply->ledger, delivering->family,
			   delivering->obligation.period, take_standing, delivering, err))
		return false;
	if (is_removal && delivering->standing == 0)
		return error_set(err, ERROR_REFUSED, "%s %s %s: there is no delivery to take back",
				 delivering->family, delivering->said->period,
				 delivering->obliged.key);
	return append(delivering, is_removal ? delivering->standing : 0, err) &&
	       ledger_commit(delivering->apply->ledger, err);
}

static bool check_texts(const struct delivered *said, struct error *err)
{
	if (said->is_removal && (said->why == NULL || said->why[0] == '\0'))
		return error_set(err, ERROR_INPUT, "a withdrawal says why (--why TEXT)");
	return check_note("note", said->note, err) && check_note("reason", said->why, err) &&
	       check_note("name of the document", said->name, err);
}

bool apply_deliver(const struct apply *apply, const struct delivered *delivered,
		   struct span document, struct text *out, struct error *err)
{
	AUTO(delivering_done)
	struct delivering delivering = {.apply = apply,
					.said = delivered,
					.names = text_with_limit(NAMED_OWNERS * (ID_BYTES + 2))};
	bool has_document = delivered->name != NULL && !delivered->is_removal;
	if (!check_texts(delivered, err) || !find_obligation(&delivering, err) ||
	    !find_owner(&delivering, err) || !read_day(&delivering, err))
		return false;
	if (has_document &&
	    !archive_put(ledger_directory(apply->ledger), document, &delivering.document, err))
		return false;
	bool done = ledger_begin(apply->ledger, err) && append_it(&delivering, err);
	if (!done)
		ledger_rollback(apply->ledger);
	else
		say(&delivering, out);
	return done;
}
