/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/rrd/librrd.h"

#include <rrd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct words words_new(void)
{
	return (struct words){.bytes = text_with_limit(WORDS_MAX_BYTES)};
}

void words_done(struct words *words)
{
	text_done(&words->bytes);
	words->count = 0;
}

void words_add(struct words *words, const char *fmt, ...)
{
	char *word = NULL;
	va_list args;
	va_start(args, fmt);
	int len = vasprintf(&word, fmt, args);
	va_end(args);
	if (len < 0) {
		words->bytes.failed = true;
		return;
	}
	text_add(&words->bytes, word, (size_t)len + 1);
	words->count++;
	free(word);
}

/* Pointers to the words with a NULL behind them, for the caller to free; NULL when a word could not
 * be added. */
static const char **argv_of(const struct words *words, struct error *err)
{
	if (!text_ok(&words->bytes, "arguments of librrd", err))
		return NULL;
	const char **argv = malloc((words->count + 1) * sizeof *argv);
	if (argv == NULL) {
		(void)error_memory(err);
		return NULL;
	}
	char *word = words->bytes.data;
	for (size_t i = 0; i < words->count; i++) {
		argv[i] = word;
		word += strlen(word) + 1;
	}
	argv[words->count] = NULL;
	return argv;
}

/* librrd leaves the text empty when the disk is full. */
static bool fail(struct error *err)
{
	const char *text = rrd_test_error() ? rrd_get_error() : "";
	(void)error_set(err, ERROR_SYSTEM, "%s",
			*text ? text : "librrd gave no reason; disk full?");
	rrd_clear_error();
	return false;
}

bool librrd_create(const char *path, int64_t start_s, int32_t step_s, const struct words *words,
		   struct error *err)
{
	AUTO_FREE const char **argv = argv_of(words, err);
	if (argv == NULL)
		return false;
	rrd_clear_error();
	int status = rrd_create_r2(path, (unsigned long)step_s, (time_t)start_s, 0, NULL, NULL,
				   (int)words->count, argv);
	return status == 0 && !rrd_test_error() ? true : fail(err);
}

bool librrd_update(const char *path, const struct words *words, struct error *err)
{
	AUTO_FREE const char **argv = argv_of(words, err);
	if (argv == NULL)
		return false;
	rrd_clear_error();
	int status = rrd_update_r(path, NULL, (int)words->count, argv);
	return status == 0 && !rrd_test_error() ? true : fail(err);
}

bool librrd_fetch(const char *path, int64_t rows, int32_t step_s, struct librrd_rows *ret,
		  struct error *err)
{
	rrd_clear_error();
	time_t last = rrd_last_r(path);
	if (last < 0 || rrd_test_error())
		return fail(err);
	time_t end = last, start = last - rows * step_s;
	unsigned long step = (unsigned long)step_s, sources = 0;
	char **names = NULL;
	rrd_value_t *data = NULL;
	int status = rrd_fetch_r(path, "LAST", &start, &end, &step, &sources, &names, &data);
	if (status != 0 || rrd_test_error())
		return fail(err);
	for (unsigned long i = 0; i < sources; i++)
		rrd_freemem(names[i]);
	rrd_freemem(names);
	struct librrd_rows got = {start, (int64_t)step, (size_t)((end - start) / (time_t)step),
				  data};
	if (sources != 1 || step != (unsigned long)step_s) {
		librrd_rows_done(&got);
		return error_set(err, ERROR_SYSTEM,
				 "it has %lu data sources and a step of %lu seconds, not 1 and %d",
				 sources, step, (int)step_s);
	}
	*ret = got;
	return true;
}

void librrd_rows_done(struct librrd_rows *rows)
{
	if (rows->values != NULL)
		rrd_freemem(rows->values);
	*rows = (struct librrd_rows){0};
}

static bool take_picture(const rrd_info_t *info, struct text *out, struct librrd_picture *ret)
{
	bool found = false;
	for (; info != NULL; info = info->next) {
		if (info->type == RD_I_CNT && strcmp(info->key, "graph_width") == 0)
			ret->plot_width = (int)info->value.u_cnt;
		if (info->type == RD_I_BLO && strcmp(info->key, "image") == 0) {
			text_add(out, (const char *)info->value.u_blo.ptr, info->value.u_blo.size);
			found = info->value.u_blo.size > 0;
		}
	}
	return found;
}

bool librrd_graph(const struct words *words, struct text *out, struct librrd_picture *ret,
		  struct error *err)
{
	AUTO_FREE const char **argv = argv_of(words, err);
	if (argv == NULL)
		return false;
	rrd_clear_error();
	rrd_info_t *info = rrd_graph_v((int)words->count, (char **)(void *)argv);
	/* Both can be: an answer and an error. */
	bool failed = info == NULL || rrd_test_error();
	bool found = !failed && take_picture(info, out, ret);
	if (info != NULL)
		rrd_info_free(info);
	return found ? text_ok(out, "picture", err) : fail(err);
}
