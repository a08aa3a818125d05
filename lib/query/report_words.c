/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/report_words.h"

static const char *const english[REPORT_WORDS] = {
	[REPORT_TITLE] = "Targets: {1}, {2}",
	[REPORT_PAGE] = "Page",
	[REPORT_FIGURES_UNTIL] = "{1}. Figures for periods up to the end of {2}, as known then.",
	[REPORT_ACT_ONLY] = "Only targets of {1}.",
	[REPORT_ROLL_UP] = "{1} of {2} targets met, {3} of them exceeded.",
	[REPORT_ROLL_UP_ONLY] = "The only target is not known to be met.",
	[REPORT_ROLL_UP_NONE] = "None of {1} targets is known to be met.",
	[REPORT_ONE_NOT_MET] = "1 not met: {1}.",
	[REPORT_NOT_MET] = "{1} not met: {2}.",
	[REPORT_ESTIMATES] = "{1} of the figures that decide are estimates or provisional.",
	[REPORT_NO_TARGETS] = "No target of an act is in force here that is due in this year or "
			      "later.",
	[REPORT_BEFORE] = "{1} until {2} is another territory with targets of its own: envgap "
			  "report --area {3}",
	[REPORT_H_ALL] = "Targets with figures, gaps first",
	[REPORT_H_GAPS] = "Gaps",
	[REPORT_H_SILENT] = "No figures at all",
	[REPORT_H_REMARKS] = "Notes on other targets",
	[REPORT_H_MEMBERS] = "Areas within",
	[REPORT_H_DUTIES] = "Duties due this year",
	[REPORT_H_SOURCES] = "Sources of the figures",
	[REPORT_H_ACTS] = "Acts",
	[REPORT_INDICATOR] = "Indicator",
	[REPORT_START] = "At adoption",
	[REPORT_LAST_YEAR] = "Last year",
	[REPORT_SAME_PART] = "Same part of last year",
	[REPORT_NOW] = "Now",
	[REPORT_TARGET] = "Target",
	[REPORT_DONE] = "Completion",
	[REPORT_VERDICT] = "Verdict",
	[REPORT_OUTLOOK] = "Outlook when due",
	[REPORT_GAP] = "Gap",
	[REPORT_AREA] = "Area",
	[REPORT_ACT] = "Act",
	[REPORT_WORDING] = "Wording",
	[REPORT_SENDER] = "Sender",
	[REPORT_COVERAGE] = "Coverage",
	[REPORT_COMPUTED] = "computed from areas within",
	[REPORT_CAUSE] = "Cause",
	[REPORT_REMEDY] = "Remedy",
	[REPORT_NOTE] = "Note",
	[REPORT_NO_CAUSE] = "nobody has entered one",
	[REPORT_BASELINE] = "{1}, baseline of the act",
	[REPORT_OF_WAY] = "{1} % of the way",
	[REPORT_OF_LEVEL] = "{1} % of the level",
	[REPORT_HELD] = "held",
	[REPORT_NOT_HELD] = "not held",
	[REPORT_PART] = "{1}; part of the year: {2}",
	[REPORT_BREAK] = "{1}, before a break",
	[REPORT_PUBLISHED] = "Published",
	[REPORT_DUTY] = "Duty",
	[REPORT_DUTY_TO] = "{1}, to {2}",
	[REPORT_DUE] = "Due",
	[REPORT_RECEIVED] = "Received",
	[REPORT_MISSING] = "Missing",
	[REPORT_OF] = "{1} of {2}",
	[REPORT_OF_LATE] = "{1} of {2}, {3} late",
	[REPORT_AND_MORE] = " and {1} more",
	[REPORT_AWAITED] = "awaited: {1}",
	[REPORT_BY_HAND] = "entered by {1}",
	[REPORT_DOCUMENT] = "Document",
	[REPORT_PLACE] = "Place",
	[REPORT_PERIOD] = "Period",
	[REPORT_DUE_BY] = "{1} (due {2}, {3})",
	[REPORT_DESCRIBE] = "{1} values from {2} to {3}; target {4}. The values stand in the table "
			    "below.",
	[REPORT_MEMBERS_MORE] = "{1} more are not shown.",
	[REPORT_LEGEND_DONE] =
		"Completion: the share of the way from the value at adoption to the target; where "
		"that is not known, the value as a share of the target (where less is better, the "
		"target as a share of the value).  What is to be kept is held or not.",
	[REPORT_LEGEND_START] =
		"At adoption: the act's own baseline, else the last value of a period that had "
		"ended when the act was adopted.",
	[REPORT_LEGEND_MARKS] = "e: estimate, or part of the year; p: provisional; \"overdue\": "
				"the next figure ought to be in.",
};

const char *report_word_english(enum report_word word)
{
	return english[word];
}

const char *report_word_of(const struct language *language, enum report_word word)
{
	return word_text(language, english[word]);
}
