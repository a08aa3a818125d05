/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fakes/http/faults.h"

#include "tests/fakes/http/framing.h"
#include "tests/fakes/http/planted.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

enum { BOMB_BYTES = 16 << 20 };

static const char chunked_head[] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
static const char lines[] = "area,year,value\nVN,2021,91.7\nVN,2022,92.4\n";

static void put_document(struct connection *c, const char *more, const char *body)
{
	if (body == NULL)
		body = "";
	connection_put_head(c, 200, more != NULL ? more : "", strlen(body));
	text_add_string(&c->out, body);
}

/* gzip of `len` bytes, which is `fill` when data is NULL. */
static void gzip(struct text *out, const char *data, size_t len, int fill)
{
	AUTO_FREE char *plain = malloc(len + 1);
	AUTO_FREE unsigned char *packed = malloc(len + 1024);
	z_stream z = {0};
	if (plain == NULL || packed == NULL ||
	    deflateInit2(&z, 1, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	if (data != NULL)
		memcpy(plain, data, len);
	else
		memset(plain, fill, len);
	z.next_in = (void *)plain;
	z.avail_in = (uInt)len;
	z.next_out = packed;
	z.avail_out = (uInt)len + 1024;
	deflate(&z, Z_FINISH);
	text_add(out, (const char *)packed, z.total_out);
	deflateEnd(&z);
}

/* A gzip body without its last `cut` bytes and with `tail` behind it. */
static void put_gzip(struct connection *c, struct span gz, size_t cut, const char *tail)
{
	connection_put_head(c, 200, "Content-Type: text/csv\r\nContent-Encoding: gzip\r\n",
			    gz.len - cut + strlen(tail));
	text_add(&c->out, gz.start, gz.len - cut);
	text_add_string(&c->out, tail);
}

static void gzip_case(struct connection *c, int members, size_t cut, const char *tail)
{
	AUTO_TEXT struct text gz = text_with_limit(ANSWER_MAX_BYTES);
	for (int i = 0; i < members; i++)
		gzip(&gz, lines, sizeof lines - 1, 0);
	put_gzip(c, text_span(&gz), cut, tail);
}

ANSWER(fault_plain)
{
	put_document(c, "Content-Type: text/csv; charset=utf-8\r\nETag: \"v1\"\r\n", lines);
}

ANSWER(fault_slow_drip)
{
	connection_put_head(c, 200, "", 100000);
	for (int i = 0; i < 100; i++)
		text_add_string(&c->out, "a line of a document that never gets any faster\n");
	c->drips = true;
}

ANSWER(fault_truncated)
{
	connection_put_head(c, 200, "", sizeof lines - 1 + 100);
	text_add_string(&c->out, lines);
	c->ending = CLOSE;
}

ANSWER(fault_longer)
{
	put_document(c, "", lines);
	text_add_string(&c->out, "VN,2023,93.1\n");
}

/* So large that what is too much is not read together with the head. */
ANSWER(fault_longer_large)
{
	connection_put_head(c, 200, "", 600 * (sizeof lines - 1));
	for (int i = 0; i < 601; i++)
		text_add_string(&c->out, lines);
}

ANSWER(fault_two_lengths)
{
	connection_put_head(c, 200, "Content-Length: 20\r\n", sizeof lines - 1);
	text_add_string(&c->out, lines);
	c->ending = CLOSE;
}

ANSWER(fault_gzip_ok)
{
	gzip_case(c, 1, 0, "");
}

ANSWER(fault_gzip_members)
{
	gzip_case(c, 2, 0, "");
}

ANSWER(fault_gzip_cut)
{
	gzip_case(c, 1, 9, "");
}

/* Only the checksum and length behind the data are missing. */
ANSWER(fault_gzip_no_end)
{
	gzip_case(c, 1, 8, "");
}

ANSWER(fault_gzip_garbage)
{
	gzip_case(c, 1, 0, "and more");
}

ANSWER(fault_gzip_not)
{
	put_document(c, "Content-Encoding: gzip\r\n", lines);
}

ANSWER(fault_gzip_bomb)
{
	AUTO_TEXT struct text gz = text_with_limit(ANSWER_MAX_BYTES);
	gzip(&gz, NULL, BOMB_BYTES, '0');
	put_gzip(c, text_span(&gz), 0, "");
}

ANSWER(fault_brotli)
{
	put_document(c, "Content-Encoding: br\r\n", lines);
}

ANSWER(fault_redirect_loop)
{
	connection_put_status(c, 302, "Location: /fault/redirect-loop\r\n");
}

ANSWER(fault_redirect_ok)
{
	connection_put_status(c, 301, "Location: plain\r\n");
}

ANSWER(fault_redirect_file)
{
	connection_put_status(c, 302, "Location: file:///etc/passwd\r\n");
}

ANSWER(fault_redirect_nowhere)
{
	connection_put_status(c, 302, "Location: http://:bad:/\r\n");
}

ANSWER(fault_redirect_other)
{
	char location[64];
	snprintf(location, sizeof location, "Location: http://localhost:%d/fault/echo\r\n",
		 site->port);
	connection_put_status(c, 307, location);
}

/* /fault/redirect/CODE to /fault/echo. */
ANSWER(fault_redirect_code)
{
	connection_put_status(c, atoi(r->path.start + strlen("/fault/redirect/")),
			      "Location: /fault/echo\r\n");
}

ANSWER(fault_html)
{
	put_document(c, "Content-Type: text/html\r\n",
		     "<!DOCTYPE html><title>Maintenance</title><p>Back soon\n");
}

ANSWER(fault_empty)
{
	put_document(c, "", "");
}

ANSWER(fault_206)
{
	connection_put_head(c, 206, "Content-Range: bytes 0-9/100\r\n", 10);
	text_add(&c->out, lines, 10);
}

/* The query goes into the head as it is, '+' for a blank: ?Retry-After:+120 */
ANSWER(fault_status)
{
	char more[256] = "";
	if (r->query.len > 0 && r->query.len < sizeof more - 3)
		snprintf(more, sizeof more, "%.*s\r\n", SPAN_ARGS(r->query));
	for (char *plus = more; (plus = strchr(plus, '+')) != NULL;)
		*plus = ' ';
	connection_put_status(c, atoi(r->path.start + strlen("/fault/status/")), more);
}

ANSWER(fault_reset)
{
	c->ending = RESET;
}

ANSWER(fault_reset_body)
{
	fault_truncated(site, c, r);
	c->ending = RESET;
}

ANSWER(fault_stall)
{
	c->ending = STALL;
}

ANSWER(fault_chunked_cut)
{
	text_add_string(&c->out, chunked_head);
	text_addf(&c->out, "%zx\r\n%s\r\n", sizeof lines - 1, lines);
	c->ending = CLOSE;
}

ANSWER(fault_chunked)
{
	fault_chunked_cut(site, c, r);
	text_add_string(&c->out, "0\r\nETag: \"late\"\r\n\r\n");
	c->ending = KEEP_ALIVE;
}

ANSWER(fault_huge)
{
	text_add_string(&c->out, chunked_head);
	c->ending = ENDLESS;
}

ANSWER(fault_not_http)
{
	text_add_string(&c->out, "hello\n");
	c->ending = CLOSE;
}

ANSWER(fault_many_headers)
{
	AUTO_TEXT struct text more = text_with_limit(ANSWER_MAX_BYTES);
	for (int i = 0; i < 5000; i++)
		text_addf(&more, "X-Filling-%d: %060d\r\n", i, i);
	put_document(c, more.data, lines);
}

ANSWER(fault_links)
{
	put_document(c, "Link: </a>; rel=\"next\"\r\nLink: </b>; rel=\"last\"\r\n", lines);
}

ANSWER(fault_long_fields)
{
	AUTO_TEXT struct text more = text_with_limit(ANSWER_MAX_BYTES);
	text_addf(&more, "ETag: \"%02000d\"\r\nLink: <%05000d>\r\n", 1, 2);
	put_document(c, more.data, lines);
}

ANSWER(fault_count)
{
	char body[64];
	snprintf(body, sizeof body, "request %d\n", ++site->counted);
	put_document(c, "", body);
}

/* The request as it came. */
ANSWER(fault_echo)
{
	connection_put_head(c, 200, "Content-Type: text/plain\r\n", r->head.len + r->body.len);
	text_add(&c->out, r->head.start, r->head.len);
	text_add(&c->out, r->body.start, r->body.len);
}

/* /page/N: one of endlessly many. */
ANSWER(page)
{
	int number = atoi(r->path.start + strlen("/page/"));
	char body[128], more[128];
	snprintf(more, sizeof more,
		 "Content-Type: application/json\r\nLink: </page/%d>; rel=\"next\"\r\n",
		 number + 1);
	snprintf(body, sizeof body, "{\"page\":%d,\"next\":\"/page/%d\",\"rows\":[]}\n", number,
		 number + 1);
	put_document(c, more, body);
}

ANSWER(fault_list);

static const struct planted planted[] = {
	{"/fault/206", fault_206},
	{"/fault/brotli", fault_brotli},
	{"/fault/chunked", fault_chunked},
	{"/fault/chunked-cut", fault_chunked_cut},
	{"/fault/count", fault_count},
	{"/fault/echo", fault_echo},
	{"/fault/empty", fault_empty},
	{"/fault/gzip-bomb", fault_gzip_bomb},
	{"/fault/gzip-cut", fault_gzip_cut},
	{"/fault/gzip-garbage", fault_gzip_garbage},
	{"/fault/gzip-members", fault_gzip_members},
	{"/fault/gzip-no-end", fault_gzip_no_end},
	{"/fault/gzip-not", fault_gzip_not},
	{"/fault/gzip-ok", fault_gzip_ok},
	{"/fault/html", fault_html},
	{"/fault/huge", fault_huge},
	{"/fault/links", fault_links},
	{"/fault/long-fields", fault_long_fields},
	{"/fault/longer", fault_longer},
	{"/fault/longer-large", fault_longer_large},
	{"/fault/many-headers", fault_many_headers},
	{"/fault/not-http", fault_not_http},
	{"/fault/plain", fault_plain},
	{"/fault/redirect-file", fault_redirect_file},
	{"/fault/redirect-loop", fault_redirect_loop},
	{"/fault/redirect-nowhere", fault_redirect_nowhere},
	{"/fault/redirect-ok", fault_redirect_ok},
	{"/fault/redirect-other", fault_redirect_other},
	{"/fault/redirect/", fault_redirect_code},
	{"/fault/reset", fault_reset},
	{"/fault/reset-body", fault_reset_body},
	{"/fault/slow-drip", fault_slow_drip},
	{"/fault/stall", fault_stall},
	{"/fault/status/", fault_status},
	{"/fault/truncated", fault_truncated},
	{"/fault/two-lengths", fault_two_lengths},
	{"/page/", page},
	{0},
};

static const struct planted last[] = {{"/fault/", fault_list}, {0}};

static const struct planted *const tables[] = {planted, framing_planted, last};

ANSWER(fault_list)
{
	AUTO_TEXT struct text list = text_with_limit(ANSWER_MAX_BYTES);
	for (size_t i = 0; i < COUNT_OF(tables); i++)
		for (const struct planted *at = tables[i]; at->path != NULL; at++)
			text_addf(&list, "%s\n", at->path);
	put_document(c, "Content-Type: text/plain\r\n", list.data);
}

static bool matches(struct span path, const char *planted_path)
{
	size_t len = strlen(planted_path);
	return span_is(path, planted_path) ||
	       (planted_path[len - 1] == '/' && span_starts(path, planted_path));
}

static const struct planted *find(struct span path)
{
	for (size_t i = 0; i < COUNT_OF(tables); i++)
		for (const struct planted *at = tables[i]; at->path != NULL; at++)
			if (matches(path, at->path))
				return at;
	return NULL;
}

bool faults_answer(struct site *site, struct connection *c, const struct request *request)
{
	const struct planted *found = find(request->path);
	if (found != NULL)
		found->answer(site, c, request);
	return found != NULL;
}

void faults_put_more(struct connection *c)
{
	text_clear(&c->out);
	if (c->more != NULL)
		text_add_string(&c->out, c->more);
	else
		text_addf(&c->out, "%x\r\n%01000d\r\n", 1000, 7);
}
