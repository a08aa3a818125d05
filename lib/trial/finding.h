/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: telling what differs. */

#include "trial/trial.h"

/* Count a finding, and tell it when not too many are told already. */
void finding_add(struct trial_findings *findings, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* A problem of a file as a finding: "FILE:LINE: TEXT". */
void finding_add_problem(struct trial_findings *findings, const struct problem *problem);
