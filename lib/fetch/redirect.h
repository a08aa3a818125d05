/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Redirects are followed by us and not by libcurl, so that each can be refused by name. */

#include "fetch/transfer.h"

/* Does the answer that came send us elsewhere? */
bool redirect_is(const struct fetch_transfer *transfer);

/* Prepare the next hop; false when the redirect is refused, and then the transfer has failed. */
MUST_CHECK bool redirect_follow(struct fetch_transfer *transfer);
