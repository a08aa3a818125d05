/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/commands.h"

#include "base/unicode.h"
#include "tools/duties.h"
#include "tools/export.h"
#include "tools/graph.h"
#include "tools/help.h"
#include "tools/init.h"
#include "tools/lint.h"
#include "tools/questions.h"
#include "tools/report.h"
#include "tools/test.h"
#include "tools/verify.h"
#include "tools/write.h"

enum { NAME_COLUMN = 12 };

#define FIGURE                                                                                     \
	(TAKES(OPTION_BREAKDOWN) | TAKES(OPTION_CORRECT) | TAKES(OPTION_PLACE) |                   \
	 TAKES(OPTION_SOURCE))
#define RECORDED                                                                                   \
	(FIGURE | TAKES(OPTION_DEN) | TAKES(OPTION_NUM) | TAKES(OPTION_PUBLISHED) |                \
	 TAKES(OPTION_QUALIFIER) | TAKES(OPTION_RAW) | TAKES(OPTION_STATUS))

/* What narrows down which targets are shown. */
#define WHICH                                                                                      \
	(TAKES(OPTION_ACT) | TAKES(OPTION_ALL) | TAKES(OPTION_AREA) | TAKES(OPTION_BREAKDOWN) |    \
	 TAKES(OPTION_INDICATOR) | TAKES(OPTION_STATE) | TAKES(OPTION_TARGET))

