/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/notify.h"

#include <systemd/sd-daemon.h>

enum { US_PER_MS = 1000 };

void notify_ready(void)
{
	(void)sd_notify(0, "READY=1");
}

void notify_reloading(int64_t monotonic_us)
{
	(void)sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%lld", (long long)monotonic_us);
}

void notify_stopping(void)
{
	(void)sd_notify(0, "STOPPING=1");
}

void notify_patience(int64_t ms)
{
	(void)sd_notifyf(0, "EXTEND_TIMEOUT_USEC=%lld", (long long)ms * US_PER_MS);
}

void notify_status(const char *status)
{
	(void)sd_notifyf(0, "STATUS=%s", status);
}

int64_t notify_watchdog_ms(void)
{
	uint64_t interval_us = 0;
	if (sd_watchdog_enabled(0, &interval_us) <= 0)
		return 0;
	return (int64_t)(interval_us / US_PER_MS / 2);
}

void notify_alive(void)
{
	(void)sd_notify(0, "WATCHDOG=1");
}
