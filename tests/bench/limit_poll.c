/* SPDX-License-Identifier: GPL-3.0-or-later */

/* limit_poll [-d] [-t FILE [-c]] COUNT PORT PATH: the least that asking COUNT feeds once more can
 * cost with libcurl.  Two cycles, 16 at a time; prints the CPU seconds of the second and the
 * resident set in MiB.
 *
 * Feed 7 is PATH/00007.json at 127.0.0.1.  Without options: conditional requests.  -d: plain ones,
 * and a digest of each body.  -t: trust this file; -c: as libcurl is set up by default, with a
 * directory of certificates besides. */

#include <curl/curl.h>
#include <nettle/sha2.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { AT_ONCE = 16, URL_BYTES = 512, TAG_BYTES = 256, CYCLES = 2, EXIT_UNABLE = 3 };

struct feed {
	char tag[TAG_BYTES]; /* "If-None-Match: ..." */
	unsigned char digest[SHA256_DIGEST_SIZE];
};

struct slot {
	CURL *easy;
	struct feed *feed;
	struct sha256_ctx digest;
	struct curl_slist *headers;
};

struct poll {
	bool by_digest, by_default;
	const char *trust, *port, *path;
	int count, next, failed;
	struct feed *feeds;
	struct slot slots[AT_ONCE];
	CURLM *multi;
	CURLSH *share;
};

static size_t take_body(char *bytes, size_t size, size_t count, void *self)
{
	struct slot *slot = self;
	sha256_update(&slot->digest, size * count, (const uint8_t *)bytes);
	return size * count;
}

static size_t skip_body(char *bytes, size_t size, size_t count, void *self)
{
	(void)bytes;
	(void)self;
	return size * count;
}

static size_t take_header(char *line, size_t size, size_t count, void *self)
{
	struct slot *slot = self;
	size_t len = size * count;
	if (len > 6 && len < TAG_BYTES - 20 && strncasecmp(line, "ETag: ", 6) == 0)
		(void)snprintf(slot->feed->tag, TAG_BYTES, "If-None-Match: %.*s",
			       (int)strcspn(line + 6, "\r\n"), line + 6);
	return len;
}

static void begin(struct poll *poll, struct slot *slot)
{
	char url[URL_BYTES];
	int i = poll->next++;
	slot->feed = &poll->feeds[i];
	(void)snprintf(url, sizeof url, "%s://127.0.0.%d:%s%s/%05d.json",
		       poll->trust ? "https" : "http", poll->trust ? i % 250 + 1 : 1, poll->port,
		       poll->path, i);
	(void)curl_easy_setopt(slot->easy, CURLOPT_URL, url);
	curl_slist_free_all(slot->headers);
	slot->headers = NULL;
	if (!poll->by_digest && slot->feed->tag[0] != '\0')
		slot->headers = curl_slist_append(NULL, slot->feed->tag);
	(void)curl_easy_setopt(slot->easy, CURLOPT_HTTPHEADER, slot->headers);
	sha256_init(&slot->digest);
	(void)curl_multi_add_handle(poll->multi, slot->easy);
}

static void end(struct poll *poll, const CURLMsg *message)
{
	CURL *easy = message->easy_handle;
	struct slot *slot = NULL;
	(void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, &slot);
	poll->failed += message->data.result != CURLE_OK;
	(void)curl_multi_remove_handle(poll->multi, easy);
	if (poll->by_digest)
		sha256_digest(&slot->digest, SHA256_DIGEST_SIZE, slot->feed->digest);
	if (poll->next < poll->count)
		begin(poll, slot);
}

static void cycle(struct poll *poll)
{
	int running = 1;
	poll->next = 0;
	for (int i = 0; i < AT_ONCE && i < poll->count; i++)
		begin(poll, &poll->slots[i]);
	while (running > 0) {
		int left;
		const CURLMsg *message;
		(void)curl_multi_perform(poll->multi, &running);
		while ((message = curl_multi_info_read(poll->multi, &left)) != NULL) {
			end(poll, message);
			running = 1;
		}
		if (running > 0)
			(void)curl_multi_poll(poll->multi, NULL, 0, 1000, NULL);
	}
}

static void open_slot(struct poll *poll, struct slot *slot)
{
	CURL *easy = slot->easy = curl_easy_init();
	(void)curl_easy_setopt(easy, CURLOPT_PRIVATE, slot);
	(void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION,
			       poll->by_digest ? take_body : skip_body);
	(void)curl_easy_setopt(easy, CURLOPT_WRITEDATA, slot);
	(void)curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	(void)curl_easy_setopt(easy, CURLOPT_HEADERDATA, slot);
	(void)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	if (poll->trust != NULL)
		(void)curl_easy_setopt(easy, CURLOPT_CAINFO, poll->trust);
	if (poll->by_default)
		return;
	(void)curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	(void)curl_easy_setopt(easy, CURLOPT_SHARE, poll->share);
}

static double cpu_s(struct rusage *usage)
{
	(void)getrusage(RUSAGE_SELF, usage);
	return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
	       (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv)
{
	struct poll poll = {0};
	struct rusage usage;
	double taken_s = 0;
	for (int option; (option = getopt(argc, argv, "dct:")) != -1;) {
		poll.by_digest |= option == 'd';
		poll.by_default |= option == 'c';
		if (option == 't')
			poll.trust = optarg;
	}
	if (argc - optind != 3 || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return EXIT_UNABLE;
	poll.count = (int)strtol(argv[optind], NULL, 10);
	poll.port = argv[optind + 1];
	poll.path = argv[optind + 2];
	poll.feeds = calloc((size_t)poll.count + 1, sizeof *poll.feeds);
	poll.multi = curl_multi_init();
	poll.share = curl_share_init();
	(void)curl_share_setopt(poll.share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
	for (int i = 0; i < AT_ONCE; i++)
		open_slot(&poll, &poll.slots[i]);
	for (int i = 0; i < CYCLES; i++) {
		double before_s = cpu_s(&usage);
		cycle(&poll);
		taken_s = cpu_s(&usage) - before_s;
	}
	if (poll.failed > 0) {
		(void)fprintf(stderr, "limit_poll: %d requests failed\n", poll.failed);
		return EXIT_UNABLE;
	}
	return printf("%.5f %.1f\n", taken_s, (double)usage.ru_maxrss / 1024) > 0 ? 0 : EXIT_UNABLE;
}
