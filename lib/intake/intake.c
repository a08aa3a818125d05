/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/intake.h"

#include "base/version.h"
#include "obs/instant.h"

int32_t intake_day(const struct intake *intake)
{
	return zone_day(intake->apply.zone, intake->apply.now);
}

bool intake_check_time(int64_t now, struct error *err)
{
	char said[INSTANT_BYTES];
	return now >= ENVGAP_RELEASED ||
	       error_set(err, ERROR_SYSTEM,
			 "the clock says %s, before this program was made; set it before figures "
			 "are received",
			 instant_print(now, said));
}

bool intake_load(const struct intake *intake, enum load_kind kind, struct load *ret,
		 struct error *err)
{
	struct load load = {.kind = kind, .received = intake->apply.now};
	if (!intake->at_any_time && !intake_check_time(load.received, err))
		return false;
	if (!span_copy(span_of(intake->apply.actor), load.actor, sizeof load.actor))
		return error_set(err, ERROR_INPUT, "the user name '%s' is too long",
				 intake->apply.actor);
	*ret = load;
	return true;
}
