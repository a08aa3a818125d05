/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/json_complaint.h"

#include <stdio.h>

enum { NEAR_BYTES = JSON_ERROR_TEXT_LENGTH };

/* Where the library stopped, and with which words. */
struct complaint {
	const char *text;      /* the library's */
	char near[NEAR_BYTES]; /* the token that it had read, "" when it says none */
	int line, column;      /* of its last character */
};

struct row {
	const char *text; /* how the library's words begin */
	const char *near; /* what the token begins with, one of these characters; NULL: anything */
	const char *says;
};

static const struct row rows[] = {
	{"\\u0000", NULL,
	 "there is a \\u0000 in a text, a character that no text may have; it has to be left out"},
	{"NUL byte", NULL,
	 "there is a \\u0000 in a name, a character that no name may have; it has to be left out"},
	{"duplicate object key", NULL,
	 "this name is there twice in one object, and which one is meant cannot be known"},
	{"unexpected newline", NULL,
	 "a text goes on in the next line: its closing quote is missing, or a line break that is "
	 "written \\n in a text"},
	{"control character", NULL,
	 "there is a control character in a text, where a tab is written \\t and others \\u with "
	 "four digits"},
	{"invalid escape", NULL,
	 "behind a backslash in a text stands one of \" \\ / b f n r t, or u with four "
	 "hexadecimal digits"},
	{"invalid Unicode", NULL,
	 "there is half of a character in a text: \\ud800 to \\udbff needs one of \\udc00 to "
	 "\\udfff behind it"},
	{"invalid token", "0123456789.+-",
	 "this is no number: it begins with a digit or '-', has no 0 before other digits, and has "
	 "digits on both sides of its point"},
	{"invalid token", NULL,
	 "this is no value: a text or name stands in double quotes, and what does not is a number, "
	 "true, false or null"},
	{"string or '}' expected", "}", "behind the last member of an object stands no comma"},
	{"string or '}' expected", NULL,
	 "the name of a member is missing, which stands in double quotes"},
	{"':' expected", NULL, "a ':' is missing between a name and its value"},
	{"'}' expected", NULL, "a comma or '}' is missing before it"},
	{"']' expected", NULL, "a comma or ']' is missing before it"},
	{"unexpected token", "]", "behind the last value of a list stands no comma"},
	{"unexpected token", NULL, "a value is missing before it"},
	{"'[' or '{' expected", NULL, "a document begins with '{' or '['"},
	{"end of file expected", NULL,
	 "the document ended before it; records on lines of their own are read with lines = true"},
};

/* Words that some programs print for what is no number. */
static const char *not_a_number(const char *near)
{
	static const struct {
		const char *near, *word;
	} words[] = {{"NaN", "NaN"},
		     {"nan", "NaN"},
		     {"Infinity", "Infinity"},
		     {"inf", "Infinity"},
		     {"-", "a '-' without digits, as in -Infinity,"}};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(near, words[i].near) == 0)
			return words[i].word;
	return NULL;
}

static const char *words_for(const struct complaint *complaint)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *row = &rows[i];
		bool is_near = row->near == NULL || (complaint->near[0] != '\0' &&
						     strchr(row->near, complaint->near[0]) != NULL);
		if (is_near && span_starts(span_of(complaint->text), row->text))
			return row->says;
	}
	return complaint->text;
}

/* The last token, which stands in "... near 'TOKEN'". */
static struct complaint read_complaint(const struct feed_source *source, const json_error_t *why)
{
	static const char before[] = " near '";
	struct complaint complaint = {why->text, "", why->line, why->column};
	const char *near = strstr(why->text, before);
	/* a line of JSON Lines was given a bracket or comma in front */
	if (source->plan->mapping->is_lines && complaint.column > 1)
		complaint.column--;
	if (near == NULL)
		return complaint;
	struct span token = span_of(near + strlen(before));
	token.len -= token.len > 0;
	if (!span_copy(token, complaint.near, sizeof complaint.near))
		complaint.near[0] = '\0';
	return complaint;
}

/* In the middle of something that goes on as it began.  JSON Lines were given a bracket to end
 * with, which is no token of theirs. */
static bool is_cut_off(const struct feed_source *source, const json_error_t *why)
{
	static const char *const begun[] = {"invalid token", "invalid escape", "unable to decode"};
	bool is_end = why->position >= 0 && (size_t)why->position >= source->document.len;
	if (json_error_code(why) == json_error_premature_end_of_input)
		return true;
	for (size_t i = 0; is_end && i < COUNT_OF(begun); i++)
		if (span_starts(span_of(why->text), begun[i]))
			return true;
	return is_end && source->plan->mapping->is_lines && strstr(why->text, "near ']'") != NULL;
}

static bool complain_of_end(struct feed_source *source, const json_error_t *why, struct error *err)
{
	if (source->plan->mapping->is_lines)
		return feed_fail(source, FEED_CAUSE_TRUNCATED, err,
				 "the document is cut off: its line %d ends inside the JSON",
				 why->line);
	return feed_fail(source, FEED_CAUSE_TRUNCATED, err,
			 "the document is cut off: it ends after %zu bytes inside the JSON",
			 source->document.len);
}

bool feed_json_complain(struct feed_source *source, const json_error_t *why, struct error *err)
{
	/* without memory jansson often has no words at all */
	if (json_error_code(why) == json_error_out_of_memory || why->text[0] == '\0') {
		feed_fail_as(source, FEED_CAUSE_INTERNAL);
		return error_memory(err);
	}
	if (is_cut_off(source, why))
		return complain_of_end(source, why, err);
	const struct complaint complaint = read_complaint(source, why);
	const char *word = not_a_number(complaint.near);
	if (word != NULL)
		return feed_fail(
			source, FEED_CAUSE_SYNTAX, err,
			"line %d, column %d: %s is not a JSON number; null says that there "
			"is none",
			complaint.line, complaint.column, word);
	const char *words = words_for(&complaint);
	if (complaint.near[0] == '\0' || words == complaint.text)
		return feed_fail(source, FEED_CAUSE_SYNTAX, err, "line %d, column %d: not JSON: %s",
				 complaint.line, complaint.column, words);
	return feed_fail(source, FEED_CAUSE_SYNTAX, err, "line %d, column %d: not JSON at '%s': %s",
			 complaint.line, complaint.column, complaint.near, words);
}
