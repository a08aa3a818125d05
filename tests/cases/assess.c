/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: assess DIR
 *
 * Runs every row of every CSV file of DIR against the method that the file's name names, and says
 * ok or not ok for each.  Files whose method is not built yet are named and not counted. */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess/gap.h"
#include "assess/method.h"
#include "assess/path.h"
#include "tests/unit/vector.h"

enum { DOCUMENT_LIMIT_BYTES = 16 << 20, EXTRA_MAX = 8 };

/* What the library gives for a row. */
struct outcome {
	struct measure measure;
	const char *category;
	struct outcome_extra { /* to be held against the keys of `extra` */
		const char *key;
		struct measure value;
	} extra[EXTRA_MAX];
	size_t extra_count;
	bool unknown; /* there is nothing in the library for such a row */
};

static void add_extra(struct outcome *out, const char *key, double value)
{
	out->extra[out->extra_count++] = (struct outcome_extra){key, measure_of(value)};
}

/* Years between which a projection is made have to be there. */
static double number_or(struct measure measure, double other)
{
	return measure.is_set ? measure.value : other;
}

static void run_weather(const struct vector *row, struct outcome *out)
{
	static const struct {
		const char *word;
		enum method_kind kind;
	} kinds[] = {{"target_year", METHOD_BY_YEAR},
		     {"annual", METHOD_HOLD},
		     {"direction", METHOD_DIRECTION}};
	struct span type;
	out->unknown = true;
	if (!vector_extra(row, "type", &type))
		return;
	struct method_call call = {
		.mark = {.sense = row->sense, .value = number_or(row->target, 0)},
		.times = row->times,
		.values = row->values,
		.count = row->count,
		.due = number_or(row->target_year, 0),
	};
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (!span_is(type, kinds[i].word))
			continue;
		call.kind = kinds[i].kind;
		out->unknown = false;
	}
	struct method_result result;
	method_find("weather")->judge(&call, &result);
	out->measure = result.measure;
	out->category = result.category;
}

static void run_gap(const struct vector *row, struct outcome *out)
{
	static const struct {
		const char *name;
		size_t offset;
	} measures[] = {
		{"absolute_gap", offsetof(struct gap_measures, absolute_gap)},
		{"share_of_distance_covered", offsetof(struct gap_measures, covered)},
		{"actual_annual_change_endpoints", offsetof(struct gap_measures, actual_change)},
		{"required_annual_change", offsetof(struct gap_measures, required_change)},
		{"required_over_actual", offsetof(struct gap_measures, required_over_actual)},
		{"required_cagr_pct", offsetof(struct gap_measures, required_growth_pct)},
		{"linear_trajectory_value_now", offsetof(struct gap_measures, path_now)},
		{"deviation_from_trajectory", offsetof(struct gap_measures, deviation)},
		{"projected_value", offsetof(struct gap_measures, projected)},
		{"projected_gap", offsetof(struct gap_measures, projected_gap)},
		{"projected_year_of_attainment", offsetof(struct gap_measures, attainment_year)},
	};
	struct gap_input input = {
		.mark = {.sense = row->sense, .value = number_or(row->target, 0)},
		.now = {row->times[row->count - 1], row->values[row->count - 1]},
		.due = number_or(row->target_year, 0),
		.base_time = row->base_year,
		.base_value = vector_value_in(row, number_or(row->base_year, 0)),
		.slope = vector_extra_number(row, "slope_used"),
	};
	struct gap_measures gap;
	gap_measure(&input, &gap);
	out->unknown = true;
	for (size_t i = 0; i < COUNT_OF(measures); i++) {
		if (strcmp(vector_part(row), measures[i].name) != 0)
			continue;
		memcpy(&out->measure, (const char *)&gap + measures[i].offset, sizeof out->measure);
		out->unknown = false;
	}
	out->category = out->measure.is_set ? "" : "n/a";
}

/* Everything that a path is made of. */
struct way {
	struct waypoint from, to;
	struct waypoint
		interim[VECTOR_VALUES_MAX + 2]; /* stepped: these; piecewise: with from, to */
	size_t interim_count;
	double at;
};

static struct measure way_linear(const struct way *way)
{
	return path_linear(way->from, way->to, way->at);
}

static struct measure way_geometric(const struct way *way)
{
	return path_geometric(way->from, way->to, way->at);
}

static struct measure way_stepped(const struct way *way)
{
	return path_stepped(way->interim + 1, way->interim_count, way->at);
}

static struct measure way_piecewise(const struct way *way)
{
	return path_piecewise(way->interim, way->interim_count + 2, way->at);
}

static struct measure way_res(const struct way *way)
{
	return path_by_law(path_law_find("eu-res-2009"), way->from.value, way->to.value, way->at);
}

