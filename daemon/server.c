/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/server.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 16, CHUNK_BYTES = 16384, ACCOUNT_BYTES = 16384, SOCKET_MODE = 0660 };

#define UNREADY "~" /* behind the name of a socket that does not answer yet */

enum client_state { CLIENT_FREE, CLIENT_READING, CLIENT_WAITING, CLIENT_WRITING };

struct client {
	enum client_state state;
	int fd, file;
	char user[SERVER_NAME_BYTES];
	struct text in, out;
	size_t sent;
	int64_t deadline_ms;
};

struct server {
	int fd;
	char *path;
	server_handle_fn *handle;
	void *self;
	struct client clients[SERVER_CLIENTS_MAX];
};

static void close_client(struct client *client)
{
	if (client->state == CLIENT_FREE)
		return;
	(void)close(client->fd);
	if (client->file >= 0)
		(void)close(client->file);
	text_done(&client->in);
	text_done(&client->out);
	client->state = CLIENT_FREE;
}

/* Members of the group may connect; the daemon's user is a member of it. */
static void give_to_group(const char *path, const char *group)
{
	char buffer[ACCOUNT_BYTES];
	struct group entry;
	struct group *found = NULL;
	if (group != NULL && getgrnam_r(group, &entry, buffer, sizeof buffer, &found) == 0 &&
	    found != NULL && chown(path, (uid_t)-1, found->gr_gid) != 0)
		errno = 0; /* not a member: only our own user can connect */
}

static bool bind_to(int fd, const struct sockaddr_un *address)
{
	(void)unlink(address->sun_path);
	mode_t before = umask(0777 & ~SOCKET_MODE);
	int bound = bind(fd, (const struct sockaddr *)address, sizeof *address);
	(void)umask(before);
	return bound == 0;
}

/* Under its name there is only ever a socket that answers, and those whom it is for: in between it
 * has another one, or who asks would think that there is no daemon. */
static bool listen_at(const struct server *server, const char *group, struct error *err)
{
	struct sockaddr_un made = {.sun_family = AF_UNIX};
	int len = snprintf(made.sun_path, sizeof made.sun_path, "%s" UNREADY, server->path);
	if (len < 0 || (size_t)len >= sizeof made.sun_path)
		return error_set(err, ERROR_INPUT,
				 "the path of the control socket '%s' is longer than %zu bytes",
				 server->path, sizeof made.sun_path - sizeof UNREADY);
	if (!bind_to(server->fd, &made))
		return error_errno(err, "control socket '%s'", server->path);
	give_to_group(made.sun_path, group);
	if (listen(server->fd, BACKLOG) == 0 && rename(made.sun_path, server->path) == 0)
		return true;
	(void)error_errno(err, "control socket '%s'", server->path);
	(void)unlink(made.sun_path);
	return false;
}

bool server_open(const struct server_options *options, struct server **ret, struct error *err)
{
	struct server *server = calloc(1, sizeof *server);
	if (server == NULL)
		return error_memory(err);
	server->handle = options->handle;
	server->self = options->self;
	server->path = span_dup(span_of(options->path));
	server->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool done = server->path != NULL && server->fd >= 0;
	if (!done)
		(void)error_errno(err, "control socket");
	if (!done || !listen_at(server, options->group, err)) {
		server_close(server);
		return false;
	}
	*ret = server;
	return true;
}

void server_close(struct server *server)
{
	if (server == NULL)
		return;
	for (size_t i = 0; i < SERVER_CLIENTS_MAX; i++)
		close_client(&server->clients[i]);
	if (server->path != NULL)
		(void)unlink(server->path);
	if (server->fd >= 0)
		(void)close(server->fd);
	free(server->path);
	free(server);
}

size_t server_polls(const struct server *server, struct pollfd polls[SERVER_POLLS_MAX])
{
	size_t count = 0;
	polls[count++] = (struct pollfd){.fd = server->fd, .events = POLLIN};
	for (size_t i = 0; i < SERVER_CLIENTS_MAX; i++) {
		const struct client *client = &server->clients[i];
		short events = client->state == CLIENT_READING ? POLLIN : 0;
		if (client->state == CLIENT_WRITING)
			events = POLLOUT;
		if (client->state != CLIENT_FREE)
			polls[count++] = (struct pollfd){.fd = client->fd, .events = events};
	}
	return count;
}

/* Who is at the other end, as the kernel says. */
static void name_peer(int fd, char user[SERVER_NAME_BYTES])
{
	struct ucred peer = {0};
	socklen_t len = sizeof peer;
	char buffer[ACCOUNT_BYTES];
	struct passwd entry;
	struct passwd *found = NULL;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0 &&
	    getpwuid_r(peer.uid, &entry, buffer, sizeof buffer, &found) == 0 && found != NULL)
		(void)snprintf(user, SERVER_NAME_BYTES, "%s", found->pw_name);
	else
		(void)snprintf(user, SERVER_NAME_BYTES, "uid %u", (unsigned)peer.uid);
}

