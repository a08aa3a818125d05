/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/alone.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "intake/request.h"

enum { ACCOUNT_BYTES = 16384, OWN_MASK = 0027 };

void alone_name_user(char name[ALONE_NAME_BYTES])
{
	char buffer[ACCOUNT_BYTES];
	struct passwd entry;
	struct passwd *found = NULL;
	if (getpwuid_r(getuid(), &entry, buffer, sizeof buffer, &found) == 0 && found != NULL &&
	    span_copy(span_of(found->pw_name), name, ALONE_NAME_BYTES))
		return;
	(void)snprintf(name, ALONE_NAME_BYTES, "uid %u", (unsigned)getuid());
}

/* Files that root made could not be written by the daemon later. */
static bool become_owner(const char *state_dir, struct error *err)
{
	struct stat status;
	if (geteuid() != 0)
		return true;
	if (stat(state_dir, &status) != 0)
		return errno == ENOENT || /* it is made by whoever needs it first */
		       error_errno(err, "%s", state_dir);
	(void)umask(OWN_MASK);
	if (status.st_uid == 0)
		return true;
	if (setgroups(1, &status.st_gid) != 0 || setgid(status.st_gid) != 0 ||
	    setuid(status.st_uid) != 0)
		return error_errno(err, "cannot become the owner of %s", state_dir);
	return true;
}

bool alone_open_blank(struct session *session, struct desk *ret, struct error *err)
{
	if (!become_owner(session->config->state_dir, err) ||
	    !desk_open_blank(session->path, session->now, ret, &session->problems, err))
		return false;
	problems_done(&session->problems);
	return true;
}

bool alone_carry_out(struct session *session, const struct control_message *request,
		     struct span document, struct control_message *ret, struct error *err)
{
	AUTO_DESK struct desk desk = {0};
	char actor[ALONE_NAME_BYTES];
	alone_name_user(actor);
	if (!problems_ok(&session->problems, err) || !become_owner(session->config->state_dir, err))
		return false;
	problems_done(&session->problems); /* the desk reads the files again, and says it again */
	if (!desk_open(session->path, session->now, actor, &desk, &session->problems, err))
		return false;
	problems_done(&session->problems); /* --check warns of the catalogue; here it is noise */
	const struct intake intake = desk_intake(&desk, session->now, actor);
	request_carry_out(&intake, request, document, ret);
	return true;
}
