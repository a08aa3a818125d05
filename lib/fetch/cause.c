/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/cause.h"

#include <stddef.h>

struct row {
	const char *name, *sentence;
};

static const struct row rows[FETCH_CAUSES] = {
	[FETCH_CAUSE_NONE] = {"none", "nothing failed"},
	[FETCH_CAUSE_RESOLVE] = {"resolve", "the host's name has no address"},
	[FETCH_CAUSE_CONNECT] = {"connect", "the host could not be reached"},
	[FETCH_CAUSE_TLS] = {"tls", "the host's certificate or its TLS is not acceptable"},
	[FETCH_CAUSE_LOST] = {"lost", "the connection was lost before an answer was complete"},
	[FETCH_CAUSE_TIMEOUT] = {"timeout", "the whole answer took longer than allowed"},
	[FETCH_CAUSE_TOO_SLOW] = {"too_slow", "the answer came more slowly than allowed"},
	[FETCH_CAUSE_TOO_LARGE] = {"too_large", "the document is larger than allowed"},
	[FETCH_CAUSE_TOO_LARGE_DECODED] = {"too_large_decoded",
					   "the document is larger than allowed once decoded"},
	[FETCH_CAUSE_REDIRECTS] = {"redirects", "the host redirects too often"},
	[FETCH_CAUSE_REDIRECT_REFUSED] = {"redirect_refused",
					  "the host redirects to where we do not follow"},
	[FETCH_CAUSE_HTTP_STATUS] = {"http_status", "the host answered with another HTTP status "
						    "than success"},
	[FETCH_CAUSE_TRUNCATED] = {"truncated", "the document ends before its announced end"},
	[FETCH_CAUSE_BAD_ANSWER] = {"bad_answer", "what came is not a sound HTTP answer"},
	[FETCH_CAUSE_BAD_ENCODING] = {"bad_encoding", "the document's encoding is unknown or "
						      "damaged"},
	[FETCH_CAUSE_LENGTH_MISMATCH] = {"length_mismatch",
					 "the announced length and the document disagree"},
	[FETCH_CAUSE_PARTIAL_CONTENT] = {"partial_content", "a part of the document came, unasked"},
	[FETCH_CAUSE_EMPTY] = {"empty", "the answer is a success without a document"},
	[FETCH_CAUSE_NOT_ALLOWED] = {"not_allowed", "the address or a header is not allowed"},
	[FETCH_CAUSE_FILE] = {"file", "the file cannot be read"},
	[FETCH_CAUSE_STORAGE] = {"storage", "the document could not be put aside on our disk"},
	[FETCH_CAUSE_INTERNAL] = {"internal", "we could not do our work"},
};

static const struct row *row_of(enum fetch_cause cause)
{
	return (unsigned)cause < FETCH_CAUSES ? &rows[cause] : &rows[FETCH_CAUSE_INTERNAL];
}

const char *fetch_cause_name(enum fetch_cause cause)
{
	return row_of(cause)->name;
}

const char *fetch_cause_sentence(enum fetch_cause cause)
{
	return row_of(cause)->sentence;
}
