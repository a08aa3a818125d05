/* SPDX-License-Identifier: GPL-3.0-or-later */

/* limit_take [-p] [-l FILE] [-r DIR] COUNT PORT PATH: the least that taking in COUNT documents can
 * cost with libcurl.  One cycle, 16 at a time; prints the CPU seconds, the resident set in MiB and
 * the seconds that it took.
 *
 * Document 7 is PATH/00007.json at 127.0.0.1, [ ..., [ { ..., "date": TEXT, ..., "value": NUMBER },
 * ... ] ].  Without options each becomes a tree of jansson as a whole and is walked.  -p: only what
 * is wanted is kept while it comes, as text, and that becomes a tree.  -l: all figures go into one
 * table with a key, 64 documents in a transaction.  -r: the newest of each document goes into an
 * RRD file with fifteen archives; missing files are made before the clock starts. */

#include <curl/curl.h>
#include <jansson.h>
#include <rrd.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

enum {
	AT_ONCE = 16,
	TEXT_BYTES = 512,
	DOCUMENT_BYTES = 128 << 20,
	KEEP_BYTES = 512,
	BATCH = 64,
	EXIT_UNABLE = 3,
};

struct take;

struct slot {
	struct take *take;
	CURL *easy;
	int feed;
	struct text body;    /* what came, or (-p) what of it has not been looked at */
	struct text project; /* -p: [["date", value], ...] */
};

struct take {
	bool by_projection;
	const char *rrd, *port, *path;
	int count, next, failed, in_batch;
	long figures;
	sqlite3 *db;
	sqlite3_stmt *insert;
	struct slot slots[AT_ONCE];
	CURLM *multi;
};

/* Take `"date": TEXT, ..., "value": NUMBER` out of what is there; false when more has to come. */
static bool project_one(struct slot *slot, size_t *at)
{
	const char *from = slot->body.data + *at;
	const char *date = memmem(from, slot->body.len - *at, "\"date\":\"", 8);
	if (date == NULL)
		return false;
	const char *value = strstr(date, "\"value\":");
	const char *end = value != NULL ? strpbrk(value, ",}") : NULL;
	const char *quote = strchr(date + 8, '"');
	if (end == NULL || quote == NULL)
		return false;
	text_addf(&slot->project, "%s[\"%.*s\",%.*s]", slot->project.len > 1 ? "," : "",
		  (int)(quote - date - 8), date + 8, (int)(end - value - 8), value + 8);
	*at = (size_t)(end - slot->body.data);
	return true;
}

static void project(struct slot *slot)
{
	size_t at = 0;
	while (project_one(slot, &at))
		;
	size_t left = slot->body.len - at;
	if (left > KEEP_BYTES && at == 0)
		at = slot->body.len - KEEP_BYTES;
	memmove(slot->body.data, slot->body.data + at, slot->body.len - at + 1);
	slot->body.len -= at;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *self)
{
	struct slot *slot = self;
	text_add(&slot->body, bytes, size * count);
	if (slot->take->by_projection)
		project(slot);
	return size * count;
}

static void store(struct take *take, int feed, const char *date, double value)
{
	take->figures++;
	if (take->insert == NULL)
		return;
	(void)sqlite3_bind_int(take->insert, 1, feed);
	(void)sqlite3_bind_text(take->insert, 2, date, -1, SQLITE_STATIC);
	(void)sqlite3_bind_double(take->insert, 3, value);
	take->failed += sqlite3_step(take->insert) != SQLITE_DONE;
	(void)sqlite3_reset(take->insert);
}

static void store_newest(struct take *take, int feed, double value)
{
	char path[TEXT_BYTES], update[TEXT_BYTES];
	const char *updates[] = {update};
	if (take->rrd == NULL)
		return;
	(void)snprintf(path, sizeof path, "%s/%05d.rrd", take->rrd, feed);
	(void)snprintf(update, sizeof update, "N:%g", value);
	take->failed += rrd_update_r(path, NULL, 1, updates) != 0;
}

static void walk_tree(struct take *take, int feed, const json_t *rows)
{
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		const json_t *date =
			json_is_array(row) ? json_array_get(row, 0) : json_object_get(row, "date");
		const json_t *value =
			json_is_array(row) ? json_array_get(row, 1) : json_object_get(row, "value");
		if (i == 0)
			store_newest(take, feed, json_number_value(value));
		store(take, feed, json_string_value(date), json_number_value(value));
	}
}

static void end_document(struct slot *slot)
{
	struct take *take = slot->take;
	if (take->by_projection)
		text_add_char(&slot->project, ']');
	const struct text *text = take->by_projection ? &slot->project : &slot->body;
	json_t *tree = json_loadb(text->data, text->len, 0, NULL);
	if (tree == NULL)
		take->failed++;
	walk_tree(take, slot->feed, take->by_projection ? tree : json_array_get(tree, 1));
	json_decref(tree);
	if (take->db != NULL && ++take->in_batch % BATCH == 0)
		(void)sqlite3_exec(take->db, "COMMIT; BEGIN", NULL, NULL, NULL);
}

