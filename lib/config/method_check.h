/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Targets against the methods of assessment, which a room knows that this one may not ask. */

#include "base/problem.h"
#include "obs/catalogue.h"

/* Name every target whose method is none of those that method_at counts up (NULL beyond the last;
 * "" is the default).  `file` is the path of the table, for messages; may be NULL. */
void method_check(const struct catalogue *catalogue, const char *(*method_at)(size_t index),
		  const char *file, struct problems *problems);