/* By name. */
static const struct command commands[] = {
	{"ack", "TARGET|INDICATOR AREA", 2, 2,
	 TAKES(OPTION_BREAKDOWN) | TAKES(OPTION_CAUSE) | TAKES(OPTION_NOTE) | TAKES(OPTION_REMOVE) |
		 TAKES(OPTION_TARGET) | TAKES(OPTION_UNTIL),
	 write_ack, "say that the state of a target has been seen, and why it is so",
	 "It holds until the day of --until has come, or until the target is met or on track; a\n"
	 "worse state ends it too.  The target is still shown, marked.  With an indicator it is\n"
	 "about all targets in force on the series that are neither met nor on track."},
	{"areas", "[AREA|NAME]", 0, 1, 0, areas_run,
	 "areas through time: ids, codes, members, and what became of them",
	 "Without an argument the areas that are valid on the day.  A name or code is looked for "
	 "on\n"
	 "every day, without accents; what is found is shown with all that belongs to it."},
	{"backtest", "[INDICATOR] [AREA]", 0, 2, TAKES(OPTION_METHOD) | TAKES(OPTION_YEARS),
	 backtest_run,
	 "how often what each method said years ago came true, on the ledger's own history",
	 "Every year of a series and every target that was not reached then is a question: will "
	 "the\n"
	 "level that the way to the target asks for so many years later be reached?  Methods see\n"
	 "what was known then."},
	{"check", "INDICATOR AREA", 2, 2,
	 TAKES(OPTION_ACKNOWLEDGED_OK) | TAKES(OPTION_BREAKDOWN) | TAKES(OPTION_TARGET), check_run,
	 "one line for a monitoring system about the worst target in force",
	 "The exit status is that of a monitoring plugin: 0 met or on track; 1 nearly on track,\n"
	 "or good but overdue; 2 off track, worsening or missed; 3 not known, and all errors.\n"
	 "What was acknowledged says so and keeps its status, unless --acknowledged-ok."},
	{"deliver", "DUTY PERIOD", 2, 2,
	 TAKES(OPTION_DOCUMENT) | TAKES(OPTION_NOTE) | TAKES(OPTION_ON) | TAKES(OPTION_OWNER) |
		 TAKES(OPTION_REMOVE) | TAKES(OPTION_WHY),
	 write_deliver, "say that somebody delivered what was owed",
	 "--owner is needed where more than one owes it.  The document goes to the archive.  With\n"
	 "--remove --why TEXT the owner's last delivery is taken back.  Figures that come in are\n"
	 "deliveries by themselves."},
	{"duties", "[DUTY]", 0, 1,
	 TAKES(OPTION_ALL) | TAKES(OPTION_CHECK) | TAKES(OPTION_DUE_BEFORE) | TAKES(OPTION_OWNER) |
		 TAKES(OPTION_PERIOD) | TAKES(OPTION_REMIND) | TAKES(OPTION_STATE),
	 duties_run, "who delivered what was owed, who is late, who is missing",
	 "What had to be delivered within the last year, and what comes next.  With DUTY, --owner\n"
	 "or --state a row for each owner; states: on_time, late, missing, due_soon, awaited.\n"
	 "--remind writes a letter to each owner, ready to mail, or with --format a table.\n"
	 "--check exits with 0; with 1 when something is due soon; with 2 when it is missing."},
	{"events", "", 0, 0,
	 TAKES(OPTION_AREA) | TAKES(OPTION_INDICATOR) | TAKES(OPTION_LAST) | TAKES(OPTION_SINCE) |
		 TAKES(OPTION_STATE) | TAKES(OPTION_TARGET) | TAKES(OPTION_UNTIL),
	 events_run,
	 "what happened: changes of state with their causes, and what people said of it",
	 "The oldest first.  A change of state came by a new value, a revision, a correction, a\n"
	 "break in the series, because time passed, or because the target or catalogue changed."},
	{"explain", "INDICATOR AREA [PERIOD]", 2, 3,
	 TAKES(OPTION_BREAKDOWN) | TAKES(OPTION_SOURCE) | TAKES(OPTION_TARGET), explain_run,
	 "why a target is in its state; with PERIOD, where that value comes from",
	 "About the target in force that is due last, unless --target names one.  Every result "
	 "can\n"
	 "be worked out again from the numbers that stand before it.  With PERIOD about what "
	 "stands\n"
	 "for it, or what --source says: down to the cell, read again from the archive."},
	{"export", "", 0, 0, TAKES(OPTION_OUTPUT), export_run,
	 "take everything out: every figure as CSV, or with -o DIRECTORY the whole ledger",
	 "All rows are printed, in the order in which they came, with who brought them, when, and\n"
	 "from which document.  With -o a directory is made with a CSV table of each kind of "
	 "thing\n"
	 "in the log (figures, loads, events, deliveries, notes) and every document, and\n"
	 "manifest-sha256.txt to check them.  \"import --restore\" takes either in again.\n"
	 "--as-of and --format change nothing."},
	{"feeds", "[FEED]", 0, 1,
	 TAKES(OPTION_ACCEPT) | TAKES(OPTION_REJECTS) | TAKES(OPTION_TEST) | TAKES(OPTION_WARNINGS),
	 feeds_run, "is the machine working: last success, last try, next, counts",
	 "With FEED its last runs in which something was new, refused or failed, too.  A document\n"
	 "that looks different from the last good one is held back, and --accept takes it in.\n"
	 "--warnings shows what is doubtful about its figures.\n"
	 "--test shows request, answer, records, and what would be new; it needs no ledger."},
	{"gaps", "", 0, 0, WHICH | TAKES(OPTION_DUE), gaps_run,
	 "what is missed, worsening or off track, the widest gap first",
	 "A gap is measured by the share of the way that is missed: the distance from the target\n"
	 "over the distance from the baseline (or the first value) to the target."},
	{"graph", "INDICATOR AREA", 2, 2,
	 TAKES(OPTION_BREAKDOWN) | TAKES(OPTION_HEIGHT) | TAKES(OPTION_OUTPUT) |
		 TAKES(OPTION_TARGET) | TAKES(OPTION_WIDTH) | TAKES(OPTION_ZOOM),
	 graph_run, "draw a series with the target that is due last into a PNG or SVG file",
	 "-o is needed; the ending of FILE says which.  --lang decides about the words in it."},
	{"help", "[COMMAND]", 0, 1, 0, help_run, "say how to use envgap or one of its commands",
	 NULL},
	{"import", "FILE|DIRECTORY", 1, 1, TAKES(OPTION_RESTORE), write_import,
	 "take in a table of figures, all of it or nothing",
	 "FILE is CSV with a heading: indicator, breakdown, area, period, value, unit, status,\n"
	 "source, published, num, den, qualifier, place, raw, in any order; note and comment are\n"
	 "passed over.  '-' reads standard input.  Every bad row is named with its line.\n"
	 "--restore takes in what \"envgap export\" wrote, a file or a directory, into an empty\n"
	 "ledger."},
	{"init", "DIRECTORY", 1, 1, 0, init_run,
	 "begin: write a small configuration and tables with an example in each",
	 "Nothing that is there is written over.  With --lang vi names and remarks are "
	 "Vietnamese.\n"
	 "What to do next is printed."},
	{"lint", "[FILE]", 0, 1, 0, lint_run,
	 "what is doubtful about figures: of all in force, or of a table before it is taken in",
	 "FILE is a table as for import; '-' reads standard input.  Nothing is changed; the exit\n"
	 "status is 1 when something in it would be refused."},
	{"methods", "[NAME]", 0, 1, 0, methods_run,
	 "how targets are judged: the methods, or one with its rule, formula and source",
	 "NAME is that of a method, as a target names it.  No ledger is needed."},
	{"note", "TARGET|INDICATOR [AREA]", 1, 2,
	 TAKES(OPTION_BREAKDOWN) | TAKES(OPTION_CAUSE) | TAKES(OPTION_REMEDY) |
		 TAKES(OPTION_REMOVE) | TAKES(OPTION_TEXT) | TAKES(OPTION_YEAR),
	 write_note, "write down why a target is in its state, and what is done about it",
	 "About a target, or about a whole series: an indicator in an area.  With --year about\n"
	 "that year only.  What is not said stays as it was written before; \"\" empties it.\n"
	 "\"envgap show\", \"explain\" and \"report\" print it with its author and day."},
	{"poll", "FEED", 1, 1, 0, write_poll, "have envgapd poll a feed now, and wait for the end",
	 NULL},
	{"rebuild", "", 0, 0, 0, write_rebuild,
	 "make standing values and assessments anew from the log", NULL},
	{"record", "INDICATOR AREA PERIOD VALUE", 4, 4, RECORDED, write_record,
	 "take in one figure by hand",
	 "VALUE has a decimal point; '-' stands for none: with --num and --den it is computed,\n"
	 "with --status M the source says that the figure is missing.  --source is needed."},
	{"reload", "", 0, 0, 0, write_reload, "have envgapd read configuration and catalogue again",
	 NULL},
	{"report", "", 0, 0,
	 TAKES(OPTION_ACT) | TAKES(OPTION_AREA) | TAKES(OPTION_OUTPUT) | TAKES(OPTION_YEAR),
	 report_run, "account for the targets of an area in a year, gaps first, as one document",
	 "--area is needed; the year is this one unless --year is given.  -o FILE ends in .html,\n"
	 ".md, .csv or .json; without it the answer is printed.  Targets in force in that year\n"
	 "and due in it or later are told; causes and remedies are those of \"envgap note\"."},
	{"show", "INDICATOR AREA", 2, 2, TAKES(OPTION_ABOUT) | TAKES(OPTION_BREAKDOWN), show_run,
	 "one series: values, vintages, publishers, targets, methods, evidence",
	 "AREA is an id, or a name that only one area carries on the day.  CSV and TSV have the\n"
	 "values; JSON has everything."},
	{"status", "", 0, 0, WHICH | TAKES(OPTION_DUE), status_run,
	 "where do we stand: each target in force with its value, gap and state",
	 "In force are targets that are adopted, not ended, not superseded, and due not more than\n"
	 "a year ago; --all shows the others too."},
	{"test", "FILE...", 1, TEST_FILES_MAX, 0, test_run,
	 "hold documents of a feed against what has to come out of them, without network",
	 "FILE names a feed, documents and tables of what is expected: envgap-test(5).  A "
	 "directory\n"
	 "stands for every file *.test below it.  What differs is told line by line."},
	{"totals", "INDICATOR AREA [PERIOD]", 2, 3, TAKES(OPTION_BREAKDOWN), totals_run,
	 "the value of a group, member by member, to be added up by hand",
	 "Without PERIOD the last one for which a member has a value.  What is missing is\n"
	 "named, and why there is no total."},
	{"verify", "", 0, 0, 0, verify_run,
	 "compute everything that is derived from the log again, and compare", NULL},
	{"withdraw", "INDICATOR AREA PERIOD", 3, 3, FIGURE | TAKES(OPTION_WHY), write_withdraw,
	 "say that a figure no longer stands", "--source and --why are needed."},
};

