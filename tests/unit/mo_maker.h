/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Tables of messages as msgfmt makes them, from pairs in a test. */

#include "base/text.h"
#include "base/tongue.h"

struct mo_pair {
	const char *id, *text;
};

enum { MO_MAKER_PAIRS = 64 };

/* Append the table of these pairs, in any order. */
void mo_make(struct text *out, const struct mo_pair *pairs, size_t count);

/* A language of these pairs; fails the test when it cannot be made. */
struct tongue *mo_make_tongue(const struct mo_pair *pairs, size_t count);
