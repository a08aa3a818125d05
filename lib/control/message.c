/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "control/message.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"

static const char first_line[] = "envgap 1\n";

static const struct {
	char raw, escaped;
} escapes[] = {{'\\', '\\'}, {'\n', 'n'}, {'\r', 'r'}};

void control_message_done(struct control_message *message)
{
	for (size_t i = 0; i < message->count; i++) {
		free(message->fields[i].name);
		free(message->fields[i].value);
	}
	*message = (struct control_message){0};
}

static bool is_name(struct span name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (name.start[i] != '_' && (name.start[i] < 'a' || name.start[i] > 'z'))
			return false;
	}
	return name.len > 0;
}

/* Why nothing could be added: that, or there was no memory. */
static bool fail_full(const struct control_message *message, struct error *err)
{
	if (message->is_misnamed)
		return error_set(err, ERROR_INPUT, "a field's name is not a word of a to z and _");
	if (message->count < CONTROL_FIELDS_MAX)
		return error_memory(err);
	return error_set(err, ERROR_LIMIT, "the message has more than %d fields",
			 CONTROL_FIELDS_MAX);
}

/* Takes both strings, also when it fails. */
static bool add(struct control_message *message, char *name, char *value)
{
	if (name == NULL || value == NULL || message->count == CONTROL_FIELDS_MAX) {
		free(name);
		free(value);
		message->failed = true;
		return false;
	}
	message->fields[message->count++] = (struct control_field){name, value};
	return true;
}

void control_set(struct control_message *message, const char *name, const char *value)
{
	if (value == NULL)
		return;
	if (!is_name(span_of(name)))
		message->failed = message->is_misnamed = true;
	else
		(void)add(message, span_dup(span_of(name)), span_dup(span_of(value)));
}

void control_set_integer(struct control_message *message, const char *name, long value)
{
	char text[NUMBER_BYTES];
	(void)snprintf(text, sizeof text, "%ld", value);
	control_set(message, name, text);
}

const char *control_get(const struct control_message *message, const char *name)
{
	for (size_t i = 0; i < message->count; i++) {
		if (strcmp(message->fields[i].name, name) == 0)
			return message->fields[i].value;
	}
	return NULL;
}

long control_get_integer(const struct control_message *message, const char *name, long fallback)
{
	const char *value = control_get(message, name);
	int64_t number = 0;
	if (value == NULL ||
	    !number_read_integer(span_of(value), INT32_MIN, INT32_MAX, &number, NULL))
		return fallback;
	return (long)number;
}

static char escape_of(char raw)
{
	for (size_t i = 0; i < COUNT_OF(escapes); i++) {
		if (escapes[i].raw == raw)
			return escapes[i].escaped;
	}
	return 0;
}

static void add_escaped(struct text *out, const char *value)
{
	for (const char *at = value; *at; at++) {
		char escaped = escape_of(*at);
		if (escaped)
			text_add_char(out, '\\');
		text_add_char(out, escaped ? escaped : *at);
	}
}

bool control_encode(const struct control_message *message, struct text *out, struct error *err)
{
	if (message->failed)
		return fail_full(message, err);
	text_add_string(out, first_line);
	for (size_t i = 0; i < message->count; i++) {
		text_addf(out, "%s ", message->fields[i].name);
		add_escaped(out, message->fields[i].value);
		text_add_char(out, '\n');
	}
	text_add_string(out, ".\n");
	return text_ok(out, "the request", err);
}

bool control_is_whole(struct span bytes, size_t *ret_len)
{
	static const char ending[] = "\n.\n";
	const char *at = span_find(bytes, ending);
	if (at == NULL)
		return false;
	*ret_len = (size_t)(at - bytes.start) + strlen(ending);
	return true;
}

static char *unescape(struct span value)
{
	char *plain = malloc(value.len + 1);
	if (plain == NULL)
		return NULL;
	size_t len = 0;
	for (size_t i = 0; i < value.len; i++) {
		char c = value.start[i];
		if (c == '\\' && i + 1 < value.len) {
			c = value.start[++i];
			for (size_t k = 0; k < COUNT_OF(escapes); k++)
				c = escapes[k].escaped == value.start[i] ? escapes[k].raw : c;
		}
		plain[len++] = c;
	}
	plain[len] = '\0';
	return plain;
}

static bool decode_line(struct span line, struct control_message *ret, struct error *err)
{
	struct span value = line;
	struct span name = span_cut(&value, ' ');
	if (!is_name(name) || value.start == NULL || span_find_char(line, '\0') != NULL)
		return error_set(err, ERROR_INPUT, "a line of the message is not 'name value'");
	return add(ret, span_dup(name), unescape(value)) || fail_full(ret, err);
}

bool control_decode(struct span bytes, struct control_message *ret, struct error *err)
{
	AUTO_MESSAGE struct control_message message = {0};
	if (!span_starts(bytes, first_line))
		return error_set(err, ERROR_VERSION,
				 "the other side does not speak version %d of the control "
				 "protocol; restart envgapd "
				 "after an upgrade",
				 CONTROL_VERSION);
	size_t head = strlen(first_line);
	struct span rest = span_behind(bytes, head);
	while (rest.start != NULL) {
		struct span line = span_cut(&rest, '\n');
		if (span_is(line, ".")) {
			*ret = message;
			message.count = 0;
			return true;
		}
		if (!decode_line(line, &message, err))
			return false;
	}
	return error_set(err, ERROR_INPUT, "the message has no end");
}