static void accept_client(struct server *server, int64_t now_ms)
{
	int fd = accept4(server->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd < 0)
		return;
	for (size_t i = 0; i < SERVER_CLIENTS_MAX; i++) {
		struct client *client = &server->clients[i];
		if (client->state != CLIENT_FREE)
			continue;
		*client = (struct client){
			.state = CLIENT_READING,
			.fd = fd,
			.file = -1,
			.in = text_with_limit(CONTROL_MESSAGE_BYTES),
			.out = text_with_limit(CONTROL_MESSAGE_BYTES * 2),
			.deadline_ms = now_ms + SERVER_PATIENCE_MS,
		};
		name_peer(fd, client->user);
		return;
	}
	(void)close(fd); /* the command says that the daemon is busy */
}

/* Keep the first descriptor that comes, close any other. */
static void take_files(struct client *client, struct msghdr *header)
{
	for (struct cmsghdr *part = CMSG_FIRSTHDR(header); part != NULL;
	     part = CMSG_NXTHDR(header, part)) {
		if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
			continue;
		size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (size_t i = 0; i < count; i++) {
			int fd = -1;
			memcpy(&fd, CMSG_DATA(part) + i * sizeof fd, sizeof fd);
			if (client->file < 0)
				client->file = fd;
			else
				(void)close(fd);
		}
	}
}

/* false: the client is gone or sends what it may not. */
static bool receive(struct client *client)
{
	char bytes[CHUNK_BYTES];
	char control[CMSG_SPACE(4 * sizeof(int))] __attribute__((aligned(8)));
	struct iovec part = {bytes, sizeof bytes};
	struct msghdr header = {.msg_iov = &part,
				.msg_iovlen = 1,
				.msg_control = control,
				.msg_controllen = sizeof control};
	ssize_t len = recvmsg(client->fd, &header, MSG_CMSG_CLOEXEC);
	if (len < 0)
		return errno == EAGAIN || errno == EINTR;
	take_files(client, &header);
	text_add(&client->in, bytes, (size_t)len);
	return len > 0 && !client->in.failed;
}

void server_answer(struct server *server, size_t index, const struct control_message *answer)
{
	struct client *client = &server->clients[index];
	if (client->state != CLIENT_WAITING)
		return;
	client->deadline_ms = 0; /* set when the writing begins */
	if (control_encode(answer, &client->out, NULL))
		client->state = CLIENT_WRITING;
	else
		close_client(client);
}

static void handle(struct server *server, size_t index, struct span request)
{
	struct client *client = &server->clients[index];
	AUTO_MESSAGE struct control_message message = {0};
	AUTO_MESSAGE struct control_message answer = {0};
	struct error err = {0};
	client->state = CLIENT_WAITING;
	if (!control_decode(request, &message, &err)) {
		control_set_integer(&answer, "exit", error_exit_status(err.code));
		control_set(&answer, "error", err.text);
		server_answer(server, index, &answer);
		return;
	}
	struct server_request asked = {.message = &message, .file = client->file, .client = index};
	memcpy(asked.user, client->user, sizeof asked.user);
	if (server->handle(server->self, &asked, &answer))
		server_answer(server, index, &answer);
}

static void send_some(struct client *client)
{
	struct span left = {client->out.data + client->sent, client->out.len - client->sent};
	ssize_t len = send(client->fd, left.start, left.len, MSG_NOSIGNAL);
	if (len < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	client->sent += len > 0 ? (size_t)len : 0;
	if (len <= 0 || client->sent == client->out.len)
		close_client(client);
}

static void serve(struct server *server, size_t index, short revents)
{
	struct client *client = &server->clients[index];
	size_t len = 0;
	if (client->state == CLIENT_READING && (revents & (POLLIN | POLLHUP | POLLERR))) {
		if (!receive(client)) {
			close_client(client);
		} else if (control_is_whole(text_span(&client->in), &len)) {
			handle(server, index, (struct span){client->in.data, len});
		}
	} else if (client->state == CLIENT_WRITING && (revents & (POLLOUT | POLLHUP | POLLERR))) {
		send_some(client);
	} else if (client->state == CLIENT_WAITING && (revents & (POLLHUP | POLLERR))) {
		close_client(client);
	}
}

static short events_of(const struct pollfd *polls, size_t count, int fd)
{
	for (size_t i = 0; i < count; i++) {
		if (polls[i].fd == fd)
			return polls[i].revents;
	}
	return 0;
}

void server_turn(struct server *server, const struct pollfd *polls, size_t count, int64_t now_ms)
{
	for (size_t i = 0; i < SERVER_CLIENTS_MAX; i++) {
		struct client *client = &server->clients[i];
		if (client->state == CLIENT_FREE)
			continue;
		serve(server, i, events_of(polls, count, client->fd));
		if (client->state == CLIENT_WRITING && client->deadline_ms == 0)
			client->deadline_ms = now_ms + SERVER_PATIENCE_MS;
		if ((client->state == CLIENT_READING || client->state == CLIENT_WRITING) &&
		    now_ms > client->deadline_ms)
			close_client(client);
	}
	if (events_of(polls, count, server->fd) & POLLIN)
		accept_client(server, now_ms);
}
