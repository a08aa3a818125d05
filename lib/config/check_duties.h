/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Offices, duties and holidays: do they point at something, can their deadlines be read, and is one
 * version of a duty in force at a time? */

#include "config/raw.h"

/* What is wrong goes to the problems. */
void check_duties(const struct raw *raw);
