/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/options.h"

#include <getopt.h>

#include "base/unicode.h"

enum { LONG_BASE = 256, HELP_COLUMN = 26 };

static const struct option_row rows[OPTIONS] = {
	[OPTION_CONFIG] = {"config", 'c', "FILE", "read FILE instead of the installed envgap.conf"},
	[OPTION_FORMAT] = {"format", 'f', "FORMAT", "table (default), json, csv or tsv"},
	[OPTION_AS_OF] = {"as-of", 0, "DATE", "answer as if it were that day"},
	[OPTION_RECEIVED_BY] = {"received-by", 0, "DATE",
				"the same, but with what this office had received by then"},
	[OPTION_LANG] = {"lang", 0, "LANGUAGE", "en or vi; words only, never JSON, CSV or TSV"},
	[OPTION_HELP] = {"help", 'h', NULL, "say how to use the command"},
	[OPTION_VERSION] = {"version", 0, NULL, "say the version of the program"},
	[OPTION_ABOUT] = {"about", 0, NULL, "say how the indicator is defined, too"},
	[OPTION_ACCEPT] = {"accept", 0, NULL,
			   "take in the document of this feed that is held back"},
	[OPTION_ACKNOWLEDGED_OK] = {"acknowledged-ok", 0, NULL,
				    "what was acknowledged counts as OK"},
	[OPTION_ACT] = {"act", 0, "ID", "targets of this act only"},
	[OPTION_ALL] = {"all", 'a', NULL,
			"also what is superseded, ended or long past its due day"},
	[OPTION_AREA] = {"area", 0, "AREA", "this area only"},
	[OPTION_BREAKDOWN] = {"breakdown", 'b', "DIM=CODE", "this part, not the total"},
	[OPTION_CAUSE] = {"cause", 0, "TEXT", "why it is so, in your words"},
	[OPTION_CHECK] = {"check", 0, NULL, "one line for a monitoring system"},
	[OPTION_CORRECT] = {"correct", 0, NULL,
			    "our own mistake: known since the figure that it corrects"},
	[OPTION_DEN] = {"den", 0, "NUMBER", "denominator of the figure"},
	[OPTION_DOCUMENT] = {"document", 0, "FILE", "what was delivered, for the archive"},
	[OPTION_DUE] = {"due", 0, "YEAR", "targets that are due in this year only"},
	[OPTION_DUE_BEFORE] = {"due-before", 0, "DATE", "what is due before this day"},
	[OPTION_HEIGHT] = {"height", 0, "PIXELS", "height of the picture, 400 unless given"},
	[OPTION_INDICATOR] = {"indicator", 'i', "ID", "this indicator only"},
	[OPTION_LAST] = {"last", 'l', "NUMBER", "only the last so many"},
	[OPTION_METHOD] = {"method", 'm', "NAME", "this method only"},
	[OPTION_NOTE] = {"note", 0, "TEXT", "what whoever looks next should know"},
	[OPTION_NUM] = {"num", 0, "NUMBER", "numerator of the figure"},
	[OPTION_ON] = {"on", 0, "DATE", "the day of delivery, today unless given"},
	[OPTION_OUTPUT] = {"output", 'o', "FILE", "where to write to; its ending says what"},
	[OPTION_OWNER] = {"owner", 0, "ID", "this office or area only"},
	[OPTION_PERIOD] = {"period", 0, "PERIOD", "this period only"},
	[OPTION_PLACE] = {"place", 0, "TEXT", "where in the document the figure stands"},
	[OPTION_PUBLISHED] = {"published", 0, "DATE", "when the source published it"},
	[OPTION_QUALIFIER] = {"qualifier", 0, "WORD", "as printed: about, nearly or over"},
	[OPTION_RAW] = {"raw", 0, "TEXT", "the figure as it was printed"},
	[OPTION_REJECTS] = {"rejects", 0, NULL, "show the records that were refused, and why"},
	[OPTION_REMEDY] = {"remedy", 0, "TEXT", "what is done about it, by whom and until when"},
	[OPTION_REMIND] = {"remind", 0, NULL, "letters to those from whom something is missing"},
	[OPTION_REMOVE] = {"remove", 0, NULL, "take it back"},
	[OPTION_RESTORE] = {"restore", 0, NULL, "take in a whole export, numbers of rows included"},
	[OPTION_SINCE] = {"since", 0, "DATE", "from this day on"},
	[OPTION_SOURCE] = {"source", 's', "ID", "who published it"},
	[OPTION_STATE] = {"state", 0, "STATE", "what is in this state only"},
	[OPTION_STATUS] = {"status", 0, "A|P|E|F", "normal, provisional, estimated or forecast"},
	[OPTION_TARGET] = {"target", 't', "ID", "this target only"},
	[OPTION_TEST] = {"test", 0, NULL,
			 "fetch and read it now, say all about it, change nothing"},
	[OPTION_TEXT] = {"text", 0, "TEXT", "whatever else is to be said"},
	[OPTION_UNTIL] = {"until", 0, "DATE", "up to this day"},
	[OPTION_WARNINGS] = {"warnings", 0, NULL, "show what is doubtful about its figures"},
	[OPTION_WHY] = {"why", 0, "TEXT", "the reason, kept for ever"},
	[OPTION_WIDTH] = {"width", 0, "PIXELS", "width of the picture, 800 unless given"},
	[OPTION_YEAR] = {"year", 'y', "YEAR", "about this year"},
	[OPTION_YEARS] = {"years", 'n', "NUMBER", "so many years ahead, 3 unless given"},
	[OPTION_ZOOM] = {"zoom", 0, "1..4", "make everything larger, for print"},
};

