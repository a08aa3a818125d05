/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a method is asked about the shortest of series. */

#include "assess/method.h"

/* Two values, in 2020 (the base) and 2024; due, and to be projected to, in 2030.  A mark of sense 0
 * is no target: more is better.  Borrows `values`. */
struct method_call two_values_call(struct mark mark, const double values[2]);

/* What the method of that name says. */
struct method_result two_values_ask(const char *method, const struct method_call *call);
