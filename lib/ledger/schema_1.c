/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/schema_1.h"

#include <stddef.h>

#include "ledger/schema_guard.h"

/* Days are civil day numbers (1970-01-01 = 0), intervals half-open; instants are unix seconds in
 * UTC.  Ids of the catalogue are text and never change meaning.  Checks of rows that come by the
 * million are GLOBs: for an IN list SQLite builds a temporary tree in every statement. */

#define LOG_TABLES                                                                                 \
	"CREATE TABLE load ("                                                                      \
	" load_id INTEGER PRIMARY KEY CHECK (load_id > 0),"                                        \
	" kind TEXT NOT NULL"                                                                      \
	"  CHECK (kind IN ('poll', 'import', 'record', 'replay', 'catalogue')),"                   \
	" received INTEGER NOT NULL,"                                                              \
	" actor TEXT NOT NULL CHECK (actor <> ''),"                                                \
	" feed_id TEXT, document BLOB, mapping BLOB) STRICT;"                                      \
	"CREATE INDEX load_feed ON load (feed_id, load_id);"                                       \
	"CREATE INDEX load_kind ON load (kind, load_id);"                                          \
	"CREATE TABLE series ("                                                                    \
	" series_id INTEGER PRIMARY KEY CHECK (series_id > 0),"                                    \
	" indicator_id TEXT NOT NULL CHECK (indicator_id <> ''),"                                  \
	" breakdown TEXT NOT NULL,"                                                                \
	" area_id TEXT NOT NULL CHECK (area_id <> ''),"                                            \
	" UNIQUE (indicator_id, breakdown, area_id)) STRICT;"                                      \
	"CREATE INDEX series_area ON series (area_id);"                                            \
	"CREATE TABLE observation ("                                                               \
	" seq INTEGER PRIMARY KEY CHECK (seq > 0),"                                                \
	" series_id INTEGER NOT NULL REFERENCES series,"                                           \
	" source_id TEXT NOT NULL CHECK (source_id <> ''),"                                        \
	" from_day INTEGER NOT NULL,"                                                              \
	" to_day INTEGER NOT NULL CHECK (to_day > from_day),"                                      \
	" value REAL, decimals INTEGER NOT NULL, num REAL, den REAL,"                              \
	" qualifier TEXT NOT NULL CHECK (qualifier = '' OR qualifier GLOB '[~<>]'),"               \
	" status TEXT NOT NULL CHECK (status GLOB '[APEFMW]'),"                                    \
	" is_break INTEGER NOT NULL CHECK (is_break IN (0, 1)),"                                   \
	" published TEXT,"                                                                         \
	" known_day INTEGER NOT NULL,"                                                             \
	" load_id INTEGER NOT NULL REFERENCES load,"                                               \
	" locator TEXT, raw TEXT, warning TEXT,"                                                   \
	" CHECK ((value IS NULL) = (status GLOB '[MW]'))) STRICT;"                                 \
	"CREATE UNIQUE INDEX observation_vintage ON observation"                                   \
	" (series_id, from_day, to_day, source_id, known_day, seq);"                               \
	"CREATE INDEX observation_load ON observation (load_id);"                                  \
	"CREATE TABLE event ("                                                                     \
	" event_id INTEGER PRIMARY KEY CHECK (event_id > 0), at INTEGER NOT NULL,"                 \
	" kind TEXT NOT NULL CHECK (kind <> ''), actor TEXT NOT NULL CHECK (actor <> ''),"         \
	" target_id TEXT, area_id TEXT, feed_id TEXT, duty_id TEXT,"                               \
	" old_state TEXT, new_state TEXT, reason TEXT, cause TEXT,"                                \
	" seq INTEGER, until_day INTEGER, note TEXT) STRICT;"                                      \
	"CREATE INDEX event_target ON event (target_id, area_id, kind, event_id);"

#define GUARDS                                                                                     \
	GUARD("load", "load_id = NEW.load_id")                                                     \
	GUARD("series", "series_id = NEW.series_id OR (indicator_id = NEW.indicator_id AND "       \
			"breakdown = NEW.breakdown AND area_id = NEW.area_id)")                    \
	GUARD("observation", "seq = NEW.seq")                                                      \
	GUARD("event", "event_id = NEW.event_id")                                                  \
	GUARD("migration", "version = NEW.version")

