/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/unicode.h"

/* Cut the text so that it fits and does not end in the middle of a UTF-8 sequence. */
static void cut_at(char *text, size_t len)
{
	while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
		len--;
	text[len] = '\0';
}

static void PRINTF_LIKE(2, 0) print_into(char text[ERROR_TEXT_BYTES], const char *fmt, va_list args)
{
	int len = vsnprintf(text, ERROR_TEXT_BYTES, fmt, args);
	if (len < 0) {
		text[0] = '\0';
	} else if (len >= ERROR_TEXT_BYTES) {
		/* Whether the last byte kept ends a sequence cannot be told any more. */
		size_t end = ERROR_TEXT_BYTES - 1;
		while (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0x80)
			end--;
		if (end > 0 && (unsigned char)text[end - 1] >= 0xC0)
			end--;
		text[end] = '\0';
	}
	/* what was found somewhere may be anything */
	unicode_mask(text);
}

bool error_set(struct error *err, enum error_code code, const char *fmt, ...)
{
	if (err == NULL || err->code != ERROR_NONE)
		return false;

	va_list args;
	va_start(args, fmt);
	print_into(err->text, fmt, args);
	va_end(args);
	err->code = code;
	return false;
}

bool error_memory(struct error *err)
{
	return error_set(err, ERROR_MEMORY, "no memory");
}

bool error_errno(struct error *err, const char *fmt, ...)
{
	int number = errno;
	if (err == NULL || err->code != ERROR_NONE)
		return false;

	char what[ERROR_TEXT_BYTES];
	va_list args;
	va_start(args, fmt);
	print_into(what, fmt, args);
	va_end(args);

	/* strerror() follows the locale; messages of the library are English. */
	const char *why = strerrordesc_np(number);
	bool denied = number == EACCES || number == EPERM;
	(void)error_set(err, denied ? ERROR_PERMISSION : ERROR_SYSTEM, "%s",
			why ? why : "unknown error");
	return error_within(err, "%s", what);
}

bool error_at(struct error *err, int line, int column)
{
	if (err != NULL && err->code != ERROR_NONE && err->line == 0) {
		err->line = line;
		err->column = column;
	}
	return false;
}

bool error_within(struct error *err, const char *fmt, ...)
{
	if (err == NULL || err->code == ERROR_NONE)
		return false;

	char context[ERROR_TEXT_BYTES];
	va_list args;
	va_start(args, fmt);
	print_into(context, fmt, args);
	va_end(args);

	size_t cause_len = strlen(err->text);
	size_t context_len = strlen(context);
	if (cause_len + 2 >= ERROR_TEXT_BYTES)
		return false;
	if (context_len + 2 + cause_len >= ERROR_TEXT_BYTES) {
		cut_at(context, ERROR_TEXT_BYTES - 3 - cause_len);
		context_len = strlen(context);
	}
	if (context_len == 0)
		return false;
	memmove(err->text + context_len + 2, err->text, cause_len + 1);
	memcpy(err->text, context, context_len);
	memcpy(err->text + context_len, ": ", 2);
	return false;
}

int error_exit_status(enum error_code code)
{
	static const unsigned char status[] = {
		[ERROR_NONE] = 0,	[ERROR_INPUT] = 2,   [ERROR_REFUSED] = 1,
		[ERROR_NOT_FOUND] = 2,	[ERROR_LIMIT] = 3,   [ERROR_BUSY] = 3,
		[ERROR_PERMISSION] = 3, [ERROR_VERSION] = 3, [ERROR_SYSTEM] = 3,
		[ERROR_MEMORY] = 3,
	};
	return (size_t)code < COUNT_OF(status) ? status[code] : 3;
}
