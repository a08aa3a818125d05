/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/mo.h"
#include "base/sentence.h"
#include "base/tongue.h"
#include "tests/fuzz/fuzz.h"

/* A format in the first line, held against the rest; then all of it as a table of messages. */

enum { OUT_BYTES = 1 << 20 };

static void write_value(void *self, struct span value, struct text *out)
{
	(void)self;
	text_add(out, value.start, value.len);
}

/* What was read off a text makes that text again.  Our ids have no numbers of values. */
static void read_sentence(const char *format, struct span said)
{
	struct sentence_values values;
	AUTO_TEXT struct text again = text_with_limit(OUT_BYTES);
	if (strchr(format, '$') != NULL || !sentence_match(format, said, &values))
		return;
	sentence_fill(format, &values, write_value, NULL, &again);
	if (said.len > again.len && said.start[said.len - 1] == '\n')
		said.len--;
	fuzz_must(span_equal(text_span(&again), said), "what was read off makes the text again");
}

static void read_table(struct span bytes)
{
	struct tongue *tongue = NULL;
	struct error err = {0};
	AUTO_TEXT struct text out = text_with_limit(OUT_BYTES);
	if (!tongue_new(bytes, &tongue, &err)) {
		fuzz_must_be_told(&err);
		return;
	}
	tongue_say(tongue, bytes, &out);
	tongue_free(tongue);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = {(const char *)data, size};
	AUTO_FREE char *copy = fuzz_copy(input);
	struct span rest = {copy, size};
	struct span line = span_cut(&rest, '\n');
	AUTO_FREE char *format = span_dup(line);
	if (format == NULL)
		return 0;
	read_sentence(format, rest);
	read_table((struct span){copy, size});
	return 0;
}
