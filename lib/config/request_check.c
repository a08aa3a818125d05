/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/request_check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/feed_check.h"
#include "feed/url.h"
#include "feed/window.h"

static bool is_name(struct span name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.start[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
		      (c >= '0' && c <= '9')))
			return false;
	}
	return name.len > 0;
}

/* What the program itself fills in. */
static bool is_builtin(struct span name)
{
	return span_is(name, "page") || span_is(name, "per_page") || span_is(name, "offset") ||
	       span_is(name, "cursor");
}

static void check_name(const struct config_feed *feed, struct problems *problems, struct span name,
		       const char *key, int entry)
{
	if (name.len > 0 && name.start[0] == '+')
		name = span_behind(name, 1);
	if (is_builtin(name) || feed_window_is(name) ||
	    key_map_get(&feed->variables, name) != NULL ||
	    key_map_get(&feed->secrets, name) != NULL)
		return;
	feed_problem(problems, PROBLEM_ERROR, feed, key, entry,
		     "%s: {%.*s} is neither in variables nor in secrets", key, SPAN_ARGS(name));
}

/* Every {name} of a template. */
static void check_template(const struct config_feed *feed, struct problems *problems,
			   const char *text, const char *key, int entry)
{
	struct span rest = span_of(text);
	(void)span_cut(&rest, '{');
	while (rest.start != NULL) {
		struct span behind = rest;
		struct span name = span_cut(&behind, '}');
		if (behind.start == NULL) {
			feed_problem(problems, PROBLEM_ERROR, feed, key, entry,
				     "%s: a { has no closing }", key);
			return;
		}
		check_name(feed, problems, name, key, entry);
		rest = behind;
		(void)span_cut(&rest, '{');
	}
}

static void check_templates(struct config_feed *feed, struct problems *problems)
{
	check_template(feed, problems, feed->url, "url", -1);
	for (size_t i = 0; i < feed->headers.count; i++)
		check_template(feed, problems, feed->headers.items[i].value, "headers", (int)i);
	for (size_t i = 0; i < feed->variables.count; i++) {
		struct span name = span_of(feed->variables.items[i].name);
		if (!is_name(name) || is_builtin(name) || feed_window_is(name) ||
		    key_map_get(&feed->secrets, name) != NULL)
			feed_problem(problems, PROBLEM_ERROR, feed, "variables", (int)i,
				     "variable '%.*s' must be of letters, digits and _, and not be "
				     "the name of a secret, of the page or of a date",
				     SPAN_ARGS(name));
	}
}

static void check_secret_file(const struct config_feed *feed, struct problems *problems, int entry)
{
	const struct key_pair *secret = &feed->secrets.items[entry];
	struct stat st;
	if (stat(secret->value, &st) != 0) {
		bool is_gone = errno == ENOENT || errno == ENOTDIR;
		feed_problem(problems, is_gone ? PROBLEM_ERROR : PROBLEM_WARNING, feed, "secrets",
			     entry, "secret '%s': '%s' %s", secret->name, secret->value,
			     is_gone ? "is not there" : "cannot be looked at by this user");
	} else if (!S_ISREG(st.st_mode)) {
		feed_problem(problems, PROBLEM_ERROR, feed, "secrets", entry,
			     "secret '%s': '%s' is not a regular file", secret->name,
			     secret->value);
	} else if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		feed_problem(problems, PROBLEM_WARNING, feed, "secrets", entry,
			     "secret '%s': '%s' has mode %04o, others may read it; chmod 600 it",
			     secret->name, secret->value, (unsigned)st.st_mode & 07777u);
	}
}

static void check_secrets(struct config_feed *feed, struct problems *problems)
{
	for (size_t i = 0; i < feed->secrets.count; i++) {
		if (!is_name(span_of(feed->secrets.items[i].name)))
			feed_problem(problems, PROBLEM_ERROR, feed, "secrets", (int)i,
				     "secret '%s' must be of letters, digits and _",
				     feed->secrets.items[i].name);
		check_secret_file(feed, problems, (int)i);
	}
	if (feed->secrets.count > 0 && span_starts(span_of(feed->url), "http:"))
		feed_problem(problems, PROBLEM_WARNING, feed, "secrets", -1,
			     "the secret is sent without encryption");
}

/* Does the template have this name, or, for NULL, a date that moves? */
static bool template_has(const char *text, const char *wanted)
{
	struct span rest = span_of(text);
	(void)span_cut(&rest, '{');
	while (rest.start != NULL) {
		struct span behind = rest;
		struct span name = span_cut(&behind, '}');
		if (name.len > 0 && name.start[0] == '+')
			name = span_behind(name, 1);
		if (wanted != NULL ? span_is(name, wanted) : feed_window_is(name))
			return true;
		(void)span_cut(&rest, '{');
	}
	return false;
}

static bool request_has(const struct config_feed *feed, const char *wanted)
{
	for (size_t i = 0; i < feed->headers.count; i++)
		if (template_has(feed->headers.items[i].value, wanted))
			return true;
	return template_has(feed->url, wanted) || template_has(feed->body, wanted);
}

