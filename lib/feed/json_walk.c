/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/json_walk.h"

/* What is expected next, between tokens and within them. */
enum state {
	STATE_TOP,	 /* the outermost value */
	STATE_VALUE,	 /* a value */
	STATE_FIRST,	 /* a value or ']' */
	STATE_FIRST_KEY, /* a key or '}' */
	STATE_KEY,
	STATE_COLON,
	STATE_BEHIND, /* ',' or the end of the list or object */
	STATE_WHOLE,  /* blanks */
	STATE_STRING,
	STATE_ESCAPE,
	STATE_HEX,
	STATE_UTF8,
	STATE_WORD,
	STATE_NUMBER,
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

void feed_walk_begin(struct feed_walk *walk, const struct feed_walk_events *events, void *self)
{
	memset(walk, 0, offsetof(struct feed_walk, keys.hashes));
	walk->events = events;
	walk->self = self;
}

bool feed_walk_is_whole(const struct feed_walk *walk)
{
	return walk->state == STATE_WHOLE;
}

static void unusual(struct feed_walk *walk)
{
	walk->answer = FEED_WALK_UNUSUAL;
}

static bool is_silent(const struct feed_walk *walk)
{
	return walk->silent > 0 && walk->depth >= walk->silent;
}

static void put(struct feed_walk *walk, char c)
{
	if (walk->copy != NULL)
		text_add_char(walk->copy, c);
}

/* Copy what is left of the token up to here. */
static void flush(struct feed_walk *walk, const char *end)
{
	if (walk->run != NULL && walk->copy != NULL)
		text_add(walk->copy, walk->run, (size_t)(end - walk->run));
	walk->run = NULL;
}

/* A value has ended, and its bytes are copied. */
static void end_value(struct feed_walk *walk)
{
	walk->state = walk->depth == 0 ? STATE_WHOLE : STATE_BEHIND;
	if (is_silent(walk) || !walk->levels[walk->depth].tells_end)
		return;
	walk->answer = walk->events->end(walk->self);
}

static void begin_value(struct feed_walk *walk, enum feed_walk_kind kind)
{
	if (is_silent(walk))
		return;
	enum feed_walk_interest interest = walk->events->value(walk->self, kind);
	walk->levels[walk->depth].tells_end = interest != FEED_WALK_IGNORE;
	bool is_container = kind == FEED_WALK_OBJECT || kind == FEED_WALK_ARRAY;
	if (is_container && interest != FEED_WALK_INTO)
		walk->silent = walk->depth + 1;
}

static void open_container(struct feed_walk *walk, bool is_object)
{
	begin_value(walk, is_object ? FEED_WALK_OBJECT : FEED_WALK_ARRAY);
	put(walk, is_object ? '{' : '[');
	if (walk->depth == FEED_JSON_DEPTH_MAX) {
		unusual(walk);
		return;
	}
	walk->depth++;
	struct feed_walk_level *level = &walk->levels[walk->depth];
	*level = (struct feed_walk_level){
		.is_object = is_object,
		.keys = {.first = walk->keys.count, .next = &walk->keys.begins[walk->depth - 1]}};
	walk->state = is_object ? STATE_FIRST_KEY : STATE_FIRST;
}

static void close_container(struct feed_walk *walk, char bracket)
{
	const struct feed_walk_level *level = &walk->levels[walk->depth];
	if (bracket != (level->is_object ? '}' : ']')) {
		unusual(walk);
		return;
	}
	if (!is_silent(walk))
		walk->events->leave(walk->self);
	put(walk, bracket);
	walk->keys.count = level->keys.first;
	if (walk->silent == walk->depth)
		walk->silent = 0;
	walk->depth--;
	end_value(walk);
}

static void begin_string(struct feed_walk *walk, const char *at, enum state next)
{
	walk->run = at;
	walk->state = STATE_STRING;
	walk->next = next;
	walk->has_escapes = false;
}

static void begin_word(struct feed_walk *walk, const char *at, const char *word)
{
	begin_value(walk, word[0] == 'n' ? FEED_WALK_NULL : FEED_WALK_WORD);
	walk->run = at;
	walk->word = word + 1;
	walk->state = STATE_WORD;
}

static void begin_number(struct feed_walk *walk, const char *at)
{
	begin_value(walk, FEED_WALK_NUMBER);
	walk->run = at;
	walk->state = STATE_NUMBER;
	walk->place = *at == '-'   ? FEED_NUMBER_MINUS
		      : *at == '0' ? FEED_NUMBER_ZERO
				   : FEED_NUMBER_DIGITS;
}

static void begin_any(struct feed_walk *walk, const char *at)
{
	switch (*at) {
	case '"':
		begin_value(walk, FEED_WALK_TEXT);
		begin_string(walk, at, STATE_BEHIND);
		break;
	case '{':
	case '[':
		open_container(walk, *at == '{');
		break;
	case 't':
		begin_word(walk, at, "true");
		break;
	case 'f':
		begin_word(walk, at, "false");
		break;
	case 'n':
		begin_word(walk, at, "null");
		break;
	default:
		if (*at == '-' || is_digit(*at))
			begin_number(walk, at);
		else
			unusual(walk);
	}
}

static void begin_key(struct feed_walk *walk, const char *at)
{
	if (*at != '"') {
		unusual(walk);
		return;
	}
	walk->key_len = 0;
	begin_string(walk, at, STATE_COLON);
}

/* Go over the name that came here the last time, with its colon; returns `at` if it is another. */
static const char *pass_known(struct feed_walk *walk, const char *at)
{
	struct feed_keys_level *level = &walk->levels[walk->depth].keys;
	struct span ahead = {at, (size_t)(walk->end - at)};
	walk->name = walk->trusts_keys ? NULL : feed_keys_known(&walk->keys, level, ahead);
	if (walk->name == NULL)
		return at;
	size_t len = walk->name->len;
	walk->key = (struct span){at + 1, len - 3};
	walk->state = STATE_VALUE;
	if (walk->copy != NULL)
		text_add(walk->copy, at, len);
	return at + len;
}

/* Behind a value: the next one, or the end of what it is in. */
static void go_on(struct feed_walk *walk, char c)
{
	struct feed_walk_level *level = &walk->levels[walk->depth];
	if (c != ',') {
		close_container(walk, c);
		return;
	}
	put(walk, c);
	level->index++;
	walk->state = level->is_object ? STATE_KEY : STATE_VALUE;
}

static void take_colon(struct feed_walk *walk, char c)
{
	if (c != ':')
		unusual(walk);
	put(walk, c);
	walk->state = STATE_VALUE;
}

/* A byte between tokens that is no blank. */
static void take_structure(struct feed_walk *walk, const char *at)
{
	bool is_close = *at == ']' || *at == '}';
	walk->at = at;
	switch (walk->state) {
	case STATE_TOP:
		if (*at != '{' && *at != '[')
			unusual(walk);
		else
			open_container(walk, *at == '{');
		break;
	case STATE_FIRST:
	case STATE_FIRST_KEY:
		if (is_close)
			close_container(walk, *at);
		else if (walk->state == STATE_FIRST)
			begin_any(walk, at);
		else
			begin_key(walk, at);
		break;
	case STATE_VALUE:
		begin_any(walk, at);
		break;
	case STATE_KEY:
		begin_key(walk, at);
		break;
	case STATE_COLON:
		take_colon(walk, *at);
		break;
	case STATE_BEHIND:
		go_on(walk, *at);
		break;
	default:
		unusual(walk);
	}
}

/* Is it the first of its object with this name, as far as can be told? */
static void check_key(struct feed_walk *walk)
{
	struct feed_keys_level *level = &walk->levels[walk->depth].keys;
	if (walk->has_escapes ||
	    (!walk->trusts_keys && !feed_keys_add(&walk->keys, level, walk->key)))
		unusual(walk);
}

/* Keep the bytes of a key whose end comes with another piece. */
static void keep_key(struct feed_walk *walk, const char *start, const char *end)
{
	size_t len = (size_t)(end - start);
	if (len > sizeof walk->key_bytes - walk->key_len) {
		unusual(walk);
		return;
	}
	memcpy(walk->key_bytes + walk->key_len, start, len);
	walk->key_len += len;
}

/* `end` is behind the closing quote. */
static void end_string(struct feed_walk *walk, const char *end)
{
	const char *start = walk->run;
	flush(walk, end);
	walk->state = walk->next;
	if (walk->next == STATE_BEHIND) {
		end_value(walk);
		return;
	}
	if (walk->key_len > 0) {
		keep_key(walk, start, end);
		walk->key = (struct span){walk->key_bytes + 1, walk->key_len - 2};
	} else {
		walk->key = (struct span){start + 1, (size_t)(end - start) - 2};
	}
	if (walk->key.len > FEED_WALK_KEY_BYTES - 2)
		unusual(walk);
	if (walk->answer == FEED_WALK_ON)
		check_key(walk);
}

/* What mostly comes next, without asking for it: ':' behind a key, ',' and a key behind a value. */
static const char *go_straight(struct feed_walk *walk, const char *at, const char *end)
{
	if (walk->answer != FEED_WALK_ON)
		return at;
	if (walk->state == STATE_COLON && at < end && *at == ':') {
		put(walk, ':');
		walk->state = STATE_VALUE;
		return at + 1;
	}
	if (walk->state != STATE_BEHIND || end - at < 2 || at[0] != ',' || at[1] != '"' ||
	    !walk->levels[walk->depth].is_object)
		return at;
	go_on(walk, ',');
	const char *behind = pass_known(walk, at + 1);
	if (behind > at + 1)
		return behind;
	begin_key(walk, at + 1);
	return at + 2;
}

static void begin_character(struct feed_walk *walk, char c)
{
	walk->state = STATE_UTF8;
	if (!feed_character_begin((unsigned char)c, &walk->character))
		unusual(walk);
}

static void take_character(struct feed_walk *walk, char c)
{
	if (!feed_character_step(&walk->character, (unsigned char)c))
		unusual(walk);
	if (walk->character.left == 0)
		walk->state = STATE_STRING;
}

static void take_escape(struct feed_walk *walk, char c)
{
	walk->state = STATE_STRING;
	walk->code = 0;
	walk->left = 4;
	if (c == 'u')
		walk->state = STATE_HEX;
	else if (c == '\0' || strchr("\"\\/bfnrt", c) == NULL)
		unusual(walk);
}

static void take_hex(struct feed_walk *walk, char c)
{
	int digit = feed_hex_digit(c);
	walk->code = walk->code << 4 | (unsigned)digit;
	if (digit < 0)
		unusual(walk);
	if (--walk->left > 0)
		return;
	walk->state = STATE_STRING;
	/* NUL, and surrogates, which have to come in pairs */
	if (walk->code == 0 || (walk->code >= 0xD800 && walk->code <= 0xDFFF))
		unusual(walk);
}

/* Go over the bytes of a string; returns where it stopped. */
static const char *walk_string(struct feed_walk *walk, const char *at, const char *end)
{
	at = feed_plain_end(at, end);
	if (at == end)
		return at;
	if (*at == '"') {
		end_string(walk, at + 1);
		return go_straight(walk, at + 1, end);
	}
	if (*at == '\\') {
		walk->has_escapes = true;
		walk->state = STATE_ESCAPE;
	} else {
		begin_character(walk, *at);
	}
	return at + 1;
}

/* Go over a number; the byte behind it is left. */
static const char *walk_number(struct feed_walk *walk, const char *at, const char *end)
{
	while (at < end) {
		bool is_middle =
			walk->place == FEED_NUMBER_DIGITS || walk->place == FEED_NUMBER_FRACTION;
		while (is_middle && at < end && is_digit(*at))
			at++;
		enum feed_number_place next =
			at == end ? FEED_NUMBER_END : feed_number_step(walk->place, *at);
		if (next == FEED_NUMBER_END)
			break;
		walk->place = next;
		at++;
	}
	if (at == end)
		return at;
	if (!feed_number_may_end(walk->place)) {
		unusual(walk);
		return at;
	}
	flush(walk, at);
	end_value(walk);
	return go_straight(walk, at, end);
}

static const char *walk_word(struct feed_walk *walk, const char *at, const char *end)
{
	for (; at < end && *walk->word != '\0'; at++, walk->word++)
		if (*at != *walk->word) {
			unusual(walk);
			return at;
		}
	if (*walk->word == '\0') {
		flush(walk, at);
		end_value(walk);
	}
	return at;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* One token, or as much of it as there is. */
static const char *step(struct feed_walk *walk, const char *at, const char *end)
{
	switch (walk->state) {
	case STATE_STRING:
		return walk_string(walk, at, end);
	case STATE_ESCAPE:
		take_escape(walk, *at);
		return at + 1;
	case STATE_HEX:
		take_hex(walk, *at);
		return at + 1;
	case STATE_UTF8:
		take_character(walk, *at);
		return at + 1;
	case STATE_WORD:
		return walk_word(walk, at, end);
	case STATE_NUMBER:
		return walk_number(walk, at, end);
	default:
		break;
	}
	if (is_blank(*at))
		return at + 1;
	if (walk->state == STATE_FIRST_KEY || walk->state == STATE_KEY) {
		const char *behind = pass_known(walk, at);
		if (behind > at)
			return behind;
	}
	take_structure(walk, at);
	return at + 1;
}

/* The piece ends within a token. */
static void suspend(struct feed_walk *walk, const char *end)
{
	bool is_string = walk->state >= STATE_STRING && walk->state <= STATE_UTF8;
	bool is_behind_key = walk->state == STATE_COLON || walk->state == STATE_VALUE;
	if (is_string && walk->next == STATE_COLON)
		keep_key(walk, walk->run, end);
	if (is_behind_key && walk->levels[walk->depth].is_object) {
		memmove(walk->key_bytes, walk->key.start, walk->key.len);
		walk->key.start = walk->key_bytes;
	}
	flush(walk, end);
}

enum feed_walk_answer feed_walk_push(struct feed_walk *walk, struct span piece)
{
	const char *at = piece.start;
	const char *end = piece.start + piece.len;
	walk->end = end;
	walk->run = walk->state >= STATE_STRING ? at : NULL;
	while (at < end && walk->answer == FEED_WALK_ON)
		at = step(walk, at, end);
	if (walk->answer == FEED_WALK_ON)
		suspend(walk, end);
	return walk->answer;
}
