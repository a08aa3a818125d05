/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What all fuzzers have in common.  A harness is fuzz_NAME.c; libFuzzer calls it with bytes, again
 * and again, and it ends with abort() when something is not as it has to be. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Called by libFuzzer. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Say what is not so and abort. */
void fuzz_must(bool holds, const char *what);

/* Is it a text that can be shown: what it says it is long, UTF-8 without NUL? */
void fuzz_must_be_text(struct span text, const char *what);

/* Is a failure told, and as it has to be: a code, a text, no full stop at its end? */
void fuzz_must_be_told(const struct error *err);

/* The next byte of an input; 0 when there is none left. */
uint8_t fuzz_take_byte(struct span *input);

/* A copy of exactly that size, so that a read behind its end is seen; never NULL.  For the caller
 * to free. */
char *fuzz_copy(struct span text);
