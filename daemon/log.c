/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

enum { LINE_BYTES = 2048, FIELD_BYTES = 160, FIELDS_MAX = 8 };

/* $JOURNAL_STREAM is "device:inode" of the stream that systemd connected. */
static bool is_journal(int fd)
{
	const char *stream = getenv("JOURNAL_STREAM");
	struct stat status;
	char here[64];
	if (stream == NULL || fstat(fd, &status) != 0)
		return false;
	(void)snprintf(here, sizeof here, "%llu:%llu", (unsigned long long)status.st_dev,
		       (unsigned long long)status.st_ino);
	return strcmp(stream, here) == 0;
}

struct log log_open(int level)
{
	return (struct log){.level = level, .to_journal = is_journal(STDERR_FILENO)};
}

struct fields {
	char text[FIELDS_MAX][FIELD_BYTES];
	struct iovec parts[FIELDS_MAX + 1];
	int count;
};

static void add_field(struct fields *fields, const char *name, const char *value)
{
	if (value == NULL || value[0] == '\0' || fields->count == FIELDS_MAX)
		return;
	char *text = fields->text[fields->count];
	(void)snprintf(text, FIELD_BYTES, "%s=%s", name, value);
	fields->parts[fields->count++] = (struct iovec){text, strlen(text)};
}

static void add_number(struct fields *fields, const char *name, long long value)
{
	char text[32];
	(void)snprintf(text, sizeof text, "%lld", value);
	add_field(fields, name, value ? text : NULL);
}

static void to_journal(enum log_level level, const struct log_subject *subject, const char *line)
{
	char message[LINE_BYTES + 16];
	struct fields fields = {0};
	add_number(&fields, "PRIORITY", level);
	if (subject != NULL) {
		add_field(&fields, "ENVGAP_FEED", subject->feed);
		add_field(&fields, "ENVGAP_TARGET", subject->target);
		add_field(&fields, "ENVGAP_INDICATOR", subject->indicator);
		add_field(&fields, "ENVGAP_AREA", subject->area);
		add_number(&fields, "ENVGAP_FETCH", subject->fetch);
		add_number(&fields, "ENVGAP_LOAD", subject->load);
	}
	(void)snprintf(message, sizeof message, "MESSAGE=%s", line);
	fields.parts[fields.count++] = (struct iovec){message, strlen(message)};
	(void)sd_journal_sendv(fields.parts, fields.count);
}

void log_say(const struct log *log, enum log_level level, const struct log_subject *subject,
	     const char *fmt, ...)
{
	char line[LINE_BYTES];
	if ((int)level > log->level)
		return;
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(line, sizeof line, fmt, args);
	va_end(args);
	if (log->to_journal)
		to_journal(level, subject, line);
	else
		(void)fprintf(stderr, "envgapd: %s\n", line);
}

void log_problems(const struct log *log, const struct problems *problems)
{
	static const enum log_level levels[] = {
		[PROBLEM_ERROR] = LOG_LEVEL_ERROR,
		[PROBLEM_WARNING] = LOG_LEVEL_WARNING,
		[PROBLEM_NOTE] = LOG_LEVEL_DEBUG,
	};
	for (size_t i = 0; i < problems->count; i++) {
		AUTO_TEXT struct text line = text_with_limit(LINE_BYTES);
		problem_print(&problems->items[i], &line);
		log_say(log, levels[problems->items[i].level], NULL, "%s",
			line.data != NULL ? line.data : problems->items[i].text);
	}
}
