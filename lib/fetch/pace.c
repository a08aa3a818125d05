/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/pace.h"

#include <stdlib.h>

struct host {
	char *name;
	struct pace_rule rule;
	int running;
	bool asked; /* last_start_ms means something */
	int64_t last_start_ms, rest_until_ms;
	/* the last `budget` starts, as a ring: starts[next] is the oldest once it is full */
	int64_t *starts;
	int start_count, next;
};

struct pace {
	struct host *hosts; /* sorted by name */
	size_t count, room;
};

bool pace_new(struct pace **ret, struct error *err)
{
	struct pace *pace = calloc(1, sizeof *pace);
	if (pace == NULL)
		return error_memory(err);
	*ret = pace;
	return true;
}

void pace_free(struct pace *pace)
{
	if (pace == NULL)
		return;
	for (size_t i = 0; i < pace->count; i++) {
		free(pace->hosts[i].name);
		free(pace->hosts[i].starts);
	}
	free(pace->hosts);
	free(pace);
}

void pace_free_slot(struct pace **slot)
{
	pace_free(*slot);
}

/* Where the host is, or belongs. */
static size_t place(const struct pace *pace, const char *name, bool *ret_found)
{
	size_t low = 0, high = pace->count;
	*ret_found = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(name, pace->hosts[middle].name);
		if (order == 0) {
			*ret_found = true;
			return middle;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static struct host *find(const struct pace *pace, const char *name)
{
	bool found;
	size_t at = place(pace, name, &found);
	return found ? &pace->hosts[at] : NULL;
}

static bool set_rule(struct host *host, const struct pace_rule *rule, struct error *err)
{
	if (rule->budget > 0 && rule->budget != host->rule.budget) {
		int64_t *starts = calloc((size_t)rule->budget, sizeof *starts);
		if (starts == NULL)
			return error_memory(err);
		free(host->starts);
		host->starts = starts;
		host->start_count = host->next = 0;
	}
	host->rule = *rule;
	return true;
}

static bool insert(struct pace *pace, size_t at, const char *name, const struct pace_rule *rule,
		   struct error *err)
{
	if (!array_grow(&pace->hosts, &pace->room, pace->count, sizeof *pace->hosts, PACE_HOSTS_MAX,
			"hosts with a pace", err))
		return false;
	struct host host = {.name = strdup(name), .rest_until_ms = INT64_MIN};
	if (host.name == NULL)
		return error_memory(err);
	if (!set_rule(&host, rule, err)) {
		free(host.name);
		return false;
	}
	memmove(&pace->hosts[at + 1], &pace->hosts[at], (pace->count - at) * sizeof host);
	pace->hosts[at] = host;
	pace->count++;
	return true;
}

bool pace_set(struct pace *pace, const char *host, const struct pace_rule *rule, struct error *err)
{
	if (rule->budget < 0 || rule->budget > PACE_BUDGET_MAX)
		return error_set(err, ERROR_INPUT, "a budget of '%d' requests is not within 0..%d",
				 rule->budget, PACE_BUDGET_MAX);
	bool found;
	size_t at = place(pace, host, &found);
	if (found)
		return set_rule(&pace->hosts[at], rule, err);
	return insert(pace, at, host, rule, err);
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

int64_t pace_wait_ms(const struct pace *pace, const char *name, int64_t now_ms)
{
	const struct host *host = find(pace, name);
	if (host == NULL)
		return 0;
	const struct pace_rule *rule = &host->rule;
	if (rule->max_running > 0 && host->running >= rule->max_running)
		return PACE_WHEN_DONE;

	int64_t free_at_ms = later(now_ms, host->rest_until_ms);
	if (host->asked)
		free_at_ms = later(free_at_ms, host->last_start_ms + rule->apart_ms);
	if (rule->budget > 0 && host->start_count == rule->budget)
		free_at_ms = later(free_at_ms, host->starts[host->next] + rule->per_ms);
	return free_at_ms - now_ms;
}

void pace_started(struct pace *pace, const char *name, int64_t now_ms)
{
	struct host *host = find(pace, name);
	if (host == NULL)
		return;
	host->running++;
	host->asked = true;
	host->last_start_ms = now_ms;
	if (host->rule.budget <= 0)
		return;
	/* in order, also when starts are told afterwards */
	int last = (host->next + host->rule.budget - 1) % host->rule.budget;
	bool is_before = host->start_count > 0 && host->starts[last] > now_ms;
	host->starts[host->next] = is_before ? host->starts[last] : now_ms;
	host->next = (host->next + 1) % host->rule.budget;
	if (host->start_count < host->rule.budget)
		host->start_count++;
}

void pace_ended(struct pace *pace, const char *name)
{
	struct host *host = find(pace, name);
	if (host != NULL && host->running > 0)
		host->running--;
}

void pace_rest(struct pace *pace, const char *name, int64_t until_ms)
{
	struct host *host = find(pace, name);
	if (host != NULL)
		host->rest_until_ms = later(host->rest_until_ms, until_ms);
}
