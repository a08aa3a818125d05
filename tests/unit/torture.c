/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/torture.h"

#include <jansson.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* Linked with --wrap: what is called malloc in the project's code ends here. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t len);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t len);

/* Says under the sanitizers which allocation it was. */
void __sanitizer_print_stack_trace(void) __attribute__((weak));

/* Which allocation fails next. */
static struct {
	bool is_on, is_shown;
	enum torture_whose whose;
	bool only_one; /* those after it succeed */
	long left;     /* so many still succeed */
	long failed;
	long broken; /* runs that went wrong */
} fate;

enum { BROKEN_MAX = 10 };

static bool fails(enum torture_whose whose)
{
	if (!fate.is_on || fate.whose != whose)
		return false;
	if (fate.left > 0) {
		fate.left--;
		return false;
	}
	if (fate.only_one && fate.failed > 0)
		return false;
	fate.failed++;
	if (fate.is_shown && fate.failed == 1 && __sanitizer_print_stack_trace != NULL)
		__sanitizer_print_stack_trace();
	return true;
}

void *__wrap_malloc(size_t size)
{
	return fails(TORTURE_OURS) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fails(TORTURE_OURS) ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return fails(TORTURE_OURS) ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
	return fails(TORTURE_OURS) ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t len)
{
	return fails(TORTURE_OURS) ? NULL : __real_strndup(text, len);
}

/* -- the libraries -- */

static sqlite3_mem_methods sqlite_own;

static void *sqlite_malloc(int size)
{
	return fails(TORTURE_LIBRARIES) ? NULL : sqlite_own.xMalloc(size);
}

static void *sqlite_realloc(void *old, int size)
{
	return fails(TORTURE_LIBRARIES) ? NULL : sqlite_own.xRealloc(old, size);
}

static void *jansson_malloc(size_t size)
{
	return fails(TORTURE_LIBRARIES) ? NULL : __real_malloc(size);
}

void torture_prepare(void)
{
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite_own), SQLITE_OK);
	sqlite3_mem_methods methods = sqlite_own;
	methods.xMalloc = sqlite_malloc;
	methods.xRealloc = sqlite_realloc;
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
	json_set_alloc_funcs(jansson_malloc, free);
}

int torture_set_up(void **state)
{
	(void)state;
	torture_prepare();
	return 0;
}

/* -- the runs -- */

static bool run(const struct torture *torture, long survived, bool only_one, struct error *err)
{
	fate.whose = torture->whose;
	fate.only_one = only_one;
	fate.left = survived;
	fate.failed = 0;
	fate.is_on = true;
	bool done = torture->run(torture->self, err);
	fate.is_on = false;
	if (torture->settle != NULL)
		torture->settle(torture->self, done);
	return done;
}

/* Run it once; false: it got through without any allocation failing. */
static bool run_once(const struct torture *torture, long survived, bool only_one)
{
	struct error err = {0};
	bool done = run(torture, survived, only_one, &err);
	bool has_failed = fate.failed > 0;
	bool may_go_unnoticed = torture->copes || (torture->whose == TORTURE_LIBRARIES && only_one);
	enum error_code wanted =
		!has_failed || (done && may_go_unnoticed) ? ERROR_NONE : ERROR_MEMORY;
	if (err.code == wanted && done == (wanted == ERROR_NONE))
		return has_failed;
	fate.is_shown = true;
	(void)run(torture, survived, only_one, NULL);
	fate.is_shown = false;
	print_error("%s, allocation %ld%s: %s, code %d: %s\n", torture->what, survived,
		    only_one ? " only" : "", done ? "done" : "failed", (int)err.code, err.text);
	fate.broken++;
	return has_failed;
}

/* How many allocations a run makes that goes well. */
static long count_allocations(const struct torture *torture)
{
	const long plenty = 1000000000;
	(void)run_once(torture, plenty, false);
	return plenty - fate.left;
}

void torture(const struct torture *torture)
{
	fate.broken = 0;
	long count = count_allocations(torture);
	long step =
		torture->runs_max > 0 && count > torture->runs_max ? count / torture->runs_max : 1;
	for (long survived = 0; survived < count && fate.broken < BROKEN_MAX; survived += step) {
		(void)run_once(torture, survived, false);
		(void)run_once(torture, survived, true);
	}
	if (fate.broken > 0)
		fail_msg("%s: went wrong %ld times", torture->what, fate.broken);
	print_message("%s: %ld allocations of %s\n", torture->what, count,
		      torture->whose == TORTURE_OURS ? "ours" : "libraries");
}
