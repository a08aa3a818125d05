/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fakes/http/connection.h"

#include <stdio.h>
#include <strings.h>

void connection_put_head(struct connection *c, int status, const char *more, size_t len)
{
	text_addf(&c->out, "HTTP/1.1 %d %s\r\n%sContent-Length: %zu\r\n\r\n", status,
		  status == 200 ? "OK" : "Other", more, len);
}

void connection_put_status(struct connection *c, int status, const char *more)
{
	char body[32];
	int len = snprintf(body, sizeof body, "status %d\n", status);
	connection_put_head(c, status, more, (size_t)len);
	text_add_string(&c->out, body);
}

struct span request_header(const struct request *request, const char *name)
{
	struct span rest = request->head;
	while (rest.start != NULL) {
		struct span value = span_cut(&rest, '\n');
		struct span key = span_cut(&value, ':');
		if (key.len == strlen(name) && strncasecmp(key.start, name, key.len) == 0)
			return span_trim(value);
	}
	return (struct span){0};
}
