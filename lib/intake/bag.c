/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/bag.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/number.h"

enum { MANIFEST_BYTES = 1 << 30, FORM = 1, FORM_MAX = 1000000 };

struct bag {
	char *path;
	int directory;
	char (*names)[BAG_NAME_BYTES]; /* below data/, sorted */
	size_t count, room;
};

static const char DATA[] = "data/";

void bag_free(struct bag **slot)
{
	struct bag *bag = *slot;
	*slot = NULL;
	if (bag == NULL)
		return;
	if (bag->directory >= 0)
		(void)close(bag->directory);
	free(bag->names);
	free(bag->path);
	free(bag);
}

const char *bag_path(const struct bag *bag)
{
	return bag->path;
}

size_t bag_count(const struct bag *bag)
{
	return bag->count;
}

const char *bag_name(const struct bag *bag, size_t index)
{
	return bag->names[index];
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

bool bag_has(const struct bag *bag, const char *name)
{
	return bag->count > 0 &&
	       bsearch(name, bag->names, bag->count, sizeof *bag->names, compare_names) != NULL;
}

/* -- bytes */

static void close_file(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static bool map_file(const struct bag *bag, const char *name, struct span *ret, struct error *err)
{
	struct stat status;
	AUTO(close_file)
	const int fd = openat(bag->directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0 && errno == ENOENT)
		return error_set(err, ERROR_INPUT, "%s/%s: is missing from the export", bag->path,
				 name);
	if (fd < 0 || fstat(fd, &status) != 0)
		return error_errno(err, "%s/%s", bag->path, name);
	if (!S_ISREG(status.st_mode))
		return error_set(err, ERROR_INPUT, "%s/%s: is not a file", bag->path, name);
	struct span bytes = {"", (size_t)status.st_size};
	if (bytes.len > 0) {
		void *start = mmap(NULL, bytes.len, PROT_READ, MAP_PRIVATE, fd, 0);
		if (start == MAP_FAILED)
			return error_errno(err, "%s/%s", bag->path, name);
		bytes.start = start;
	}
	*ret = bytes;
	return true;
}

bool bag_map(const struct bag *bag, const char *name, struct span *ret, struct error *err)
{
	char path[BAG_NAME_BYTES + sizeof DATA];
	(void)snprintf(path, sizeof path, "%s%s", DATA, name);
	return map_file(bag, path, ret, err);
}

void bag_unmap(struct span *bytes)
{
	union {
		const char *borrowed;
		void *mapped;
	} start = {bytes->start};
	if (bytes->len > 0)
		(void)munmap(start.mapped, bytes->len);
	*bytes = (struct span){0};
}

/* -- manifests */

/* Letters that a name of ours has: no way out of the directory. */
static bool is_name(struct span name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-_./";
	if (name.len == 0 || name.len >= BAG_NAME_BYTES || name.start[0] == '/')
		return false;
	for (size_t i = 0; i < name.len; i++) {
		bool is_double = i > 0 && name.start[i] == '.' && name.start[i - 1] == '.';
		if (name.start[i] == '\0' || strchr(letters, name.start[i]) == NULL || is_double)
			return false;
	}
	return true;
}

static bool read_line(struct span line, bag_line_fn *take, void *self, struct error *err)
{
	enum { HASH_CHARS = SHA256_TEXT_BYTES - 1, GAP = 2 };
	char name[BAG_NAME_BYTES];
	struct sha256 hash;
	if (line.len <= HASH_CHARS + GAP || line.start[HASH_CHARS] != ' ' ||
	    line.start[HASH_CHARS + 1] != ' ')
		return error_set(err, ERROR_INPUT,
				 "the line is not a SHA-256, two blanks and a name");
	const struct span named = span_behind(line, HASH_CHARS + GAP);
	if (!is_name(named))
		return error_set(err, ERROR_INPUT, "'%.*s' is not the name of a file of an export",
				 SPAN_ARGS(named));
	return sha256_parse((struct span){line.start, HASH_CHARS}, &hash, err) &&
	       span_copy(named, name, sizeof name) && take(self, &hash, name, err);
}

bool bag_read_manifest(struct span text, bag_line_fn *take, void *self, struct error *err)
{
	int line = 0;
	if (text.len > 0 && text.start[text.len - 1] != '\n')
		return error_set(err, ERROR_INPUT, "it is cut off: its last line does not end");
	while (text.len > 0) {
		line++;
		if (!read_line(span_cut(&text, '\n'), take, self, err))
			return error_at(err, line, 0);
	}
	return true;
}

/* The hash that a file has to have. */
static bool check_file(const struct bag *bag, const char *name, const struct sha256 *hash,
		       struct error *err)
{
	AUTO_BAG_MAP struct span bytes = {0};
	if (!map_file(bag, name, &bytes, err))
		return false;
	const struct sha256 found = sha256_of(bytes);
	return sha256_equal(&found, hash) ||
	       error_set(err, ERROR_INPUT,
			 "%s/%s: has changed since it was exported: its SHA-256 is not the one in "
			 "the manifest",
			 bag->path, name);
}

static bool take_tag(void *self, const struct sha256 *hash, const char *name, struct error *err)
{
	return check_file(self, name, hash, err);
}

static bool take_payload(void *self, const struct sha256 *hash, const char *name, struct error *err)
{
	struct bag *bag = self;
	size_t prefix = sizeof DATA - 1;
	if (strncmp(name, DATA, prefix) != 0)
		return error_set(err, ERROR_INPUT, "'%s' is not below %s", name, DATA);
	if (!array_grow(&bag->names, &bag->room, bag->count, sizeof *bag->names, BAG_FILES_MAX,
			"files of an export", err) ||
	    !check_file(bag, name, hash, err))
		return false;
	(void)snprintf(bag->names[bag->count++], sizeof *bag->names, "%s", name + prefix);
	return true;
}

static bool read_manifest(struct bag *bag, const char *name, bag_line_fn *take, struct error *err)
{
	AUTO_BAG_MAP struct span text = {0};
	struct error why = {0};
	if (!map_file(bag, name, &text, err))
		return false;
	if (text.len > MANIFEST_BYTES)
		return error_set(err, ERROR_LIMIT, "%s/%s: has more than %d bytes", bag->path, name,
				 MANIFEST_BYTES);
	if (bag_read_manifest(text, take, bag, &why))
		return true;
	/* What is wrong with a file names that file, without a line of the manifest. */
	if (strncmp(why.text, bag->path, strlen(bag->path)) == 0)
		return error_set(err, why.code, "%s", why.text);
	return error_set(err, why.code, "%s/%s:%d: %s", bag->path, name, why.line, why.text);
}

/* -- nothing else */

static void close_directory(DIR **directory)
{
	if (*directory != NULL)
		(void)closedir(*directory);
}

#define AUTO_DIRECTORY AUTO(close_directory)

static bool check_entry(const struct bag *bag, const char *below, const struct dirent *entry,
			struct error *err)
{
	char name[BAG_NAME_BYTES + sizeof entry->d_name];
	if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
	    (below[0] == '\0' && strcmp(entry->d_name, "documents") == 0))
		return true;
	(void)snprintf(name, sizeof name, "%s%s", below, entry->d_name);
	return bag_has(bag, name) ||
	       error_set(err, ERROR_INPUT,
			 "%s/%s%s: is not in manifest-sha256.txt: the export has been changed",
			 bag->path, DATA, name);
}

static bool check_directory(const struct bag *bag, const char *below, struct error *err)
{
	char path[BAG_NAME_BYTES];
	(void)snprintf(path, sizeof path, "%s%s", DATA, below);
	int fd = openat(bag->directory, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return error_errno(err, "%s/%s", bag->path, path);
	AUTO_DIRECTORY DIR *directory = fdopendir(fd);
	if (directory == NULL) {
		(void)close(fd);
		return error_errno(err, "%s/%s", bag->path, path);
	}
	for (const struct dirent *entry; (entry = readdir(directory)) != NULL;)
		if (!check_entry(bag, below, entry, err))
			return false;
	return true;
}

/* -- the form */

/* The line "Envgap-Export: 1". */
static bool check_form(const struct bag *bag, struct error *err)
{
	static const char key[] = "Envgap-Export:";
	AUTO_BAG_MAP struct span text = {0};
	if (!map_file(bag, "bag-info.txt", &text, err))
		return false;
	for (struct span rest = text; rest.len > 0;) {
		struct span line = span_cut(&rest, '\n');
		int64_t form = 0;
		if (!span_starts(line, key))
			continue;
		const struct span number = span_behind(line, sizeof key - 1);
		if (!number_read_integer(span_trim(number), 1, FORM_MAX, &form, err))
			return error_within(err, "%s/bag-info.txt", bag->path);
		return form == FORM ||
		       error_set(err, ERROR_VERSION,
				 "%s: a newer envgap made this export, in form %lld; this one "
				 "knows form %d",
				 bag->path, (long long)form, FORM);
	}
	return error_set(err, ERROR_INPUT, "%s: is not an export of envgap: bag-info.txt has no %s",
			 bag->path, "'Envgap-Export'");
}

bool bag_open(const char *path, struct bag **ret, struct error *err)
{
	AUTO_BAG struct bag *bag = calloc(1, sizeof *bag);
	if (bag == NULL)
		return error_memory(err);
	bag->directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bag->path = span_dup(span_of(path));
	if (bag->path == NULL)
		return error_memory(err);
	if (bag->directory < 0)
		return error_errno(err, "%s", path);
	if (!read_manifest(bag, "tagmanifest-sha256.txt", take_tag, err) || !check_form(bag, err) ||
	    !read_manifest(bag, "manifest-sha256.txt", take_payload, err))
		return false;
	if (bag->count > 0)
		qsort(bag->names, bag->count, sizeof *bag->names, compare_names);
	if (!check_directory(bag, "", err) || !check_directory(bag, "documents/", err))
		return false;
	*ret = ptr_take(&bag);
	return true;
}
