/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/lint.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/read_file.h"
#include "intake/import.h"
#include "query/warnings.h"
#include "tools/answer.h"

enum { FINDINGS_BYTES = 4 << 20 };

static void close_file(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static bool read_table(const char *name, char **ret, size_t *ret_len, struct error *err)
{
	bool is_input = strcmp(name, "-") == 0;
	AUTO(close_file) int fd = is_input ? dup(STDIN_FILENO) : open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return error_errno(err, "%s", name);
	return read_file(fd, IMPORT_DOCUMENT_BYTES, ret, ret_len, err) ||
	       error_within(err, "%s", name);
}

static void say_counts(struct text *out, const char *name, const struct import_counts *counts,
		       const struct problems *findings)
{
	text_addf(out, "%s: ", name);
	if (findings->errors == 1)
		text_addf(out, "1 error, would be refused whole");
	else if (findings->errors > 1)
		text_addf(out, "%zu errors, would be refused whole", findings->errors);
	else
		text_addf(out, "%zu %s: %zu would be new (%zu of them revisions), %zu unchanged",
			  counts->rows, counts->rows == 1 ? "row" : "rows", counts->appended,
			  counts->revised, counts->unchanged);
	text_addf(out, findings->warnings == 1 ? "; %zu warning\n" : "; %zu warnings\n",
		  findings->warnings);
}

static bool check_table(struct session *session, const struct answer *answer, const char *name,
			struct error *err)
{
	AUTO_FREE char *document = NULL;
	AUTO_PROBLEMS struct problems findings = {0};
	AUTO_TEXT struct text out = text_with_limit(FINDINGS_BYTES);
	struct import_counts counts = {0};
	size_t len = 0;
	const struct intake intake = {
		.apply = {.ledger = answer->ledger,
			  .catalogue = answer->catalogue,
			  .zone = answer->zone,
			  .now = session->now,
			  .actor = "lint"},
		.config = session->config,
		.at_any_time = true,
	};
	if (!read_table(name, &document, &len, err))
		return false;
	/* A large table is staged in a transaction of its own. */
	ledger_end_read(answer->ledger);
	bool done =
		import_check(&intake, name, (struct span){document, len}, &counts, &findings, err);
	if (!done && findings.errors == 0)
		return false;
	if (!done)
		*err = (struct error){0};
	session->status = error_exit_status(done ? ERROR_NONE : ERROR_REFUSED);
	problems_print(&findings, &out);
	say_counts(&out, name, &counts, &findings);
	return text_ok(&out, "the findings", err) && session_say(session, text_span(&out), err);
}

bool lint_run(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_REPORT struct report *report = NULL;
	const char *name = session_argument(session, 0);
	const struct warnings_filter all = {0};
	if (!answer_open(session, &answer, err))
		return false;
	if (name != NULL)
		return check_table(session, &answer, name, err);
	return query_warnings(&answer.query, &all, &report, err) &&
	       answer_print(session, &answer, report, err);
}
