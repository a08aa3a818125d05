/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Arithmetic as one writes it down: a name, the numbers in the formula, the result.  Numbers have
 * ten digits, so that whoever goes on with a printed result comes to the printed end. */

#include "assess/measure.h"
#include "query/query.h"

enum { WORKING_DIGITS = 10, WORKING_STEP_BYTES = 1 << 15 };

struct working {
	const struct query *query;
	struct report *report;
	struct report_table *table; /* method, name, expression, result: for machines */
	const char *method;	    /* of the steps that follow; "" before any */
};

/* The table "steps". */
void working_open(struct working *working, const struct query *query, struct report *report);

/* A number with WORKING_DIGITS digits and a decimal point, whatever the language: appends. */
void working_number(struct text *out, double value);

/* A format in which {} takes the next number: "({} - {}) / {}".  Negative ones are put in brackets.
 * Appends. */
void working_fill(struct text *out, const char *pattern, const double *numbers, size_t count);

/* Print "  name = expression = result"; without an expression "  name = result".  The result is
 * unset: nothing is printed. */
void working_step(const struct working *working, const char *name, const struct text *expression,
		  struct measure result);

/* The same with a pattern. */
#define working_add(working, name, result, pattern, ...)                                           \
	working_put((working), (name), (result), (pattern), (const double[]){__VA_ARGS__},         \
		    COUNT_OF(((const double[]){__VA_ARGS__})))
void working_put(const struct working *working, const char *name, struct measure result,
		 const char *pattern, const double *numbers, size_t count);

/* Print "  name = value; name = value". */
void working_let(const struct working *working, const char *const *names, const double *values,
		 size_t count);
