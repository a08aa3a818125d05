/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Files that a command makes. */

#include "base/text.h"

/* Write it: whoever looks at the path sees the old file or the new one, never a part. */
MUST_CHECK bool output_write(const char *path, struct span bytes, struct error *err);
