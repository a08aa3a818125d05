/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/language.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mo.h"
#include "base/read_file.h"
#include "generated/paths.h"

/* A language beside English. */
struct habits {
	const char *code;
	bool has_local_names, has_decimal_comma, is_day_first;
};

static const struct habits languages[] = {
	{"vi", true, true, true},
};

/* What the user of this machine reads, as gettext would decide it. */
static const char *from_environment(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const char *value = getenv(names[i]);
		if (value != NULL && value[0] != '\0')
			return value;
	}
	return "en";
}

static const struct habits *find(const char *code)
{
	size_t len = strcspn(code, "_.@");
	for (size_t i = 0; i < COUNT_OF(languages); i++)
		if (span_is((struct span){code, len}, languages[i].code))
			return &languages[i];
	return NULL;
}

/* What --lang says, wherever it stands: a mistake in the options is told in that language, too. */
static const char *from_arguments(char *const *argv)
{
	static const char name[] = "--lang";
	size_t len = sizeof name - 1;
	for (size_t i = 1; argv[0] != NULL && argv[i] != NULL && strcmp(argv[i], "--") != 0; i++) {
		if (strncmp(argv[i], name, len) != 0)
			continue;
		if (argv[i][len] == '=')
			return argv[i] + len + 1;
		if (argv[i][len] == '\0')
			return argv[i + 1];
	}
	return NULL;
}

/* Where the catalogues are: beside a program that was not installed, else where it was. */
static const char *locale_directory(char buffer[PATH_MAX])
{
	ssize_t len = readlink("/proc/self/exe", buffer, PATH_MAX - 1);
	if (len > 0) {
		buffer[len] = '\0';
		char *slash = strrchr(buffer, '/');
		size_t room = PATH_MAX - (size_t)(slash - buffer);
		(void)snprintf(slash, room, "/../locale");
		if (access(buffer, R_OK) == 0)
			return buffer;
	}
	return PATH_LOCALE;
}

static void close_file(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static bool read_catalogue(const char *code, struct tongue **ret, struct error *err)
{
	char directory[PATH_MAX];
	AUTO_TEXT struct text path = text_with_limit(PATH_MAX);
	AUTO_FREE char *bytes = NULL;
	size_t len = 0;
	text_addf(&path, "%s/%s/LC_MESSAGES/envgap.mo", locale_directory(directory), code);
	if (!text_ok(&path, "the path of the translation", err))
		return false;
	AUTO(close_file) int fd = open(path.data, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return error_errno(err, "%s", path.data);
	return read_file(fd, MO_BYTES, &bytes, &len, err) &&
	       tongue_new((struct span){bytes, len}, ret, err);
}

struct tongue *language_tongue(char *const *argv)
{
	struct tongue *tongue = NULL;
	const char *asked = from_arguments(argv);
	const struct habits *habits = find(asked != NULL ? asked : from_environment());
	if (habits == NULL || !read_catalogue(habits->code, &tongue, NULL))
		return NULL;
	return tongue;
}

bool language_choose(const struct session *session, struct language *ret, struct error *err)
{
	const char *asked = session_option(session, OPTION_LANG);
	const char *code = asked != NULL ? asked : from_environment();
	const struct habits *habits = find(code);
	*ret = (struct language){.code = "en"};
	if (habits != NULL) {
		ret->tongue = session->tongue;
		for (int i = 0; i < WORD_COUNT; i++)
			ret->words[i] = tongue_text(ret->tongue, word_english((enum word)i));
		ret->code = habits->code;
		ret->has_local_names = habits->has_local_names;
		ret->has_decimal_comma = habits->has_decimal_comma;
		ret->is_day_first = habits->is_day_first;
		return true;
	}
	if (asked == NULL || strcmp(asked, "en") == 0)
		return true;
	return error_set(err, ERROR_INPUT, "--lang: '%s' is not one of en, vi", asked);
}
