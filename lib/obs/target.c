/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/target.h"

#include "obs/catalogue.h"
#include "obs/shape.h"

struct op_row {
	const char *code;
	int sense; /* 0: the indicator's */
};

static const struct op_row ops[] = {
	[TARGET_AT_LEAST] = {">=", 1}, [TARGET_ABOVE] = {">", 1},
	[TARGET_AT_MOST] = {"<=", -1}, [TARGET_BELOW] = {"<", -1},
	[TARGET_ABOUT] = {"about", 0}, [TARGET_RANGE] = {"range", 0},
	[TARGET_KEEP] = {"keep", 0},   [TARGET_BETTER] = {"better", 0},
	[TARGET_NONE] = {"none", 0},
};

bool target_op_parse(struct span text, enum target_op *ret, struct error *err)
{
	for (size_t i = 0; i < COUNT_OF(ops); i++) {
		if (span_is(text, ops[i].code)) {
			*ret = (enum target_op)i;
			return true;
		}
	}
	return error_set(err, ERROR_INPUT,
			 "'%.*s' is not an operator; use >= > <= < about range keep better or none",
			 shape_clip(text), text.start);
}

const char *target_op_code(enum target_op op)
{
	return (size_t)op < COUNT_OF(ops) ? ops[op].code : "";
}

int32_t target_due(const struct target *target)
{
	return period_last_day(target->period);
}

int target_sense(const struct target *target, const struct indicator *indicator)
{
	int sense = (size_t)target->op < COUNT_OF(ops) ? ops[target->op].sense : 0;
	return sense != 0 || indicator == NULL ? sense : (int)indicator->direction;
}
