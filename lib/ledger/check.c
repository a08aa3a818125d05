/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/check.h"

#include "ledger/archive.h"
#include "ledger/log_guard.h"
#include "ledger/sql.h"
#include "ledger/transfer.h"

static const char QUICK_CHECK[] = "PRAGMA quick_check(20)";
static const char FOREIGN_KEYS[] = "PRAGMA foreign_key_check";
static const char GUARD_THERE[] = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"
				  " AND tbl_name = ?1 AND name IN (?1 || '_no_update',"
				  " ?1 || '_no_delete', ?1 || '_no_repeat')";
static const char SEQ_GAPS[] = "SELECT coalesce(max(seq), 0) - count(*) FROM observation";
static const char EVENT_GAPS[] = "SELECT coalesce(max(event_id), 0) - count(*) FROM event";
static const char STANDING_LOST[] =
	"SELECT count(*) FROM standing t WHERE NOT EXISTS"
	" (SELECT 1 FROM observation o WHERE o.seq = t.seq AND o.series_id = t.series_id)";

enum { GUARDS_OF_A_TABLE = 3, DOCUMENT_BYTES_MAX = 256 << 20, NAME_BYTES = 256 };

static bool check_pages(struct ledger *ledger, struct problems *findings, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, QUICK_CHECK);

	while (sql_next(&sql)) {
		const char *text = sql_read_text(&sql);
		if (strcmp(text, "ok") != 0)
			problem_add(findings, PROBLEM_ERROR, "ledger.db", 0, "%s", text);
	}
	return sql_ok(&sql, err);
}

static bool check_references(struct ledger *ledger, struct problems *findings, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, FOREIGN_KEYS);

	while (sql_next(&sql)) {
		const char *table = sql_read_text(&sql);
		problem_add(findings, PROBLEM_ERROR, "ledger.db", 0,
			    "row %lld of table '%s' refers to nothing",
			    (long long)sql_read_int(&sql), table);
	}
	return sql_ok(&sql, err);
}

static bool check_guards(struct ledger *ledger, struct problems *findings, struct error *err)
{
	for (size_t i = 0; i < LOG_GUARD_TABLE_COUNT; i++) {
		AUTO_SQL struct sql sql = sql_use(ledger, GUARD_THERE);
		sql_bind_text(&sql, LOG_GUARD_TABLES[i]);
		int64_t count = sql_next(&sql) ? sql_read_int(&sql) : 0;
		if (!sql_ok(&sql, err))
			return false;
		if (count != GUARDS_OF_A_TABLE)
			problem_add(findings, PROBLEM_ERROR, "ledger.db", 0,
				    "table '%s' has lost a guard against change",
				    LOG_GUARD_TABLES[i]);
	}
	return true;
}

/* Rows of the log are never removed, so that their numbers have no holes, except after a restore
 * of part of a log. */
static bool check_numbers(struct ledger *ledger, struct problems *findings, struct error *err)
{
	static const struct {
		const char *sql;
		enum problem_level level;
		const char *text;
	} counts[] = {
		{SEQ_GAPS, PROBLEM_WARNING, "numbers of the log are missing"},
		{EVENT_GAPS, PROBLEM_WARNING, "numbers of events are missing"},
		{STANDING_LOST, PROBLEM_ERROR, "standing values name a row that is not theirs"},
	};

	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		int64_t count;
		if (!sql_number(ledger, counts[i].sql, &count, err))
			return false;
		if (count != 0)
			problem_add(findings, counts[i].level, "ledger.db", 0, "%lld %s",
				    (long long)count, counts[i].text);
	}
	return true;
}

/* Each page, to its last byte: reading compares the hash. */
static bool read_document(const char *state_dir, const struct sha256 *hash, struct error *err)
{
	AUTO_TEXT struct text bytes = text_with_limit(DOCUMENT_BYTES_MAX);
	AUTO_FREE struct sha256 *pages = NULL;
	size_t count = 0;

	if (!archive_get_pages(state_dir, hash, &pages, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!archive_get(state_dir, &pages[i], &bytes, err))
			return false;
	return true;
}

struct looking {
	struct ledger *ledger;
	struct problems *findings;
};

static void name_document(const struct transfer_document *document, struct text *out)
{
	char hex[SHA256_TEXT_BYTES];
	text_addf(out, "document %s of %s %lld", sha256_print(&document->hash, hex),
		  document->load ? "load" : "delivery",
		  (long long)(document->load ? document->load : document->delivery));
}

/* What cannot be read is a finding; that there is no memory to read it is not. */
static bool check_document(void *self, const struct transfer_document *document, struct error *err)
{
	struct looking *looking = self;
	const char *state_dir = ledger_directory(looking->ledger);
	AUTO_TEXT struct text name = text_with_limit(NAME_BYTES);
	struct error why = {0};

	name_document(document, &name);
	if (!text_ok(&name, "the name of a document", err))
		return false;
	if (!archive_has(state_dir, &document->hash)) {
		problem_add(looking->findings, PROBLEM_ERROR, "archive", 0, "%s is missing",
			    name.data);
		return true;
	}
	if (read_document(state_dir, &document->hash, &why))
		return true;
	if (why.code == ERROR_MEMORY)
		return error_set(err, why.code, "%s", why.text);
	problem_add(looking->findings, PROBLEM_ERROR, "archive", 0, "%s cannot be read: %s",
		    name.data, why.text);
	return true;
}

static bool check_documents(struct ledger *ledger, struct problems *findings, struct error *err)
{
	struct looking looking = {ledger, findings};
	return transfer_each_document(ledger, check_document, &looking, err);
}

bool ledger_check(struct ledger *ledger, struct problems *findings, struct error *err)
{
	return check_pages(ledger, findings, err) && check_references(ledger, findings, err) &&
	       check_guards(ledger, findings, err) && check_numbers(ledger, findings, err) &&
	       check_documents(ledger, findings, err);
}
