/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Every way in which a host can answer badly, by path. */

#include "tests/fakes/http/connection.h"

/* Answer if the path is one of ours; false if it is not. */
bool faults_answer(struct site *site, struct connection *c, const struct request *request);

/* For an answer without an end: put more of it. */
void faults_put_more(struct connection *c);
