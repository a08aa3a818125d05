/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the library gives for a row of a case file: a runner for each file by its name. */

#include "tests/unit/vector.h"

enum { OUTCOME_EXTRA_MAX = 8 };

/* What the library gives for a row. */
struct outcome {
	struct measure measure;
	const char *category;
	struct outcome_extra { /* to be held against the keys of `extra` */
		const char *key;
		struct measure value;
	} extra[OUTCOME_EXTRA_MAX];
	size_t extra_count;
	bool six_digits; /* what it is held against has no more */
	bool unknown;	 /* there is nothing in the library for such a row */
};

void outcome_add(struct outcome *out, const char *key, struct measure value);

/* The number, or another where there is none. */
double outcome_number(struct measure measure, double other);

struct outcome_runner {
	const char *file; /* without .csv or .csv.gz */
	void (*run)(const struct vector *row, struct outcome *out);
};

/* Measures, paths and trends, and methods: lists that end with a NULL name. */
extern const struct outcome_runner outcome_evidence_runners[], outcome_method_runners[];