static struct measure way_governance(const struct way *way)
{
	return path_by_law(path_law_find("eu-governance-2018"), way->from.value, way->to.value,
			   way->at);
}

static void read_way(const struct vector *row, struct way *ret)
{
	double times[VECTOR_VALUES_MAX], values[VECTOR_VALUES_MAX];
	struct span text;
	*ret = (struct way){
		.from = {number_or(row->base_year, 0),
			 number_or(vector_value_in(row, number_or(row->base_year, 0)), 0)},
		.to = {number_or(row->target_year, 0), number_or(row->target, 0)},
		.at = number_or(vector_extra_number(row, "at"), 0),
	};
	if (vector_extra(row, "interim", &text) &&
	    !vector_read_pairs(text, times, values, &ret->interim_count, NULL))
		ret->interim_count = 0;
	for (size_t i = 0; i < ret->interim_count; i++)
		ret->interim[i + 1] = (struct waypoint){times[i], values[i]};
	ret->interim[0] = ret->from;
	ret->interim[ret->interim_count + 1] = ret->to;
}

static void run_path(const struct vector *row, struct outcome *out)
{
	static const struct {
		const char *begins;
		struct measure (*find)(const struct way *way);
	} paths[] = {
		{"linear", way_linear},
		{"geometric", way_geometric},
		{"stepped annual plan", way_stepped},
		{"piecewise linear", way_piecewise},
		{"EU RES directive", way_res},
		{"EU Governance Regulation", way_governance},
	};
	struct way way;
	read_way(row, &way);
	out->unknown = true;
	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		if (strncmp(row->name, paths[i].begins, strlen(paths[i].begins)) != 0)
			continue;
		out->measure = paths[i].find(&way);
		out->unknown = false;
	}
}

static void take_sen(const struct samples *samples, const struct vector *row, struct outcome *out)
{
	(void)row;
	struct sen_line line;
	if (!trend_sen(samples, &line, NULL))
		return;
	out->measure = line.slope;
	add_extra(out, "intercept_median_y_minus_bx", line.intercept.value);
}

static void take_mann_kendall(const struct samples *samples, const struct vector *row,
			      struct outcome *out)
{
	(void)row;
	struct mann_kendall trend;
	trend_mann_kendall(samples, &trend);
	out->measure = measure_of(trend.s);
	add_extra(out, "n", (double)trend.count);
	add_extra(out, "varS", trend.var_s);
	add_extra(out, "Z", trend.z);
	add_extra(out, "p_normal", trend.p_normal.value);
	add_extra(out, "p_exact", trend.p_exact.value);
	add_extra(out, "tau", trend.tau.value);
}

static void take_fit(const struct trend_fit *fit, struct outcome *out)
{
	out->measure = measure_of(fit->value);
	add_extra(out, "lo90", fit->low);
	add_extra(out, "hi90", fit->high);
}

static void take_line(const struct samples *samples, const struct vector *row, struct outcome *out)
{
	struct trend_fit fit;
	trend_fit_line(samples, number_or(row->target_year, 0), &fit);
	take_fit(&fit, out);
	add_extra(out, "slope", fit.slope);
	add_extra(out, "se_slope", fit.se_slope);
	add_extra(out, "p_slope", fit.p_slope);
	add_extra(out, "prob_attain",
		  trend_attainment(&fit, row->sense, number_or(row->target, 0)).value);
}

static void take_logit(const struct samples *samples, const struct vector *row, struct outcome *out)
{
	static const struct logit_scale scale = {.low = 0, .high = 100, .step = 0.1};
	struct trend_fit fit;
	if (trend_fit_logit(samples, &scale, number_or(row->target_year, 0), &fit, NULL))
		take_fit(&fit, out);
}

static void run_trend(const struct vector *row, struct outcome *out)
{
	static const struct {
		const char *part;
		void (*take)(const struct samples *samples, const struct vector *row,
			     struct outcome *out);
	} trends[] = {
		{"sen_slope", take_sen},
		{"mann_kendall_S", take_mann_kendall},
		{"min two-sided", take_mann_kendall},
		{"ols_fit_at_target", take_line},
		{"logit_fit_at_target", take_logit},
	};
	struct samples samples = {row->times, row->values, row->count};
	out->unknown = true;
	for (size_t i = 0; i < COUNT_OF(trends); i++) {
		if (strncmp(vector_part(row), trends[i].part, strlen(trends[i].part)) != 0)
			continue;
		out->unknown = false;
		trends[i].take(&samples, row, out);
	}
}

static const struct runner {
	const char *file; /* without .csv */
	void (*run)(const struct vector *row, struct outcome *out);
} runners[] = {
	{"gap_measures", run_gap},
	{"germany_weather", run_weather},
	{"robust", run_trend},
	{"trajectories", run_path},
};

