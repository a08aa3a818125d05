/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/finding.h"

#include <stdarg.h>
#include <stdio.h>

enum { FINDING_BYTES = 4096 };

void finding_add(struct trial_findings *findings, const char *fmt, ...)
{
	char line[FINDING_BYTES];
	if (findings->text.limit_bytes == 0)
		findings->text = text_with_limit(TRIAL_FINDINGS_BYTES);
	if (findings->count++ >= TRIAL_FINDINGS_SHOWN)
		return;
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(line, sizeof line, fmt, args);
	va_end(args);
	text_addf(&findings->text, "%s\n", line);
}

void finding_add_problem(struct trial_findings *findings, const struct problem *problem)
{
	if (problem->line > 0)
		finding_add(findings, "%s:%d: %s", problem->file, problem->line, problem->text);
	else
		finding_add(findings, "%s: %s", problem->file, problem->text);
}

void trial_findings_done(struct trial_findings *findings)
{
	text_done(&findings->text);
	*findings = (struct trial_findings){0};
}
