/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Published rules that stand beside the methods: they say how high something is, how it changes or
 * how far it is, but not whether a target will be reached.  Their rows are like those of methods,
 * without a function to judge by; a target cannot name them. */

#include "assess/method.h"

/* The row of this name, or NULL; the rows one after the other, NULL beyond the last. */
const struct method *aside_find(const char *name);
const struct method *aside_at(size_t index);
