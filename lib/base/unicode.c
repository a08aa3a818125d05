/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/unicode.h"

#include <stdint.h>
#include <stdlib.h>
#include <utf8proc.h>

enum { NEAREST_MAX_BYTES = 64 };

/* The character at the start of the span; its length in bytes, or 0 for a bad one. */
static size_t read_character(struct span text, utf8proc_int32_t *ret)
{
	utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)text.start,
						(utf8proc_ssize_t)text.len, ret);
	return len > 0 ? (size_t)len : 0;
}

static struct span rest_of(struct span text, size_t at)
{
	return span_behind(text, at);
}

/* How many bytes at the start are ASCII and no NUL, eight at a time. */
static size_t plain_len(struct span text)
{
	static const uint64_t ones = 0x0101010101010101u;
	static const uint64_t high = 0x8080808080808080u;
	uint64_t bytes;
	size_t len = 0;
	for (; text.len - len >= sizeof bytes; len += sizeof bytes) {
		memcpy(&bytes, text.start + len, sizeof bytes);
		/* below 0x80 the highest bit of the difference says that the byte is 0 */
		if (((bytes | (bytes - ones)) & high) != 0)
			break;
	}
	return len;
}

bool unicode_valid(struct span text, size_t *ret_at)
{
	for (size_t at = plain_len(text); at < text.len;) {
		unsigned char c = (unsigned char)text.start[at];
		utf8proc_int32_t unused;
		size_t len = c < 0x80 ? c != 0 : read_character(rest_of(text, at), &unused);
		if (len == 0) {
			if (ret_at != NULL)
				*ret_at = at;
			return false;
		}
		at += len;
	}
	return true;
}

/* Control characters, and what turns the direction of writing. */
static bool is_command(utf8proc_int32_t c)
{
	return c < ' ' || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2066 && c <= 0x2069);
}

/* Bytes and columns of the next character; *ret_shown is false when it is not shown as it is. */
static size_t step_of(struct span text, int *ret_columns, bool *ret_shown)
{
	utf8proc_int32_t character = 0;
	size_t len = read_character(text, &character);
	*ret_shown = len > 0 && !is_command(character);
	*ret_columns = *ret_shown ? utf8proc_charwidth(character) : 1;
	return len > 0 ? len : 1;
}

void unicode_show(struct text *out, struct span text)
{
	size_t done = 0;
	for (size_t at = 0; at < text.len;) {
		int columns;
		bool is_shown;
		size_t len = step_of(rest_of(text, at), &columns, &is_shown);
		if (!is_shown) {
			text_add(out, text.start + done, at - done);
			text_add_char(out, '?');
			done = at + len;
		}
		at += len;
	}
	if (done < text.len)
		text_add(out, text.start + done, text.len - done);
}

/* Nearly all text: a character of one byte and one column that is shown as it is. */
static bool is_plain(char c)
{
	return c >= ' ' && c < 0x7F;
}

void unicode_mask(char *string)
{
	struct span text = span_of(string);
	for (size_t at = 0; at < text.len;) {
		if (is_plain(string[at])) {
			at++;
			continue;
		}
		int columns;
		bool is_shown;
		size_t len = step_of(rest_of(text, at), &columns, &is_shown);
		if (!is_shown)
			memset(string + at, '?', len);
		at += len;
	}
}

void unicode_add_capital(struct text *out, const char *string)
{
	utf8proc_uint8_t capital[4];
	utf8proc_int32_t letter = 0;
	utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)string,
						(utf8proc_ssize_t)strlen(string), &letter);
	if (len > 0 && letter > 0) {
		utf8proc_ssize_t written = utf8proc_encode_char(utf8proc_toupper(letter), capital);
		text_add(out, (const char *)capital, (size_t)written);
		string += len;
	}
	text_add_string(out, string);
}

