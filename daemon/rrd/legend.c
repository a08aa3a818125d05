/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/rrd/legend.h"

#include <string.h>

#include "base/unicode.h"
#include "daemon/rrd/look.h"

enum { LEGEND_POINTS = 9, MARGIN_PIXELS = 40, GAP_COLUMNS = 3, SIGN_COLUMNS = 3 };

/* The legend is laid out here, by the width of its texts, because librrd stretches its lines. */
struct layout {
	struct words *words;
	struct text line; /* with markup and escapes */
	int used, columns;
};

static void end_line(struct layout *layout)
{
	if (layout->used == 0)
		return;
	AUTO_TEXT struct text escaped = text_with_limit(2 * LOOK_TEXT_BYTES);
	if (!layout->line.failed)
		look_escape_colons(&escaped, layout->line.data);
	words_add(layout->words, "COMMENT:%s\\l", escaped.failed ? "" : escaped.data);
	text_clear(&layout->line);
	layout->used = 0;
}

/* One sign and what it stands for. */
static void add_entry(struct layout *layout, const char *colour, const char *sign, const char *text)
{
	int columns = unicode_width(span_of(text)) + SIGN_COLUMNS;
	if (layout->used > 0 && layout->used + GAP_COLUMNS + columns > layout->columns)
		end_line(layout);
	if (layout->used > 0)
		text_add_string(&layout->line, "    ");
	text_addf(&layout->line, "<span foreground='%s'>%s</span> ", colour, sign);
	look_escape_markup(&layout->line, text);
	layout->used += columns + GAP_COLUMNS;
}

static bool has_publisher(const struct rrd_graph *graph, int publisher)
{
	for (size_t i = 0; i < graph->point_count; i++)
		if (graph->points[i].publisher == publisher)
			return true;
	return false;
}

static void add_values(const struct rrd_graph *graph, struct layout *layout)
{
	for (int i = 0; i < RRD_PUBLISHERS_MAX; i++) {
		const char *name = graph->publishers[i];
		if (has_publisher(graph, i))
			add_entry(layout, look_publisher_colour(i), "●",
				  name == NULL ? graph->words.value : name);
	}
	for (size_t i = 0; i < graph->point_count; i++)
		if (graph->points[i].is_estimate) {
			add_entry(layout, "#1A1A1A", "○", graph->words.estimate);
			break;
		}
	if (graph->point_count == 0)
		add_entry(layout, "#1A1A1A", "–", graph->words.no_value);
}

static void add_lines(const struct rrd_graph *graph, struct layout *layout)
{
	if (graph->projection.is_set)
		add_entry(layout, LOOK_PROJECTION, "╍╍", graph->words.projection);
	if (graph->projection.is_set && graph->projection.has_band)
		add_entry(layout, LOOK_BAND_ON_WHITE, "■", graph->words.band);
	for (size_t i = 0; i < graph->target_count; i++)
		if (graph->targets[i].text != NULL && *graph->targets[i].text != '\0')
			add_entry(layout, LOOK_TARGET, "━━", graph->targets[i].text);
	if (graph->path_count > 0)
		add_entry(layout, LOOK_PATH, "┅┅", graph->words.path);
}

static void add_rules(const struct rrd_graph *graph, struct layout *layout)
{
	char period[PERIOD_BYTES];
	AUTO_TEXT struct text breaks = text_with_limit(LOOK_TEXT_BYTES);
	for (size_t i = 0; i < graph->break_count; i++)
		text_addf(
			&breaks, "%s%s", i == 0 ? "" : ", ",
			period_print(period_at_index(graph->frequency, graph->breaks[i]), period));
	AUTO_TEXT struct text entry = text_with_limit(LOOK_TEXT_BYTES);
	text_addf(&entry, "%s %s", graph->words.break_, breaks.failed ? "" : breaks.data);
	if (graph->break_count > 0)
		add_entry(layout, LOOK_BREAK, "╎", entry.failed ? graph->words.break_ : entry.data);
	text_clear(&entry);
	text_addf(&entry, "%s %s", graph->words.due,
		  period_print(period_at_index(graph->frequency, graph->due), period));
	if (graph->has_due)
		add_entry(layout, LOOK_DUE_ON_WHITE, "┊",
			  entry.failed ? graph->words.due : entry.data);
}

/* A note in as many lines as it needs, cut between words. */
static void add_note(struct layout *layout, const char *note)
{
	struct span rest = span_trim(span_of(note));
	while (rest.len > 0) {
		struct span head = unicode_head(rest, layout->columns);
		size_t len = head.len;
		while (len < rest.len && len > 0 && rest.start[len] != ' ')
			len--;
		if (len == 0)
			len = head.len > 0 ? head.len : rest.len;
		AUTO_TEXT struct text line = text_with_limit(LOOK_TEXT_BYTES);
		text_add(&line, rest.start, len);
		if (!line.failed)
			look_escape_markup(&layout->line, line.data);
		layout->used = layout->columns;
		end_line(layout);
		rest = span_trim((struct span){rest.start + len, rest.len - len});
	}
}

void legend_add(const struct rrd_graph *graph, bool is_cut, struct words *words)
{
	struct layout layout = {.words = words,
				.line = text_with_limit(LOOK_TEXT_BYTES),
				.columns =
					look_columns(graph->width - MARGIN_PIXELS, LEGEND_POINTS)};
	add_values(graph, &layout);
	add_lines(graph, &layout);
	add_rules(graph, &layout);
	end_line(&layout);
	if (is_cut)
		add_note(&layout, graph->words.left_out);
	for (size_t i = 0; i < RRD_NOTES_MAX; i++)
		if (graph->notes[i] != NULL)
			add_note(&layout, graph->notes[i]);
	text_done(&layout.line);
}
