/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/torture_query.h"

enum { ANSWER_BYTES = 1 << 24 };

struct asking {
	const struct query_world *world;
	torture_ask_fn *ask;
	const struct text *whole; /* what is answered with memory; NULL: not known yet */
};

bool torture_render(const struct report *report, struct text *out, struct error *err)
{
	static const enum report_format formats[] = {REPORT_TABLE, REPORT_JSON, REPORT_CSV,
						     REPORT_TSV};
	const struct report_look look = {.width = 80, .colour = true};
	for (size_t i = 0; i < COUNT_OF(formats); i++) {
		size_t before = out->len;
		if (!report_render(report, formats[i], &look, out, err))
			return false;
		if (!out->failed)
			assert_true(out->len > before);
	}
	return true;
}

static bool ask(void *self, struct error *err)
{
	const struct asking *asking = self;
	AUTO_TEXT struct text out = text_with_limit(ANSWER_BYTES);
	if (!asking->ask(asking->world, &out, err) || !text_ok(&out, "the answer", err))
		return false;
	return (out.len == asking->whole->len &&
		memcmp(out.data, asking->whole->data, out.len) == 0) ||
	       error_set(err, ERROR_SYSTEM, "an answer with %zu bytes in place of %zu", out.len,
			 asking->whole->len);
}

static void torture_one(const struct query_world *world, const struct torture_question *question,
			enum torture_whose whose, long runs_max)
{
	AUTO_TEXT struct text whole = text_with_limit(ANSWER_BYTES);
	struct asking asking = {world, question->ask, &whole};
	struct error err = {0};
	if (!question->ask(world, &whole, &err) || whole.len == 0)
		fail_msg("%s: %s", question->what, err.text);
	torture(&(struct torture){.what = question->what,
				  .whose = whose,
				  .run = ask,
				  .self = &asking,
				  .copes = whose == TORTURE_LIBRARIES,
				  .runs_max = runs_max});
}

void torture_questions(const struct query_world *world, const struct torture_question *questions,
		       size_t count, enum torture_whose whose, long runs_max)
{
	for (size_t i = 0; i < count; i++)
		torture_one(world, &questions[i], whose, runs_max);
}
