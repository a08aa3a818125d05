/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/test.h"

#include <fts.h>

#include "base/scratch.h"
#include "trial/trial.h"

enum { OUT_BYTES = 4 << 20 };

static const char ending[] = ".test";

struct testing {
	struct session *session;
	size_t passed, failed;
};

static void remove_scratch(char (*path)[SCRATCH_BYTES])
{
	scratch_remove(*path);
}

static bool run_in(const struct testing *testing, const struct trial *trial,
		   struct trial_findings *ret, struct error *err)
{
	AUTO(remove_scratch) char scratch[SCRATCH_BYTES] = "";
	if (trial->catalogue != NULL && !scratch_make(scratch, err))
		return false;
	const struct trial_how how = {.now = testing->session->now, .scratch = scratch};
	return trial_run(trial, &how, ret, err);
}

/* "not ok FILE: 2 differences", and under it a line each. */
static void tell(const char *path, const struct trial_findings *findings, struct text *out)
{
	struct span rest = text_span(&findings->text);
	if (findings->count == 0) {
		text_addf(out, "ok %s\n", path);
		return;
	}
	text_addf(out, "not ok %s: %zu %s\n", path, findings->count,
		  findings->count == 1 ? "difference" : "differences");
	while (rest.len > 0) {
		struct span line = span_cut(&rest, '\n');
		text_addf(out, "  %.*s\n", SPAN_ARGS(line));
	}
}

static bool run_file(struct testing *testing, const char *path, struct error *err)
{
	AUTO_TRIAL struct trial *trial = NULL;
	AUTO_TRIAL_FINDINGS struct trial_findings findings = {0};
	AUTO_TEXT struct text out = text_with_limit(OUT_BYTES);
	if (!trial_read(path, testing->session->path, &trial, err) ||
	    !run_in(testing, trial, &findings, err))
		return error_within(err, "%s", path);
	*(findings.count == 0 ? &testing->passed : &testing->failed) += 1;
	tell(path, &findings, &out);
	return text_ok(&out, "what differs", err) &&
	       session_say(testing->session, text_span(&out), err);
}

static int compare_names(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* A file that was named is run whatever it is called. */
static bool is_wanted(const FTSENT *entry)
{
	const char *end = strrchr(entry->fts_name, '.');
	if (entry->fts_info == FTS_D || entry->fts_info == FTS_DP)
		return false;
	return entry->fts_level == FTS_ROOTLEVEL || (end != NULL && strcmp(end, ending) == 0);
}

static void close_tree(FTS **tree)
{
	if (*tree != NULL)
		(void)fts_close(*tree);
}

static bool run_path(struct testing *testing, const char *path, struct error *err)
{
	AUTO_FREE char *root = span_dup(span_of(path));
	char *roots[] = {root, NULL};
	if (root == NULL)
		return error_memory(err);
	AUTO(close_tree)
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, compare_names);
	if (tree == NULL)
		return error_errno(err, "%s", path);
	for (FTSENT *entry = fts_read(tree); entry != NULL; entry = fts_read(tree))
		if (is_wanted(entry) && !run_file(testing, entry->fts_path, err))
			return false;
	return true;
}

bool test_run(struct session *session, struct error *err)
{
	struct testing testing = {.session = session};
	AUTO_TEXT struct text out = text_with_limit(OUT_BYTES);
	if (!session_find_config(session, err))
		return false;
	for (size_t i = 0; i < session->argument_count; i++)
		if (!run_path(&testing, session_argument(session, i), err))
			return false;
	if (testing.passed + testing.failed == 0)
		return error_set(err, ERROR_INPUT, "test: there is no file *%s below '%s'", ending,
				 session_argument(session, 0));
	text_addf(&out, "%zu passed, %zu failed\n", testing.passed, testing.failed);
	session->status = testing.failed > 0;
	return session_say(session, text_span(&out), err);
}
