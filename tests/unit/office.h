/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A made-up office: a directory with envgap.conf, a small catalogue, documents and a place for the
 * state, for the tests of what stands on all of it. */

#include "intake/desk.h"

enum { OFFICE_PATH_BYTES = 256 };

struct office {
	char directory[OFFICE_PATH_BYTES];
	char path[OFFICE_PATH_BYTES]; /* of envgap.conf */
};

/* 2026-11-23 00:00 in Asia/Ho_Chi_Minh, the office's time zone. */
#define OFFICE_NOW INT64_C(1795366800)

/* Make it.  The catalogue has indicators usw (yearly, %, 0 to 100, up), pm25 (yearly, down) and
 * dust (daily), areas VN and its provinces P1 and P2, sources stat and env, and targets. */
void office_open(struct office *office);

/* Remove it with everything in it. */
void office_close(struct office *office);

/* Write envgap.conf with these feeds: settings of libconfig between "feeds = (" and ")". */
void office_configure(const struct office *office, const char *feeds);

/* Write a file below the directory; feeds read those below "documents". */
void office_write(const struct office *office, const char *name, const char *text);

/* Three feeds, one of each format, with their documents: "csv", "json" and "world". */
void office_configure_formats(const struct office *office);
struct span office_document(const char *feed);

/* The desk, as the daemon has it. */
void office_open_desk(const struct office *office, int64_t now, struct desk *ret);

/* Rows of the log. */
int64_t office_rows(const struct desk *desk);
