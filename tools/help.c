/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/help.h"

#include "tools/commands.h"

enum { HELP_BYTES = 1 << 16 };

bool help_unknown(const char *name, struct error *err)
{
	const char *nearest = command_nearest(name);
	if (nearest != NULL)
		return error_set(err, ERROR_INPUT, "'%s' is not a command; did you mean '%s'?",
				 name, nearest);
	return error_set(err, ERROR_INPUT, "'%s' is not a command; 'envgap help' lists them", name);
}

bool help_run(struct session *session, struct error *err)
{
	AUTO_TEXT struct text out = text_with_limit(HELP_BYTES);
	const struct command *command = session->command;
	const char *name = session_argument(session, 0);
	if (name != NULL) {
		command = command_find(name);
		if (command == NULL)
			return help_unknown(name, err);
	}
	if (command == NULL || (command->run == help_run && name == NULL))
		commands_help(session->tongue, &out);
	else
		command_help(command, session->tongue, &out);
	return text_ok(&out, "the help", err) && session_print(session, text_span(&out), err);
}
