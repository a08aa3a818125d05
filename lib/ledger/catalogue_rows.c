/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/catalogue_rows.h"

#include "ledger/rows_table.h"

/* As many columns as the widest table has. */
static const char TABLE[] =
	"CREATE TABLE catalogue_rows (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13,"
	" c14, c15, c16, c17, c18, c19, c20, c21, c22)";

static const void *item_of(const struct catalogue_rows *rows, size_t row)
{
	const char *items;

	memcpy(&items, (const char *)rows->catalogue + rows->table->items_at, sizeof items);
	return items + row * rows->table->item_bytes;
}

static size_t count_rows(const struct ledger *ledger)
{
	const struct catalogue_rows *rows = ledger->mirrored;
	size_t count = 0;

	if (rows != NULL)
		memcpy(&count, (const char *)rows->catalogue + rows->table->count_at, sizeof count);
	return count;
}

static void put_column(const struct ledger *ledger, size_t row, int index, sqlite3_context *to)
{
	const struct catalogue_rows *rows = ledger->mirrored;
	const struct catalogue_table *table = rows->table;

	if ((size_t)index < table->field_count)
		fields_put(to, &table->fields[index], item_of(rows, row));
	else if (table->put_rest != NULL)
		table->put_rest(to, rows->catalogue, item_of(rows, row));
}

bool catalogue_rows_register(struct ledger *ledger, struct error *err)
{
	static const struct rows_table table = {"catalogue_rows", TABLE, count_rows, put_column};
	return rows_table_register(ledger, &table, err);
}
