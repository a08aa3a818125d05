/* SPDX-License-Identifier: GPL-3.0-or-later */

/* envgap: the command. */

#include <errno.h>
#include <unistd.h>

#include "base/version.h"
#include "query/check.h"
#include "tools/commands.h"
#include "tools/duties.h"
#include "tools/help.h"
#include "tools/language.h"
#include "tools/questions.h"

enum { PROBLEMS_BYTES = 1 << 20 };

static bool check_arguments(const struct session *session, struct error *err)
{
	const struct command *command = session->command;
	size_t count = session->argument_count;
	if (count >= command->least && count <= command->most)
		return true;
	if (count > command->most && command->most == 0)
		return error_set(err, ERROR_INPUT, "%s: takes no arguments, not '%s'",
				 command->name, session->arguments[0]);
	if (count < command->least)
		return error_set(err, ERROR_INPUT,
				 "%s: arguments are missing; right is: envgap %s %s", command->name,
				 command->name, command->arguments);
	return error_set(err, ERROR_INPUT,
			 "%s: these are arguments too many; right is: envgap %s %s", command->name,
			 command->name, command->arguments);
}

static bool print_version(const struct session *session, struct error *err)
{
	return session_print(session, span_of("envgap " ENVGAP_VERSION "\n"), err);
}

static bool run_command(struct session *session, struct error *err)
{
	const char *name = session->options.words[0];
	session->command = command_find(name);
	if (session->command == NULL)
		return help_unknown(name, err);
	session->arguments = session->options.words + 1;
	session->argument_count = session->options.word_count - 1;
	if (options_has(&session->options, OPTION_HELP)) {
		session->argument_count = 0;
		return help_run(session, err);
	}
	return options_check(&session->options, name, session->command->options, err) &&
	       check_arguments(session, err) && session->command->run(session, err);
}

static bool run(struct session *session, struct error *err)
{
	if (options_has(&session->options, OPTION_VERSION))
		return print_version(session, err);
	if (session->options.word_count > 0)
		return run_command(session, err);
	if (options_has(&session->options, OPTION_HELP))
		return help_run(session, err);
	return error_set(err, ERROR_INPUT, "a command is missing; 'envgap help' lists them");
}

static bool is_without_configuration(const struct session *session)
{
	return session->path != NULL && access(session->path, F_OK) != 0 && errno == ENOENT;
}

/* Findings about files say their own place; the rest is "envgap: what: why". */
static void tell(const struct session *session, const struct error *err)
{
	AUTO_TEXT struct text out = text_with_limit(PROBLEMS_BYTES);
	problems_print(&session->problems, &out);
	if (is_without_configuration(session))
		text_add_string(&out, "envgap: 'envgap init DIR' makes a configuration; -c FILE or "
				      "ENVGAP_CONF says where there is one\n");
	if (err->code != ERROR_NONE && session->problems.errors == 0)
		text_addf(&out, "envgap: %s\n", err->text);
	session_complain(session, text_span(&out));
}

/* How the line for a monitoring system begins, when one asks; else NULL.  Of a call that could not
 * be read each word may be the command. */
static const char *plugin_name(const struct session *session, char **argv)
{
	static const char check[] = "ENVGAP";
	static const char duties[] = "ENVGAP DUTIES";
	if (session->command != NULL && session->command->run == check_run)
		return check;
	if (session->command != NULL && session->command->run == duties_run)
		return options_has(&session->options, OPTION_CHECK) ? duties : NULL;
	for (size_t i = 1; session->command == NULL && argv[0] != NULL && argv[i] != NULL; i++) {
		if (strcmp(argv[i], "check") == 0)
			return check;
		if (strcmp(argv[i], "--check") == 0)
			return duties;
	}
	return NULL;
}

/* A monitoring system reads standard output and the exit status, nothing else, and 2 is a gap to
 * it: whatever is wrong with the call, the configuration or the ledger is unknown. */
static bool say_unknown(struct session *session, const char *plugin, const struct error *why,
			struct error *err)
{
	AUTO_TEXT struct text out = text_with_limit(PROBLEMS_BYTES);
	text_addf(&out, "%s UNKNOWN - ", plugin);
	tongue_say(session->tongue, span_of(why->text), &out);
	text_add_char(&out, '\n');
	session->status = CHECK_UNKNOWN;
	return text_ok(&out, "the line", err) && session_print(session, text_span(&out), err);
}

int main(int argc, char **argv)
{
	struct error err = {0};
	AUTO_SESSION struct session session = {.program = argv[0], .clock = clock_real()};
	session.now = session.clock.now(session.clock.self);
	session.tongue = language_tongue(argv);
	bool done = options_read(argc, argv, &session.options, &err) && run(&session, &err);
	const char *plugin = done ? NULL : plugin_name(&session, argv);
	if (plugin != NULL) {
		struct error why = err;
		err = (struct error){0};
		done = say_unknown(&session, plugin, &why, &err);
	}
	tell(&session, &err);
	return done ? session.status : error_exit_status(err.code);
}
