/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Colours (Okabe and Ito's, which stay apart for colour-blind readers and in grey), font, and texts
 * on their way into librrd. */

#include "base/text.h"

#define LOOK_FONT "DejaVu Sans"
#define LOOK_TARGET "#000000"
#define LOOK_PATH "#595959"
#define LOOK_PROJECTION "#D55E00"
#define LOOK_BAND "#D55E002B"
#define LOOK_BAND_ON_WHITE "#F4D2BC"
#define LOOK_DUE "#000000A0"
#define LOOK_DUE_ON_WHITE "#5F5F5F"
#define LOOK_BREAK "#7A4FA3"

enum { LOOK_TEXT_BYTES = 4096 };

/* "#0072B2" for publisher 0 and so on. */
const char *look_publisher_colour(int publisher);

/* A text for Pango markup: & < > spelled out. */
void look_escape_markup(struct text *out, const char *text);

/* "<tag>text</tag>". */
void look_markup(struct text *out, const char *tag, const char *text);

/* A text for a place where librrd reads up to a colon and takes backslashes for its own. */
void look_escape_colons(struct text *out, const char *text);

/* How many columns of text fit into so many pixels at a size in points. */
int look_columns(int pixels, double points);

/* The size in points at which the text fits into the width, at most `points`. */
double look_fitting_points(const char *text, int pixels, double points);
