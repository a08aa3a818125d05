/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/handles.h"

CURL *handles_take(struct handles *handles)
{
	if (handles->count > 0)
		return handles->items[--handles->count];
	CURL *easy = curl_easy_init();
	if (easy != NULL && curl_easy_setopt(easy, CURLOPT_SHARE, handles->share) == CURLE_OK)
		return easy;
	curl_easy_cleanup(easy);
	return NULL;
}

void handles_give(struct handles *handles, CURL *easy)
{
	if (easy == NULL)
		return;
	if (handles->count == HANDLES_MAX) {
		curl_easy_cleanup(easy);
		return;
	}
	curl_easy_reset(easy);
	handles->items[handles->count++] = easy;
}

void handles_done(struct handles *handles)
{
	while (handles->count > 0)
		curl_easy_cleanup(handles->items[--handles->count]);
	(void)curl_share_cleanup(handles->share);
	handles->share = NULL;
}
