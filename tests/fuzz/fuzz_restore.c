/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/fuzz/desk.h"

#include "intake/restore.h"
#include "ledger/event.h"
#include "ledger/note.h"
#include "tests/fuzz/fuzz.h"

/* The tables of an export, as `envgap import --restore` takes them, one behind the other with a
 * line "--" between them: all of them come back and can be read, or none and why.  When the first
 * byte is an 'm' the rest is a manifest. */

/* The next table: what stands before the next line "--", or all that is left. */
static struct span next_table(struct span *rest)
{
	struct span table = {rest->start, 0};
	while (rest->len > 0) {
		struct span line = span_cut(rest, '\n');
		if (span_is(line, "--"))
			return table;
		table.len = (size_t)(line.start + line.len - table.start) + (rest->start != NULL);
	}
	return table;
}

static bool take_line(void *self, const struct sha256 *hash, const char *name, struct error *err)
{
	size_t *lines = self;
	(void)hash;
	(void)err;
	fuzz_must(name[0] != '/' && strstr(name, "..") == NULL && strlen(name) < BAG_NAME_BYTES,
		  "a name leads to a file of the export");
	++*lines;
	return true;
}

static void read_manifest(struct span text)
{
	struct error err = {0};
	size_t lines = 0;
	if (!bag_read_manifest(text, take_line, &lines, &err))
		fuzz_must_be_told(&err);
}

static bool take_row(void *self, const char *const *texts, struct error *err)
{
	size_t *rows = self;
	(void)err;
	fuzz_must_be_text(span_of(texts[0]), "a number is a text");
	++*rows;
	return true;
}

static bool take_event(void *self, const struct event *event, struct error *err)
{
	(void)self;
	(void)err;
	fuzz_must_be_text(span_of(event->note), "the note of an event is a text");
	return true;
}

static bool take_note(void *self, const struct note *note, struct error *err)
{
	(void)self;
	(void)err;
	fuzz_must_be_text(span_of(note->cause), "a cause is a text");
	return true;
}

static bool take_log(void *self, const struct log_row *row, struct error *err)
{
	(void)self;
	(void)err;
	fuzz_must_be_text(span_of(row->from.locator), "a place is a text");
	return true;
}

static void read_everything(struct ledger *ledger, const struct restore_counts *counts,
			    const size_t before[TRANSFER_TABLES])
{
	const struct event_filter all = {0};
	struct error err = {0};
	for (int i = 0; i < TRANSFER_TABLES; i++) {
		size_t rows = 0;
		fuzz_must(transfer_each(ledger, (enum transfer_table)i, take_row, &rows, &err),
			  "a table can be exported again");
		fuzz_must(rows == before[i] + counts->rows[i], "every row came back");
	}
	fuzz_must(event_each(ledger, &all, take_event, NULL, &err), "events can be read");
	fuzz_must(note_each(ledger, take_note, NULL, &err), "notes can be read");
	fuzz_must(log_each(ledger, 0, take_log, NULL, &err), "the log can be read");
}

static void restore(const struct restore_tables *tables)
{
	struct desk_world *world = fuzz_desk();
	struct ledger *ledger = world->intake.apply.ledger;
	struct restore_counts counts;
	size_t before[TRANSFER_TABLES] = {0};
	for (int i = 0; i < TRANSFER_TABLES; i++)
		fuzz_must(transfer_each(ledger, (enum transfer_table)i, take_row, &before[i],
					&world->err),
			  "a table can be exported");
	fuzz_must(ledger_begin(ledger, &world->err), "a transaction begins");
	if (restore_tables(&world->intake, "x", tables, &counts, &world->err))
		read_everything(ledger, &counts, before);
	else
		fuzz_must_be_told(&world->err);
	ledger_rollback(ledger);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *copy = fuzz_copy((struct span){(const char *)data, size});
	struct span rest = {copy, size};
	struct restore_tables tables;
	if (size > 0 && copy[0] == 'm') {
		(void)fuzz_take_byte(&rest);
		read_manifest(rest);
		return 0;
	}
	for (int i = 0; i < TRANSFER_TABLES; i++)
		tables.tables[i] = next_table(&rest);
	tables.observations = next_table(&rest);
	restore(&tables);
	return 0;
}
