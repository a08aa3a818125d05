/* SPDX-License-Identifier: GPL-3.0-or-later */

/* usage: feeds [PATH]
 *
 * Run the feed cases: every file *.test (envgap-test(5)) at or below PATH (default tests/feeds).
 * `envgap test` runs the same files; here their documents come in small pieces, too. */

#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/scratch.h"
#include "trial/trial.h"

static int compare_names(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool is_case(const FTSENT *entry)
{
	const char *end = strrchr(entry->fts_name, '.');
	return entry->fts_info == FTS_F && end != NULL && strcmp(end, ".test") == 0;
}

static bool run_once(const struct trial *trial, size_t piece_bytes)
{
	char scratch[SCRATCH_BYTES] = "";
	struct error err = {0};
	AUTO_TRIAL_FINDINGS struct trial_findings findings = {0};
	bool done = (trial->catalogue == NULL || scratch_make(scratch, &err));
	const struct trial_how how = {
		.now = (int64_t)time(NULL), .scratch = scratch, .piece_bytes = piece_bytes};
	done = done && trial_run(trial, &how, &findings, &err);
	scratch_remove(scratch);
	bool ok = done && findings.count == 0;
	if (!ok && piece_bytes > 0)
		printf("# in pieces of %zu bytes\n", piece_bytes);
	if (!done)
		printf("# %s\n", err.text);
	else if (!ok)
		printf("# %.*s", SPAN_ARGS(text_span(&findings.text)));
	return ok;
}

static bool run_file(const char *path)
{
	static const size_t piece_sizes[] = {0, 1, 7, 4096};
	AUTO_TRIAL struct trial *trial = NULL;
	struct error err = {0};
	bool ok = trial_read(path, NULL, &trial, &err);
	for (size_t i = 0; ok && i < COUNT_OF(piece_sizes); i++)
		ok = run_once(trial, piece_sizes[i]);
	printf("%s %s%s%s\n", ok ? "ok" : "not ok", path, err.text[0] ? ": " : "", err.text);
	return ok;
}

int main(int argc, char **argv)
{
	char standard[] = "tests/feeds";
	char *roots[] = {argc > 1 ? argv[1] : standard, NULL};
	int passed = 0;
	int failed = 0;
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, compare_names);
	for (FTSENT *entry; tree != NULL && (entry = fts_read(tree)) != NULL;) {
		if (!is_case(entry))
			continue;
		bool ok = run_file(entry->fts_path);
		failed += !ok;
		passed += ok;
	}
	if (tree != NULL)
		fts_close(tree);
	printf("%d passed, %d failed\n", passed, failed);
	return failed > 0 || passed == 0;
}
