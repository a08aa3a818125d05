/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/duty.h"

const char *duty_family(const struct duty *duty)
{
	return duty->version_of[0] != '\0' ? duty->version_of : duty->id;
}
