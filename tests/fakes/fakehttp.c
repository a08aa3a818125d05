/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small HTTP/1.1 server on 127.0.0.1, for tests and for the demonstration: files of a directory,
 * and every way in which a host can answer badly.  One process, one poll() loop. */

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/number.h"
#include "tests/fakes/http/faults.h"
#include "tests/fakes/http/files.h"

enum {
	CONNECTIONS_MAX = 128,
	REQUEST_MAX_BYTES = 256 << 10,
	DRIP_MS = 50,
	DRIP_BYTES = 5,
	TURN_MS = 25,
};

static const char usage[] =
	"usage: fakehttp [-d DIR] [-p PORT] [-r FILE] [-i SECONDS] [-e]\n"
	"\n"
	"Serves DIR and planted faults on 127.0.0.1, says 'port N' once it listens.\n"
	"\n"
	"  -d DIR      files to serve; /a/b?c is DIR/a/b?c if there is such a file, else DIR/a/b\n"
	"  -p PORT     port to listen on (0: any that is free)\n"
	"  -r FILE     write the line into FILE and not to standard output\n"
	"  -i SECONDS  end after so long without a request (60)\n"
	"  -e          end when standard input ends\n"
	"\n"
	"Planted answers are below /fault/ and /page/; GET /fault/ lists them.\n";

struct server {
	struct site site;
	int64_t idle_ms;
	bool end_with_stdin;
	const char *ready_file;
	int listener;
	int64_t last_request_ms;
	struct connection connections[CONNECTIONS_MAX];
};

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/* -- connections */

static void open_connection(struct connection *c, int fd)
{
	*c = (struct connection){
		.fd = fd,
		.in = text_with_limit(REQUEST_MAX_BYTES),
		.out = text_with_limit(ANSWER_MAX_BYTES),
	};
}

static void close_connection(struct connection *c)
{
	struct linger at_once = {.l_onoff = 1, .l_linger = 0};
	if (c->ending == RESET) /* close() then sends RST */
		setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	close(c->fd);
	c->fd = -1;
	text_done(&c->in);
	text_done(&c->out);
}

static void accept_connection(struct server *server)
{
	int fd = accept4(server->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd < 0)
		return;
	for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
		if (server->connections[i].fd < 0) {
			open_connection(&server->connections[i], fd);
			return;
		}
	}
	close(fd);
}

/* Read "GET /path?query HTTP/1.1" and what follows; false until all of it is there. */
static bool read_request(const struct connection *c, struct request *ret)
{
	struct span in = text_span(&c->in);
	const char *end = in.len > 0 ? memmem(in.start, in.len, "\r\n\r\n", 4) : NULL;
	if (end == NULL)
		return false;
	struct request r = {.head = {in.start, (size_t)(end + 4 - in.start)}};
	int64_t length = 0;
	struct span said = request_header(&r, "Content-Length");
	if (said.len > 0 && !number_read_integer(said, 0, REQUEST_MAX_BYTES, &length, NULL))
		length = 0;
	if (in.len < r.head.len + (size_t)length)
		return false;
	r.body = (struct span){in.start + r.head.len, (size_t)length};
	struct span line = r.head;
	r.method = span_cut(&line, ' ');
	r.query = span_cut(&line, ' ');
	r.path = span_cut(&r.query, '?');
	*ret = r;
	return true;
}

static void answer(struct server *server, struct connection *c)
{
	struct request r;
	if (c->answering || !read_request(c, &r))
		return;
	server->last_request_ms = now_ms();
	c->answering = true;
	c->ending = KEEP_ALIVE;
	c->more = NULL;
	c->sent = 0;
	text_clear(&c->out);
	if (!faults_answer(&server->site, c, &r))
		files_answer(&server->site, c, &r);
	text_clear(&c->in);
}

static void finish_answer(struct connection *c)
{
	if (c->ending == ENDLESS) {
		faults_put_more(c);
		c->sent = 0;
	} else if (c->ending == KEEP_ALIVE) {
		c->answering = false;
	} else if (c->ending != STALL) {
		close_connection(c);
	}
}

static void send_some(struct connection *c)
{
	size_t left = c->out.len - c->sent;
	if (c->drips && left > DRIP_BYTES)
		left = DRIP_BYTES;
	ssize_t sent = left > 0 ? send(c->fd, c->out.data + c->sent, left, MSG_NOSIGNAL) : 0;
	if (sent < 0 && errno == EAGAIN)
		return;
	if (sent < 0) {
		close_connection(c);
		return;
	}
	c->sent += (size_t)sent;
	c->next_drip_ms = now_ms() + DRIP_MS;
	if (c->sent == c->out.len)
		finish_answer(c);
}

