/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/commands.h"

#include "base/unicode.h"
#include "tools/help.h"

enum { NAME_COLUMN = 12 };

/* By name. */
static const struct command commands[] = {
	{"help", "[COMMAND]", 0, 1, 0, help_run, "say how to use envgap or one of its commands",
	 NULL},
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

void commands_help(struct text *out)
{
	text_add_string(out, "usage: envgap [-c FILE] [OPTION]... COMMAND [ARGUMENT]...\n\n"
			     "Indicators against dated targets: how large is the gap, and will it "
			     "close in time?\n\n");
	for (size_t i = 0; i < COUNT_OF(commands); i++)
		text_addf(out, "  %-*s%s\n", NAME_COLUMN, commands[i].name, commands[i].help);
	text_add_string(out, "\nOptions of every command, before or after it:\n");
	options_help(TAKES(OPTIONS_COMMON) - 1, out);
	text_add_string(out, "\n\"envgap COMMAND --help\" says more; so does envgap(1).\n");
}

void command_help(const struct command *command, struct text *out)
{
	text_addf(out, "usage: envgap %s%s%s%s\n\n%c%s.\n", command->name,
		  command->arguments[0] ? " " : "", command->arguments,
		  command->options ? " [OPTION]..." : "", command->help[0] - 'a' + 'A',
		  command->help + 1);
	if (command->more != NULL)
		text_addf(out, "\n%s\n", command->more);
	if (command->options != 0) {
		text_add_string(out, "\nOptions:\n");
		options_help(command->options, out);
	}
	text_add_string(out, "\nOptions of every command:\n");
	options_help(TAKES(OPTIONS_COMMON) - 1, out);
}
