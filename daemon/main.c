/* SPDX-License-Identifier: GPL-3.0-or-later */

/* envgapd: polls feeds, takes in figures, keeps the ledger, judges. */

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "assess/method.h"
#include "base/version.h"
#include "daemon/dry_run.h"
#include "daemon/loop.h"
#include "daemon/once.h"
#include "daemon/wait_clock.h"
#include "generated/paths.h"

enum { EXIT_DONE = 0, EXIT_NO = 1, EXIT_USAGE = 2, FINDINGS_BYTES = 1 << 20 };

enum mode { MODE_SERVE, MODE_CHECK, MODE_ONCE, MODE_DRY_RUN, MODE_HELP, MODE_VERSION, MODE_WRONG };

struct arguments {
	enum mode mode;
	const char *path, *feed;
	bool with_records;
};

static const char usage[] =
	"usage: envgapd [-c FILE] [--check | --once | --dry-run FEED [--records]]\n"
	"\n"
	"  -c, --config FILE   read this configuration (" PATH_CONFIG ")\n"
	"      --check         read configuration and catalogue, say what is wrong, and end\n"
	"      --once          poll every enabled feed now, judge, and end\n"
	"      --dry-run FEED  fetch and read this feed now, say what would come of it; change "
	"nothing\n"
	"      --records       with --dry-run: print every record as CSV\n"
	"      --version       say which version this is\n"
	"      --help          this text\n"
	"\n"
	"Without one of these it serves until SIGTERM; SIGHUP reads the files again.  See "
	"envgapd(8).\n";

static const struct option options[] = {
	{"config", required_argument, NULL, 'c'}, {"check", no_argument, NULL, 'k'},
	{"once", no_argument, NULL, 'o'},	  {"dry-run", required_argument, NULL, 'd'},
	{"records", no_argument, NULL, 'r'},	  {"version", no_argument, NULL, 'v'},
	{"help", no_argument, NULL, 'h'},	  {NULL, 0, NULL, 0},
};

static const struct {
	int option;
	enum mode mode;
} modes[] = {{'k', MODE_CHECK},
	     {'o', MODE_ONCE},
	     {'d', MODE_DRY_RUN},
	     {'v', MODE_VERSION},
	     {'h', MODE_HELP}};

static void set_mode(struct arguments *arguments, int option)
{
	enum mode mode = MODE_WRONG;
	for (size_t i = 0; i < COUNT_OF(modes); i++) {
		if (modes[i].option == option)
			mode = modes[i].mode;
	}
	arguments->mode =
		arguments->mode == MODE_SERVE || arguments->mode == mode ? mode : MODE_WRONG;
}

static struct arguments read_arguments(int argc, char **argv)
{
	struct arguments arguments = {.path = PATH_CONFIG};
	for (int option = 0; (option = getopt_long(argc, argv, "c:", options, NULL)) != -1;) {
		if (option == 'c')
			arguments.path = optarg;
		else if (option == 'r')
			arguments.with_records = true;
		else
			set_mode(&arguments, option);
		if (option == 'd')
			arguments.feed = optarg;
	}
	if (optind < argc || (arguments.with_records && arguments.mode != MODE_DRY_RUN))
		arguments.mode = MODE_WRONG;
	return arguments;
}

static int fail(const struct log *log, const struct error *err)
{
	log_say(log, LOG_LEVEL_ERROR, NULL, "%s", err->text);
	return error_exit_status(err->code);
}

static void print_problems(const struct problems *problems, bool with_notes)
{
	AUTO_TEXT struct text findings = text_with_limit(FINDINGS_BYTES);
	if (with_notes)
		problems_print_all(problems, &findings);
	else
		problems_print(problems, &findings);
	if (findings.data != NULL)
		(void)fputs(findings.data, stderr);
}

static int check(const struct arguments *arguments, const struct log *log)
{
	AUTO_PROBLEMS struct problems problems = {0};
	AUTO_SETUP struct setup *setup = NULL;
	struct error err = {0};
	const struct setup_source source = {.path = arguments->path, .method_at = method_name_at};
	bool good = setup_load(&source, &setup, &problems, &err);
	print_problems(&problems, true);
	if (!good && problems.errors == 0)
		return fail(log, &err);
	if (!good) {
		(void)fprintf(stderr, "%zu %s\n", problems.errors,
			      problems.errors == 1 ? "error" : "errors");
		return EXIT_USAGE;
	}
	(void)printf("%s: good%s: feeds %zu, indicators %zu, areas %zu, targets %zu\n",
		     arguments->path, problems.warnings ? ", with warnings" : "",
		     setup->config->feeds.count, setup->catalogue->indicator_count,
		     setup->catalogue->area_count, setup->catalogue->target_count);
	return EXIT_DONE;
}

static int dry(const struct arguments *arguments, const struct log *log, const struct clock *clock)
{
	AUTO_PROBLEMS struct problems problems = {0};
	struct error err = {0};
	const struct dry_run run = {
		.path = arguments->path,
		.feed = arguments->feed,
		.with_records = arguments->with_records,
		.clock = clock,
		.out = stdout,
		.complaints = stderr,
	};
	bool done = dry_run(&run, &problems, &err);
	print_problems(&problems, false);
	if (!done && problems.errors > 0)
		return error_exit_status(err.code); /* it has been said */
	return done ? EXIT_DONE : fail(log, &err);
}

static int once(struct daemon *daemon)
{
	struct error err = {0};
	size_t failed = 0;
	if (!once_run(daemon, &failed, &err))
		return fail(&daemon->log, &err);
	return failed == 0 ? EXIT_DONE : EXIT_NO;
}

static int serve(struct daemon *daemon)
{
	struct loop loop;
	struct error err = {0};
	bool done = loop_open(&loop, daemon, &err) && loop_run(&loop, &err);
	loop_close(&loop);
	return done ? EXIT_DONE : fail(&daemon->log, &err);
}

static int work(const struct arguments *arguments, const struct log *log, const struct clock *clock)
{
	AUTO_DAEMON struct daemon daemon = {.clock = *clock, .log = *log};
	struct error err = {0};
	bool is_stopped = false;
	if (arguments->mode == MODE_SERVE && !wait_clock(clock, log, &is_stopped, &err))
		return fail(log, &err);
	if (is_stopped)
		return EXIT_DONE;
	if (!daemon_open(&daemon, arguments->path, &err))
		return daemon.has_said_why ? error_exit_status(err.code) : fail(log, &err);
	return arguments->mode == MODE_ONCE ? once(&daemon) : serve(&daemon);
}

int main(int argc, char **argv)
{
	const struct clock clock = clock_real();
	const struct arguments arguments = read_arguments(argc, argv);
	const struct log log = log_open(LOG_LEVEL_INFO);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)umask(0027); /* the group reads, others do not */
	switch (arguments.mode) {
	case MODE_HELP:
		return fputs(usage, stdout) < 0 ? EXIT_NO : EXIT_DONE;
	case MODE_VERSION:
		return puts("envgapd " ENVGAP_VERSION) < 0 ? EXIT_NO : EXIT_DONE;
	case MODE_CHECK:
		return check(&arguments, &log);
	case MODE_DRY_RUN:
		return dry(&arguments, &log, &clock);
	case MODE_SERVE:
	case MODE_ONCE:
		return work(&arguments, &log, &clock);
	case MODE_WRONG:
		break;
	}
	(void)fputs(usage, stderr);
	return EXIT_USAGE;
}
