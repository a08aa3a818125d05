/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "config/config.h"
#include "tests/fuzz/fuzz.h"

/* envgap.conf with its feeds and mappings: what is wrong is named, and what is not can be used. */

enum { SAID_BYTES = 1 << 20, PATH_BYTES = 64 };

/* The path of a file with these bytes, always the same one. */
static const char *put(struct span bytes)
{
	static char path[PATH_BYTES];
	static int fd = -1;
	if (fd < 0)
		fd = memfd_create("envgap.conf", MFD_CLOEXEC);
	(void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	fuzz_must(ftruncate(fd, 0) == 0 &&
			  pwrite(fd, bytes.start, bytes.len, 0) == (ssize_t)bytes.len,
		  "a file can be written");
	return path;
}

/* A file that is read while it is written tells of nothing but that. */
static void check_feeds(const struct config *config)
{
	for (size_t i = 0; i < config->feeds.count; i++) {
		const struct config_feed *feed = config_feed_at(config, i);
		struct error err = {0};
		fuzz_must(feed->id != NULL && feed->url != NULL, "a good feed has id and URL");
		fuzz_must(feed_mapping_check(&feed->mapping, &err), "a good feed can be read");
		fuzz_must(config_feed_find(config, span_of(feed->id)) != NULL,
			  "a good feed can be found");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = put((struct span){(const char *)data, size});
	AUTO_PROBLEMS struct problems problems = {0};
	AUTO_CONFIG struct config *config = NULL;
	AUTO_TEXT struct text said = text_with_limit(SAID_BYTES);
	struct error err = {0};
	if (!config_load(path, &config, &problems, &err))
		fuzz_must_be_told(&err);
	else if (problems.errors == 0)
		check_feeds(config);
	problems_print(&problems, &said);
	fuzz_must_be_text(text_span(&said), "what is said is a text");
	return 0;
}