const struct command *command_at(size_t index)
{
	return index < COUNT_OF(commands) ? &commands[index] : NULL;
}

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

const char *command_nearest(const char *name)
{
	const char *names[COUNT_OF(commands)];
	for (size_t i = 0; i < COUNT_OF(commands); i++)
		names[i] = commands[i].name;
	return unicode_nearest(span_of(name), names, COUNT_OF(names));
}

void commands_help(const struct tongue *tongue, struct text *out)
{
	text_add_string(out,
			tongue_text(tongue,
				    "usage: envgap [-c FILE] [OPTION]... COMMAND [ARGUMENT]...\n\n"
				    "Indicators against dated targets: how large is the gap, and "
				    "will it close in time?\n\n"));
	for (size_t i = 0; i < COUNT_OF(commands); i++)
		text_addf(out, "  %-*s%s\n", NAME_COLUMN, commands[i].name,
			  tongue_text(tongue, commands[i].help));
	text_add_string(out,
			tongue_text(tongue, "\nOptions of every command, before or after it:\n"));
	options_help(TAKES(OPTIONS_COMMON) - 1, tongue, out);
	text_add_string(out, tongue_text(tongue, "\n\"envgap COMMAND --help\" says more; so does "
						 "envgap(1).\n"));
}

void command_help(const struct command *command, const struct tongue *tongue, struct text *out)
{
	const char *help = tongue_text(tongue, command->help);
	text_addf(out, "%s envgap %s%s%s%s\n\n", tongue_text(tongue, "usage:"), command->name,
		  command->arguments[0] ? " " : "", command->arguments,
		  command->options ? " [OPTION]..." : "");
	unicode_add_capital(out, help);
	text_add_string(out, ".\n");
	if (command->more != NULL)
		text_addf(out, "\n%s\n", tongue_text(tongue, command->more));
	if (command->options != 0) {
		text_add_string(out, tongue_text(tongue, "\nOptions:\n"));
		options_help(command->options, tongue, out);
	}
	text_add_string(out, tongue_text(tongue, "\nOptions of every command:\n"));
	options_help(TAKES(OPTIONS_COMMON) - 1, tongue, out);
}