static void begin(struct take *take, struct slot *slot)
{
	char url[TEXT_BYTES];
	slot->feed = take->next++;
	(void)snprintf(url, sizeof url, "http://127.0.0.1:%s%s/%05d.json", take->port, take->path,
		       slot->feed);
	(void)curl_easy_setopt(slot->easy, CURLOPT_URL, url);
	text_clear(&slot->body);
	text_clear(&slot->project);
	text_add_char(&slot->project, '[');
	(void)curl_multi_add_handle(take->multi, slot->easy);
}

static void end(struct take *take, const CURLMsg *message)
{
	CURL *easy = message->easy_handle;
	struct slot *slot = NULL;
	(void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, &slot);
	take->failed += message->data.result != CURLE_OK;
	(void)curl_multi_remove_handle(take->multi, easy);
	end_document(slot);
	if (take->next < take->count)
		begin(take, slot);
}

static void cycle(struct take *take)
{
	int running = 1;
	for (int i = 0; i < AT_ONCE && i < take->count; i++)
		begin(take, &take->slots[i]);
	while (running > 0) {
		int left;
		const CURLMsg *message;
		(void)curl_multi_perform(take->multi, &running);
		while ((message = curl_multi_info_read(take->multi, &left)) != NULL) {
			end(take, message);
			running = 1;
		}
		if (running > 0)
			(void)curl_multi_poll(take->multi, NULL, 0, 1000, NULL);
	}
}

static void open_slots(struct take *take)
{
	for (int i = 0; i < AT_ONCE; i++) {
		struct slot *slot = &take->slots[i];
		CURL *easy = slot->easy = curl_easy_init();
		slot->take = take;
		slot->body = text_with_limit(DOCUMENT_BYTES);
		slot->project = text_with_limit(DOCUMENT_BYTES);
		(void)curl_easy_setopt(easy, CURLOPT_PRIVATE, slot);
		(void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
		(void)curl_easy_setopt(easy, CURLOPT_WRITEDATA, slot);
		(void)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
		(void)curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);
	}
}

static bool open_table(struct take *take, const char *file)
{
	return sqlite3_open(file, &take->db) == SQLITE_OK &&
	       sqlite3_exec(
		       take->db,
		       "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		       "CREATE TABLE IF NOT EXISTS figure (feed INTEGER, date TEXT, value REAL,"
		       " PRIMARY KEY (feed, date)) WITHOUT ROWID; BEGIN",
		       NULL, NULL, NULL) == SQLITE_OK &&
	       sqlite3_prepare_v2(take->db,
				  "INSERT INTO figure VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
				  " SET value = excluded.value",
				  -1, &take->insert, NULL) == SQLITE_OK;
}

static bool make_files(const struct take *take)
{
	const char *archives[] = {
		"DS:value:GAUGE:20:U:U", "RRA:AVERAGE:0.1:1:1200",    "RRA:MIN:0.1:1:1200",
		"RRA:MAX:0.1:1:1200",	 "RRA:AVERAGE:0.1:7:1235",    "RRA:MIN:0.1:7:1235",
		"RRA:MAX:0.1:7:1235",	 "RRA:AVERAGE:0.1:50:1210",   "RRA:MIN:0.1:50:1210",
		"RRA:MAX:0.1:50:1210",	 "RRA:AVERAGE:0.1:223:1202",  "RRA:MIN:0.1:223:1202",
		"RRA:MAX:0.1:223:1202",	 "RRA:AVERAGE:0.1:2635:1201", "RRA:MIN:0.1:2635:1201",
		"RRA:MAX:0.1:2635:1201",
	};
	for (int i = 0; i < take->count; i++) {
		char path[TEXT_BYTES];
		(void)snprintf(path, sizeof path, "%s/%05d.rrd", take->rrd, i);
		if (access(path, F_OK) != 0 &&
		    rrd_create_r(path, 10, time(NULL) - 10, COUNT_OF(archives), archives) != 0)
			return false;
	}
	return true;
}

static double cpu_s(struct rusage *usage)
{
	(void)getrusage(RUSAGE_SELF, usage);
	return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
	       (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

static double now_s(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool read_options(struct take *take, int argc, char **argv)
{
	const char *table = NULL;
	for (int option; (option = getopt(argc, argv, "pl:r:")) != -1;) {
		take->by_projection |= option == 'p';
		if (option == 'l')
			table = optarg;
		if (option == 'r')
			take->rrd = optarg;
	}
	if (argc - optind != 3 || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return false;
	take->count = (int)strtol(argv[optind], NULL, 10);
	take->port = argv[optind + 1];
	take->path = argv[optind + 2];
	return (table == NULL || open_table(take, table)) &&
	       (take->rrd == NULL || make_files(take));
}

int main(int argc, char **argv)
{
	struct take take = {0};
	struct rusage usage;
	if (!read_options(&take, argc, argv))
		return EXIT_UNABLE;
	take.multi = curl_multi_init();
	open_slots(&take);
	double before_s = cpu_s(&usage);
	double began_s = now_s();
	cycle(&take);
	if (take.db != NULL)
		take.failed += sqlite3_exec(take.db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK;
	double taken_s = cpu_s(&usage) - before_s;
	if (take.failed > 0) {
		(void)fprintf(stderr, "limit_take: %d failures\n", take.failed);
		return EXIT_UNABLE;
	}
	return printf("%.5f %.1f %.5f\n", taken_s, (double)usage.ru_maxrss / 1024,
		      now_s() - began_s) > 0
		       ? 0
		       : EXIT_UNABLE;
}
