/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/compare.h"
#include "trial/outcome.h"

static void outcome_done(struct outcome *outcome)
{
	rows_done(&outcome->observations);
	rows_done(&outcome->refusals);
}

static const struct rows_kind *kind_of(const struct trial *trial)
{
	return trial->catalogue != NULL ? &outcome_bound : &outcome_records;
}

static bool same(const char *expected, const char *got)
{
	return strcmp(expected, got) == 0;
}

/* It is no answer, and that is what was expected or not. */
static void compare_failure(const struct trial *trial, const struct outcome *outcome,
			    struct trial_findings *findings)
{
	if (trial->cause == NULL)
		finding_add(findings, "it is no answer: %s: %s", outcome->cause, outcome->why);
	else if (!same(trial->cause, outcome->cause))
		finding_add(findings, "it is no answer for the cause '%s', not '%s': %s",
			    outcome->cause, trial->cause, outcome->why);
	else if (trial->why != NULL && !same(trial->why, outcome->why))
		finding_add(findings, "it is no answer because '%s', not because '%s'",
			    outcome->why, trial->why);
}

/* What was expected, and next to it what came. */
struct comparison {
	struct rows observations, refusals;
	bool ok; /* the tables could be read */
};

static void comparison_done(struct comparison *comparison)
{
	rows_done(&comparison->observations);
	rows_done(&comparison->refusals);
}

static bool read_expected(const struct trial *trial, struct comparison *ret,
			  struct trial_findings *findings, struct error *err)
{
	bool refusals_ok = true;
	if (!rows_read(kind_of(trial), trial->observations, &ret->observations, &ret->ok, findings,
		       err) ||
	    !rows_read(&outcome_refusals, trial->refusals, &ret->refusals, &refusals_ok, findings,
		       err))
		return false;
	ret->ok = ret->ok && refusals_ok;
	return true;
}

static void compare(const struct trial *trial, struct comparison *expected, struct outcome *got,
		    struct trial_findings *findings)
{
	if (got->cause[0] != '\0') {
		compare_failure(trial, got, findings);
		return;
	}
	if (trial->cause != NULL) {
		finding_add(findings, "it is an answer; expected was none, for the cause '%s'",
			    trial->cause);
		return;
	}
	rows_compare(kind_of(trial), trial->observations, &expected->observations,
		     &got->observations, findings);
	rows_compare(&outcome_refusals, trial->refusals, &expected->refusals, &got->refusals,
		     findings);
	if (trial->passed_over >= 0 && (size_t)trial->passed_over != got->passed_over)
		finding_add(findings, "filters passed over %zu records, not %ld", got->passed_over,
			    trial->passed_over);
}

static bool hold(const struct trial *trial, const struct trial_how *how,
		 struct trial_findings *findings, struct error *err)
{
	AUTO(comparison_done) struct comparison expected = {.ok = true};
	AUTO(outcome_done) struct outcome got = {0};
	bool ok = true;
	if (!read_expected(trial, &expected, findings, err))
		return false;
	if (!expected.ok)
		return true;
	rows_like(&expected.observations, &got.observations);
	rows_like(&expected.refusals, &got.refusals);
	bool done = trial->catalogue != NULL
			    ? outcome_of_bound(trial, how, &got, &ok, findings, err)
			    : outcome_of_records(trial, how, &got, err);
	if (done && ok)
		compare(trial, &expected, &got, findings);
	return done;
}

/* The file itself is wrong; which is what is expected when its mapping is what is tried. */
static void tell_problems(const struct trial *trial, struct trial_findings *findings)
{
	const struct problem *first = &trial->problems.items[0];
	bool wanted = trial->cause != NULL && same(trial->cause, "mapping");
	if (wanted && (trial->why == NULL || same(trial->why, first->text)))
		return;
	for (size_t i = 0; i < trial->problems.count; i++)
		finding_add_problem(findings, &trial->problems.items[i]);
}

bool trial_run(const struct trial *trial, const struct trial_how *how, struct trial_findings *ret,
	       struct error *err)
{
	AUTO_TRIAL_FINDINGS struct trial_findings findings = {0};
	if (trial->problems.errors > 0)
		tell_problems(trial, &findings);
	else if (!hold(trial, how, &findings, err))
		return false;
	if (findings.count > TRIAL_FINDINGS_SHOWN)
		text_addf(&findings.text, "and %zu more\n", findings.count - TRIAL_FINDINGS_SHOWN);
	if (findings.count > 0 && !text_ok(&findings.text, "the findings", err))
		return false;
	*ret = findings;
	findings = (struct trial_findings){0};
	return true;
}
