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