#define CATALOGUE_TABLES                                                                           \
	"CREATE TABLE source ("                                                                    \
	" source_id TEXT PRIMARY KEY, name TEXT NOT NULL, name_vi TEXT NOT NULL,"                  \
	" licence TEXT NOT NULL, url TEXT NOT NULL, successor_id TEXT,"                            \
	" line INTEGER NOT NULL) STRICT, WITHOUT ROWID;"                                           \
	"CREATE TABLE indicator ("                                                                 \
	" indicator_id TEXT PRIMARY KEY, name TEXT NOT NULL, name_vi TEXT NOT NULL,"               \
	" definition TEXT NOT NULL, formula TEXT NOT NULL, unit TEXT NOT NULL,"                    \
	" direction INTEGER NOT NULL CHECK (direction IN (-1, 0, 1)), low REAL, high REAL,"        \
	" frequency TEXT NOT NULL, release_lag_days INTEGER NOT NULL,"                             \
	" time_basis INTEGER NOT NULL, stand_in_months INTEGER NOT NULL,"                          \
	" decimals INTEGER NOT NULL, line INTEGER NOT NULL) STRICT, WITHOUT ROWID;"                \
	"CREATE TABLE preference ("                                                                \
	" indicator_id TEXT NOT NULL REFERENCES indicator, rank INTEGER NOT NULL,"                 \
	" source_id TEXT NOT NULL, PRIMARY KEY (indicator_id, rank)) STRICT, WITHOUT ROWID;"       \
	"CREATE TABLE area ("                                                                      \
	" area_id TEXT PRIMARY KEY, name TEXT NOT NULL,"                                           \
	" name_vi TEXT NOT NULL, kind TEXT NOT NULL, valid_from INTEGER, valid_to INTEGER,"        \
	" line INTEGER NOT NULL) STRICT, WITHOUT ROWID;"                                           \
	"CREATE TABLE area_code ("                                                                 \
	" position INTEGER PRIMARY KEY, area_id TEXT NOT NULL REFERENCES area, scheme TEXT NOT "   \
	"NULL,"                                                                                    \
	" code TEXT NOT NULL, folded TEXT NOT NULL, valid_from INTEGER, valid_to INTEGER) STRICT;" \
	"CREATE TABLE area_member ("                                                               \
	" position INTEGER PRIMARY KEY, group_id TEXT NOT NULL, area_id TEXT NOT NULL,"            \
	" valid_from INTEGER, valid_to INTEGER, line INTEGER NOT NULL) STRICT;"                    \
	"CREATE TABLE act ("                                                                       \
	" act_id TEXT PRIMARY KEY, number TEXT NOT NULL, title TEXT NOT NULL,"                     \
	" title_vi TEXT NOT NULL,"                                                                 \
	" adopter TEXT NOT NULL, adopted INTEGER, ends INTEGER, superseded_by TEXT,"               \
	" reference INTEGER NOT NULL, line INTEGER NOT NULL) STRICT, WITHOUT ROWID;"               \
	"CREATE TABLE target ("                                                                    \
	" target_id TEXT PRIMARY KEY, act_id TEXT NOT NULL REFERENCES act,"                        \
	" indicator_id TEXT NOT NULL REFERENCES indicator, area_id TEXT NOT NULL,"                 \
	" breakdown TEXT NOT NULL, each_kind TEXT, member_day INTEGER, op INTEGER NOT NULL,"       \
	" value REAL, value_high REAL, tolerance REAL, base_value REAL,"                           \
	" relative INTEGER NOT NULL, decimals INTEGER NOT NULL,"                                   \
	" base_from INTEGER NOT NULL, base_to INTEGER NOT NULL,"                                   \
	" from_day INTEGER NOT NULL, to_day INTEGER NOT NULL, method TEXT,"                        \
	" text TEXT NOT NULL, place TEXT NOT NULL, line INTEGER NOT NULL) STRICT, WITHOUT ROWID;"  \
	"CREATE TABLE milestone ("                                                                 \
	" target_id TEXT NOT NULL REFERENCES target, rank INTEGER NOT NULL,"                       \
	" from_day INTEGER NOT NULL, to_day INTEGER NOT NULL, value REAL NOT NULL,"                \
	" line INTEGER NOT NULL, PRIMARY KEY (target_id, rank)) STRICT, WITHOUT ROWID;"            \
	"CREATE TABLE series_break ("                                                              \
	" position INTEGER PRIMARY KEY, indicator_id TEXT NOT NULL, area_id TEXT,"                 \
	" source_id TEXT, day INTEGER NOT NULL, note TEXT NOT NULL,"                               \
	" note_vi TEXT NOT NULL,"                                                                  \
	" line INTEGER NOT NULL) STRICT;"

