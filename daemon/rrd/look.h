/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Colours (Okabe and Ito's, which stay apart for colour-blind readers and in grey), font, and texts
 * on their way into librrd. */

#include "base/text.h"

#define LOOK_FONT "DejaVu Sans"
#define LOOK_TEXT "#1A1A1A"
#define LOOK_TARGET "#000000"
#define LOOK_PATH "#595959"
#define LOOK_PROJECTION "#D55E00"
#define LOOK_BAND "#D55E002B"
#define LOOK_BAND_ON_WHITE "#F4D2BC"
#define LOOK_DUE "#000000A0"
#define LOOK_DUE_ON_WHITE "#5F5F5F"
#define LOOK_EARLIER "#767676"
#define LOOK_BREAK "#7A4FA3"

enum { LOOK_TEXT_BYTES = 4096 };

/* "#0072B2" for publisher 0 and so on. */
const char *look_publisher_colour(int publisher);

/* A text as Pango markup, with entities also for the colon and the backslash, which librrd would
 * take for its own. */
void look_escape(struct text *out, struct span text);

/* A path in a DEF, which librrd reads up to a colon. */
void look_escape_path(struct text *out, const char *path);

/* Take a line of at most so many columns off *rest, cut between words where that can be. */
struct span look_cut_line(struct span *rest, int columns);

/* How many columns of text fit into so many pixels at a size in points. */
int look_columns(int pixels, double points);
int look_bold_columns(int pixels, double points);
