/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The cell from which a row was read, read again: the document lies in the archive, and beside it
 * the file with the feed's settings of then. */

#include "query/explain_value.h"

/* For struct explain_reader; self is the struct config of now. */
bool cell_read(void *self, const struct log_row *row, struct explain_cell *ret, struct error *err);
