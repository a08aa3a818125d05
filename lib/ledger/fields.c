/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/fields.h"

#include "base/number.h"
#include "obs/day.h"

typedef void bind_fn(struct sql *sql, const void *member, const struct field *field);
typedef void read_fn(struct sql *sql, void *member, const struct field *field);
typedef void put_fn(sqlite3_context *to, const void *member, const struct field *field);
typedef bool equal_fn(const void *a, const void *b, const struct field *field);

#define GET(type, member) (*(type const *)(member))
#define PUT(type, member, from) (*(type *)(member) = (from))

static void bind_array(struct sql *sql, const void *member, const struct field *field)
{
	(void)field;
	sql_bind_text(sql, member);
}

static void bind_array_or(struct sql *sql, const void *member, const struct field *field)
{
	(void)field;
	sql_bind_text_or_null(sql, member);
}

static void read_array(struct sql *sql, void *member, const struct field *field)
{
	sql_read_text_into(sql, member, field->size);
}

static void bind_owned(struct sql *sql, const void *member, const struct field *field)
{
	(void)field;
	sql_bind_text(sql, GET(char *, member));
}

static void read_owned(struct sql *sql, void *member, const struct field *field)
{
	char *copy = span_dup(span_of(sql_read_text(sql)));

	(void)field;
	if (copy == NULL)
		sql->status = SQLITE_NOMEM;
	PUT(char *, member, copy);
}

static void bind_borrowed(struct sql *sql, const void *member, const struct field *field)
{
	(void)field;
	sql_bind_text_or_null(sql, GET(const char *, member));
}

static void read_borrowed(struct sql *sql, void *member, const struct field *field)
{
	(void)field;
	PUT(const char *, member, sql_read_text(sql));
}

static void bind_int64(struct sql *sql, const void *member, const struct field *field)
{
	(void)field;
	sql_bind_int(sql, GET(int64_t, member));
}

static void bind_id_or(struct sql *sql, const void *member, const struct field *field)
{
	(void)field;
	if (GET(int64_t, member) == 0)
		sql_bind_null(sql);
	else
		sql_bind_int(sql, GET(int64_t, member));
}

static void read_int64(struct sql *sql, void *member, const struct field *field)
{
	(void)field;
	PUT(int64_t, member, sql_read_int(sql));
}

static void bind_int32(struct sql *sql, const void *member, const struct field *field)
{
	(void)field;
	sql_bind_int(sql, GET(int32_t, member));
}

static void read_int32(struct sql *sql, void *member, const struct field *field)
{
	(void)field;
	PUT(int32_t, member, (int32_t)sql_read_int(sql));
}

const char *field_letter(int letter)
{
	/* Constants, because what is bound must stay until the statement is done. */
	static const char letters[] = "~\0<\0>\0A\0P\0E\0F\0M\0W\0S\0Q\0D";

	for (size_t i = 0; i < sizeof letters; i += 2)
		if (letters[i] == letter)
			return &letters[i];
	return "";
}

static void bind_letter(struct sql *sql, const void *member, const struct field *field)
{
	(void)field;
	sql_bind_text(sql, field_letter(GET(int, member)));
}

static void read_letter(struct sql *sql, void *member, const struct field *field)
{
	(void)field;
	PUT(int, member, (unsigned char)sql_read_text(sql)[0]);
}

static void bind_bool(struct sql *sql, const void *member, const struct field *field)
{
	(void)field;
	sql_bind_int(sql, GET(bool, member));
}

static void read_bool(struct sql *sql, void *member, const struct field *field)
{
	(void)field;
	PUT(bool, member, sql_read_int(sql) != 0);
}

static void bind_day(struct sql *sql, const void *member, const struct field *field)
{
	(void)field;
	if (GET(int32_t, member) == DAY_NONE)
		sql_bind_null(sql);
	else
		sql_bind_int(sql, GET(int32_t, member));
}

static void read_day(struct sql *sql, void *member, const struct field *field)
{
	bool is_set;
	double day = sql_read_real(sql, &is_set);

	(void)field;
	PUT(int32_t, member, is_set ? (int32_t)day : DAY_NONE);
}

static void bind_real(struct sql *sql, const void *member, const struct field *field)
{
	(void)field;
	sql_bind_real(sql, true, GET(double, member));
}

static void read_real(struct sql *sql, void *member, const struct field *field)
{
	bool is_set;

	(void)field;
	PUT(double, member, sql_read_real(sql, &is_set));
}

static void bind_real_or(struct sql *sql, const void *member, const struct field *field)
{
	const char *record = (const char *)member - field->offset;

	sql_bind_real(sql, GET(bool, record + field->size), GET(double, member));
}

static void read_real_or(struct sql *sql, void *member, const struct field *field)
{
	char *record = (char *)member - field->offset;
	bool is_set;

	PUT(double, member, sql_read_real(sql, &is_set));
	PUT(bool, record + field->size, is_set);
}

static void bind_hash(struct sql *sql, const void *member, const struct field *field)
{
	(void)field;
	sql_bind_hash(sql, (const struct sha256 *)member);
}

