/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What "envgap init" writes: a configuration and tables with an example in each. */

#include <stddef.h>

struct init_file {
	const char *name; /* below the directory */
	const char *text; /* in English; its translation is the file in another language */
};

/* The i-th file; NULL behind the last. */
const struct init_file *init_file_at(size_t index);
