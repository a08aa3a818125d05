/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/unicode.h"

void fuzz_must(bool holds, const char *what)
{
	if (holds)
		return;
	(void)fprintf(stderr, "fuzz: not so: %s\n", what);
	abort();
}

void fuzz_must_be_text(struct span text, const char *what)
{
	size_t at;
	fuzz_must(text.len == 0 || (text.start != NULL && unicode_valid(text, &at)), what);
}

void fuzz_must_be_told(const struct error *err)
{
	fuzz_must(err->code != ERROR_NONE, "a failure has a code");
	fuzz_must(memchr(err->text, '\0', sizeof err->text) != NULL, "an error's text ends");
	fuzz_must(err->text[0] != '\0', "a failure is told");
	fuzz_must_be_text(span_of(err->text), "an error is UTF-8");
}

uint8_t fuzz_take_byte(struct span *input)
{
	if (input->len == 0)
		return 0;
	input->len--;
	return (uint8_t)*input->start++;
}

char *fuzz_copy(struct span text)
{
	char *copy = malloc(text.len > 0 ? text.len : 1);
	fuzz_must(copy != NULL, "there is memory");
	if (text.len > 0)
		memcpy(copy, text.start, text.len);
	return copy;
}
