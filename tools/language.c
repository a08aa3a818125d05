/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/language.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "generated/paths.h"

/* A language beside English. */
struct tongue {
	const char *code;
	bool has_local_names, has_decimal_comma, is_day_first;
};

static const struct tongue tongues[] = {
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

static const struct tongue *find(const char *code)
{
	size_t len = strcspn(code, "_.@");
	for (size_t i = 0; i < COUNT_OF(tongues); i++)
		if (span_is((struct span){code, len}, tongues[i].code))
			return &tongues[i];
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

static const char *translate_text(const char *english)
{
	return english[0] != '\0' ? dgettext("envgap", english) : english;
}

static bool translate(const struct tongue *tongue, struct language *ret, struct error *err)
{
	char directory[PATH_MAX];
	if (setenv("LANGUAGE", tongue->code, 1) != 0)
		return error_errno(err, "LANGUAGE");
	if (setlocale(LC_MESSAGES, "C.UTF-8") == NULL)
		return error_set(err, ERROR_SYSTEM, "this machine has no locale C.UTF-8");
	(void)bindtextdomain("envgap", locale_directory(directory));
	(void)bind_textdomain_codeset("envgap", "UTF-8");
	for (int i = 0; i < WORD_COUNT; i++)
		ret->words[i] = dgettext("envgap", word_english((enum word)i));
	ret->translate = translate_text;
	ret->code = tongue->code;
	ret->has_local_names = tongue->has_local_names;
	ret->has_decimal_comma = tongue->has_decimal_comma;
	ret->is_day_first = tongue->is_day_first;
	return true;
}

bool language_choose(const struct session *session, struct language *ret, struct error *err)
{
	const char *asked = session_option(session, OPTION_LANG);
	const char *code = asked != NULL ? asked : from_environment();
	const struct tongue *tongue = find(code);
	*ret = (struct language){.code = "en"};
	if (tongue != NULL)
		return translate(tongue, ret, err);
	if (asked == NULL || strcmp(asked, "en") == 0)
		return true;
	return error_set(err, ERROR_INPUT, "--lang: '%s' is not one of en, vi", asked);
}
