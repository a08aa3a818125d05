/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/feed.h"

FUZZ_FEED("pxweb")
