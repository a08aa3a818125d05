/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: how the members of a struct are bound to and read from the columns of a
 * statement, as a table in the order of the columns. */

#include "ledger/sql.h"

enum field_kind {
	FIELD_ARRAY,	/* char[size]; never NULL in the table */
	FIELD_ARRAY_OR, /* char[size]; "" is NULL in the table */
	FIELD_OWNED,	/* char *; read into new memory */
	FIELD_BORROWED, /* const char *; "" and NULL are NULL in the table, read as "" */
	FIELD_INT64,
	FIELD_ID_OR, /* int64_t; 0 is NULL in the table */
	FIELD_INT32,
	FIELD_INT,    /* int or an enum */
	FIELD_LETTER, /* an enum of letters; 0 is "" */
	FIELD_BOOL,
	FIELD_DAY,     /* int32_t; DAY_NONE is NULL in the table */
	FIELD_REAL,    /* double */
	FIELD_REAL_OR, /* double; `size` is the offset of the bool that says whether it is set */
	FIELD_HASH,    /* struct sha256 */
};

struct field {
	enum field_kind kind;
	size_t offset;
	size_t size;
};

#define FIELD(kind, type, member)                                                                  \
	{                                                                                          \
		FIELD_##kind, offsetof(type, member), 0                                            \
	}
#define FIELD_CHARS(kind, type, member)                                                            \
	{                                                                                          \
		FIELD_##kind, offsetof(type, member), sizeof(((type *)0)->member)                  \
	}
#define FIELD_IF(type, flag, member)                                                               \
	{                                                                                          \
		FIELD_REAL_OR, offsetof(type, member), offsetof(type, flag)                        \
	}

/* Bind all members as the next parameters; read the next columns into all members. */
void fields_bind(struct sql *sql, const struct field *fields, size_t count, const void *record);
void fields_read(struct sql *sql, const struct field *fields, size_t count, void *record);

/* Give one member as the column of a row in memory.  Not for BORROWED, INT64, ID_OR and HASH. */
void fields_put(sqlite3_context *to, const struct field *field, const void *record);

/* Do two records say the same in these members?  Arrays, whole numbers, days, and numbers at 15
 * digits; other kinds are not looked at. */
bool fields_equal(const struct field *fields, size_t count, const void *a, const void *b);

/* The text of a FIELD_LETTER; a constant. */
const char *field_letter(int letter);
