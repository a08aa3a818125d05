/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/address.h"

#include <ctype.h>
#include <curl/curl.h>

static bool read_part(CURLU *url, CURLUPart part, char *buffer, size_t size)
{
	char *found = NULL;
	if (curl_url_get(url, part, &found, CURLU_DEFAULT_PORT) != CURLUE_OK)
		return false;
	size_t len = strlen(found);
	bool fits = len < size;
	for (size_t i = 0; fits && i <= len; i++)
		buffer[i] = (char)tolower((unsigned char)found[i]);
	curl_free(found);
	return fits;
}

static bool has_part(CURLU *url, CURLUPart part)
{
	char *found = NULL;
	bool has = curl_url_get(url, part, &found, 0) == CURLUE_OK;
	curl_free(found);
	return has;
}

static bool read_parts(CURLU *url, const char *text, struct address *ret)
{
	struct address address = {0};
	if (curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK ||
	    !read_part(url, CURLUPART_SCHEME, address.scheme, sizeof address.scheme))
		return false;
	/* a scheme that is not ours may have no host; the scheme alone refuses it */
	if (!read_part(url, CURLUPART_HOST, address.host, sizeof address.host))
		address.host[0] = '\0';
	if (!read_part(url, CURLUPART_PORT, address.port, sizeof address.port))
		address.port[0] = '\0';
	address.has_user = has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD);
	*ret = address;
	return true;
}

bool address_read(const char *url, struct address *ret)
{
	CURLU *handle = curl_url();
	bool ok = handle != NULL && read_parts(handle, url, ret);
	curl_url_cleanup(handle);
	return ok;
}

bool address_may_share(const struct address *from, const struct address *to)
{
	if (strcmp(from->host, to->host) != 0)
		return false;
	if (strcmp(from->scheme, to->scheme) == 0)
		return strcmp(from->port, to->port) == 0;
	return strcmp(from->port, "80") == 0 && strcmp(to->scheme, "https") == 0 &&
	       strcmp(to->port, "443") == 0;
}
