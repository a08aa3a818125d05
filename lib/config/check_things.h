/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sources, indicators, breaks and acts: do they point at something and make sense by themselves? */

#include "config/raw.h"

/* Name what is wrong. */
void check_things(const struct raw *raw);
