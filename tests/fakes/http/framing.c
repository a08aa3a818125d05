/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fakes/http/framing.h"

#include <stdio.h>
#include <stdlib.h>

enum { DEEP = 100000, LONG_BYTES = 4 << 20 };

static const char lines[] = "area,year,value\nVN,2021,91.7\nVN,2022,92.4\n";
static const char chunked[] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
static const char json_type[] = "Content-Type: application/json\r\n";

/* What is behind the last '/' of the path. */
static size_t number_of(const struct request *r)
{
	const char *at = r->path.start + r->path.len;
	while (at > r->path.start && at[-1] != '/')
		at--;
	return strtoul(at, NULL, 10);
}

static void put_raw(struct connection *c, const char *answer, enum ending ending)
{
	text_add_string(&c->out, answer);
	c->ending = ending;
}

/* -- never to the end */

ANSWER(slow_head)
{
	text_addf(&c->out, "HTTP/1.1 200 OK\r\nX-Filling: %02000d\r\n", 1);
	c->ending = STALL;
	c->drips = true;
}

ANSWER(stall_body)
{
	connection_put_head(c, 200, "", sizeof lines - 1);
	text_add(&c->out, lines, sizeof lines / 2);
	c->ending = STALL;
}

static void put_endless(struct connection *c, const char *begin, const char *more)
{
	put_raw(c, begin, ENDLESS);
	c->more = more;
}

ANSWER(endless_head)
{
	put_endless(c, "HTTP/1.1 200 OK\r\n", "X-Filling: and so on and so on and so on\r\n");
}

ANSWER(endless_line)
{
	put_endless(c, "HTTP/1.1 200 OK\r\nX-Filling: ", "and so on and so on and so on ");
}

ANSWER(endless_interim)
{
	put_endless(c, "", "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n");
}

ANSWER(endless_trailer)
{
	text_addf(&c->out, "%s%zx\r\n%s\r\n", chunked, sizeof lines - 1, lines);
	put_endless(c, "0\r\n", "X-Filling: and so on and so on and so on\r\n");
}

ANSWER(endless_body)
{
	put_endless(c, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\narea,year,value\n",
		    "VN,2021,91.7\n");
}

/* -- lengths and statuses that are none */

ANSWER(negative_length)
{
	put_raw(c, "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", CLOSE);
	text_add_string(&c->out, lines);
}

ANSWER(length_and_chunks)
{
	put_raw(c, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
		CLOSE);
	text_addf(&c->out, "%zx\r\n%s\r\n0\r\n\r\n", sizeof lines - 1, lines);
}

ANSWER(bad_chunk)
{
	text_addf(&c->out, "%szz\r\n%s\r\n0\r\n\r\n", chunked, lines);
	c->ending = CLOSE;
}

ANSWER(huge_chunk)
{
	text_addf(&c->out, "%sFFFFFFFFFFFFFFFFF\r\n%s", chunked, lines);
	c->ending = CLOSE;
}

ANSWER(bad_status)
{
	put_raw(c, "HTTP/1.1 abc What\r\nContent-Length: 0\r\n\r\n", CLOSE);
}

/* -- cut at any byte: /fault/close-at/N and /fault/reset-at/N */

static void put_cut(struct connection *c, const struct request *r, enum ending ending)
{
	connection_put_head(c, 200, "Content-Type: text/csv\r\n", sizeof lines - 1);
	text_add_string(&c->out, lines);
	size_t len = number_of(r);
	if (len < c->out.len) {
		c->out.len = len;
		c->ending = ending;
	}
}

ANSWER(close_at)
{
	put_cut(c, r, CLOSE);
}

ANSWER(reset_at)
{
	put_cut(c, r, RESET);
}

/* /fault/hops/N: so many redirects to a good answer. */
ANSWER(hops)
{
	char more[64];
	size_t left = number_of(r);
	if (left <= 1)
		(void)snprintf(more, sizeof more, "Location: /fault/plain\r\n");
	else
		(void)snprintf(more, sizeof more, "Location: /fault/hops/%zu\r\n", left - 1);
	connection_put_status(c, 302, more);
}

/* -- documents */

static void put_json(struct connection *c, const struct text *body)
{
	connection_put_head(c, 200, json_type, body->len);
	text_add(&c->out, body->data, body->len);
}

static void put_repeated(struct connection *c, const char *before, int count, char filling)
{
	AUTO_TEXT struct text body = text_with_limit(ANSWER_MAX_BYTES);
	text_add_string(&body, before);
	for (int i = 0; i < count; i++)
		text_add_char(&body, filling);
	put_json(c, &body);
}

ANSWER(deep)
{
	put_repeated(c, "{\"rows\":", DEEP, '[');
}

ANSWER(unclosed)
{
	put_repeated(c, "{\"rows\":[{\"area\":\"", LONG_BYTES, 'x');
}

/* Nothing has the type that it should have. */
ANSWER(wrong_types)
{
	AUTO_TEXT struct text body = text_with_limit(ANSWER_MAX_BYTES);
	text_add_string(&body, "{\"rows\":[{\"area\":{},\"year\":[],\"value\":true},7,null,"
			       "{\"area\":1,\"year\":\"soon\",\"value\":\"high\"}]}");
	put_json(c, &body);
}

ANSWER(rows_are_none)
{
	AUTO_TEXT struct text body = text_with_limit(ANSWER_MAX_BYTES);
	text_add_string(&body, "{\"rows\":\"later\"}");
	put_json(c, &body);
}

/* /fault/pages/N: the next one is always there. */
ANSWER(pages)
{
	AUTO_TEXT struct text body = text_with_limit(ANSWER_MAX_BYTES);
	size_t page = number_of(r);
	text_addf(&body,
		  "{\"next\":\"/fault/pages/%zu\",\"rows\":[{\"area\":\"VN\",\"year\":%zu,"
		  "\"value\":1}]}",
		  page + 1, 1900 + page % 100);
	put_json(c, &body);
}

const struct planted framing_planted[] = {
	{"/fault/bad-chunk", bad_chunk},
	{"/fault/bad-status", bad_status},
	{"/fault/close-at/", close_at},
	{"/fault/deep", deep},
	{"/fault/endless-body", endless_body},
	{"/fault/endless-head", endless_head},
	{"/fault/endless-interim", endless_interim},
	{"/fault/endless-line", endless_line},
	{"/fault/endless-trailer", endless_trailer},
	{"/fault/hops/", hops},
	{"/fault/huge-chunk", huge_chunk},
	{"/fault/length-and-chunks", length_and_chunks},
	{"/fault/negative-length", negative_length},
	{"/fault/pages/", pages},
	{"/fault/reset-at/", reset_at},
	{"/fault/rows-are-none", rows_are_none},
	{"/fault/slow-head", slow_head},
	{"/fault/stall-body", stall_body},
	{"/fault/unclosed", unclosed},
	{"/fault/wrong-types", wrong_types},
	{0},
};