const struct option_row *option_row(enum option_id option)
{
	return &rows[option];
}

bool options_has(const struct options *options, enum option_id option)
{
	return options->values[option] != NULL;
}

/* The rows as getopt wants them. */
static void make_getopt(struct option longs[OPTIONS + 1], char *shorts)
{
	size_t len = 0;
	shorts[len++] = ':';
	for (int i = 0; i < OPTIONS; i++) {
		bool has = rows[i].argument != NULL;
		longs[i] = (struct option){rows[i].name, has ? required_argument : no_argument,
					   NULL, LONG_BASE + i};
		if (rows[i].letter != 0) {
			shorts[len++] = rows[i].letter;
			if (has)
				shorts[len++] = ':';
		}
	}
	longs[OPTIONS] = (struct option){0};
	shorts[len] = '\0';
}

static enum option_id option_of(int found)
{
	if (found >= LONG_BASE)
		return (enum option_id)(found - LONG_BASE);
	int i = 0;
	while (i < OPTIONS && rows[i].letter != found)
		i++;
	return (enum option_id)i;
}

static bool fail_unknown(const char *written, struct error *err)
{
	const char *names[OPTIONS];
	for (int i = 0; i < OPTIONS; i++)
		names[i] = rows[i].name;
	if (written[1] != '-' && optopt >= '0' && optopt <= '9')
		return error_set(err, ERROR_INPUT,
				 "'%s' is not an option; put -- before a negative number", written);
	struct span word = span_of(written + strspn(written, "-"));
	word = span_cut(&word, '=');
	const char *nearest = unicode_nearest(word, names, OPTIONS);
	if (nearest != NULL)
		return error_set(err, ERROR_INPUT, "option '%s' is not known; did you mean '--%s'?",
				 written, nearest);
	return error_set(err, ERROR_INPUT, "option '%s' is not known", written);
}

/* getopt has said no; `written` is what it looked at. */
static bool fail(int found, const char *written, struct error *err)
{
	enum option_id option = optopt != 0 ? option_of(optopt) : OPTIONS;
	if (found == ':' && option < OPTIONS)
		return error_set(err, ERROR_INPUT, "option '--%s' needs an argument: %s",
				 rows[option].name, rows[option].argument);
	if (option < OPTIONS && optopt >= LONG_BASE)
		return error_set(err, ERROR_INPUT, "option '--%s' takes no argument",
				 rows[option].name);
	return fail_unknown(written, err);
}

/* What getopt looked at last: the word before optind, unless it is not yet through with the letters
 * of a word. */
static const char *looked_at(char *const *argv)
{
	const char *before = argv[optind - 1];
	bool is_letter = optopt > 0 && optopt < LONG_BASE;
	bool is_before = before[0] == '-' && strchr(before, optopt) != NULL;
	return is_letter && !is_before ? argv[optind] : before;
}

bool options_read(int argc, char **argv, struct options *ret, struct error *err)
{
	struct option longs[OPTIONS + 1];
	char shorts[2 * OPTIONS + 2];
	struct options options = {0};
	make_getopt(longs, shorts);
	opterr = 0;
	optind = 0;
	for (;;) {
		int found = getopt_long(argc, argv, shorts, longs, NULL);
		if (found == -1)
			break;
		if (found == '?' || found == ':')
			return fail(found, looked_at(argv), err);
		enum option_id option = option_of(found);
		if (options.values[option] != NULL)
			return error_set(err, ERROR_INPUT, "option '--%s' is given twice",
					 rows[option].name);
		options.values[option] = optarg ? optarg : "";
	}
	options.words = argv + optind;
	options.word_count = (size_t)(argc - optind);
	*ret = options;
	return true;
}

bool options_check(const struct options *options, const char *command, uint64_t taken,
		   struct error *err)
{
	for (int i = OPTIONS_COMMON; i < OPTIONS; i++)
		if (options->values[i] != NULL && !(taken & TAKES(i)))
			return error_set(err, ERROR_INPUT, "'%s' takes no option '--%s'", command,
					 rows[i].name);
	return true;
}

void options_help(uint64_t taken, const struct tongue *tongue, struct text *out)
{
	for (int i = 0; i < OPTIONS; i++) {
		const struct option_row *row = &rows[i];
		if (!(taken & TAKES(i)))
			continue;
		size_t start = out->len;
		text_add_string(out, "  ");
		if (row->letter != 0)
			text_addf(out, "-%c, ", row->letter);
		text_addf(out, "--%s", row->name);
		if (row->argument != NULL)
			text_addf(out, " %s", row->argument);
		int used = (int)(out->len - start);
		text_addf(out, "%*s%s\n", used < HELP_COLUMN ? HELP_COLUMN - used : 1, "",
			  tongue_text(tongue, row->help));
	}
}
