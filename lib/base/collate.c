/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/collate.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Bytes of the key; the tones come behind all letters. */
enum {
	KEY_TONES = 0x01,
	KEY_BLANK = 0x02,
	KEY_SIGN = 0x03,
	KEY_DIGIT = 0x06,
	KEY_LETTER = 0x10,
	KEY_VARIANTS = 4, /* of one letter: plain, breve or stroke, circumflex, horn */
	TONE_PLAIN = '1',
	TONE_OTHER = '7', /* a mark that Vietnamese does not know */
};

enum {
	D_STROKE = 0x111,
	MARK_GRAVE = 0x300,
	MARK_ACUTE = 0x301,
	MARK_CIRCUMFLEX = 0x302,
	MARK_TILDE = 0x303,
	MARK_BREVE = 0x306,
	MARK_HOOK = 0x309,
	MARK_HORN = 0x31B,
	MARK_DOT_BELOW = 0x323,
};

static const struct mark {
	utf8proc_int32_t mark;
	int variant; /* 0: it is a tone */
	int tone;
} marks[] = {
	{MARK_BREVE, 1, 0}, {MARK_CIRCUMFLEX, 2, 0}, {MARK_HORN, 3, 0},	 {MARK_GRAVE, 0, 1},
	{MARK_HOOK, 0, 2},  {MARK_TILDE, 0, 3},	     {MARK_ACUTE, 0, 4}, {MARK_DOT_BELOW, 0, 5},
};

/* Letters are written at the front, their tones into a buffer of their own. */
struct key {
	char *letters, *tones;
	size_t letter_count, tone_count;
	bool carries; /* the last thing was a letter: marks belong to it */
};

static bool is_mark(utf8proc_int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);
	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

static void put_mark(struct key *key, utf8proc_int32_t c)
{
	if (!key->carries)
		return;
	char *letter = &key->letters[key->letter_count - 1];
	char *tone = &key->tones[key->tone_count - 1];
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		if (marks[i].mark != c)
			continue;
		if (marks[i].variant != 0)
			*letter = (char)(*letter + marks[i].variant);
		else
			*tone = (char)(TONE_PLAIN + marks[i].tone);
		return;
	}
	*tone = TONE_OTHER;
}

static void put_letter(struct key *key, int letter, int variant)
{
	key->letters[key->letter_count++] = (char)(KEY_LETTER + letter * KEY_VARIANTS + variant);
	key->tones[key->tone_count++] = TONE_PLAIN;
	key->carries = true;
}

static void put_other(struct key *key, utf8proc_int32_t c)
{
	char *to = &key->letters[key->letter_count];
	utf8proc_ssize_t len = 1;
	if (utf8proc_category(c) == UTF8PROC_CATEGORY_ZS)
		*to = KEY_BLANK;
	else if (c >= '0' && c <= '9')
		*to = (char)(KEY_DIGIT + c - '0');
	else if (c < 0x80)
		*to = KEY_SIGN;
	else
		len = utf8proc_encode_char(c, (utf8proc_uint8_t *)to);
	key->letter_count += (size_t)len;
	key->carries = false;
}

static void put(struct key *key, utf8proc_int32_t c)
{
	if (is_mark(c))
		put_mark(key, c);
	else if (c >= 'a' && c <= 'z')
		put_letter(key, c - 'a', 0);
	else if (c == D_STROKE)
		put_letter(key, 'd' - 'a', 1);
	else
		put_other(key, c);
}

static void put_all(struct key *key, const utf8proc_uint8_t *folded, utf8proc_ssize_t len)
{
	utf8proc_int32_t c = 0;
	utf8proc_ssize_t step = 1;
	for (utf8proc_ssize_t at = 0; at < len && step > 0; at += step) {
		step = utf8proc_iterate(folded + at, len - at, &c);
		if (step > 0)
			put(key, c);
	}
	key->letters[key->letter_count++] = KEY_TONES;
	memcpy(key->letters + key->letter_count, key->tones, key->tone_count);
}

char *collate_key(struct span text, struct error *err)
{
	AUTO_FREE utf8proc_uint8_t *folded = NULL;
	utf8proc_ssize_t len =
		utf8proc_map((const utf8proc_uint8_t *)(text.len > 0 ? text.start : ""),
			     (utf8proc_ssize_t)text.len, &folded,
			     UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD);
	if (len < 0 && len != UTF8PROC_ERROR_NOMEM) {
		(void)error_set(err, ERROR_INPUT, "not UTF-8 text");
		return NULL;
	}
	size_t room = len < 0 ? 0 : (size_t)len;
	AUTO_FREE char *tones = len < 0 ? NULL : calloc(1, room + 1);
	char *letters = tones == NULL ? NULL : calloc(2, room + 1);
	if (letters == NULL) {
		(void)error_memory(err);
		return NULL;
	}
	struct key key = {.letters = letters, .tones = tones};
	put_all(&key, folded, len);
	return letters;
}
