/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/answer.h"

#include <strings.h>

#include "base/number.h"

typedef void take_field_fn(struct answer *answer, struct span value);

static bool is_word(struct span text, const char *word)
{
	return text.len == strlen(word) && strncasecmp(text.start, word, text.len) == 0;
}

static void take_etag(struct answer *answer, struct span value)
{
	(void)!span_copy(value, answer->etag, sizeof answer->etag);
}

static void take_last_modified(struct answer *answer, struct span value)
{
	(void)!span_copy(value, answer->last_modified, sizeof answer->last_modified);
}

static void take_content_type(struct answer *answer, struct span value)
{
	(void)!span_copy(value, answer->content_type, sizeof answer->content_type);
}

static void take_link(struct answer *answer, struct span value)
{
	size_t used = strlen(answer->link);
	size_t comma = used > 0 ? 2 : 0;
	if (answer->link_too_long || used + comma + value.len >= sizeof answer->link) {
		answer->link_too_long = true;
		answer->link[0] = '\0';
		return;
	}
	memcpy(answer->link + used, ", ", comma);
	memcpy(answer->link + used + comma, value.start, value.len);
	answer->link[used + comma + value.len] = '\0';
}

/* "5" or, as some proxies join them, "5, 5". */
static void take_content_length(struct answer *answer, struct span value)
{
	while (value.start != NULL) {
		int64_t length = -1;
		struct span one = span_trim(span_cut(&value, ','));
		if (!number_read_integer(one, 0, INT64_MAX, &length, NULL) ||
		    (answer->content_length >= 0 && length != answer->content_length))
			answer->two_lengths = true;
		answer->content_length = length;
	}
}

static void take_content_encoding(struct answer *answer, struct span value)
{
	if (is_word(value, "identity") || value.len == 0)
		return;
	bool gzip = is_word(value, "gzip") || is_word(value, "x-gzip");
	/* twice over, as in "gzip, gzip", is nothing that we asked for */
	answer->unknown_encoding |= !gzip || answer->gzip;
	answer->gzip = gzip;
	if (!span_copy(value, answer->encoding, sizeof answer->encoding))
		memcpy(answer->encoding, "(long)", sizeof "(long)");
}

static void take_transfer_encoding(struct answer *answer, struct span value)
{
	(void)value; /* libcurl refuses what it does not know */
	answer->chunked = true;
}

static const struct {
	const char *name;
	take_field_fn *take;
} fields[] = {
	{"content-encoding", take_content_encoding},   {"content-length", take_content_length},
	{"content-type", take_content_type},	       {"etag", take_etag},
	{"last-modified", take_last_modified},	       {"link", take_link},
	{"transfer-encoding", take_transfer_encoding},
};

void answer_init(struct answer *answer)
{
	*answer = (struct answer){.content_length = -1};
}

/* "HTTP/1.1 200 OK" */
static void begin(struct answer *answer, struct span line)
{
	size_t head_bytes = answer->head_bytes;
	answer_init(answer);
	answer->head_bytes = head_bytes;
	(void)span_cut(&line, ' ');
	int64_t status = 0;
	if (number_read_integer(span_cut(&line, ' '), 100, 999, &status, NULL))
		answer->status = (int)status;
}

static void take_field(struct answer *answer, struct span line)
{
	struct span name = span_cut(&line, ':');
	if (line.start == NULL)
		return;
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		if (is_word(name, fields[i].name))
			fields[i].take(answer, span_trim(line));
	}
}

void answer_take_line(struct answer *answer, struct span line)
{
	answer->head_bytes += line.len;
	struct span text = span_trim(line);
	if (span_starts(text, "HTTP/"))
		begin(answer, text);
	else if (text.len == 0)
		answer->head_ended = true;
	else if (!answer->head_ended)
		take_field(answer, text);
}

bool answer_is_success(const struct answer *answer)
{
	return answer->status >= 200 && answer->status < 300;
}
