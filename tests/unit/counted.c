/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/counted.h"

static bool take(void *self, const struct feed_record *record, struct error *err)
{
	struct counted *counted = self;
	(void)record;
	(void)err;
	counted->taken++;
	return true;
}

static bool refuse(void *self, const struct feed_refusal *refusal, struct error *err)
{
	struct counted *counted = self;
	(void)refusal;
	(void)err;
	counted->refused++;
	return true;
}

struct feed_sink counted_begin(struct counted *counted)
{
	*counted = (struct counted){0};
	return (struct feed_sink){take, refuse, counted};
}
