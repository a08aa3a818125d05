/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/request.h"

#include <stdio.h>

#include "apply/acknowledge.h"
#include "apply/deliver.h"
#include "apply/note.h"
#include "base/number.h"
#include "intake/figure.h"
#include "intake/import.h"
#include "intake/reread.h"

enum { ANSWER_BYTES = 1 << 19, ANSWER_FINDINGS = 200 };

/* What one verb says and how it ended. */
struct outcome {
	struct text text, complaint;
	struct error err;
};

typedef void verb_fn(const struct intake *intake, const struct control_message *request,
		     struct span document, struct outcome *outcome);

static struct figure figure_of(const struct control_message *request)
{
	return (struct figure){
		.indicator = control_get(request, "indicator"),
		.breakdown = control_get(request, "breakdown"),
		.area = control_get(request, "area"),
		.period = control_get(request, "period"),
		.value = control_get(request, "value"),
		.unit = control_get(request, "unit"),
		.status = control_get(request, "status"),
		.source = control_get(request, "source"),
		.published = control_get(request, "published"),
		.num = control_get(request, "num"),
		.den = control_get(request, "den"),
		.qualifier = control_get(request, "qualifier"),
		.place = control_get(request, "place"),
		.raw = control_get(request, "raw"),
		.is_correction = control_get_integer(request, "correct", 0) != 0,
	};
}

static void add_value(struct text *out, const struct observation *obs)
{
	char number[NUMBER_BYTES];
	if (obs->has_value)
		text_addf(out, "%s%s", obs_qualifier_code(obs->qualifier),
			  number_print(obs->value, number));
	else
		text_add_string(out, obs->status == OBS_WITHDRAWN ? "withdrawn" : "missing");
}

static void say_recorded(const struct figure *figure, const struct figure_result *result,
			 struct outcome *outcome)
{
	struct text *out = &outcome->text;
	text_addf(out, "%s %s %s from '%s': ", figure->indicator, result->area->id, figure->period,
		  figure->source);
	switch (result->result) {
	case APPEND_UNCHANGED:
		text_addf(out, "nothing new, row %lld says the same\n", (long long)result->seq);
		return;
	case APPEND_NEW:
		text_addf(out, "recorded as row %lld\n", (long long)result->seq);
		return;
	case APPEND_REVISED:
		break;
	}
	text_addf(out, "%s as row %lld; before: ", figure->is_correction ? "corrected" : "recorded",
		  (long long)result->seq);
	add_value(out, &result->before);
	text_addf(out, " (row %lld)\n", (long long)result->before.seq);
}

static void say_warnings(const char *warning, struct outcome *outcome)
{
	struct span rest = span_of(warning);
	struct lint_finding finding;
	while (lint_read(&rest, &finding)) {
		text_add_string(&outcome->complaint, "warning: ");
		lint_say(&outcome->complaint, &finding);
		text_add_char(&outcome->complaint, '\n');
	}
}

static void verb_record(const struct intake *intake, const struct control_message *request,
			struct span document, struct outcome *outcome)
{
	struct figure_result result;
	const struct figure figure = figure_of(request);
	(void)document;
	if (!figure_record(intake, &figure, &result, &outcome->err))
		return;
	say_recorded(&figure, &result, outcome);
	say_warnings(result.warning, outcome);
}

static void verb_withdraw(const struct intake *intake, const struct control_message *request,
			  struct span document, struct outcome *outcome)
{
	struct figure_result result;
	const struct figure figure = figure_of(request);
	(void)document;
	if (!figure_withdraw(intake, &figure, control_get(request, "why"), &result, &outcome->err))
		return;
	text_addf(&outcome->text,
		  "%s %s %s from '%s': withdrawn by row %lld; before: ", figure.indicator,
		  result.area->id, figure.period, figure.source, (long long)result.seq);
	add_value(&outcome->text, &result.before);
	text_addf(&outcome->text, " (row %lld)\n", (long long)result.before.seq);
}

static void verb_ack(const struct intake *intake, const struct control_message *request,
		     struct span document, struct outcome *outcome)
{
	const struct acknowledgement said = {
		.what = control_get(request, "what"),
		.area = control_get(request, "area"),
		.breakdown = control_get(request, "breakdown"),
		.target = control_get(request, "target"),
		.until = control_get(request, "until"),
		.note = control_get(request, "note"),
		.cause = control_get(request, "cause"),
		.is_removal = control_get_integer(request, "remove", 0) != 0,
	};
	(void)document;
	/* The state of this moment is what is acknowledged. */
	if (apply_all(&intake->apply, NULL, &outcome->err) &&
	    !apply_acknowledge(&intake->apply, &said, &outcome->text, &outcome->err))
		text_clear(&outcome->text);
}

static void verb_deliver(const struct intake *intake, const struct control_message *request,
			 struct span document, struct outcome *outcome)
{
	const struct delivered said = {
		.duty = control_get(request, "duty"),
		.period = control_get(request, "period"),
		.owner = control_get(request, "owner"),
		.on = control_get(request, "on"),
		.name = control_get(request, "name"),
		.note = control_get(request, "note"),
		.why = control_get(request, "why"),
		.is_removal = control_get_integer(request, "remove", 0) != 0,
	};
	if (intake_check_time(intake->apply.now, &outcome->err) &&
	    !apply_deliver(&intake->apply, &said, document, &outcome->text, &outcome->err))
		text_clear(&outcome->text);
}

