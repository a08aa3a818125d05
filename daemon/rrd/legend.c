/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/rrd/legend.h"

#include "base/unicode.h"
#include "daemon/rrd/look.h"

#define NO_BREAK "\xC2\xA0"

enum { LEGEND_POINTS = 9, MARGIN_PIXELS = 40, SIGN_COLUMNS = 5, PIECE_BYTES = 80 };

/* The legend is broken into lines here, by the width of its texts, because librrd stretches the
 * lines that it breaks. */
struct layout {
	struct words *words;
	int used, columns;
};

static void end_line(struct layout *layout)
{
	if (layout->used > 0)
		words_add(layout->words, "COMMENT:\\l");
	layout->used = 0;
}

/* How much of the text makes one piece: up to a blank if there is one, else up to a whole sign. */
static size_t piece_length(struct span text)
{
	if (text.len <= PIECE_BYTES)
		return text.len;
	size_t len = PIECE_BYTES;
	while (len > 1 && text.start[len] != ' ')
		len--;
	if (len > 1)
		return len;
	len = PIECE_BYTES;
	while (((unsigned char)text.start[len] & 0xC0) == 0x80)
		len--;
	return len;
}

/* One text, in pieces with no room between them: librrd cuts a piece off at 200 bytes, within a
 * sign if it comes to that.  A blank that a piece would begin with is one that does not break. */
static void add_text(struct layout *layout, struct span text)
{
	const char *blank = "";
	while (text.len > 0) {
		size_t len = piece_length(text);
		AUTO_TEXT struct text piece = text_with_limit(LOOK_TEXT_BYTES);
		look_escape(&piece, (struct span){text.start, len});
		text = span_behind(text, len);
		words_add(layout->words, "COMMENT:%s%s%s", blank, piece.failed ? "" : piece.data,
			  text.len > 0 ? "\\g" : "");
		bool has_blank = text.len > 0 && text.start[0] == ' ';
		blank = has_blank ? NO_BREAK : "";
		text = span_behind(text, has_blank);
	}
}

/* One sign and what it stands for. */
static void add_entry(struct layout *layout, const char *colour, const char *sign, const char *text)
{
	int columns = unicode_width(span_of(text)) + SIGN_COLUMNS;
	if (layout->used + columns > layout->columns)
		end_line(layout);
	words_add(layout->words, "COMMENT:<span fgcolor='%s'>%s</span>" NO_BREAK "\\g", colour,
		  sign);
	add_text(layout, span_of(text));
	layout->used += columns;
}

static bool has_publisher(const struct rrd_graph *graph, int publisher)
{
	for (size_t i = 0; i < graph->point_count; i++)
		if (graph->points[i].publisher == publisher)
			return true;
	return false;
}

static bool has_estimate(const struct rrd_graph *graph)
{
	for (size_t i = 0; i < graph->point_count; i++)
		if (graph->points[i].is_estimate)
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
	if (has_estimate(graph))
		add_entry(layout, LOOK_TEXT, "○", graph->words.estimate);
	if (graph->earlier_count > 0)
		add_entry(layout, LOOK_EARLIER, "○", graph->words.earlier);
	if (graph->point_count == 0)
		add_entry(layout, LOOK_TEXT, "–", graph->words.no_value);
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

static void add_rule(struct layout *layout, const char *colour, const char *sign, const char *word,
		     const struct text *periods)
{
	AUTO_TEXT struct text entry = text_with_limit(LOOK_TEXT_BYTES);
	text_addf(&entry, "%s %s", word, periods->failed ? "" : periods->data);
	add_entry(layout, colour, sign, entry.failed ? word : entry.data);
}

static void add_rules(const struct rrd_graph *graph, struct layout *layout)
{
	char period[PERIOD_BYTES];
	AUTO_TEXT struct text breaks = text_with_limit(LOOK_TEXT_BYTES);
	AUTO_TEXT struct text due = text_with_limit(LOOK_TEXT_BYTES);
	for (size_t i = 0; i < graph->break_count; i++)
		text_addf(
			&breaks, "%s%s", i == 0 ? "" : ", ",
			period_print(period_at_index(graph->frequency, graph->breaks[i]), period));
	text_add_string(&due, period_print(period_at_index(graph->frequency, graph->due), period));
	if (graph->break_count > 0)
		add_rule(layout, LOOK_BREAK, "╎", graph->words.break_, &breaks);
	if (graph->has_due)
		add_rule(layout, LOOK_DUE_ON_WHITE, "┊", graph->words.due, &due);
}

/* A note in as many lines as it needs, cut between words. */
static void add_note(struct layout *layout, const char *note)
{
	struct span rest = span_trim(span_of(note));
	while (rest.len > 0) {
		add_text(layout, look_cut_line(&rest, layout->columns));
		layout->used = layout->columns;
		end_line(layout);
	}
}

void legend_add(const struct rrd_graph *graph, bool is_cut, struct words *words)
{
	struct layout layout = {.words = words,
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
}
