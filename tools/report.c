/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/report.h"

#include "base/number.h"
#include "query/year_report_page.h"
#include "tools/answer.h"
#include "tools/output.h"

typedef bool render_fn(const struct answer *answer, const struct year_report *report,
		       struct text *out, struct error *err);

static bool render_page(const struct answer *answer, const struct year_report *report,
			enum page_format format, struct text *out, struct error *err)
{
	return year_report_page(report, format, answer->language.code, out, err);
}

static bool render_html(const struct answer *answer, const struct year_report *report,
			struct text *out, struct error *err)
{
	return render_page(answer, report, PAGE_HTML, out, err);
}

static bool render_markdown(const struct answer *answer, const struct year_report *report,
			    struct text *out, struct error *err)
{
	return render_page(answer, report, PAGE_MARKDOWN, out, err);
}

static bool render_data(const struct year_report *year, enum report_format format, struct text *out,
			struct error *err)
{
	const struct report_look look = {0};
	AUTO_REPORT struct report *report = NULL;
	return year_report_table(year, format, &report, err) &&
	       report_render(report, format, &look, out, err);
}

static bool render_csv(const struct answer *answer, const struct year_report *report,
		       struct text *out, struct error *err)
{
	(void)answer;
	return render_data(report, REPORT_CSV, out, err);
}

static bool render_json(const struct answer *answer, const struct year_report *report,
			struct text *out, struct error *err)
{
	(void)answer;
	return render_data(report, REPORT_JSON, out, err);
}

static const struct {
	const char *ending;
	render_fn *render;
} kinds[] = {
	{".html", render_html},
	{".md", render_markdown},
	{".csv", render_csv},
	{".json", render_json},
};

/* By the ending of the file. */
static bool find_kind(const char *path, render_fn **ret, struct error *err)
{
	size_t len = strlen(path);
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		size_t ending = strlen(kinds[i].ending);
		if (len > ending && strcmp(path + len - ending, kinds[i].ending) == 0) {
			*ret = kinds[i].render;
			return true;
		}
	}
	return error_set(err, ERROR_INPUT, "-o '%s' ends in none of .html, .md, .csv, .json", path);
}

static bool read_question(const struct session *session, struct year_question *ret,
			  struct error *err)
{
	int64_t year = 0;
	const char *written = session_option(session, OPTION_YEAR);
	if (written != NULL &&
	    !number_read_integer(span_of(written), DAY_YEAR_MIN, DAY_YEAR_MAX - 1, &year, err))
		return error_within(err, "--year");
	*ret = (struct year_question){
		.area = session_option(session, OPTION_AREA),
		.year = (int)year,
		.act = session_option(session, OPTION_ACT),
	};
	return true;
}

static bool print(const struct session *session, const struct answer *answer,
		  const struct year_report *year, struct error *err)
{
	AUTO_REPORT struct report *report = NULL;
	return year_report_table(year, answer->format, &report, err) &&
	       answer_print(session, answer, report, err);
}

static bool write_file(const struct answer *answer, const struct year_report *report,
		       const char *path, struct error *err)
{
	AUTO_TEXT struct text out = text_with_limit(PAGE_BYTES);
	render_fn *render;
	return find_kind(path, &render, err) && render(answer, report, &out, err) &&
	       output_write(path, text_span(&out), err);
}

bool report_run(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_YEAR_REPORT struct year_report report = {0};
	struct year_question question;
	render_fn *render;
	const char *path = session_option(session, OPTION_OUTPUT);
	if ((path != NULL && !find_kind(path, &render, err)) ||
	    !read_question(session, &question, err) || !answer_open(session, &answer, err) ||
	    !year_report_read(&answer.query, &question, &report, err))
		return false;
	return path != NULL ? write_file(&answer, &report, path, err)
			    : print(session, &answer, &report, err);
}