static void verb_note(const struct intake *intake, const struct control_message *request,
		      struct span document, struct outcome *outcome)
{
	const struct note_said said = {
		.what = control_get(request, "what"),
		.area = control_get(request, "area"),
		.breakdown = control_get(request, "breakdown"),
		.year = control_get(request, "year"),
		.cause = control_get(request, "cause"),
		.remedy = control_get(request, "remedy"),
		.text = control_get(request, "text"),
		.is_removal = control_get_integer(request, "remove", 0) != 0,
	};
	(void)document;
	if (intake_check_time(intake->apply.now, &outcome->err) &&
	    !apply_note(&intake->apply, &said, &outcome->text, &outcome->err))
		text_clear(&outcome->text);
}

/* All findings that an answer has room for; the counts say how many more there are. */
static void say_findings(const struct problems *findings, struct outcome *outcome)
{
	struct problems shown = *findings;
	if (shown.count > ANSWER_FINDINGS)
		shown.count = ANSWER_FINDINGS;
	problems_print(&shown, &outcome->complaint);
}

static void verb_import(const struct intake *intake, const struct control_message *request,
			struct span document, struct outcome *outcome)
{
	AUTO_PROBLEMS struct problems findings = {0};
	struct import_counts counts;
	const char *name = control_get(request, "name");
	bool is_restore = control_get_integer(request, "restore", 0) != 0;
	bool done = is_restore ? import_restore(intake, name ? name : "", document, &counts,
						&findings, &outcome->err)
			       : import_table(intake, name ? name : "", document, &counts,
					      &findings, &outcome->err);
	say_findings(&findings, outcome);
	if (!done && findings.errors > 0) {
		text_addf(&outcome->complaint, "%zu %s, nothing was changed\n", findings.errors,
			  findings.errors == 1 ? "error" : "errors");
		outcome->err = (struct error){.code = ERROR_INPUT};
	}
	if (done)
		text_addf(&outcome->text,
			  "%s: %zu %s: %zu new (%zu of them revisions), %zu unchanged\n",
			  name ? name : "", counts.rows, counts.rows == 1 ? "row" : "rows",
			  counts.appended, counts.revised, counts.unchanged);
}

static void verb_rebuild(const struct intake *intake, const struct control_message *request,
			 struct span document, struct outcome *outcome)
{
	struct apply_counts counts = {0};
	(void)request;
	(void)document;
	if (apply_rebuild(&intake->apply, &counts, &outcome->err))
		text_addf(&outcome->text, "rebuilt from the log: %zu series, %zu assessments\n",
			  counts.series, counts.assessments);
}

/* Whoever opened the desk has put the tables in force; the appliers have to pass them.  A daemon
 * that has been running has a request of its own of this name. */
static void verb_reload(const struct intake *intake, const struct control_message *request,
			struct span document, struct outcome *outcome)
{
	(void)intake;
	(void)request;
	(void)document;
	text_add_string(&outcome->text, "reloaded\n");
}

static void verb_accept(const struct intake *intake, const struct control_message *request,
			struct span document, struct outcome *outcome)
{
	struct feed_intake_counts counts;
	const char *feed = control_get(request, "feed");
	(void)document;
	if (reread_accept(intake, feed ? feed : "", &counts, &outcome->err))
		text_addf(&outcome->text,
			  "feed '%s': accepted: %zu rows, %zu new (%zu of them revisions), %zu "
			  "withdrawn, %zu refused\n",
			  feed, counts.rows, counts.appended, counts.revised, counts.withdrawn,
			  counts.refused);
}

static const struct {
	const char *name;
	verb_fn *carry_out;
	bool changes_log; /* the appliers have to pass it before the answer */
} verbs[] = {
	{"record", verb_record, true},	  {"withdraw", verb_withdraw, true},
	{"import", verb_import, true},	  {"rebuild", verb_rebuild, false},
	{"ack", verb_ack, false},	  {"accept", verb_accept, true},
	{"deliver", verb_deliver, false}, {"note", verb_note, false},
	{"reload", verb_reload, true},
};

static size_t find_verb(const struct control_message *request)
{
	const char *name = control_get(request, "verb");
	size_t i = 0;
	while (i < COUNT_OF(verbs) && (name == NULL || strcmp(verbs[i].name, name) != 0))
		i++;
	return i;
}

bool request_is_ours(const struct control_message *request)
{
	return find_verb(request) < COUNT_OF(verbs);
}

static void write_answer(struct outcome *outcome, struct control_message *answer)
{
	AUTO_FREE char *text = text_take(&outcome->text);
	if (outcome->err.text[0] != '\0')
		text_addf(&outcome->complaint, "%s\n", outcome->err.text);
	AUTO_FREE char *complaint = text_take(&outcome->complaint);
	control_set_integer(answer, "exit", error_exit_status(outcome->err.code));
	control_set(answer, "text", text);
	control_set(answer, "error", complaint);
}

void request_carry_out(const struct intake *intake, const struct control_message *request,
		       struct span document, struct control_message *answer)
{
	struct outcome outcome = {.text = text_with_limit(ANSWER_BYTES),
				  .complaint = text_with_limit(ANSWER_BYTES)};
	size_t verb = find_verb(request);
	if (verb == COUNT_OF(verbs)) {
		(void)error_set(&outcome.err, ERROR_INPUT, "there is no request of this name");
	} else {
		verbs[verb].carry_out(intake, request, document, &outcome);
		if (verbs[verb].changes_log && outcome.err.code == ERROR_NONE &&
		    !apply_all(&intake->apply, NULL, &outcome.err))
			(void)error_within(&outcome.err,
					   "it is in the log, but was not judged yet");
	}
	write_answer(&outcome, answer);
	text_done(&outcome.text);
	text_done(&outcome.complaint);
}
