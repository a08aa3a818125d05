/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The language of answers, help and messages: what msgfmt made of po/. */

#include "query/words.h"
#include "tools/session.h"

/* The translation that --lang among these words, else the environment asks for; NULL for English,
 * and where it cannot be read.  For the caller to free. */
struct tongue *language_tongue(char *const *argv);

/* By --lang, else by the environment; en where nothing else is known.  Borrows the session's
 * tongue. ERROR_INPUT for a language that there is not. */
MUST_CHECK bool language_choose(const struct session *session, struct language *ret,
				struct error *err);
