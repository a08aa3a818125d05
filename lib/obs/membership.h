/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Groups and their members, found without a walk over all of them. */

#include "obs/catalogue.h"

/* Make the second orders of members and changes, after catalogue_sort(): without them no group has
 * members and no area successors.  ERROR_MEMORY. */
MUST_CHECK bool catalogue_index(struct catalogue *catalogue, struct error *err);

/* Called for each membership of a group; false stops. */
typedef bool area_member_fn(void *self, const struct area_member *member);

/* Direct members of a group on any day, by area and valid_from.  False when take stopped. */
bool catalogue_members(const struct catalogue *catalogue, const char *group, area_member_fn *take,
		       void *self);

/* Has it had any members? */
bool catalogue_has_members(const struct catalogue *catalogue, const char *group);
