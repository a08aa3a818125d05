/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/client.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { CHUNK_BYTES = 16384, ANSWER_BYTES = 2 * CONTROL_MESSAGE_BYTES };

static void close_slot(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static bool connect_to(int fd, const char *path, bool *ret_there, struct error *err)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (!span_copy(span_of(path), address.sun_path, sizeof address.sun_path))
		return error_set(err, ERROR_INPUT,
				 "the path of the control socket '%s' is longer than %zu bytes",
				 path, sizeof address.sun_path - 1);
	*ret_there = connect(fd, (const struct sockaddr *)&address, sizeof address) == 0;
	if (*ret_there || errno == ENOENT || errno == ECONNREFUSED)
		return true;
	if (errno == EACCES || errno == EPERM)
		return error_set(err, ERROR_PERMISSION,
				 "%s: you may not ask envgapd to write; members of the group "
				 "envgap-edit may",
				 path);
	return error_errno(err, "%s", path);
}

/* The descriptor travels with the first bytes. */
static ssize_t send_some(int fd, struct span bytes, int file)
{
	char control[CMSG_SPACE(sizeof file)] __attribute__((aligned(8))) = {0};
	union {
		const char *read;
		void *base;
	} start = {bytes.start};
	struct iovec part = {start.base, bytes.len};
	struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
	if (file >= 0) {
		header.msg_control = control;
		header.msg_controllen = sizeof control;
		struct cmsghdr *right = CMSG_FIRSTHDR(&header);
		right->cmsg_level = SOL_SOCKET;
		right->cmsg_type = SCM_RIGHTS;
		right->cmsg_len = CMSG_LEN(sizeof file);
		memcpy(CMSG_DATA(right), &file, sizeof file);
	}
	return sendmsg(fd, &header, MSG_NOSIGNAL);
}

static bool send_all(int fd, struct span bytes, int file, struct error *err)
{
	while (bytes.len > 0) {
		ssize_t len = send_some(fd, bytes, file);
		if (len < 0 && errno == EINTR)
			continue;
		if (len < 0)
			return error_set(
				err, ERROR_BUSY,
				"envgapd does not take the request: it has too many others "
				"to answer, or is going away; try again");
		bytes = span_behind(bytes, (size_t)len);
		file = -1;
	}
	return true;
}

static bool receive(int fd, struct text *answer, struct error *err)
{
	char bytes[CHUNK_BYTES];
	size_t whole = 0;
	while (!control_is_whole(text_span(answer), &whole)) {
		ssize_t len = recv(fd, bytes, sizeof bytes, 0);
		if (len < 0 && errno == EINTR)
			continue;
		if (len <= 0)
			return error_set(
				err, ERROR_BUSY,
				"envgapd went away without an answer; see its log for what "
				"became of the request");
		text_add(answer, bytes, (size_t)len);
		if (!text_ok(answer, "the answer of envgapd", err))
			return false;
	}
	return true;
}

bool client_ask(const char *path, const struct control_message *request, int file,
		struct control_message *ret, bool *ret_there, struct error *err)
{
	AUTO_TEXT struct text asked = text_with_limit(CONTROL_MESSAGE_BYTES);
	AUTO_TEXT struct text answer = text_with_limit(ANSWER_BYTES);
	AUTO(close_slot) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool there = false;
	if (fd < 0)
		return error_errno(err, "control socket");
	if (!control_encode(request, &asked, err) || !connect_to(fd, path, &there, err))
		return false;
	if (there && !(send_all(fd, text_span(&asked), file, err) && receive(fd, &answer, err) &&
		       control_decode(text_span(&answer), ret, err)))
		return false;
	*ret_there = there;
	return true;
}
