/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/milestones.h"

#include <stdlib.h>

#include "base/number.h"

enum { MILESTONES_MAX = 200 }; /* of one target */

static bool check_due(const struct raw *raw, const struct milestone_row *row,
		      const struct target *target)
{
	char period[PERIOD_BYTES];
	char due[PERIOD_BYTES];
	if (row->period.to <= target->period.from)
		return true;
	raw_problem(raw, PROBLEM_ERROR, TABLE_MILESTONES, row->line,
		    "period %s does not end before period %s of target '%s' begins",
		    period_print(row->period, period), period_print(target->period, due),
		    target->id);
	return false;
}

static void check_value(const struct raw *raw, const struct milestone_row *row,
			const struct target *target)
{
	const struct indicator *indicator = raw_find(raw, TABLE_INDICATORS, target->indicator);
	char value[NUMBER_BYTES];
	if (indicator == NULL || target->relative)
		return;
	if ((indicator->has_low && row->value < indicator->low) ||
	    (indicator->has_high && row->value > indicator->high))
		raw_problem(raw, PROBLEM_WARNING, TABLE_MILESTONES, row->line,
			    "value %s is outside the bounds of indicator '%s'",
			    number_print(row->value, value), indicator->id);
}

static bool is_new(const struct raw *raw, const struct milestone_row *row,
		   const struct target *target)
{
	char period[PERIOD_BYTES];
	for (size_t i = 0; i < target->milestone_count; i++) {
		if (!period_equal(target->milestones[i].period, row->period))
			continue;
		raw_problem(raw, PROBLEM_ERROR, TABLE_MILESTONES, row->line,
			    "target '%s' has a milestone for %s on line %d already", target->id,
			    period_print(row->period, period), target->milestones[i].line);
		return false;
	}
	return true;
}

/* Insert it where it belongs: most tables are in order, so at the end. */
static bool insert(struct target *target, const struct milestone_row *row, struct error *err)
{
	size_t at = target->milestone_count;
	if (at == MILESTONES_MAX)
		return error_set(err, ERROR_LIMIT, "target '%s' has more than %d milestones",
				 target->id, MILESTONES_MAX);
	struct milestone *grown = realloc(target->milestones, (at + 1) * sizeof *grown);
	if (grown == NULL)
		return error_memory(err);
	target->milestones = grown;
	for (; at > 0 && period_compare(row->period, grown[at - 1].period) < 0; at--)
		grown[at] = grown[at - 1];
	grown[at] = (struct milestone){row->period, row->value, row->line};
	target->milestone_count++;
	return true;
}

static bool attach(const struct raw *raw, const struct milestone_row *row, struct error *err)
{
	struct target *targets = raw->rows[TABLE_TARGETS].items;
	const struct target *found =
		raw_refer(raw, &(struct raw_reference){.from = TABLE_MILESTONES,
						       .line = row->line,
						       .who = "",
						       .column = "target",
						       .id = row->target,
						       .to = TABLE_TARGETS});
	if (found == NULL || !check_due(raw, row, found) || !is_new(raw, row, found))
		return true;
	check_value(raw, row, found);
	return insert(&targets[found - targets], row, err);
}

bool milestones_attach(const struct raw *raw, struct error *err)
{
	for (size_t i = 0; i < raw->rows[TABLE_MILESTONES].count; i++) {
		const struct milestone_row *row = raw_row(raw, TABLE_MILESTONES, i);
		if (row != NULL && !attach(raw, row, err))
			return false;
	}
	return true;
}