static void read_hash(struct sql *sql, void *member, const struct field *field)
{
	(void)field;
	PUT(struct sha256, member, sql_read_hash(sql));
}

static bool equal_text(const void *a, const void *b, const struct field *field)
{
	(void)field;
	return strcmp(a, b) == 0;
}

static bool equal_int64(const void *a, const void *b, const struct field *field)
{
	(void)field;
	return GET(int64_t, a) == GET(int64_t, b);
}

static bool equal_int32(const void *a, const void *b, const struct field *field)
{
	(void)field;
	return GET(int32_t, a) == GET(int32_t, b);
}

static bool equal_bool(const void *a, const void *b, const struct field *field)
{
	(void)field;
	return GET(bool, a) == GET(bool, b);
}

static bool equal_real_or(const void *a, const void *b, const struct field *field)
{
	bool has_a = GET(bool, (const char *)a - field->offset + field->size);
	bool has_b = GET(bool, (const char *)b - field->offset + field->size);

	return has_a == has_b && (!has_a || number_equal(GET(double, a), GET(double, b)));
}

static void put_array(sqlite3_context *to, const void *member, const struct field *field)
{
	(void)field;
	sqlite3_result_text(to, member, -1, SQLITE_STATIC);
}

static void put_array_or(sqlite3_context *to, const void *member, const struct field *field)
{
	if (GET(char, member) != '\0')
		put_array(to, member, field);
}

static void put_owned(sqlite3_context *to, const void *member, const struct field *field)
{
	const char *text = GET(char *, member);

	(void)field;
	sqlite3_result_text(to, text != NULL ? text : "", -1, SQLITE_STATIC);
}

static void put_int32(sqlite3_context *to, const void *member, const struct field *field)
{
	(void)field;
	sqlite3_result_int(to, GET(int32_t, member));
}

static void put_letter(sqlite3_context *to, const void *member, const struct field *field)
{
	(void)field;
	sqlite3_result_text(to, field_letter(GET(int, member)), -1, SQLITE_STATIC);
}

static void put_bool(sqlite3_context *to, const void *member, const struct field *field)
{
	(void)field;
	sqlite3_result_int(to, GET(bool, member));
}

static void put_day(sqlite3_context *to, const void *member, const struct field *field)
{
	if (GET(int32_t, member) != DAY_NONE)
		put_int32(to, member, field);
}

static void put_real(sqlite3_context *to, const void *member, const struct field *field)
{
	(void)field;
	sqlite3_result_double(to, number_round15(GET(double, member)));
}

static void put_real_or(sqlite3_context *to, const void *member, const struct field *field)
{
	const char *record = (const char *)member - field->offset;

	if (GET(bool, record + field->size))
		put_real(to, member, field);
}

static const struct field_way {
	bind_fn *bind;
	read_fn *read;
	equal_fn *equal; /* NULL: not compared */
	put_fn *put;	 /* NULL: never a column of rows in memory */
} ways[] = {
	[FIELD_ARRAY] = {bind_array, read_array, equal_text, put_array},
	[FIELD_ARRAY_OR] = {bind_array_or, read_array, equal_text, put_array_or},
	[FIELD_OWNED] = {bind_owned, read_owned, NULL, put_owned},
	[FIELD_BORROWED] = {bind_borrowed, read_borrowed, NULL, NULL},
	[FIELD_INT64] = {bind_int64, read_int64, equal_int64, NULL},
	[FIELD_ID_OR] = {bind_id_or, read_int64, equal_int64, NULL},
	[FIELD_INT32] = {bind_int32, read_int32, equal_int32, put_int32},
	[FIELD_INT] = {bind_int32, read_int32, equal_int32, put_int32},
	[FIELD_LETTER] = {bind_letter, read_letter, equal_int32, put_letter},
	[FIELD_BOOL] = {bind_bool, read_bool, equal_bool, put_bool},
	[FIELD_DAY] = {bind_day, read_day, equal_int32, put_day},
	[FIELD_REAL] = {bind_real, read_real, NULL, put_real},
	[FIELD_REAL_OR] = {bind_real_or, read_real_or, equal_real_or, put_real_or},
	[FIELD_HASH] = {bind_hash, read_hash, NULL, NULL},
};

void fields_bind(struct sql *sql, const struct field *fields, size_t count, const void *record)
{
	for (size_t i = 0; i < count; i++)
		ways[fields[i].kind].bind(sql, (const char *)record + fields[i].offset, &fields[i]);
}

void fields_put(sqlite3_context *to, const struct field *field, const void *record)
{
	ways[field->kind].put(to, (const char *)record + field->offset, field);
}

void fields_read(struct sql *sql, const struct field *fields, size_t count, void *record)
{
	for (size_t i = 0; i < count; i++)
		ways[fields[i].kind].read(sql, (char *)record + fields[i].offset, &fields[i]);
}

bool fields_equal(const struct field *fields, size_t count, const void *a, const void *b)
{
	for (size_t i = 0; i < count; i++) {
		equal_fn *equal = ways[fields[i].kind].equal;
		size_t at = fields[i].offset;
		if (equal != NULL && !equal((const char *)a + at, (const char *)b + at, &fields[i]))
			return false;
	}
	return true;
}
