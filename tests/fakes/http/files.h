/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The files of a directory, with validators. */

#include "tests/fakes/http/connection.h"

/* Answer with the file that the path names below site->dir, with 304 when the request's validator
 * fits, or with 404. */
void files_answer(const struct site *site, struct connection *c, const struct request *request);
