/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/method_check.h"

#include <string.h>

#include "base/unicode.h"

enum { METHODS_MAX = 64, LIST_BYTES = METHODS_MAX * ID_BYTES };

struct known {
	const char *names[METHODS_MAX];
	size_t count;
};

static bool is_known(const struct known *known, const char *name)
{
	for (size_t i = 0; i < known->count; i++) {
		if (strcmp(known->names[i], name) == 0)
			return true;
	}
	return name[0] == '\0';
}

static void name_problem(const struct known *known, const struct target *target, const char *file,
			 struct problems *problems)
{
	AUTO_TEXT struct text list = text_with_limit(LIST_BYTES);
	const char *nearest = unicode_nearest(span_of(target->method), known->names, known->count);
	if (nearest != NULL) {
		problem_add(problems, PROBLEM_ERROR, file, target->line,
			    "target '%s': there is no method '%s'; did you mean '%s'?", target->id,
			    target->method, nearest);
		return;
	}
	for (size_t i = 0; i < known->count; i++)
		text_addf(&list, "%s%s", i > 0 ? ", " : "", known->names[i]);
	problem_add(problems, PROBLEM_ERROR, file, target->line,
		    "target '%s': there is no method '%s'; the methods are %s", target->id,
		    target->method, list.data != NULL ? list.data : "-");
}

void method_check(const struct catalogue *catalogue, const char *(*method_at)(size_t index),
		  const char *file, struct problems *problems)
{
	struct known known = {.count = 0};
	while (known.count < METHODS_MAX && method_at(known.count) != NULL) {
		known.names[known.count] = method_at(known.count);
		known.count++;
	}
	for (size_t i = 0; i < catalogue->target_count; i++) {
		const struct target *target = &catalogue->targets[i];
		if (!is_known(&known, target->method))
			name_problem(&known, target, file, problems);
	}
}
