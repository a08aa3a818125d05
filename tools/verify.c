/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/verify.h"

#include "apply/apply.h"
#include "tools/answer.h"

enum { FINDINGS_BYTES = 1 << 20 };

static void print_findings(const struct session *session, const struct problems *findings)
{
	AUTO_TEXT struct text out = text_with_limit(FINDINGS_BYTES);
	problems_print(findings, &out);
	session_complain(session, text_span(&out));
}

bool verify_run(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_PROBLEMS struct problems findings = {0};
	if (!answer_open(session, &answer, err))
		return false;
	const struct apply apply = {
		.ledger = answer.ledger,
		.catalogue = answer.catalogue,
		.zone = answer.zone,
		.now = session->now,
	};
	bool done = apply_verify(&apply, &findings, err);
	print_findings(session, &findings);
	if (!done)
		return false;
	if (findings.errors > 0)
		return error_set(err, ERROR_REFUSED, "%zu %s from what the log says",
				 findings.errors,
				 findings.errors == 1 ? "difference" : "differences");
	return session_say(session, span_of("verified: what is derived agrees with the log\n"),
			   err);
}
