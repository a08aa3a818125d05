/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What libcurl hands over while an answer comes: libcurl's callbacks, with the transfer as their
 * `self`.  They refuse at once what cannot become a document any more. */

#include "fetch/transfer.h"

/* A line of the head. */
size_t receive_head(char *bytes, size_t one, size_t count, void *self);

/* A piece of the body, without chunk marks, not yet inflated. */
size_t receive_body(char *bytes, size_t one, size_t count, void *self);

/* libcurl's own account of itself; only counts bytes. */
int receive_trace(CURL *easy, curl_infotype type, char *bytes, size_t len, void *self);

/* The answer is over, and the transfer still with libcurl: what its connection holds behind the
 * announced length is neither part of the document nor the answer to whoever gets the connection
 * next.  receive_body sees it first where it can; on a connection that was kept from an earlier
 * transfer libcurl need not have told the socket by then.  False: refused, the cause is recorded,
 * and the connection is shut. */
MUST_CHECK bool receive_end(struct fetch_transfer *transfer);