static void receive_some(struct server *server, struct connection *c)
{
	char chunk[16384];
	ssize_t got = recv(c->fd, chunk, sizeof chunk, 0);
	if (got < 0 && errno == EAGAIN)
		return;
	text_add(&c->in, chunk, got > 0 ? (size_t)got : 0);
	if (got <= 0 || c->in.failed)
		close_connection(c);
	else
		answer(server, c);
}

/* -- the loop */

static short events_of(const struct connection *c, int64_t at_ms)
{
	bool to_send = c->answering && (c->sent < c->out.len || c->ending != STALL);
	if (c->drips && at_ms < c->next_drip_ms)
		to_send = false;
	return (short)(POLLIN | (to_send ? POLLOUT : 0));
}

static void serve(struct server *server, struct connection *c, short events)
{
	if (events & (POLLIN | POLLHUP | POLLERR))
		receive_some(server, c);
	if (c->fd >= 0 && c->answering && (events & POLLOUT))
		send_some(c);
}

static bool stdin_ended(void)
{
	char byte;
	return read(STDIN_FILENO, &byte, 1) <= 0;
}

/* One turn; false when it is time to end. */
static bool turn(struct server *server)
{
	struct pollfd fds[CONNECTIONS_MAX + 2];
	int64_t at_ms = now_ms();
	for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
		struct connection *c = &server->connections[i];
		fds[i] = (struct pollfd){.fd = c->fd, .events = events_of(c, at_ms)};
	}
	fds[CONNECTIONS_MAX] = (struct pollfd){.fd = server->listener, .events = POLLIN};
	fds[CONNECTIONS_MAX + 1] =
		(struct pollfd){.fd = server->end_with_stdin ? STDIN_FILENO : -1, .events = POLLIN};
	poll(fds, CONNECTIONS_MAX + 2, TURN_MS);
	for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
		if (fds[i].fd >= 0)
			serve(server, &server->connections[i], fds[i].revents);
	}
	if (fds[CONNECTIONS_MAX].revents != 0)
		accept_connection(server);
	if (fds[CONNECTIONS_MAX + 1].revents != 0 && stdin_ended())
		return false;
	return now_ms() - server->last_request_ms < server->idle_ms;
}

/* -- beginning */

static bool listen_locally(struct server *server)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)server->site.port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t size = sizeof address;
	int yes = 1;
	server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	setsockopt(server->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(server->listener, (struct sockaddr *)&address, size) != 0 ||
	    listen(server->listener, CONNECTIONS_MAX) != 0 ||
	    getsockname(server->listener, (struct sockaddr *)&address, &size) != 0) {
		perror("fakehttp: 127.0.0.1");
		return false;
	}
	server->site.port = ntohs(address.sin_port);
	return true;
}

/* A file appears under its name only when it is whole. */
static bool say_port(const struct server *server)
{
	if (server->ready_file == NULL)
		return printf("port %d\n", server->site.port) > 0 && fflush(stdout) == 0;
	AUTO_TEXT struct text draft = text_with_limit(4096);
	text_addf(&draft, "%s.new", server->ready_file);
	FILE *file = draft.failed ? NULL : fopen(draft.data, "we");
	bool ok = file != NULL && fprintf(file, "port %d\n", server->site.port) > 0;
	ok = file != NULL && fclose(file) == 0 && ok && rename(draft.data, server->ready_file) == 0;
	if (!ok)
		perror("fakehttp: ready file");
	return ok;
}

static int read_count(const char *string, int max)
{
	int64_t value;
	if (number_read_integer(span_of(string), 0, max, &value, NULL))
		return (int)value;
	fprintf(stderr, "fakehttp: '%s' is not a number within 0..%d\n", string, max);
	exit(2);
}

static void read_options(struct server *server, int argc, char **argv)
{
	for (int option; (option = getopt(argc, argv, "d:p:r:i:eh")) != -1;) {
		switch (option) {
		case 'd':
			server->site.dir = optarg;
			break;
		case 'p':
			server->site.port = read_count(optarg, 65535);
			break;
		case 'r':
			server->ready_file = optarg;
			break;
		case 'i':
			server->idle_ms = read_count(optarg, 86400) * INT64_C(1000);
			break;
		case 'e':
			server->end_with_stdin = true;
			break;
		default:
			fputs(usage, option == 'h' ? stdout : stderr);
			exit(option == 'h' ? 0 : 2);
		}
	}
}

int main(int argc, char **argv)
{
	struct server server = {.idle_ms = 60000};
	read_options(&server, argc, argv);
	for (size_t i = 0; i < CONNECTIONS_MAX; i++)
		server.connections[i].fd = -1;
	signal(SIGPIPE, SIG_IGN);
	server.last_request_ms = now_ms();
	if (!listen_locally(&server) || !say_port(&server))
		return 3;
	while (turn(&server))
		continue;
	for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
		if (server.connections[i].fd >= 0)
			close_connection(&server.connections[i]);
	}
	close(server.listener);
	return 0;
}