#define DERIVED_TABLES                                                                             \
	"CREATE TABLE standing ("                                                                  \
	" series_id INTEGER NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER NOT NULL,"         \
	" seq INTEGER NOT NULL, stand_in INTEGER NOT NULL,"                                        \
	" PRIMARY KEY (series_id, from_day)) STRICT, WITHOUT ROWID;"                               \
	"CREATE TABLE assessment ("                                                                \
	" target_id TEXT NOT NULL, area_id TEXT NOT NULL, day INTEGER NOT NULL,"                   \
	" state TEXT NOT NULL, reason TEXT, method TEXT NOT NULL, symbol TEXT,"                    \
	" exceeded INTEGER NOT NULL, is_final INTEGER NOT NULL, late INTEGER NOT NULL,"            \
	" provisional INTEGER NOT NULL, seq INTEGER, from_day INTEGER NOT NULL,"                   \
	" to_day INTEGER NOT NULL, stand_in INTEGER NOT NULL,"                                     \
	" value REAL, last_from INTEGER,"                                                          \
	" target_value REAL, target_value_high REAL, base_value REAL, gap REAL,"                   \
	" gap_to_path REAL, actual_change REAL, required_change REAL, required_from_base REAL,"    \
	" projected REAL, projected_raw REAL, projected_gap REAL, band_low REAL, band_high REAL,"  \
	" measure REAL, used_count INTEGER NOT NULL, used_from INTEGER NOT NULL,"                  \
	" used_to INTEGER NOT NULL, PRIMARY KEY (target_id, area_id)) STRICT, WITHOUT ROWID;"      \
	"CREATE TABLE applied ("                                                                   \
	" applier TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;"

/* Replaced in place or kept for a while only. */
#define WORKING_TABLES                                                                             \
	"CREATE TABLE feed_state ("                                                                \
	" feed_id TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, content BLOB, mapping BLOB,"    \
	" last_success INTEGER NOT NULL, last_try INTEGER NOT NULL, next_due INTEGER NOT NULL,"    \
	" last_change INTEGER NOT NULL, failures INTEGER NOT NULL, cause TEXT, error TEXT,"        \
	" note TEXT, revision TEXT, rows INTEGER NOT NULL, new_rows INTEGER NOT NULL,"             \
	" refused INTEGER NOT NULL) STRICT, WITHOUT ROWID;"                                        \
	"CREATE TABLE fetch ("                                                                     \
	" fetch_id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,"                        \
	" feed_id TEXT NOT NULL, outcome TEXT NOT NULL, cause TEXT, text TEXT, url TEXT,"          \
	" http_status INTEGER NOT NULL, bytes INTEGER NOT NULL, duration_ms INTEGER NOT NULL,"     \
	" rows INTEGER NOT NULL, appended INTEGER NOT NULL, revised INTEGER NOT NULL,"             \
	" withdrawn INTEGER NOT NULL, refused INTEGER NOT NULL, load_id INTEGER) STRICT;"          \
	"CREATE INDEX fetch_feed ON fetch (feed_id, fetch_id);"                                    \
	"CREATE TABLE reject ("                                                                    \
	" reject_id INTEGER PRIMARY KEY AUTOINCREMENT, fetch_id INTEGER NOT NULL,"                 \
	" at INTEGER NOT NULL, feed_id TEXT NOT NULL, locator TEXT, raw TEXT,"                     \
	" cause TEXT, text TEXT) STRICT;"                                                          \
	"CREATE INDEX reject_feed ON reject (feed_id, reject_id);"                                 \
	"CREATE TABLE rrd_dirty ("                                                                 \
	" series_id INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;"

const char *const SCHEMA_STEP_1[] = {LOG_TABLES,     GUARDS,	     CATALOGUE_TABLES,
				     DERIVED_TABLES, WORKING_TABLES, NULL};
