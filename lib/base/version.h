/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What this program is.  RELEASED is the day of the release in unix seconds: a clock before it is
 * wrong, and nothing is received then. */

#define ENVGAP_VERSION "0.1.0"
#define ENVGAP_RELEASED INT64_C(1793491200) /* 2026-11-01 */
