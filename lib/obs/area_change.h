/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What became of areas: on a day one became another one, or part of it. */

#include "base/text.h"
#include "obs/ids.h"
#include "obs/period.h"

struct catalogue;
struct area;

enum area_change_kind {
	CHANGE_MERGE,	 /* several became one */
	CHANGE_SPLIT,	 /* one became several */
	CHANGE_RENAME,	 /* another name or code for the same territory */
	CHANGE_STATUS,	 /* another status for the same territory */
	CHANGE_BOUNDARY, /* a part went from one to the other */
};

struct area_change {
	char from[ID_BYTES], to[ID_BYTES];
	int32_t day; /* the first on which it holds */
	enum area_change_kind kind;
	char *note, *note_vi, *source; /* never NULL */
	int line;
};

enum { AREA_CHANGES_SHOWN_MAX = 4096 };

/* "merge" ... "boundary". */
const char *area_change_kind_name(enum area_change_kind kind);

/* Is the territory the same before and after? */
bool area_change_keeps(enum area_change_kind kind);

enum { AREA_KIN_SHOWN = 6 };

/* What the area came from (is_before) or became: "P63:75 (Dong Nai), P63:70 (Binh Phuoc)", without
 * names the ids only.  Appends; nothing when nothing is known. */
void area_kin_add(const struct catalogue *catalogue, const struct area *area, bool is_before,
		  bool has_names, struct text *out);

/* Was the area there in any part of the period?  ERROR_INPUT says when it ended or began, and what
 * it became or came from. */
MUST_CHECK bool area_check_period(const struct catalogue *catalogue, const struct area *area,
				  struct period period, struct error *err);

/* Called for each; false stops. */
typedef bool area_change_fn(void *self, const struct area_change *change);

/* The changes by which the area came about, or (area_successors) ended or gave something away, by
 * day and id.  False when take stopped. */
bool area_predecessors(const struct catalogue *catalogue, const char *area, area_change_fn *take,
		       void *self);
bool area_successors(const struct catalogue *catalogue, const char *area, area_change_fn *take,
		     void *self);
