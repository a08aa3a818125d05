/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/progress.h"

#include <stddef.h>

#include "ledger/catalogue_mirror.h"

static const struct {
	const char *name;
	size_t offset;
} memory[] = {
	{"rows", offsetof(struct judge_progress, rows)},
	{"standing", offsetof(struct judge_progress, standing)},
	{"catalogue", offsetof(struct judge_progress, catalogue)},
	{"day", offsetof(struct judge_progress, day)},
	{"until", offsetof(struct judge_progress, until)},
	{"series", offsetof(struct judge_progress, series)},
	{"groups", offsetof(struct judge_progress, groups)},
	{"items", offsetof(struct judge_progress, items)},
	{"pass_catalogue", offsetof(struct judge_progress, pass_catalogue)},
	{"pass_day", offsetof(struct judge_progress, pass_day)},
};

bool judge_progress_read(struct ledger *ledger, struct judge_progress *ret, struct error *err)
{
	struct judge_progress progress = {0};
	for (size_t i = 0; i < COUNT_OF(memory); i++) {
		int64_t number;
		if (!applied_read(ledger, memory[i].name, &number, err))
			return false;
		memcpy((char *)&progress + memory[i].offset, &number, sizeof number);
	}
	*ret = progress;
	return true;
}

bool judge_progress_write(struct ledger *ledger, const struct judge_progress *progress,
			  struct error *err)
{
	for (size_t i = 0; i < COUNT_OF(memory); i++) {
		int64_t number;
		memcpy(&number, (const char *)progress + memory[i].offset, sizeof number);
		if (!applied_put(ledger, memory[i].name, number, err))
			return false;
	}
	return true;
}

bool judge_is_current(struct ledger *ledger, const struct judge_progress *progress, int32_t day,
		      bool *ret, struct error *err)
{
	int64_t last = 0;
	int64_t catalogue = 0;
	if (!log_last_seq(ledger, &last, err) || !ledger_catalogue_load(ledger, &catalogue, err))
		return false;
	*ret = progress->until == 0 && progress->items == 0 && progress->rows >= last &&
	       progress->standing == catalogue && progress->catalogue == catalogue &&
	       progress->day == (int64_t)day + 1;
	return true;
}
