/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The files that a configuration and a catalogue were read from, with their bytes as they were
 * read: for the archive, and to notice that somebody saved one of them meanwhile. */

#include <stdint.h>

#include "base/text.h"

enum {
	CONFIG_FILE_MAX_BYTES = 64 << 20,
	CONFIG_FILES_MAX = 10000,
};

struct config_file {
	char *path;
	const char *table; /* "targets.csv" for a table of the catalogue, else NULL; static */
	bool is_missing;   /* an optional table that was not there */
	char *bytes;	   /* NUL-terminated; NULL when missing */
	size_t len;
	int64_t changed_ns, modified_ns, inode;
};

struct config_glob {
	char *pattern;
	size_t found;
};

struct config_files {
	struct config_file *items;
	size_t count, room;
	struct config_glob *globs;
	size_t glob_count, glob_room;
};

/* Read a whole file and remember it.  *ret_bytes is borrowed from `files`.  ERROR_NOT_FOUND,
 * ERROR_PERMISSION, ERROR_LIMIT beyond CONFIG_FILE_MAX_BYTES, ERROR_INPUT for what is not a regular
 * file; the message leaves out the path. */
MUST_CHECK bool config_files_read(struct config_files *files, const char *path, const char *table,
				  struct span *ret_bytes, struct error *err);

/* Remember that this optional file was not there. */
MUST_CHECK bool config_files_note_missing(struct config_files *files, const char *path,
					  const char *table, struct error *err);

/* The sorted paths that a pattern stands for; hand each to `take` until it returns false. */
MUST_CHECK bool config_files_glob(struct config_files *files, const char *pattern,
				  bool (*take)(void *self, const char *path, struct error *err),
				  void *self, struct error *err);

/* Do all files still look as they did, are the missing ones still missing and do the patterns still
 * find as many? */
bool config_files_unchanged(const struct config_files *files);

/* Free what it holds. */
void config_files_done(struct config_files *files);

/* `path` seen from the directory of the file `beside`, unless it is absolute.  For the caller to
 * free; NULL without memory. */
MUST_CHECK char *config_path_beside(const char *beside, const char *path);

/* Put that in the place of *path, which is freed; NULL stays.  Only memory can fail. */
MUST_CHECK bool config_path_resolve(const char *beside, char **path, struct error *err);
