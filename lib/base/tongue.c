/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/tongue.h"

#include <stdlib.h>

#include "base/mo.h"
#include "base/sentence.h"

enum { DEPTH_MAX = 8, JOINTS_MAX = 16, LETTERS_LEAST = 2, LETTERS_SURE = 14 };

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
static const char *recognise(const struct tongue *tongue, struct span said, int depth,
			     struct sentence_values *ret);

static void say_value(void *self, struct span value, struct text *out)
{
	const struct saying *saying = self;
	say(saying->tongue, value, saying->depth + 1, out);
}

/* A format with few letters of its own fits much that it was not made for: what it leaves over has
 * to be a word, or known itself. */
static bool is_surprising(const struct tongue *tongue, const char *format, size_t letters,
			  const struct sentence_values *values, int depth)
{
	if (letters >= LETTERS_SURE)
		return false;
	for (size_t i = 0; i < values->count; i++) {
		struct sentence_values inner;
		struct span value = values->items[i];
		bool has_blank = span_find_char(value, ' ') != NULL;
		if (has_blank && !sentence_quotes(format, i) &&
		    recognise(tongue, value, depth + 1, &inner) == NULL)
			return true;
	}
	return false;
}

/* The format that fits best; NULL when none does. */
static const char *recognise(const struct tongue *tongue, struct span said, int depth,
			     struct sentence_values *ret)
{
	const char *best = NULL;
	size_t most = LETTERS_LEAST - 1;
	if (said.len < LETTERS_LEAST || depth >= DEPTH_MAX)
		return NULL;
	for (uint32_t i = 0; i < tongue->mo.count; i++) {
		struct sentence_values values;
		const char *format = mo_id(&tongue->mo, i);
		if ((format[0] != '%' && format[0] != said.start[0]) ||
		    !sentence_match(format, said, &values))
			continue;
		size_t letters = sentence_letters(format);
		if (letters <= most || is_surprising(tongue, format, letters, &values, depth))
			continue;
		most = letters;
		best = mo_text(&tongue->mo, i);
		*ret = values;
	}
	return best;
}

static bool say_whole(const struct tongue *tongue, struct span said, int depth, struct text *out)
{
	struct sentence_values values;
	struct saying saying = {tongue, depth};
	const char *format = recognise(tongue, said, depth, &values);
	if (format != NULL)
		sentence_fill(format, &values, say_value, &saying, out);
	return format != NULL;
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

/* A context ends here, or one of several things that each have their own brackets. */
static bool is_joint(struct span said, size_t at)
{
	char mark = said.start[at];
	bool is_listed = mark == ',' && at > 0 && said.start[at - 1] == ')';
	return (mark == ':' || mark == ';' || is_listed) && said.start[at + 1] == ' ';
}

/* Where ": ", "; " and "), " stand outside of quotations. */
static size_t find_joints(struct span said, size_t joints[JOINTS_MAX])
{
	size_t count = 0;
	bool is_quoted = false;
	for (size_t i = 0; i + 1 < said.len && count < JOINTS_MAX; i++) {
		if (!is_quoted && is_joint(said, i))
			joints[count++] = i;
		is_quoted = is_quoted ? !closes(said, i) : opens(said, i);
	}
	return count;
}

/* The length of a name that stands before a quotation: "op '=>' is ..."; else 0. */
static size_t name_len(struct span said)
{
	const char *blank = span_find_char(said, ' ');
	size_t len = blank != NULL ? (size_t)(blank - said.start) : said.len;
	return len + 1 < said.len && said.start[len + 1] == '\'' ? len : 0;
}

static struct span say_raw(struct span said, size_t len, struct text *out)
{
	text_add(out, said.start, len);
	return span_behind(said, len);
}

/* The longest beginning that is known, else the first as it is; what is left over. */
static struct span say_beginning(const struct tongue *tongue, struct span said, int depth,
				 struct text *out)
{
	size_t joints[JOINTS_MAX];
	size_t count = find_joints(said, joints);
	for (size_t i = count; i > 0; i--) {
		size_t len = joints[i - 1];
		struct span rest = span_behind(said, len);
		if (say_whole(tongue, (struct span){said.start, len}, depth, out))
			return say_raw(rest, 2, out);
	}
	if (name_len(said) > 0)
		return say_raw(said, name_len(said) + 1, out);
	return say_raw(said, count > 0 ? joints[0] + 2 : said.len, out);
}

static void say(const struct tongue *tongue, struct span said, int depth, struct text *out)
{
	while (said.len > 0 && !say_whole(tongue, said, depth, out))
		said = say_beginning(tongue, said, depth, out);
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
