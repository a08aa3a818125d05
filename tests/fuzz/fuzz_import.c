/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/fuzz/desk.h"

#include "intake/import.h"
#include "tests/fuzz/fuzz.h"

/* Tables of figures, as `envgap import` takes them: all of their rows come in, or none and why. */

enum { SAID_BYTES = 1 << 20 };

static void check_findings(const struct problems *findings)
{
	AUTO_TEXT struct text said = text_with_limit(SAID_BYTES);
	problems_print(findings, &said);
	fuzz_must_be_text(text_span(&said), "what is said is a text");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct desk_world *world = fuzz_desk();
	AUTO_PROBLEMS struct problems findings = {0};
	struct import_counts counts = {0};
	AUTO_FREE char *table = fuzz_copy((struct span){(const char *)data, size});
	int64_t before = desk_world_rows(world);
	bool ok = import_table(&world->intake, "t.csv", (struct span){table, size}, &counts,
			       &findings, &world->err);
	check_findings(&findings);
	fuzz_must(desk_world_rows(world) == before + (int64_t)counts.appended,
		  "the log has what was appended");
	fuzz_must(ok ? counts.appended + counts.unchanged == counts.rows : counts.rows == 0,
		  "every row was appended or known, or none was");
	if (ok)
		desk_world_apply(world);
	else
		fuzz_must_be_told(&world->err);
	return 0;
}
