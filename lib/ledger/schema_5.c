/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/schema_5.h"

#include <stddef.h>

#define DUTY_TABLES                                                                                \
	"CREATE TABLE office ("                                                                    \
	" office_id TEXT PRIMARY KEY, name TEXT NOT NULL, name_vi TEXT NOT NULL,"                  \
	" valid_from INTEGER, valid_to INTEGER, successor_id TEXT, area_id TEXT,"                  \
	" publisher_id TEXT, contact TEXT NOT NULL, origin TEXT NOT NULL,"                         \
	" line INTEGER NOT NULL) STRICT, WITHOUT ROWID;"                                           \
	"CREATE TABLE duty ("                                                                      \
	" duty_id TEXT PRIMARY KEY, version_of TEXT, title TEXT NOT NULL,"                         \
	" title_vi TEXT NOT NULL, act_id TEXT, deliver INTEGER NOT NULL, area_id TEXT,"            \
	" each_kind TEXT, member_day INTEGER, owner_id TEXT, recipient_id TEXT,"                   \
	" rhythm TEXT NOT NULL, deadline TEXT NOT NULL, grace_days INTEGER NOT NULL,"              \
	" shift INTEGER NOT NULL, valid_from INTEGER, valid_to INTEGER, text TEXT NOT NULL,"       \
	" place TEXT NOT NULL, origin TEXT NOT NULL, line INTEGER NOT NULL) STRICT, WITHOUT "      \
	"ROWID;"                                                                                   \
	"CREATE TABLE duty_indicator ("                                                            \
	" duty_id TEXT NOT NULL REFERENCES duty, rank INTEGER NOT NULL,"                           \
	" indicator_id TEXT NOT NULL, PRIMARY KEY (duty_id, rank)) STRICT, WITHOUT ROWID;"         \
	"CREATE TABLE holiday ("                                                                   \
	" day INTEGER PRIMARY KEY, name TEXT NOT NULL, is_working INTEGER NOT NULL,"               \
	" line INTEGER NOT NULL) STRICT;"

/* Append-only, as the rest of the log: a wrong delivery is withdrawn by a row of its own. */
#define DELIVERY_TABLE                                                                             \
	"CREATE TABLE delivery ("                                                                  \
	" delivery_id INTEGER PRIMARY KEY CHECK (delivery_id > 0),"                                \
	" duty_id TEXT NOT NULL CHECK (duty_id <> ''),"                                            \
	" from_day INTEGER NOT NULL, to_day INTEGER NOT NULL CHECK (to_day > from_day),"           \
	" owner_id TEXT NOT NULL CHECK (owner_id <> ''), day INTEGER NOT NULL,"                    \
	" received INTEGER NOT NULL, actor TEXT NOT NULL CHECK (actor <> ''),"                     \
	" document BLOB, name TEXT, note TEXT, withdraws INTEGER REFERENCES delivery) STRICT;"     \
	"CREATE INDEX delivery_duty ON delivery (duty_id, from_day, to_day);"                      \
	"CREATE INDEX event_duty ON event (duty_id, event_id) WHERE duty_id IS NOT NULL;"          \
	"CREATE TRIGGER delivery_no_update BEFORE UPDATE ON delivery"                              \
	" BEGIN SELECT raise(ABORT, 'the log is append-only: no delivery may be changed'); END;"   \
	"CREATE TRIGGER delivery_no_delete BEFORE DELETE ON delivery"                              \
	" BEGIN SELECT raise(ABORT, 'the log is append-only: no delivery may be removed'); END;"   \
	"CREATE TRIGGER delivery_no_repeat BEFORE INSERT ON delivery"                              \
	" WHEN EXISTS (SELECT 1 FROM delivery WHERE delivery_id = NEW.delivery_id)"                \
	" BEGIN SELECT raise(ABORT, 'the log is append-only: this delivery is there already');"    \
	" END;"

const char *const SCHEMA_STEP_5[] = {DUTY_TABLES, DELIVERY_TABLE, NULL};
