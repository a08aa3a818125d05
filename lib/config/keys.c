/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/keys.h"

#include "config/catalogue_load.h"
#include "config/config.h"

/* Rows by what they hold; clang-format would spread each over eight lines. */
/* clang-format off */
#define ROW(type, name, at, min, max, fallback, flags, help)                                       \
	{name, type, at, min, max, fallback, flags, NULL, NULL, 0, help}
#define CHOICE(name, at, fallback, choices, help)                                                  \
	{name, KEY_CHOICE, at, 0, 0, fallback, 0, choices, NULL, 0, help}
/* clang-format on */
#define ROOT(field) offsetof(struct config, field)
#define FEED(field) offsetof(struct config_feed, field)
#define MINUTE_S 60
#define DAY_S 86400
#define MIB (1 << 20)

static const struct key_choice log_levels[] = {
	{"error", CONFIG_LOG_ERROR}, {"warning", CONFIG_LOG_WARNING}, {"notice", CONFIG_LOG_NOTICE},
	{"info", CONFIG_LOG_INFO},   {"debug", CONFIG_LOG_DEBUG},     {0}};
static const struct key_choice methods[] = {{"GET", CONFIG_GET}, {"POST", CONFIG_POST}, {0}};
static const struct key_choice unknowns[] = {
	{"refuse", CONFIG_UNKNOWN_REFUSE}, {"ignore", CONFIG_UNKNOWN_IGNORE}, {0}};

#define FEEDS_ROW                                                                                  \
	{                                                                                          \
		"feeds", KEY_GROUP_LIST, ROOT(feeds), 0, CONFIG_FEEDS_MAX, NULL, 0, NULL,          \
			config_feed_keys, sizeof(struct config_feed),                              \
			"the feeds, each a group in braces"                                        \
	}

const struct key config_root_keys[] = {
	ROW(KEY_TEXT, "state_dir", ROOT(state_dir), 1, 4096, "/var/lib/envgap", KEY_RESTART,
	    "directory of the ledger, the archive and the RRD files"),
	ROW(KEY_TEXT, "run_dir", ROOT(run_dir), 1, 90, "/run/envgap", KEY_RESTART,
	    "directory of the control socket"),
	ROW(KEY_TEXT, "catalogue", ROOT(catalogue), 1, 4096, "/etc/envgap/catalogue", 0,
	    "directory of the tables: indicators.csv, areas.csv, targets.csv and so on"),
	ROW(KEY_TEXT_LIST, "catalogue_more", ROOT(catalogue_more), 0, CATALOGUE_MORE_MAX, NULL, 0,
	    "further directories with sources, indicators, areas and their codes"),
	ROW(KEY_TEXT, "timezone", ROOT(timezone), 1, 64, "UTC", KEY_RESTART,
	    "zone in which days begin and end, by its IANA name"),
	ROW(KEY_TEXT_LIST, "include", ROOT(include), 0, 100, NULL, 0,
	    "further files with feeds; * and ? stand for any characters"),
	ROW(KEY_TEXT_LIST, "enable", ROOT(enable), 0, CONFIG_FEEDS_MAX, NULL, 0,
	    "ids of feeds that are polled although their own group says enabled = false"),
	ROW(KEY_TEXT_LIST, "file_feeds", ROOT(file_feeds), 0, 100, NULL, 0,
	    "directories below which feeds may read files; without them file: URLs are refused"),
	ROW(KEY_TEXT, "worker", ROOT(worker), 1, 4096, NULL, KEY_RESTART,
	    "path of envgap-rrd, which writes RRD files and draws graphs"),
	ROW(KEY_TEXT, "user_agent", ROOT(user_agent), 1, 256, "envgap", 0,
	    "what the program calls itself when it asks a server"),
	ROW(KEY_TEXT, "contact", ROOT(contact), 1, 256, NULL, 0,
	    "address or page of the operator, sent behind user_agent"),
	ROW(KEY_TEXT, "proxy", ROOT(proxy), 1, 1024, NULL, 0,
	    "URL of a proxy for all feeds; the environment is not asked"),
	ROW(KEY_INTEGER, "concurrency", ROOT(concurrency), 1, 64, "8", 0,
	    "documents that are fetched at once"),
	ROW(KEY_INTEGER, "per_host_concurrency", ROOT(per_host_concurrency), 1, 16, "2", 0,
	    "documents that are fetched from one server at once"),
	ROW(KEY_DURATION_S, "per_host_pace", ROOT(per_host_pace_s), 0, 3600, "1s", 0,
	    "least time between two requests to one server"),
	ROW(KEY_SIZE_BYTES, "max_document", ROOT(max_document_bytes), 1024, 64 * MIB, "64M", 0,
	    "a longer document is a failure"),
	ROW(KEY_DURATION_S, "keep_fetches", ROOT(keep_fetches_s), DAY_S, 3650.0 * DAY_S, "90d", 0,
	    "how long fetches are remembered"),
	ROW(KEY_DURATION_S, "keep_rejects", ROOT(keep_rejects_s), DAY_S, 3650.0 * DAY_S, "90d", 0,
	    "how long refused records are remembered"),
	ROW(KEY_DURATION_S, "keep_documents", ROOT(keep_documents_s), DAY_S, 3650.0 * DAY_S, "30d",
	    0, "how long documents are kept from which no value was taken"),
	ROW(KEY_SIZE_BYTES, "min_free_space", ROOT(min_free_space_bytes), 0, 1e15, "256M", 0,
	    "with less free space in state_dir nothing is taken in"),
	ROW(KEY_SWITCH, "rrd", ROOT(has_rrd), 0, 0, "true", KEY_RESTART,
	    "whether RRD files are kept for rrdtool and Grafana"),
	CHOICE("log_level", ROOT(log_level), "info", log_levels, "least level that is logged"),
	FEEDS_ROW,
	{0},
};

