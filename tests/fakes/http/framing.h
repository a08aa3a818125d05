/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Answers whose heads, lengths or ends are wrong, and that never end. */

#include "tests/fakes/http/planted.h"

extern const struct planted framing_planted[];
