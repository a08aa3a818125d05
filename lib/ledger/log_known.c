/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/log_known.h"

#include "ledger/log_fields.h"
#include "ledger/sql.h"

static void leave(struct log_known *known)
{
	if (known->ledger != NULL && known->ledger->known == known)
		known->ledger->known = NULL;
}

void log_known_done(struct log_known *known)
{
	leave(known);
	vintages_done(&known->rows);
}

bool log_known_enter(struct log_known *known, struct ledger *ledger, int64_t series,
		     int32_t first_day, int32_t last_day, struct error *err)
{
	leave(known);
	known->at = 0;
	known->rows.count = 0;
	known->last = (struct observation){0};
	if (series == 0)
		return true;
	if (!vintages_read_between(ledger, series, first_day, last_day, &known->rows, err))
		return false;
	known->ledger = ledger;
	known->series = series;
	known->first_day = first_day;
	ledger->known = last_day == INT32_MAX ? known : NULL;
	return true;
}

bool log_known_copy(const struct ledger *ledger, int64_t series, int32_t from, struct vintages *ret,
		    bool *ret_found, struct error *err)
{
	const struct log_known *known = ledger->known;
	*ret_found = known != NULL && known->series == series && known->first_day <= from;
	ret->count = *ret_found ? 0 : ret->count;
	for (size_t i = 0; *ret_found && i < known->rows.count; i++) {
		if (known->rows.rows[i].period.from < from)
			continue;
		if (!array_grow(&ret->rows, &ret->room, ret->count, sizeof *ret->rows, VINTAGES_MAX,
				"rows of a series", err))
			return false;
		ret->rows[ret->count++] = known->rows.rows[i];
	}
	return true;
}

static int compare_keys(const struct observation *a, const struct observation *b)
{
	int order = period_compare(a->period, b->period);
	return order != 0 ? order : strcmp(a->source, b->source);
}

/* Of one key the log has rows by known day and seq; what was appended since is behind those of its
 * day. */
static const struct observation *find_in_force(struct log_known *known,
					       const struct observation *obs)
{
	const struct vintages *rows = &known->rows;
	const struct observation *found = NULL;
	while (known->at < rows->count && compare_keys(&rows->rows[known->at], obs) < 0)
		known->at++;
	for (size_t i = known->at; i < rows->count; i++) {
		const struct observation *row = &rows->rows[i];
		if (row->known_day > obs->known_day || compare_keys(row, obs) != 0)
			break;
		found = row;
	}
	const struct observation *last = &known->last;
	if (last->source[0] == '\0' || last->known_day > obs->known_day ||
	    compare_keys(last, obs) != 0)
		return found;
	return found == NULL || last->known_day >= found->known_day ? last : found;
}

enum append_result log_known_compare(struct log_known *known, const struct observation *obs)
{
	return log_result_of(find_in_force(known, obs), obs);
}

void log_known_note(struct log_known *known, const struct observation *obs)
{
	leave(known);
	known->last = *obs;
}
