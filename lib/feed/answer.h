/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Is this an answer at all: what can be said before its bytes are looked at. */

#include "feed/mapping.h"

/* Is the content type one of answer.content_types?  Parameters such as the charset do not count,
 * nor do capitals; a type that ends in '/' stands for all that begin so.  ERROR_INPUT says which
 * came. */
MUST_CHECK bool feed_answer_check_type(const struct feed_answer *answer, struct span content_type,
				       struct error *err);