const struct key config_included_keys[] = {FEEDS_ROW, {0}};

static const struct key hold_keys[] = {
	ROW(KEY_INTEGER, "rows", offsetof(struct config_hold, rows), 0, 100, "50", 0,
	    "percent by which the records may become fewer; 100: by any number"),
	ROW(KEY_SWITCH, "columns", offsetof(struct config_hold, columns), 0, 0, "true", 0,
	    "whether a document is held back when a column or a mapped member is gone"),
	ROW(KEY_SWITCH, "units", offsetof(struct config_hold, units), 0, 0, "true", 0,
	    "whether a document is held back when a series has another unit"),
	{0},
};

const struct key config_feed_keys[] = {
	ROW(KEY_TEXT, "id", FEED(id), 1, ID_BYTES - 1, NULL, KEY_REQUIRED,
	    "name of the feed: a letter, then letters, digits and _ - . :"),
	ROW(KEY_TEXT, "name", FEED(name), 0, 256, NULL, 0, "what it is, in words"),
	ROW(KEY_TEXT, "url", FEED(url), 1, 4095, NULL, KEY_REQUIRED,
	    "where the documents come from: https, http or file; {name} is filled in"),
	ROW(KEY_SWITCH, "enabled", FEED(is_enabled), 0, 0, "true", 0, "whether it is polled"),
	ROW(KEY_TEXT, "source", FEED(source), 1, ID_BYTES - 1, NULL, KEY_REQUIRED,
	    "publisher of the figures, an id of sources.csv"),
	ROW(KEY_DURATION_S, "every", FEED(every_s), MINUTE_S, 366.0 * DAY_S, "1d", 0,
	    "how often it is polled"),
	ROW(KEY_TEXT_LIST, "release", FEED(release), 0, 64, NULL, 0,
	    "days on which figures come out: \"15..25\" of every month, \"03-10..03-31\" of every "
	    "year"),
	ROW(KEY_DURATION_S, "release_every", FEED(release_every_s), MINUTE_S, 366.0 * DAY_S, "1d",
	    0, "how often it is polled on these days"),
	ROW(KEY_TEXT, "budget", FEED(budget), 1, 64, NULL, 0,
	    "name of a budget of requests that feeds share"),
	ROW(KEY_INTEGER, "calls", FEED(calls), 0, 1000, "0", 0,
	    "requests that the budget allows in calls_per"),
	ROW(KEY_DURATION_S, "calls_per", FEED(calls_per_s), 1, 31.0 * DAY_S, "1h", 0,
	    "span of time for calls"),
	ROW(KEY_DURATION_S, "jitter", FEED(jitter_s), 0, DAY_S, "5m", 0,
	    "up to so much, and at most every, is added to every, so that not all feeds start at "
	    "once"),
	ROW(KEY_DURATION_S, "timeout", FEED(timeout_s), 1, 3600, "60s", 0,
	    "longest time for one document"),
	ROW(KEY_DURATION_S, "connect_timeout", FEED(connect_timeout_s), 1, 300, "15s", 0,
	    "longest time until the server is reached"),
	ROW(KEY_DURATION_S, "retry_cap", FEED(retry_cap_s), MINUTE_S, 31.0 * DAY_S, "6h", 0,
	    "longest wait between tries after failures"),
	ROW(KEY_SIZE_BYTES, "max_document", FEED(max_document_bytes), 1024, 64 * MIB, NULL, 0,
	    "a longer document is a failure; without it that of the whole configuration"),
	ROW(KEY_INTEGER, "redirects", FEED(redirects), 0, 20, "5", 0,
	    "redirects that are followed"),
	ROW(KEY_SWITCH, "allow_http", FEED(allow_http), 0, 0, "false", 0,
	    "whether the document may come without encryption"),
	CHOICE("method", FEED(method), "GET", methods, "how the server is asked"),
	ROW(KEY_TEXT, "body", FEED(body), 1, CONFIG_TEXT_BYTES, NULL, 0,
	    "what a POST sends; {name} is filled in"),
	ROW(KEY_TEXT, "content_type", FEED(content_type), 1, 128, NULL, 0, "what the body is"),
	ROW(KEY_TEXT_LIST, "query", FEED(query), 0, 256, NULL, 0,
	    "further parts of the query of the URL, each name=value; a name may occur again"),
	ROW(KEY_TEXT_LIST, "form", FEED(form), 0, 1000, NULL, 0,
	    "what a POST sends as a form, each name=value; a name may occur again"),
	ROW(KEY_TEXT, "accept", FEED(accept), 1, 256, NULL, 0,
	    "what kinds of answer are asked for: the header Accept"),
	ROW(KEY_MAP, "headers", FEED(headers), 0, 32, NULL, 0,
	    "headers of the request; {name} is filled in"),
	ROW(KEY_MAP, "secrets", FEED(secrets), 0, 16, NULL, KEY_SECRET,
	    "name = path of a file that holds a secret, used as {name}"),
	ROW(KEY_MAP, "variables", FEED(variables), 0, 64, NULL, 0,
	    "name = text, used as {name} in url and headers"),
	ROW(KEY_TEXT, "ca_file", FEED(ca_file), 1, 4096, NULL, 0,
	    "certificates to trust for this feed, instead of the machine's"),
	{"read", KEY_GROUP, FEED(mapping), 0, 0, NULL, KEY_REQUIRED, NULL, feed_mapping_keys, 0,
	 "how the documents are read"},
	ROW(KEY_TEXT, "indicator", FEED(indicator), 1, ID_BYTES - 1, NULL, 0,
	    "indicator of every record, an id of indicators.csv"),
	ROW(KEY_TEXT, "breakdown", FEED(breakdown), 1, BREAKDOWN_BYTES - 1, NULL, 0,
	    "breakdown of every record: dimension=code;dimension=code"),
	ROW(KEY_MAP, "series", FEED(series), 0, CONFIG_MAP_MAX, NULL, 0,
	    "series of the document = indicator, or indicator/dimension=code"),
	ROW(KEY_MAP, "codes", FEED(codes), 0, CONFIG_MAP_MAX, NULL, 0,
	    "dimension=text of the document = code of the breakdown; an empty code is the total"),
	ROW(KEY_TEXT, "area_scheme", FEED(area_scheme), 1, ID_BYTES - 1, "id", 0,
	    "how areas are written: id, name, name_vi, or a scheme of area_codes.csv"),
	ROW(KEY_MAP, "areas", FEED(areas), 0, CONFIG_MAP_MAX, NULL, 0,
	    "area of the document = id of areas.csv; looked at before area_scheme"),
	CHOICE("unknown_area", FEED(unknown_area), "refuse", unknowns,
	       "what is done with a record of an area that is not known"),
	CHOICE("unknown_series", FEED(unknown_series), "refuse", unknowns,
	       "what is done with a record of a series that is not listed"),
	ROW(KEY_TEXT, "unit", FEED(unit), 1, 64, NULL, 0,
	    "unit that the document has to name; another is refused"),
	ROW(KEY_MAP, "units", FEED(units), 0, 1000, NULL, 0,
	    "unit of the document = unit of the indicator; others, and none, are refused"),
	ROW(KEY_SWITCH, "complete", FEED(is_complete), 0, 0, "false", 0,
	    "whether a value that is gone from the document was withdrawn"),
	{"hold", KEY_GROUP, FEED(hold), 0, 0, NULL, 0, NULL, hold_keys, 0,
	 "when a document is held back because it looks different from the last good one"},
	ROW(KEY_TEXT, "published", FEED(published), 4, 10, NULL, 0,
	    "date of publication where the document does not say it"),
	ROW(KEY_TEXT, "documentation", FEED(documentation), 1, 1024, NULL, 0,
	    "page that describes the source's interface"),
	ROW(KEY_TEXT, "licence", FEED(licence), 1, 256, NULL, 0, "licence of the figures"),
	ROW(KEY_TEXT, "attribution", FEED(attribution), 1, 1024, NULL, 0,
	    "how the source wants to be named"),
	ROW(KEY_TEXT, "limits", FEED(limits), 1, 4096, NULL, 0,
	    "what is known of the source: rates, lags, gaps"),
	ROW(KEY_TEXT, "verified", FEED(verified), 1, 1024, NULL, 0,
	    "who compared the feed with the publication, and when"),
	{0},
};
