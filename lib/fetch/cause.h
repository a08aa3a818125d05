/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Why a document did not come.  The names are stable: they stand in the ledger, in `envgap feeds`
 * and in the manual. */

enum fetch_cause {
	FETCH_CAUSE_NONE,
	FETCH_CAUSE_RESOLVE,
	FETCH_CAUSE_CONNECT,
	FETCH_CAUSE_TLS,
	FETCH_CAUSE_LOST,
	FETCH_CAUSE_TIMEOUT,
	FETCH_CAUSE_TOO_SLOW,
	FETCH_CAUSE_TOO_LARGE,
	FETCH_CAUSE_TOO_LARGE_DECODED,
	FETCH_CAUSE_REDIRECTS,
	FETCH_CAUSE_REDIRECT_REFUSED,
	FETCH_CAUSE_HTTP_STATUS,
	FETCH_CAUSE_TRUNCATED,
	FETCH_CAUSE_BAD_ANSWER,
	FETCH_CAUSE_BAD_ENCODING,
	FETCH_CAUSE_LENGTH_MISMATCH,
	FETCH_CAUSE_PARTIAL_CONTENT,
	FETCH_CAUSE_EMPTY,
	FETCH_CAUSE_NOT_ALLOWED,
	FETCH_CAUSE_FILE,
	FETCH_CAUSE_STORAGE,
	FETCH_CAUSE_INTERNAL,
	FETCH_CAUSES /* how many there are */
};

/* "too_large_decoded"; "none" for FETCH_CAUSE_NONE. */
const char *fetch_cause_name(enum fetch_cause cause);

/* What it means, for a manual or a legend: "the document grew over max_bytes when decoded". */
const char *fetch_cause_sentence(enum fetch_cause cause);
