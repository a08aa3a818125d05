/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/tables.h"
#include "tests/fuzz/fuzz.h"

/* Tables of the catalogue; the first byte of an input chooses which. */

enum { SAID_BYTES = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = {(const char *)data, size};
	const struct table *table = &config_tables[fuzz_take_byte(&input) % TABLE_COUNT];
	AUTO_PROBLEMS struct problems problems = {0};
	AUTO_TEXT struct text said = text_with_limit(SAID_BYTES);
	AUTO_FREE char *document = fuzz_copy(input);
	struct table_rows rows = {0};
	struct error err = {0};
	bool ok = table_read(table, (struct span){document, input.len}, table->name, &problems,
			     &rows, &err);
	if (!ok)
		fuzz_must_be_told(&err);
	problems_print(&problems, &said);
	fuzz_must_be_text(text_span(&said), "what is said is a text");
	for (size_t i = 0; i < rows.count; i++)
		fuzz_must(!rows.bad[i] || problems.errors > 0, "a bad row is named");
	table_rows_free(table, &rows);
	return 0;
}
