/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The commands that write: requests to the daemon, or, without one, carried out here. */

#include "tools/session.h"

/* envgap record INDICATOR AREA PERIOD VALUE --source ID ... */
MUST_CHECK bool write_record(struct session *session, struct error *err);
/* envgap withdraw INDICATOR AREA PERIOD --source ID --why TEXT */
MUST_CHECK bool write_withdraw(struct session *session, struct error *err);
/* envgap ack TARGET|INDICATOR AREA */
MUST_CHECK bool write_ack(struct session *session, struct error *err);
/* envgap deliver DUTY PERIOD */
MUST_CHECK bool write_deliver(struct session *session, struct error *err);
/* envgap note TARGET|INDICATOR [AREA] */
MUST_CHECK bool write_note(struct session *session, struct error *err);
/* envgap import [--restore] FILE */
MUST_CHECK bool write_import(struct session *session, struct error *err);
/* envgap feeds FEED --accept */
MUST_CHECK bool write_accept(struct session *session, struct error *err);
/* envgap rebuild */
MUST_CHECK bool write_rebuild(struct session *session, struct error *err);
/* envgap reload */
MUST_CHECK bool write_reload(struct session *session, struct error *err);
/* envgap poll FEED */
MUST_CHECK bool write_poll(struct session *session, struct error *err);
