/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* envgap.conf and the files that it includes, as typed structs.  The keys are rows of
 * config/keys.h; every problem of every file is found in one run. */

#include "base/keys.h"
#include "base/problem.h"
#include "config/files.h"
#include "feed/mapping.h"
#include "obs/ids.h"

enum {
	CONFIG_FEEDS_MAX = 10000,
	CONFIG_MAP_MAX = 10000,	   /* entries of a map, items of a list */
	CONFIG_TEXT_BYTES = 65536, /* of one text */
};

enum config_log_level {
	CONFIG_LOG_ERROR = 3, /* numbers of syslog(3) */
	CONFIG_LOG_WARNING = 4,
	CONFIG_LOG_NOTICE = 5,
	CONFIG_LOG_INFO = 6,
	CONFIG_LOG_DEBUG = 7,
};

enum config_method { CONFIG_GET, CONFIG_POST };
enum config_unknown { CONFIG_UNKNOWN_REFUSE, CONFIG_UNKNOWN_IGNORE };

/* On which line a key, or one entry of a map or list, was written. */
struct config_mark {
	const struct key *key;
	int entry; /* -1: the key itself */
	int line;
};

struct config_marks {
	struct config_mark *items;
	size_t count, room;
};

/* When a document is held back because it looks different from the last good one. */
struct config_hold {
	long rows;    /* percent by which its records may be fewer; 100: by any number */
	bool columns; /* a column, or a mapped member, is gone */
	bool units;   /* a series has another unit */
};

/* One feed: where the documents come from, how they are read, what they are about. */
struct config_feed {
	char *id, *name;
	char *url; /* template; {name} from variables and secrets */
	bool is_enabled;
	char *source;		  /* id of sources.csv */
	struct key_texts release; /* days on which release_every holds (config/release.h) */
	long release_every_s;
	char *budget;		 /* name; feeds with the same share it */
	long calls, calls_per_s; /* so many requests in any span of so long; 0: no budget */
	long every_s, jitter_s, timeout_s, connect_timeout_s, retry_cap_s;
	long max_document_bytes; /* never 0: the root's when the feed does not say */
	long redirects;
	bool allow_http;
	int method; /* enum config_method */
	char *body, *content_type, *accept;
	struct key_texts query, form;		    /* "name=value"; have gone into url and body */
	struct key_map headers, secrets, variables; /* secrets: name and absolute path */
	char *ca_file;
	struct feed_mapping mapping;
	char *indicator;       /* with breakdown: every record is about it; or NULL */
	char *breakdown;       /* in canonical order; NULL: total */
	struct key_map series; /* text of the document = "indicator" or "indicator/dim=code" */
	struct key_map codes;  /* "dimension=text of the document" = code; "" is the total */
	char *area_scheme;     /* "id", or a scheme of area_codes.csv */
	struct key_map areas;  /* text of the document = area id; looked at before the scheme */
	int unknown_area;      /* enum config_unknown */
	int unknown_series;
	struct key_map
		units;	  /* unit of the document = that of the indicator; empty: not looked at */
	char *unit;	  /* what the document must say; NULL: not looked at */
	bool is_complete; /* a key that is gone is a withdrawal */
	struct config_hold hold;
	char *published; /* constant, where the document does not say */
	char *documentation, *licence, *attribution, *limits, *verified;

	/* beside the keys */
	const char *file;    /* where it was written; borrowed from config->files */
	struct span section; /* the bytes of that file: kept with what the feed brings */
	int line;
	struct config_marks marks;
	const char *file_root; /* for a file: URL, one of config->file_feeds; else NULL */
};

struct config {
	char *state_dir, *run_dir, *catalogue; /* absolute, or seen from the working directory */
	struct key_texts catalogue_more;       /* further directories with tables */
	char *timezone;
	struct key_texts include, enable, file_feeds;
	char *worker; /* NULL: envgap-rrd where it was installed, else beside the program */
	char *user_agent, *contact, *proxy;
	long concurrency, per_host_concurrency, per_host_pace_s;
	long max_document_bytes;
	long keep_fetches_s, keep_rejects_s, keep_documents_s;
	long min_free_space_bytes;
	bool has_rrd;
	int log_level; /* enum config_log_level */
	struct key_list feeds;

	/* beside the keys */
	char *path;	/* of the file itself */
	bool is_unread; /* it could not be read or understood at all */
	char *control;	/* run_dir/control */
	struct config_files files;
	struct config_marks marks; /* of the root keys */
};

/* Read the file and what it includes.  *ret is what could be read, also when problems->errors is
 * not 0: only then is it incomplete and good for nothing but further checks.  false: memory. */
MUST_CHECK bool config_load(const char *path, struct config **ret, struct problems *problems,
			    struct error *err);
/* A file of feeds as it was read once, and the feed in it that is meant. */
struct config_section {
	struct span bytes; /* outlive what is read from them */
	const char *path;  /* where it lies now, for the tables that its feed looks into */
	const char *feed;
};

/* Read that feed, so that documents can be read as they were read then; nothing is checked, and the
 * tables that it looks into are those of now.  *ret_feed is borrowed from *ret.  ERROR_NOT_FOUND
 * when it is not in the file. */
MUST_CHECK bool config_read_section(const struct config_section *section, struct config **ret,
				    const struct config_feed **ret_feed, struct error *err);
/* Free it and everything in it; NULL is fine. */
void config_free(struct config *config);
/* config_free() for AUTO_CONFIG. */
void config_free_slot(struct config **slot);
#define AUTO_CONFIG AUTO(config_free_slot)

/* Is this root key written in the file, and could it be read? */
bool config_says(const struct config *config, const char *key);

/* The i-th of config->feeds.count; the one with this id, or NULL. */
struct config_feed *config_feed_at(const struct config *config, size_t i);
const struct config_feed *config_feed_find(const struct config *config, struct span id);

/* The line of a key of the feed, or of the entry of a map; the feed's own when it is not there. */
int config_feed_line(const struct config_feed *feed, const char *key, int entry);

/* What a value of `series` says: the indicator's id and the breakdown in canonical order. */
struct config_series {
	char indicator[ID_BYTES];
	char breakdown[BREAKDOWN_BYTES];
};
MUST_CHECK bool config_series_parse(struct span written, struct config_series *ret,
				    struct error *err);
