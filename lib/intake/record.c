/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/figure.h"

#include "intake/lint.h"

/* Put the load, the series and the row into the ledger; the caller's transaction. */
struct recording {
	const struct intake *intake;
	struct checked_figure *checked;
	struct provenance from;
};

static bool in_force(const struct recording *recording, struct observation *ret, struct error *err)
{
	const struct observation *obs = &recording->checked->obs;
	const struct log_key key = {obs->series, obs->period, obs->source};
	*ret = (struct observation){0};
	return obs->series == 0 ||
	       log_in_force(recording->intake->apply.ledger, &key, DAY_NONE, ret, err);
}

static struct series series_of(const struct checked_figure *checked)
{
	struct series series = {.id = checked->obs.series};
	memcpy(series.indicator, checked->indicator->id, sizeof series.indicator);
	memcpy(series.breakdown, checked->breakdown, sizeof series.breakdown);
	memcpy(series.area, checked->area->id, sizeof series.area);
	return series;
}

static bool append(const struct recording *recording, struct figure_result *ret, struct error *err)
{
	AUTO_LINT_WATCH struct lint_watch watch = {.intake = recording->intake, .is_single = true};
	const struct series series = series_of(recording->checked);
	const struct log_look look = lint_watch_look(&watch);
	struct ledger *ledger = recording->intake->apply.ledger;
	struct observation *obs = &recording->checked->obs;
	struct provenance from = recording->from;
	struct load load;
	if (!intake_load(recording->intake, LOAD_RECORD, &load, err) ||
	    !load_add(ledger, &load, &obs->load, err) ||
	    !log_look_at(&look, &series, obs, &from, err) ||
	    !log_append(ledger, obs, &from, &ret->result, &ret->seq, err))
		return false;
	/* What is there already was warned of when it came. */
	return ret->result == APPEND_UNCHANGED ||
	       span_copy(text_span(&watch.warning), ret->warning, sizeof ret->warning);
}

/* A row that says nothing new leaves no load behind. */
static bool finish(struct ledger *ledger, const struct observation *obs,
		   struct figure_result *result, struct error *err)
{
	if (result->result == APPEND_UNCHANGED) {
		ledger_rollback(ledger);
		return true;
	}
	result->load = obs->load;
	return ledger_commit(ledger, err);
}

static bool find_series(const struct recording *recording, bool make, struct error *err)
{
	struct checked_figure *checked = recording->checked;
	const struct series_key key = {checked->indicator->id, checked->breakdown,
				       checked->area->id};
	struct ledger *ledger = recording->intake->apply.ledger;
	return make ? series_ensure(ledger, &key, &checked->obs.series, err)
		    : series_find(ledger, &key, &checked->obs.series, err);
}

static bool nothing_in_force(const struct checked_figure *checked, const char *what,
			     struct error *err)
{
	char period[PERIOD_BYTES];
	return error_set(err, ERROR_NOT_FOUND, "there is no figure of %s %s %s from %s to %s",
			 checked->indicator->id, checked->area->id,
			 period_print(checked->obs.period, period), checked->obs.source, what);
}

/* A figure that was published before it was withdrawn, and is said again, stands again from the
 * withdrawal on; with its own known day it would stand behind it for ever. */
static void outlive_withdrawal(const struct observation *before, struct observation *obs)
{
	if (before->seq != 0 && before->status == OBS_WITHDRAWN &&
	    obs->known_day < before->known_day)
		obs->known_day = before->known_day;
}

static bool record(struct recording *recording, bool is_correction, struct figure_result *ret,
		   struct error *err)
{
	struct observation *obs = &recording->checked->obs;
	if (!find_series(recording, true, err) || !in_force(recording, &ret->before, err))
		return false;
	bool is_there = ret->before.seq != 0 && ret->before.status != OBS_WITHDRAWN;
	if (is_correction && !is_there)
		return nothing_in_force(recording->checked, "correct", err);
	if (is_correction)
		obs->known_day = ret->before.known_day;
	else
		outlive_withdrawal(&ret->before, obs);
	if (is_correction && obs->published[0] == '\0')
		memcpy(obs->published, ret->before.published, sizeof obs->published);
	return append(recording, ret, err) &&
	       finish(recording->intake->apply.ledger, obs, ret, err);
}

bool figure_record(const struct intake *intake, const struct figure *figure,
		   struct figure_result *ret, struct error *err)
{
	struct checked_figure checked;
	struct figure_result result = {0};
	if (!figure_check(intake, figure, &checked, err))
		return false;
	struct recording recording = {
		intake, &checked, {figure->place, figure->raw, checked.warning}};
	bool done = ledger_begin(intake->apply.ledger, err) &&
		    record(&recording, figure->is_correction, &result, err);
	result.area = checked.area;
	if (done)
		*ret = result;
	else
		ledger_rollback(intake->apply.ledger);
	return done;
}

static bool withdraw(struct recording *recording, bool is_correction, struct figure_result *ret,
		     struct error *err)
{
	struct observation *obs = &recording->checked->obs;
	if (!find_series(recording, false, err) || !in_force(recording, &ret->before, err))
		return false;
	if (ret->before.seq == 0 || ret->before.status == OBS_WITHDRAWN)
		return nothing_in_force(recording->checked, "withdraw", err);
	*obs = (struct observation){.series = obs->series,
				    .period = obs->period,
				    .status = OBS_WITHDRAWN,
				    .known_day = is_correction ? ret->before.known_day
							       : intake_day(recording->intake)};
	memcpy(obs->source, ret->before.source, sizeof obs->source);
	return append(recording, ret, err) &&
	       finish(recording->intake->apply.ledger, obs, ret, err);
}

bool figure_withdraw(const struct intake *intake, const struct figure *figure, const char *why,
		     struct figure_result *ret, struct error *err)
{
	struct checked_figure checked;
	struct figure_result result = {0};
	if (why == NULL || why[0] == '\0')
		return error_set(err, ERROR_INPUT, "a withdrawal says why (--why TEXT)");
	if (!figure_check_key(intake, figure, &checked, err))
		return false;
	struct recording recording = {intake, &checked, {figure->place, why, NULL}};
	bool done = ledger_begin(intake->apply.ledger, err) &&
		    withdraw(&recording, figure->is_correction, &result, err);
	result.area = checked.area;
	if (done)
		*ret = result;
	else
		ledger_rollback(intake->apply.ledger);
	return done;
}
