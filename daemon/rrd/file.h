/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The RRD files of series under <state>/rrd.  A file is never changed in place: it is made anew in
 * <state>/rrd/tmp, read back and compared, and renamed over the old one, so that a reader sees the
 * old or the new file and a kill leaves nothing half done. */

#include "rrd/rows.h"

/* Make the file of a series anew; without known rows that it can hold, remove it. */
MUST_CHECK bool file_put(const char *state_dir, int64_t series, const struct rrd_layout *layout,
			 const struct rrd_rows *rows, size_t *ret_left_out, struct error *err);

/* All rows that the file has; none when there is no file.  Free with rrd_rows_done. */
MUST_CHECK bool file_get(const char *state_dir, int64_t series, const struct rrd_layout *layout,
			 struct rrd_rows *ret, struct error *err);

/* Become the one worker that puts files, for as long as the process lives: wait for one whose
 * daemon was killed, so that nothing of it comes after what we put; then remove what was left
 * half-made in <state>/rrd/tmp. */
MUST_CHECK bool file_claim(const char *state_dir, struct error *err);
