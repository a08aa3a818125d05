/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What systemd is told (sd_notify); nothing happens when nobody listens. */

#include <stdint.h>

#include "base/attr.h"

/* The service is up, is reading its files again, or ends. */
void notify_ready(void);
void notify_reloading(int64_t monotonic_us);
void notify_stopping(void);

/* A start or stop may take this much longer from now on. */
void notify_patience(int64_t ms);

/* One line for `systemctl status`. */
void notify_status(const char *status);

/* How often the watchdog wants to hear from us, in milliseconds, halved; 0: never.  And the sign of
 * life. */
int64_t notify_watchdog_ms(void);
void notify_alive(void);
