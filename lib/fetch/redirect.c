/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/redirect.h"

#include <stdio.h>

#include "fetch/options.h"

/* Statuses that redirect, and whether they keep a POST what it is. */
static const struct {
	int status;
	bool keeps_method;
} kinds[] = {{301, false}, {302, false}, {303, false}, {307, true}, {308, true}};

static bool keeps_method(int status)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (kinds[i].status == status)
			return kinds[i].keeps_method;
	}
	return false;
}

static const char *target(const struct fetch_transfer *transfer)
{
	char *url = NULL;
	(void)curl_easy_getinfo(transfer->easy, CURLINFO_REDIRECT_URL, &url);
	return url;
}

bool redirect_is(const struct fetch_transfer *transfer)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (kinds[i].status == transfer->answer.status)
			return target(transfer) != NULL;
	}
	return false;
}

static bool refuse(struct fetch_transfer *transfer, const char *what)
{
	return transfer_fail(transfer, FETCH_CAUSE_REDIRECT_REFUSED, "%s redirects %s",
			     transfer->address.host, what);
}

static bool count_allows(struct fetch_transfer *transfer)
{
	int most = transfer->limits.max_redirects;
	if (most < 0)
		return refuse(transfer, "although no redirect is allowed");
	if (transfer->result.redirects < most)
		return true;
	return transfer_fail(transfer, FETCH_CAUSE_REDIRECTS, "%s redirects more than %d times",
			     transfer->address.host, most);
}

static bool target_allowed(struct fetch_transfer *transfer, const struct address *to)
{
	const struct address *from = &transfer->address;
	bool to_http = strcmp(to->scheme, "http") == 0;
	if ((!to_http && strcmp(to->scheme, "https") != 0) || to->host[0] == '\0')
		return refuse(transfer, "to what is neither http nor https");
	if (to_http && (strcmp(from->scheme, "https") == 0 || !transfer->allow_http))
		return refuse(transfer, "from https to http");
	if (transfer->has_secrets && !address_may_share(from, to))
		return refuse(transfer, "to another host, which must not see this request's "
					"body, user or secret headers");
	/* a query sent as a POST would come back as another document, with success */
	if (transfer->method == FETCH_POST && !keeps_method(transfer->answer.status))
		return refuse(transfer, "a POST so that it would become a GET");
	return true;
}

static bool begin_hop(struct fetch_transfer *transfer, const char *url, const struct address *to)
{
	if (curl_easy_setopt(transfer->easy, CURLOPT_URL, url) != CURLE_OK)
		return transfer_fail(transfer, FETCH_CAUSE_INTERNAL, "no memory for a redirect");
	if (!options_set_time(transfer))
		return transfer_fail(transfer, FETCH_CAUSE_TIMEOUT,
				     "%s redirected until the time was over",
				     transfer->address.host);
	transfer->address = *to;
	(void)snprintf(transfer->result.host, sizeof transfer->result.host, "%s", to->host);
	transfer->result.redirects++;
	transfer_begin_hop(transfer);
	return true;
}

bool redirect_follow(struct fetch_transfer *transfer)
{
	const char *url = target(transfer);
	struct address to;
	if (!count_allows(transfer))
		return false;
	if (url == NULL || !address_read(url, &to))
		return refuse(transfer, "to what is not a URL");
	return target_allowed(transfer, &to) && begin_hop(transfer, url, &to);
}
