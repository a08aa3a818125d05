/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How a feed asks for its documents: address, what is filled into it, secrets. */

#include "config/config.h"

/* Check it, and set file_root of a feed that reads files. */
void request_check(const struct config *config, struct config_feed *feed,
		   struct problems *problems);
