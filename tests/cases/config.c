/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: config DIR
 *
 * Each directory below DIR is a case: reading its envgap.conf has to say what its file `expect`
 * has, line by line. */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assess/method.h"
#include "config/setup.h"

enum { SAID_LIMIT_BYTES = 1 << 20 };

static bool read_expected(char **ret)
{
	AUTO(config_files_done) struct config_files files = {0};
	struct span bytes;
	if (!config_files_read(&files, "expect", NULL, &bytes, NULL))
		return false;
	*ret = span_dup(bytes);
	return *ret != NULL;
}

static char *say(void)
{
	AUTO_PROBLEMS struct problems problems = {0};
	AUTO_SETUP struct setup *setup = NULL;
	struct error err = {0};
	AUTO_TEXT struct text said = text_with_limit(SAID_LIMIT_BYTES);
	const struct setup_source source = {.path = "envgap.conf", .method_at = method_name_at};
	bool ok = setup_load(&source, &setup, &problems, &err);
	problems_print_all(&problems, &said);
	if (ok != (problems.errors == 0))
		text_addf(&said, "%s\n", ok ? "taken all the same" : err.text);
	return said.len > 0 ? text_take(&said) : span_dup(span_of(""));
}

static bool run_case(const char *name)
{
	AUTO_FREE char *expected = NULL;
	if (!read_expected(&expected)) {
		printf("not ok %s: it has no file 'expect'\n", name);
		return false;
	}
	AUTO_FREE char *said = say();
	if (said == NULL) {
		printf("not ok %s: no memory\n", name);
		return false;
	}
	if (strcmp(said, expected) == 0) {
		printf("ok %s\n", name);
		return true;
	}
	printf("# expected\n%s# said\n%s", expected, said);
	printf("not ok %s: says something else\n", name);
	return false;
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
	struct dirent **entries = NULL;
	int failed = 0;
	if (argc != 2 || chdir(argv[1]) != 0) {
		fputs("usage: config DIR\n", stderr);
		return 2;
	}
	int count = scandir(".", &entries, is_visible, alphasort);
	for (int i = 0; i < count; i++) {
		bool is_there = chdir(entries[i]->d_name) == 0;
		failed += !is_there || !run_case(entries[i]->d_name);
		if (is_there && chdir("..") != 0)
			return 2;
		free(entries[i]);
	}
	free(entries);
	printf("%d passed, %d failed\n", count - failed, failed);
	return failed > 0 || count < 1;
}
