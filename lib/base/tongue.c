/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/tongue.h"

#include <stdlib.h>

#include "base/mo.h"
#include "base/sentence.h"

enum { DEPTH_MAX = 16, LETTERS_LEAST = 2 };

struct tongue {
	struct mo mo;
	char *bytes;
};

/* A value on its way into a sentence. */
struct saying {
	const struct tongue *tongue;
	int depth;
};

bool tongue_new(struct span bytes, struct tongue **ret, struct error *err)
{
	AUTO_TONGUE struct tongue *tongue = calloc(1, sizeof *tongue);
	if (bytes.len > MO_BYTES)
		return error_set(err, ERROR_LIMIT, "a table of messages has more than %d bytes",
				 MO_BYTES);
	if (tongue == NULL || (tongue->bytes = malloc(bytes.len + 1)) == NULL)
		return error_memory(err);
	if (bytes.len > 0)
		memcpy(tongue->bytes, bytes.start, bytes.len);
	if (!mo_read((struct span){tongue->bytes, bytes.len}, &tongue->mo, err))
		return false;
	*ret = ptr_take(&tongue);
	return true;
}

void tongue_free(struct tongue *tongue)
{
	if (tongue == NULL)
		return;
	free(tongue->bytes);
	free(tongue);
}

void tongue_free_slot(struct tongue **slot)
{
	tongue_free(*slot);
}

const char *tongue_text(const struct tongue *tongue, const char *english)
{
	const char *own = NULL;
	if (tongue != NULL && english[0] != '\0')
		own = mo_find(&tongue->mo, span_of(english));
	return own != NULL ? own : english;
}

static void say(const struct tongue *tongue, struct span said, int depth, struct text *out);

static void say_value(void *self, struct span value, struct text *out)
{
	const struct saying *saying = self;
	say(saying->tongue, value, saying->depth + 1, out);
}

/* The format that fits best; NULL when none does. */
static const char *recognise(const struct tongue *tongue, struct span said,
			     struct sentence_values *ret)
{
	const char *best = NULL;
	size_t most = LETTERS_LEAST - 1;
	for (uint32_t i = 0; i < tongue->mo.count; i++) {
		struct sentence_values values;
		const char *format = mo_id(&tongue->mo, i);
		size_t letters = 0;
		if (format[0] != '%' && (said.len == 0 || format[0] != said.start[0]))
			continue;
		if (!sentence_match(format, said, &values))
			continue;
		letters = sentence_letters(format);
		if (letters <= most)
			continue;
		most = letters;
		best = mo_text(&tongue->mo, i);
		*ret = values;
	}
	return best;
}

/* A quotation begins behind a blank or bracket, and ends before one or a mark. */
static bool opens(struct span said, size_t at)
{
	return said.start[at] == '\'' && (at == 0 || strchr(" (-", said.start[at - 1]) != NULL);
}

static bool closes(struct span said, size_t at)
{
	return said.start[at] == '\'' &&
	       (at + 1 == said.len || strchr(" ,;:.?!)", said.start[at + 1]) != NULL);
}

/* Where a context ends: at the first ": " or "; " outside of quotations; said.len without one. */
static size_t find_joint(struct span said)
{
	bool is_quoted = false;
	for (size_t i = 0; i < said.len; i++) {
		bool is_mark = said.start[i] == ':' || said.start[i] == ';';
		if (!is_quoted && is_mark && i + 1 < said.len && said.start[i + 1] == ' ')
			return i;
		is_quoted = is_quoted ? !closes(said, i) : opens(said, i);
	}
	return said.len;
}

static void say_parts(const struct tongue *tongue, struct span said, int depth, struct text *out)
{
	size_t joint = find_joint(said);
	if (joint == said.len || depth >= DEPTH_MAX) {
		text_add(out, said.start, said.len);
		return;
	}
	say(tongue, (struct span){said.start, joint}, depth + 1, out);
	text_add(out, said.start + joint, 2);
	say(tongue, (struct span){said.start + joint + 2, said.len - joint - 2}, depth + 1, out);
}

static void say(const struct tongue *tongue, struct span said, int depth, struct text *out)
{
	struct sentence_values values;
	struct saying saying = {tongue, depth};
	const char *format = NULL;
	if (said.len >= LETTERS_LEAST && depth < DEPTH_MAX)
		format = recognise(tongue, said, &values);
	if (format != NULL)
		sentence_fill(format, &values, say_value, &saying, out);
	else
		say_parts(tongue, said, depth, out);
}

void tongue_say(const struct tongue *tongue, struct span said, struct text *out)
{
	while (tongue != NULL && said.len > 0) {
		struct span line = span_cut(&said, '\n');
		say(tongue, line, 0, out);
		if (said.start != NULL)
			text_add_char(out, '\n');
	}
	if (tongue == NULL)
		text_add(out, said.start, said.len);
}