/* Everything known while a file is read. */
struct run {
	const char *file;
	const struct runner *runner;
	struct vector_columns columns;
	bool has_header;
	int passed, failed;
};

static void print_numbers(const char *what, struct measure got, struct measure want)
{
	printf("%s is ", what);
	printf(got.is_set ? "%.10g" : "none", got.value);
	printf(want.is_set ? ", not %.10g" : ", not none", want.value);
}

static bool same_category(const struct vector *row, const char *got)
{
	struct span want = span_of(row->category);
	if (strcmp(row->kind, "published_not_reproduced") == 0 && !vector_extra(row, "our", &want))
		want.len = 0;
	return want.len == 0 || (got != NULL && span_is(want, got));
}

/* Say what is wrong with a row; false when nothing is. */
static bool print_difference(const struct run *run, const struct vector *row,
			     const struct outcome *out)
{
	char head[VECTOR_TEXT_BYTES * 2];
	snprintf(head, sizeof head, "not ok %s:%d %s: ", run->file, row->line, row->name);
	if (out->unknown)
		return printf("%snothing in the library is called so\n", head) > 0;
	if (!vector_close(out->measure, row->expected)) {
		fputs(head, stdout);
		print_numbers("the measure", out->measure, row->expected);
		return puts("") != EOF;
	}
	if (!same_category(row, out->category))
		return printf("%sit is '%s', not '%s' (%s)\n", head, out->category, row->category,
			      row->kind) > 0;
	for (size_t i = 0; i < out->extra_count; i++) {
		struct measure want = vector_extra_number(row, out->extra[i].key);
		if (!want.is_set || vector_close(out->extra[i].value, want))
			continue;
		fputs(head, stdout);
		print_numbers(out->extra[i].key, out->extra[i].value, want);
		return puts("") != EOF;
	}
	return false;
}

static bool take_row(void *self, const struct csv_row *cells, struct error *err)
{
	struct run *run = self;
	if (!run->has_header) {
		run->has_header = true;
		return vector_read_header(cells, &run->columns, err);
	}
	struct vector row;
	if (!vector_read(cells, &run->columns, &row, err))
		return error_at(err, cells->line, 0);
	struct outcome out = {.category = ""};
	run->runner->run(&row, &out);
	if (print_difference(run, &row, &out)) {
		run->failed++;
		return true;
	}
	run->passed++;
	bool official = strcmp(row.kind, "published_not_reproduced") == 0;
	printf("ok %s:%d %s%s%s\n", run->file, row.line, row.name, official ? "; official: " : "",
	       official ? row.category : "");
	return true;
}

static const struct runner *find_runner(const char *file)
{
	for (size_t i = 0; i < COUNT_OF(runners); i++) {
		size_t len = strlen(runners[i].file);
		if (strncmp(file, runners[i].file, len) == 0 && strcmp(file + len, ".csv") == 0)
			return &runners[i];
	}
	return NULL;
}

static bool read_document(const char *path, struct text *ret, struct error *err)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		return error_errno(err, "%s", path);
	char buffer[4096];
	size_t len;
	while ((len = fread(buffer, 1, sizeof buffer, file)) > 0)
		text_add(ret, buffer, len);
	fclose(file);
	return text_ok(ret, path, err);
}

static bool run_file(const char *directory, struct run *run, struct error *err)
{
	AUTO_TEXT struct text path = text_with_limit(4096);
	text_addf(&path, "%s/%s", directory, run->file);
	AUTO_TEXT struct text document = text_with_limit(DOCUMENT_LIMIT_BYTES);
	static const struct csv_dialect dialect = {.delimiter = ','};
	return text_ok(&path, "a path", err) && read_document(path.data, &document, err) &&
	       csv_read(text_span(&document), &dialect, take_row, run, err);
}

static int is_table(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);
	return len > 4 && strcmp(entry->d_name + len - 4, ".csv") == 0;
}

int main(int argc, char **argv)
{
	struct dirent **files = NULL;
	int count = argc == 2 ? scandir(argv[1], &files, is_table, alphasort) : -1;
	if (count < 0) {
		fputs("usage: assess DIR\n", stderr);
		return 2;
	}
	struct run run = {0};
	for (int i = 0; i < count; i++) {
		run.file = files[i]->d_name;
		run.runner = find_runner(run.file);
		run.has_header = false;
		struct error err = {0};
		if (run.runner == NULL) {
			printf("not run: %s\n", run.file);
		} else if (!run_file(argv[1], &run, &err)) {
			run.failed++;
			printf("not ok %s:%d: %s\n", run.file, err.line, err.text);
		}
		free(files[i]);
	}
	free(files);
	printf("%d passed, %d failed\n", run.passed, run.failed);
	return run.failed > 0;
}
