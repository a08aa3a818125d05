/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/init.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/init_files.h"

enum { DIRECTORY_MODE = 0777, FILE_MODE = 0666, SAID_BYTES = 4 * PATH_MAX };

struct making {
	const struct session *session;
	const char *path;
	int directory;
};

static void making_done(struct making *making)
{
	if (making->directory >= 0)
		(void)close(making->directory);
}

static bool refuse(const struct making *making, const char *name, struct error *err)
{
	return error_set(err, ERROR_REFUSED,
			 "'%s/%s' is there already, and nothing is written over; choose another "
			 "directory",
			 making->path, name);
}

/* Nothing may be there that would be written, before anything is. */
static bool check_free(const struct making *making, struct error *err)
{
	struct stat status;
	const struct init_file *file;
	for (size_t i = 0; (file = init_file_at(i)) != NULL; i++)
		if (fstatat(making->directory, file->name, &status, AT_SYMLINK_NOFOLLOW) == 0)
			return refuse(making, file->name, err);
	return true;
}

static bool write_file(const struct making *making, const struct init_file *file, struct error *err)
{
	struct span text = span_of(session_text(making->session, file->text));
	int fd = openat(making->directory, file->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			FILE_MODE);
	if (fd < 0 && errno == EEXIST)
		return refuse(making, file->name, err);
	bool done = fd >= 0;
	while (done && text.len > 0) {
		ssize_t written = write(fd, text.start, text.len);
		done = written > 0;
		text.start += done ? written : 0;
		text.len -= done ? (size_t)written : 0;
	}
	if (!done)
		(void)error_errno(err, "%s/%s", making->path, file->name);
	if (fd >= 0)
		(void)close(fd);
	return done;
}

static bool make_directory(int at, const char *path, struct error *err)
{
	return mkdirat(at, path, DIRECTORY_MODE) == 0 || errno == EEXIST ||
	       error_errno(err, "%s", path);
}

static bool make(struct making *making, struct error *err)
{
	const struct init_file *file;
	if (!make_directory(AT_FDCWD, making->path, err))
		return false;
	making->directory = open(making->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (making->directory < 0)
		return error_errno(err, "%s", making->path);
	if (!check_free(making, err) || !make_directory(making->directory, "catalogue", err))
		return false;
	for (size_t i = 0; (file = init_file_at(i)) != NULL; i++)
		if (!write_file(making, file, err))
			return false;
	return true;
}

static bool say_next(const struct making *making, struct error *err)
{
	static const char next[] = "Put your own rows into the tables in %s/catalogue (any "
				   "spreadsheet, saved as CSV UTF-8).\n"
				   "Then: export ENVGAP_CONF=%s/envgap.conf; envgapd -c "
				   "$ENVGAP_CONF --check names every mistake.\n"
				   "A first figure: envgap record recycled town 2024 39.4 --source "
				   "office; then: envgap status\n";
	char full[PATH_MAX];
	AUTO_TEXT struct text said = text_with_limit(SAID_BYTES);
	if (realpath(making->path, full) == NULL)
		return error_errno(err, "%s", making->path);
	const char *format = session_text(making->session, next);
	for (const char *mark; (mark = strstr(format, "%s")) != NULL; format = mark + 2) {
		text_add(&said, format, (size_t)(mark - format));
		text_add_string(&said, full);
	}
	text_add_string(&said, format);
	return text_ok(&said, "the answer", err) &&
	       session_print(making->session, text_span(&said), err);
}

bool init_run(struct session *session, struct error *err)
{
	AUTO(making_done)
	struct making making = {session, session_argument(session, 0), -1};
	return make(&making, err) && say_next(&making, err);
}