int unicode_width(struct span text)
{
	int width = 0;
	for (size_t at = 0; at < text.len;) {
		int columns;
		bool unused;
		at += step_of(rest_of(text, at), &columns, &unused);
		width += columns;
	}
	return width;
}

struct span unicode_head(struct span text, int columns)
{
	size_t at = 0;
	for (int used = 0; at < text.len;) {
		int more;
		bool unused;
		size_t len = step_of(rest_of(text, at), &more, &unused);
		if (used + more > columns)
			break;
		used += more;
		at += len;
	}
	return (struct span){text.start, at};
}

static bool is_blank(utf8proc_int32_t c)
{
	return (c >= '\t' && c <= '\r') || utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

/* What canonical decomposition leaves alone: the strokes of d and D (and the Icelandic letters that
 * are typed for them), and the many blanks. */
static utf8proc_int32_t fold_character(utf8proc_int32_t c, void *unused)
{
	(void)unused;
	bool barred_d = c == 0x110 || c == 0x111 || c == 0xD0 || c == 0xF0;
	return barred_d ? 'd' : is_blank(c) ? ' ' : c;
}

static void collapse_blanks(char *text)
{
	char *to = text;
	for (const char *from = text; *from != '\0'; from++) {
		bool superfluous = *from == ' ' && (to == text || to[-1] == ' ');
		if (!superfluous)
			*to++ = *from;
	}
	if (to > text && to[-1] == ' ')
		to--;
	*to = '\0';
}

static char *map(struct span text, utf8proc_option_t options, utf8proc_custom_func custom,
		 struct error *err)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t len =
		utf8proc_map_custom((const utf8proc_uint8_t *)(text.len ? text.start : ""),
				    (utf8proc_ssize_t)text.len, &mapped, options, custom, NULL);
	if (len == UTF8PROC_ERROR_NOMEM) {
		(void)error_memory(err);
		return NULL;
	}
	if (len < 0) {
		(void)error_set(err, ERROR_INPUT, "not UTF-8 text");
		return NULL;
	}
	return (char *)mapped;
}

static bool is_ascii(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.start[i] <= 0)
			return false;
	return true;
}

/* The same for most ids, codes and headings, for a hundredth of the instructions. */
static char *fold_ascii(struct span text, struct error *err)
{
	char *folded = span_dup(text);
	if (folded == NULL) {
		(void)error_memory(err);
		return NULL;
	}
	for (char *c = folded; *c != '\0'; c++) {
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
		else if (*c >= '\t' && *c <= '\r')
			*c = ' ';
	}
	collapse_blanks(folded);
	return folded;
}

char *unicode_fold(struct span text, struct error *err)
{
	if (is_ascii(text))
		return fold_ascii(text, err);
	char *folded = map(
		text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
		fold_character, err);
	if (folded != NULL)
		collapse_blanks(folded);
	return folded;
}

char *unicode_nfc(struct span text, struct error *err)
{
	return map(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE, NULL, err);
}

static size_t least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;
	return ab < c ? ab : c;
}

/* Levenshtein's distance in bytes, one row of the table at a time. */
static size_t distance(struct span a, struct span b)
{
	size_t row[NEAREST_MAX_BYTES + 1];
	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t above = row[j];
			size_t change = a.start[i - 1] != b.start[j - 1];
			row[j] = least(above + 1, row[j - 1] + 1, diagonal + change);
			diagonal = above;
		}
	}
	return row[b.len];
}

const char *unicode_nearest(struct span word, const char *const *candidates, size_t count)
{
	const char *best = NULL;
	size_t best_distance = word.len / 3 + 1;
	if (word.len > NEAREST_MAX_BYTES)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		struct span candidate = span_of(candidates[i]);
		if (candidate.len > NEAREST_MAX_BYTES)
			continue;
		size_t found = distance(word, candidate);
		if (found < best_distance) {
			best_distance = found;
			best = candidates[i];
		}
	}
	return best;
}
