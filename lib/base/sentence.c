/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sentence.h"

enum { STEPS_MAX = 20000 };

/* A directive: what it takes up of the format, the number of its value, its letter. */
struct directive {
	size_t len, value;
	char kind; /* 0: not a directive, but a percent sign of its own */
};

struct matching {
	const char *format;
	struct sentence_values *values;
	int steps;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

/* "2$" behind a percent sign or an asterisk: the number of the value. */
static const char *skip_position(const char *at, size_t *value)
{
	size_t number = 0;
	const char *end = at;
	while (is_digit(*end) && number < SENTENCE_VALUES)
		number = 10 * number + (size_t)(*end++ - '0');
	if (number == 0 || *end != '$')
		return at;
	*value = number - 1;
	return end + 1;
}

/* Digits, or an asterisk, which takes a value of its own. */
static const char *skip_measure(const char *at, size_t *value)
{
	size_t ignored = 0;
	if (*at == '*') {
		const char *end = skip_position(at + 1, &ignored);
		*value += end == at + 1;
		return end;
	}
	while (is_digit(*at))
		at++;
	return at;
}

/* What stands at the percent sign; `value` is the next without a number of its own. */
static struct directive directive_at(const char *percent, size_t value)
{
	const char *at = skip_position(percent + 1, &value);
	at += strspn(at, "0-+");
	at = skip_measure(at, &value);
	if (*at == '.')
		at = skip_measure(at + 1, &value);
	at += strspn(at, "hlzjt");
	bool is_known = *at != '\0' && strchr("sdiuxXc%", *at) != NULL && value < SENTENCE_VALUES;
	return is_known ? (struct directive){(size_t)(at + 1 - percent), value, *at}
			: (struct directive){1, value, 0};
}

static size_t number_len(struct span said, char kind)
{
	const char *digits = kind == 'x' || kind == 'X' ? "0123456789abcdefABCDEF" : "0123456789";
	size_t len = said.len > 0 && (said.start[0] == '-' || said.start[0] == '+');
	size_t sign = len;
	while (len < said.len && strchr(digits, said.start[len]) != NULL && said.start[len] != '\0')
		len++;
	return len > sign ? len : 0;
}

static size_t character_len(struct span said)
{
	size_t len = said.len > 0;
	while (len > 0 && len < said.len && ((unsigned char)said.start[len] & 0xC0) == 0x80)
		len++;
	return len;
}

static struct span rest_of(struct span said, size_t len)
{
	return span_behind(said, len);
}

static bool match_from(struct matching *matching, const char *format, struct span said,
		       size_t value);

static bool keep(struct matching *matching, size_t value, struct span found)
{
	matching->values->items[value] = found;
	if (value >= matching->values->count)
		matching->values->count = value + 1;
	return true;
}

static bool match_string(struct matching *matching, const char *format, struct directive directive,
			 struct span said)
{
	const char *behind = format + directive.len;
	bool is_first = format == matching->format;
	bool is_in_quotes = !is_first && format[-1] == '\'' && *behind == '\'';
	for (size_t len = 0; len <= said.len; len++) {
		if (is_first && len > 0 && said.start[len - 1] == ':' &&
		    (len == said.len || said.start[len] == ' '))
			return false;
		bool may_go_on = *behind == '%' || *behind == '\n' || *behind == '\0'
					 ? true
					 : len < said.len && said.start[len] == *behind;
		if (may_go_on &&
		    match_from(matching, behind, rest_of(said, len), directive.value + 1))
			return keep(matching, directive.value, (struct span){said.start, len});
		if (is_in_quotes && span_starts(rest_of(said, len), "': "))
			return false; /* what is quoted ends where a context does */
	}
	return false;
}

static bool match_directive(struct matching *matching, const char *format,
			    struct directive directive, struct span said)
{
	if (directive.kind == 's')
		return match_string(matching, format, directive, said);
	size_t len = directive.kind == 'c' ? character_len(said) : number_len(said, directive.kind);
	return len > 0 &&
	       match_from(matching, format + directive.len, rest_of(said, len),
			  directive.value + 1) &&
	       keep(matching, directive.value, (struct span){said.start, len});
}

static bool is_end(const char *format)
{
	return format[0] == '\0' || (format[0] == '\n' && format[1] == '\0');
}

static bool match_from(struct matching *matching, const char *format, struct span said,
		       size_t value)
{
	if (--matching->steps < 0)
		return false;
	while (*format != '\0') {
		struct directive directive = {.len = 1};
		if (*format == '%')
			directive = directive_at(format, value);
		if (directive.kind != 0 && directive.kind != '%')
			return match_directive(matching, format, directive, said);
		if (said.len == 0 || said.start[0] != *format)
			break;
		said = rest_of(said, 1);
		format += directive.len;
	}
	return said.len == 0 && is_end(format);
}

bool sentence_match(const char *format, struct span said, struct sentence_values *ret)
{
	struct sentence_values values = {0};
	struct matching matching = {format, &values, STEPS_MAX};
	if (said.len == 0)
		said.start = "";
	if (!match_from(&matching, format, said, 0))
		return false;
	*ret = values;
	return true;
}

size_t sentence_letters(const char *format)
{
	size_t letters = 0;
	for (size_t len = 1; *format != '\0'; format += len) {
		len = *format == '%' ? directive_at(format, 0).len : 1;
		letters += is_letter(*format);
	}
	return letters;
}

/* Also as an option: '--%s'. */
static bool is_quoted(const char *format, const char *at, size_t len)
{
	const char *before = at;
	while (before > format && before[-1] == '-')
		before--;
	return before > format && before[-1] == '\'' && at[len] == '\'';
}

bool sentence_quotes(const char *format, size_t value)
{
	size_t next = 0;
	for (const char *at = format; *at != '\0';) {
		struct directive directive = {.len = 1};
		if (*at == '%')
			directive = directive_at(at, next);
		bool is_value = directive.kind != 0 && directive.kind != '%';
		if (is_value && directive.value == value)
			return is_quoted(format, at, directive.len);
		next = is_value ? directive.value + 1 : next;
		at += directive.len;
	}
	return false;
}

void sentence_fill(const char *format, const struct sentence_values *values,
		   sentence_value_fn *write, void *self, struct text *out)
{
	size_t next = 0;
	const char *at = format;
	while (!is_end(at)) {
		struct directive directive = {.len = 1};
		if (*at == '%')
			directive = directive_at(at, next);
		if (directive.kind == 0 || directive.kind == '%') {
			text_add_char(out, *at);
			at += directive.len;
			continue;
		}
		struct span value = values->items[directive.value];
		if (is_quoted(format, at, directive.len))
			text_add(out, value.start, value.len);
		else
			write(self, value, out);
		next = directive.value + 1;
		at += directive.len;
	}
}
