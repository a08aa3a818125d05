/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ledger/catalogue_mirror.h"
#include "tools/language.h"
#include "tools/tables.h"

enum { WIDTH_UNKNOWN = 100, WIDTH_LEAST = 40 };

static bool read_day(const struct session *session, enum option_id option, int32_t *ret,
		     struct error *err)
{
	const char *written = session_option(session, option);
	return day_parse(span_of(written), ret, err) ||
	       error_within(err, "--%s", option_row(option)->name);
}

/* Which day is today for the answer? */
static bool read_as_of(const struct session *session, struct answer *answer, struct error *err)
{
	struct as_of *as_of = &answer->query.judge.as_of;
	bool has_as_of = options_has(&session->options, OPTION_AS_OF);
	bool has_receipt = options_has(&session->options, OPTION_RECEIVED_BY);
	if (has_as_of && has_receipt)
		return error_set(err, ERROR_INPUT, "--as-of and --received-by exclude one another");
	as_of->by_receipt = has_receipt;
	as_of->day = zone_day(answer->zone, session->now);
	if (has_as_of)
		return read_day(session, OPTION_AS_OF, &as_of->day, err);
	return !has_receipt || read_day(session, OPTION_RECEIVED_BY, &as_of->day, err);
}

static bool open_ledger(struct answer *answer, const char *state_dir, struct error *err)
{
	return ledger_open_reader(state_dir, &answer->ledger, err) &&
	       ledger_begin_read(answer->ledger, err) &&
	       ledger_catalogue_read(answer->ledger, &answer->catalogue, err);
}

static bool read_format(const struct session *session, enum report_format *ret, struct error *err)
{
	const char *format = session_option(session, OPTION_FORMAT);
	*ret = REPORT_TABLE;
	return format == NULL || report_format_parse(span_of(format), ret, err);
}

bool answer_begin(const struct session *session, struct answer *ret, struct error *err)
{
	*ret = (struct answer){0};
	ret->query.language = &ret->language;
	ret->query.now = session->now;
	return read_format(session, &ret->format, err) &&
	       language_choose(session, &ret->language, err);
}

bool answer_open(struct session *session, struct answer *ret, struct error *err)
{
	if (!answer_begin(session, ret, err) || !session_read_place(session, err) ||
	    !zone_open(session->config->timezone, &ret->zone, err) ||
	    !read_as_of(session, ret, err) || !open_ledger(ret, session->config->state_dir, err)) {
		answer_done(ret);
		return false;
	}
	ret->query.judge.ledger = ret->ledger;
	ret->query.judge.catalogue = ret->catalogue;
	ret->query.judge.zone = ret->zone;
	ret->query.format = ret->format;
	return true;
}

void answer_done(struct answer *answer)
{
	if (answer->ledger != NULL)
		ledger_end_read(answer->ledger);
	ledger_close(&answer->ledger);
	catalogue_free(&answer->catalogue);
	zone_free_slot(&answer->zone);
}

static struct report_look look_of_terminal(void)
{
	struct winsize size;
	bool is_terminal = isatty(STDOUT_FILENO) == 1;
	struct report_look look = {.width = WIDTH_UNKNOWN};
	const char *no_colour = getenv("NO_COLOR");
	if (!is_terminal)
		return look;
	look.colour = no_colour == NULL || no_colour[0] == '\0';
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= WIDTH_LEAST)
		look.width = size.ws_col;
	return look;
}

bool answer_print(const struct session *session, const struct answer *answer,
		  const struct report *report, struct error *err)
{
	const struct report_look look = look_of_terminal();
	if (answer->format == REPORT_TABLE && answer->ledger != NULL)
		tables_warn(session, answer->ledger);
	AUTO_TEXT struct text out = text_with_limit(REPORT_OUTPUT_BYTES);
	return report_render(report, answer->format, &look, &out, err) &&
	       session_print(session, text_span(&out), err);
}
