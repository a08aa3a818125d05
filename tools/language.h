/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The language of answers, through gettext. */

#include "query/words.h"
#include "tools/session.h"

/* By --lang, else by the environment; en where nothing else is known.  Sets LC_MESSAGES, never
 * LC_NUMERIC.  ERROR_INPUT for a language that there is not. */
MUST_CHECK bool language_choose(const struct session *session, struct language *ret,
				struct error *err);