static void check_paging(struct config_feed *feed, struct problems *problems)
{
	int style = feed->mapping.paging.style;
	const char *wanted = style == FEED_PAGING_PAGE	   ? "page"
			     : style == FEED_PAGING_OFFSET ? "offset"
			     : style == FEED_PAGING_CURSOR ? "cursor"
							   : NULL;
	if (wanted != NULL && !request_has(feed, wanted))
		feed_problem(problems, PROBLEM_ERROR, feed, "url", -1,
			     "paging.style '%s' needs {%s} in url, query, form or body: without it "
			     "every page is the first one",
			     wanted, wanted);
	if (feed->is_complete && request_has(feed, NULL))
		feed_problem(problems, PROBLEM_ERROR, feed, "complete", -1,
			     "complete does not go with a date that moves: values that fall out of "
			     "the request would count as withdrawn");
}

static void check_form(struct config_feed *feed, struct problems *problems)
{
	bool is_form = feed->form.count > 0;
	if (is_form && feed_body_kind(feed->content_type) != FEED_BODY_FORM)
		feed_problem(problems, PROBLEM_ERROR, feed, "form", -1,
			     "form is sent as %s; body and content_type are for other kinds",
			     FEED_FORM_TYPE);
	else if (is_form)
		check_template(feed, problems, feed->body, "form", -1);
}

static void check_body(struct config_feed *feed, struct problems *problems)
{
	if (feed->form.count > 0 && feed->method == CONFIG_GET) {
		feed_problem(problems, PROBLEM_ERROR, feed, "form", -1,
			     "form needs method = \"POST\"");
		return;
	}
	if (feed->method == CONFIG_POST && feed->body == NULL)
		feed_problem(problems, PROBLEM_ERROR, feed, "method", -1,
			     "method POST needs a body or a form");
	if (feed->method == CONFIG_GET && feed->body != NULL)
		feed_problem(problems, PROBLEM_ERROR, feed, "body", -1,
			     "body needs method = \"POST\"");
	if (feed->body == NULL && feed->content_type != NULL)
		feed_problem(problems, PROBLEM_ERROR, feed, "content_type", -1,
			     "content_type says what the body is, and there is none");
}

static void check_http(struct config_feed *feed, struct problems *problems)
{
	struct span rest = span_of(feed->url);
	(void)span_cut(&rest, '/');
	(void)span_cut(&rest, '/');
	struct span host = span_cut(&rest, '/');
	if (host.len == 0)
		feed_problem(problems, PROBLEM_ERROR, feed, "url", -1, "url '%s' names no server",
			     feed->url);
	else if (span_find_char(host, '@') != NULL)
		feed_problem(problems, PROBLEM_ERROR, feed, "url", -1,
			     "url holds a user or password; put it into a file and name it in "
			     "secrets");
	if (span_starts(span_of(feed->url), "http:") && !feed->allow_http)
		feed_problem(problems, PROBLEM_ERROR, feed, "url", -1,
			     "url is not encrypted; use https, or say allow_http = true");
}

static bool is_below(const char *path, const char *directory)
{
	size_t len = strlen(directory);
	return strncmp(path, directory, len) == 0 &&
	       (path[len] == '/' || directory[len - 1] == '/');
}

static bool has_dots(struct span path)
{
	while (path.start != NULL) {
		if (span_is(span_cut(&path, '/'), ".."))
			return true;
	}
	return false;
}

static void set_file_root(const struct config *config, struct config_feed *feed,
			  struct problems *problems)
{
	const char *path = feed->url + strlen("file:");
	if (span_starts(span_of(path), "///"))
		path += 2;
	for (size_t i = 0; i < config->file_feeds.count && feed->file_root == NULL; i++) {
		const char *root = config->file_feeds.items[i];
		if (path[0] != '/' || is_below(path, root))
			feed->file_root = root;
	}
	if (has_dots(span_of(path)))
		feed_problem(problems, PROBLEM_ERROR, feed, "url", -1, "url must not have '..'");
	else if (config->file_feeds.count == 0)
		feed_problem(problems, PROBLEM_ERROR, feed, "url", -1,
			     "file: is not allowed; list the directory in file_feeds");
	else if (feed->file_root == NULL)
		feed_problem(problems, PROBLEM_ERROR, feed, "url", -1,
			     "'%s' is below none of the directories of file_feeds", path);
}

void request_check(const struct config *config, struct config_feed *feed, struct problems *problems)
{
	struct span url = span_of(feed->url);
	if (span_starts(url, "https://") || span_starts(url, "http://"))
		check_http(feed, problems);
	else if (span_starts(url, "file:"))
		set_file_root(config, feed, problems);
	else
		feed_problem(problems, PROBLEM_ERROR, feed, "url", -1,
			     "url '%s' must begin with https://, http:// or file:", feed->url);
	check_body(feed, problems);
	check_form(feed, problems);
	check_paging(feed, problems);
	check_templates(feed, problems);
	check_secrets(feed, problems);
}
