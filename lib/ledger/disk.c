/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/disk.h"

#include <sys/statvfs.h>

bool ledger_free_bytes(const char *state_dir, int64_t *ret, struct error *err)
{
	struct statvfs disk;

	if (statvfs(state_dir, &disk) != 0)
		return error_errno(err, "%s", state_dir);
	*ret = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
	return true;
}

bool ledger_check_blocks(const char *state_dir, struct error *err)
{
	struct statvfs disk;

	if (statvfs(state_dir, &disk) != 0)
		return error_errno(err, "%s", state_dir);
	if (disk.f_bsize >= LEDGER_BLOCK_BYTES_MIN)
		return true;
	return error_set(err, ERROR_SYSTEM,
			 "%s: the file system has blocks of %lu bytes; a ledger needs blocks of at "
			 "least %d bytes (mkfs.ext4 -b 4096)",
			 state_dir, disk.f_bsize, LEDGER_BLOCK_BYTES_MIN);
}
