/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "apply/acknowledge.h"

#include "apply/derive.h"
#include "apply/said.h"
#include "judge/ack.h"

struct saying {
	const struct apply *apply;
	const struct acknowledgement *said;
	struct judge judge;
	struct acks acks;
	int32_t until_day;
	char area[ID_BYTES], breakdown[BREAKDOWN_BYTES];
	size_t seen, done; /* targets in force; events appended */
	struct text *out;
};

static void saying_done(struct saying *saying)
{
	acks_done(&saying->acks);
}

static bool find_area(struct saying *saying, struct error *err)
{
	const struct area *area;
	if (!said_find_area(saying->apply, saying->said->area, 0, &area, err))
		return false;
	memcpy(saying->area, area->id, sizeof saying->area);
	return true;
}

static bool read_until(struct saying *saying, struct error *err)
{
	const char *until = saying->said->until;
	saying->until_day = DAY_NONE;
	if (until == NULL)
		return true;
	if (!day_parse(span_of(until), &saying->until_day, err))
		return error_within(err, "--until");
	if (saying->until_day <= saying->judge.as_of.day)
		return error_set(err, ERROR_INPUT,
				 "--until: %s has come already; give a day after today", until);
	return true;
}

/* Is it a target or an indicator? */
static bool choose(const struct saying *saying, struct judge_filter *ret, struct error *err)
{
	const struct acknowledgement *said = saying->said;
	const struct catalogue *catalogue = saying->apply->catalogue;
	bool is_target = catalogue_target(catalogue, span_of(said->what)) != NULL;
	bool is_indicator = catalogue_indicator(catalogue, span_of(said->what)) != NULL;
	if (!is_target && !is_indicator)
		return error_set(err, ERROR_NOT_FOUND,
				 "'%s' is neither a target nor an indicator of the catalogue",
				 said->what);
	if (said->target != NULL && catalogue_target(catalogue, span_of(said->target)) == NULL)
		return error_set(err, ERROR_NOT_FOUND, "target '%s' is not in the catalogue",
				 said->target);
	if (is_target && is_indicator && said->target == NULL)
		return error_set(err, ERROR_INPUT,
				 "'%s' is a target and an indicator; say --target with it",
				 said->what);
	bool by_target = is_target && said->target == NULL;
	*ret = (struct judge_filter){
		.indicator = by_target ? NULL : said->what,
		.breakdown = by_target || said->breakdown == NULL ? NULL : saying->breakdown,
		.area = saying->area,
		.target = by_target ? said->what : said->target,
		.all = by_target || said->target != NULL,
	};
	return true;
}

static bool append(struct saying *saying, const struct judged_target *judged, struct error *err)
{
	const struct acknowledgement *said = saying->said;
	const struct event event = {
		.at = saying->apply->now,
		.kind = said->is_removal ? "unack" : "ack",
		.actor = saying->apply->actor,
		.target = judged->target->id,
		.area = judged->area->id,
		.new_state = assess_state_name(judged->verdict.state),
		.cause = said->cause,
		.until_day = saying->until_day,
		.note = said->note,
		.used_from = DAY_NONE,
		.used_to = DAY_NONE,
	};
	int64_t id = 0;
	saying->done++;
	return event_append(saying->apply->ledger, &event, &id, err);
}

static bool take(void *self, const struct judged_target *judged, struct error *err)
{
	struct saying *saying = self;
	enum assess_state state = judged->verdict.state;
	const char *target = judged->target->id, *area = judged->area->id;
	const struct ack *ack = acks_find(&saying->acks, target, area, state);
	bool is_removal = saying->said->is_removal;
	saying->seen++;
	if (is_removal ? ack == NULL : ack_is_clear(state))
		return true;
	if (!append(saying, judged, err))
		return false;
	text_addf(saying->out, "%s %s, %s: ", target, area, assess_state_name(state));
	if (is_removal)
		text_addf(saying->out, "the acknowledgement by %s is taken back\n", ack->actor);
	else if (saying->until_day == DAY_NONE)
		text_add_string(saying->out, "acknowledged until it is met or on track\n");
	else
		text_addf(saying->out, "acknowledged until %s\n", saying->said->until);
	return true;
}

static bool fail_nothing(const struct saying *saying, struct error *err)
{
	const struct acknowledgement *said = saying->said;
	if (saying->seen == 0)
		return error_set(err, ERROR_NOT_FOUND, "%s %s: no target is in force", said->what,
				 saying->area);
	if (said->is_removal)
		return error_set(err, ERROR_REFUSED, "%s %s: no acknowledgement holds", said->what,
				 saying->area);
	return error_set(err, ERROR_REFUSED, "%s %s: nothing to acknowledge, it is met or on track",
			 said->what, saying->area);
}

static bool append_all(struct saying *saying, const struct judge_filter *filter, struct error *err)
{
	bool done = ledger_begin(saying->apply->ledger, err) &&
		    acks_read(&saying->judge, &saying->acks, err) &&
		    judge_each_latest(&saying->judge, filter, take, saying, err) &&
		    (saying->done > 0 || fail_nothing(saying, err)) &&
		    ledger_commit(saying->apply->ledger, err);
	if (!done)
		ledger_rollback(saying->apply->ledger);
	return done;
}

bool apply_acknowledge(const struct apply *apply, const struct acknowledgement *acknowledgement,
		       struct text *out, struct error *err)
{
	AUTO(saying_done)
	struct saying saying = {
		.apply = apply,
		.said = acknowledgement,
		.judge = apply_judge(apply),
		.out = out,
	};
	struct judge_filter filter;
	if (acknowledgement->what == NULL || acknowledgement->area == NULL)
		return error_set(err, ERROR_INPUT, "a target or indicator and an area are needed");
	return said_check_line("note", acknowledgement->note, ACK_TEXT_BYTES, err) &&
	       said_check_line("cause", acknowledgement->cause, ACK_TEXT_BYTES, err) &&
	       find_area(&saying, err) &&
	       breakdown_normalise(span_of(acknowledgement->breakdown), saying.breakdown, err) &&
	       read_until(&saying, err) && choose(&saying, &filter, err) &&
	       append_all(&saying, &filter, err);
}
