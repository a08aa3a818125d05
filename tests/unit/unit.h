/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What every unit test begins with: cmocka wants these four first. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/text.h"
