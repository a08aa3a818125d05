/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/fetch.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "fetch/receive.h"
#include "fetch/redirect.h"
#include "fetch/verdict.h"

enum {
	EVENTS_PER_TURN = 64,
	RESULTS_PER_TURN = 8, /* the host has other things to do between documents */
};

TAILQ_HEAD(transfers, fetch_transfer);

struct fetcher {
	CURLM *multi;
	struct handles handles;
	int epoll_fd, timer_fd;
	struct transfers running, ready;
	size_t count;
	long timer_ms; /* in which libcurl wants to be called; -1: need not be */
	bool is_armed; /* the timer is set accordingly */
	bool global;   /* curl_global_init() was done (it counts) */
};

static bool multi_ok(CURLMcode code, struct error *err)
{
	return code == CURLM_OK ||
	       error_set(err, code == CURLM_OUT_OF_MEMORY ? ERROR_MEMORY : ERROR_SYSTEM,
			 "libcurl: %s", curl_multi_strerror(code));
}

/* libcurl wants to know about a socket, or not any longer. */
static int watch_socket(CURL *easy, curl_socket_t fd, int what, void *self, void *watched)
{
	struct fetcher *fetcher = self;
	if (what == CURL_POLL_REMOVE) {
		(void)epoll_ctl(fetcher->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
		return 0;
	}
	struct fetch_transfer *transfer = NULL;
	(void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
	if (transfer != NULL)
		transfer->socket = fd;
	struct epoll_event event = {.data.fd = fd};
	if (what & CURL_POLL_IN)
		event.events |= EPOLLIN;
	if (what & CURL_POLL_OUT)
		event.events |= EPOLLOUT;
	if (watched != NULL)
		return epoll_ctl(fetcher->epoll_fd, EPOLL_CTL_MOD, fd, &event);
	(void)curl_multi_assign(fetcher->multi, fd, fetcher);
	return epoll_ctl(fetcher->epoll_fd, EPOLL_CTL_ADD, fd, &event);
}

/* libcurl wants to be called again in so long, and says so several times in each transfer: only
 * what it said last is told to the kernel, when the host goes to sleep. */
static int note_timer(CURLM *multi, long timeout_ms, void *self)
{
	(void)multi;
	struct fetcher *fetcher = self;
	fetcher->timer_ms = timeout_ms;
	fetcher->is_armed = false;
	return 0;
}

static void arm_timer(struct fetcher *fetcher)
{
	struct itimerspec when = {0};
	if (fetcher->timer_ms > 0) {
		when.it_value.tv_sec = fetcher->timer_ms / 1000;
		when.it_value.tv_nsec = fetcher->timer_ms % 1000 * 1000000;
	}
	fetcher->is_armed = timerfd_settime(fetcher->timer_fd, 0, &when, NULL) == 0;
}

static bool open_descriptors(struct fetcher *fetcher, struct error *err)
{
	fetcher->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	fetcher->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	struct epoll_event event = {.events = EPOLLIN, .data.fd = fetcher->timer_fd};
	if (fetcher->epoll_fd < 0 || fetcher->timer_fd < 0 ||
	    epoll_ctl(fetcher->epoll_fd, EPOLL_CTL_ADD, fetcher->timer_fd, &event) != 0)
		return error_errno(err, "a descriptor to wait on");
	return true;
}

static bool open_libcurl(struct fetcher *fetcher, struct error *err)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return error_set(err, ERROR_SYSTEM, "libcurl does not start");
	fetcher->global = true;
	fetcher->multi = curl_multi_init();
	fetcher->handles.share = curl_share_init();
	if (fetcher->multi == NULL || fetcher->handles.share == NULL ||
	    curl_share_setopt(fetcher->handles.share, CURLSHOPT_SHARE,
			      CURL_LOCK_DATA_SSL_SESSION) != CURLSHE_OK)
		return error_memory(err);
	CURLM *multi = fetcher->multi;
	return multi_ok(curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, watch_socket), err) &&
	       multi_ok(curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, fetcher), err) &&
	       multi_ok(curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, note_timer), err) &&
	       multi_ok(curl_multi_setopt(multi, CURLMOPT_TIMERDATA, fetcher), err) &&
	       multi_ok(curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
					  (long)FETCHER_CONNECTIONS_MAX),
			err) &&
	       multi_ok(curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS,
					  (long)FETCHER_CONNECTIONS_MAX),
			err);
}

bool fetcher_new(struct fetcher **ret, struct error *err)
{
	AUTO_FETCHER struct fetcher *fetcher = calloc(1, sizeof *fetcher);
	if (fetcher == NULL)
		return error_memory(err);
	fetcher->epoll_fd = fetcher->timer_fd = -1;
	fetcher->timer_ms = -1;
	fetcher->is_armed = true;
	TAILQ_INIT(&fetcher->running);
	TAILQ_INIT(&fetcher->ready);
	if (!open_descriptors(fetcher, err) || !open_libcurl(fetcher, err))
		return false;
	*ret = ptr_take(&fetcher);
	return true;
}

static void detach(struct fetcher *fetcher, struct fetch_transfer *transfer)
{
	if (transfer->attached)
		(void)curl_multi_remove_handle(fetcher->multi, transfer->easy);
	transfer->attached = false;
}

static bool attach(struct fetcher *fetcher, struct fetch_transfer *transfer, struct error *err)
{
	if (!multi_ok(curl_multi_add_handle(fetcher->multi, transfer->easy), err))
		return false;
	transfer->attached = true;
	return true;
}

static void leave_list(struct fetcher *fetcher, struct fetch_transfer *transfer)
{
	if (transfer->ready)
		TAILQ_REMOVE(&fetcher->ready, transfer, entry);
	else
		TAILQ_REMOVE(&fetcher->running, transfer, entry);
}

void fetcher_cancel(struct fetcher *fetcher, struct fetch_transfer *transfer)
{
	detach(fetcher, transfer);
	leave_list(fetcher, transfer);
	fetcher->count--;
	transfer_free(transfer);
}

static void cancel_all(struct fetcher *fetcher, struct transfers *list)
{
	while (!TAILQ_EMPTY(list))
		fetcher_cancel(fetcher, TAILQ_FIRST(list));
}

void fetcher_free(struct fetcher *fetcher)
{
	if (fetcher == NULL)
		return;
	cancel_all(fetcher, &fetcher->running);
	cancel_all(fetcher, &fetcher->ready);
	(void)curl_multi_cleanup(fetcher->multi);
	handles_done(&fetcher->handles);
	if (fetcher->timer_fd >= 0)
		close(fetcher->timer_fd);
	if (fetcher->epoll_fd >= 0)
		close(fetcher->epoll_fd);
	if (fetcher->global)
		curl_global_cleanup();
	free(fetcher);
}

void fetcher_free_slot(struct fetcher **slot)
{
	fetcher_free(*slot);
}

size_t fetcher_count(const struct fetcher *fetcher)
{
	return fetcher->count;
}

int fetcher_fd(const struct fetcher *fetcher)
{
	return fetcher->epoll_fd;
}

int fetcher_timeout_ms(struct fetcher *fetcher)
{
	if (!TAILQ_EMPTY(&fetcher->ready) || fetcher->timer_ms == 0)
		return 0;
	if (!fetcher->is_armed)
		arm_timer(fetcher);
	return fetcher->is_armed ? -1 : (int)fetcher->timer_ms;
}

static void make_ready(struct fetcher *fetcher, struct fetch_transfer *transfer)
{
	TAILQ_REMOVE(&fetcher->running, transfer, entry);
	TAILQ_INSERT_TAIL(&fetcher->ready, transfer, entry);
	transfer->ready = true;
}

/* Within one call libcurl may end a transfer and let another begin on its connection: what waits
 * there is an answer to that one then, and no surplus of this. */
static bool is_taken_over(const struct fetcher *fetcher, const struct fetch_transfer *transfer)
{
	const struct fetch_transfer *other;
	curl_socket_t fd = CURL_SOCKET_BAD;
	if (curl_easy_getinfo(transfer->easy, CURLINFO_ACTIVESOCKET, &fd) != CURLE_OK ||
	    fd == CURL_SOCKET_BAD)
		return false;
	TAILQ_FOREACH(other, &fetcher->running, entry)
	{
		if (other != transfer && other->socket == fd)
			return true;
	}
	return false;
}

/* libcurl is through with a hop: go on to the next, or judge. */
static void end_hop(struct fetcher *fetcher, CURL *easy, CURLcode code)
{
	struct fetch_transfer *transfer = NULL;
	curl_off_t took_us = 0;
	(void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
	(void)curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &took_us);
	transfer->result.elapsed_ms += took_us / 1000;
	bool is_sound =
		code == CURLE_OK && (is_taken_over(fetcher, transfer) || receive_end(transfer));
	detach(fetcher, transfer);
	if (is_sound && redirect_is(transfer) && redirect_follow(transfer)) {
		struct error err = {0};
		if (attach(fetcher, transfer, &err))
			return;
		(void)transfer_fail(transfer, FETCH_CAUSE_INTERNAL, "%s", err.text);
	}
	verdict_reach(transfer, code);
	make_ready(fetcher, transfer);
}

static void end_hops(struct fetcher *fetcher)
{
	int left;
	CURLMsg *message;
	while ((message = curl_multi_info_read(fetcher->multi, &left)) != NULL) {
		if (message->msg == CURLMSG_DONE)
			end_hop(fetcher, message->easy_handle, message->data.result);
	}
}

static void hand_over(struct fetcher *fetcher, struct fetch_transfer *transfer)
{
	leave_list(fetcher, transfer);
	fetcher->count--;
	if (transfer->file_url != NULL)
		verdict_reach_file(transfer);
	transfer->done(transfer->self, &transfer->result);
	transfer_free(transfer);
}

/* libcurl's time has come; while it is at work it says when next. */
static bool act_in_time(struct fetcher *fetcher, struct error *err)
{
	int running;
	fetcher->timer_ms = -1;
	return multi_ok(curl_multi_socket_action(fetcher->multi, CURL_SOCKET_TIMEOUT, 0, &running),
			err);
}

/* Each begins alone.  A host may answer on a kept connection before libcurl has named its socket,
 * so that what is too much there is seen only in end_hops(): were two begun in one call, the other
 * would have taken the connection over by then. */
static bool begin(struct fetcher *fetcher, struct error *err)
{
	if (!act_in_time(fetcher, err))
		return false;
	end_hops(fetcher);
	return true;
}

bool fetcher_start(struct fetcher *fetcher, const struct fetch_request *request,
		   fetch_done_fn *done, void *self, struct fetch_transfer **ret, struct error *err)
{
	if (fetcher->count >= FETCHER_TRANSFERS_MAX)
		return error_set(err, ERROR_LIMIT, "more than %d transfers at once",
				 FETCHER_TRANSFERS_MAX);
	AUTO_TRANSFER struct fetch_transfer *transfer = NULL;
	if (!transfer_new(request, &fetcher->handles, &transfer, err))
		return false;
	transfer->done = done;
	transfer->self = self;
	transfer->ready = transfer->easy == NULL;
	if (!transfer->ready && !attach(fetcher, transfer, err))
		return false;
	if (transfer->ready)
		TAILQ_INSERT_TAIL(&fetcher->ready, transfer, entry);
	else
		TAILQ_INSERT_TAIL(&fetcher->running, transfer, entry);
	fetcher->count++;
	struct fetch_transfer *started = ptr_take(&transfer);
	if (!started->ready && !begin(fetcher, err)) {
		fetcher_cancel(fetcher, started);
		return false;
	}
	if (ret != NULL)
		*ret = started;
	return true;
}

static bool act(struct fetcher *fetcher, const struct epoll_event *event, struct error *err)
{
	int running, flags = 0;
	if (event->data.fd == fetcher->timer_fd) {
		uint64_t fired;
		(void)!read(fetcher->timer_fd, &fired, sizeof fired);
		return act_in_time(fetcher, err);
	}
	if (event->events & (EPOLLIN | EPOLLHUP | EPOLLERR))
		flags |= CURL_CSELECT_IN;
	if (event->events & EPOLLOUT)
		flags |= CURL_CSELECT_OUT;
	if (event->events & EPOLLERR)
		flags |= CURL_CSELECT_ERR;
	return multi_ok(curl_multi_socket_action(fetcher->multi, event->data.fd, flags, &running),
			err);
}

bool fetcher_turn(struct fetcher *fetcher, struct error *err)
{
	struct epoll_event events[EVENTS_PER_TURN];
	int count = epoll_wait(fetcher->epoll_fd, events, EVENTS_PER_TURN, 0);
	if (count < 0 && errno != EINTR)
		return error_errno(err, "waiting for the network");
	/* What is due comes first, and what has ended is looked at before another can begin on its
	 * connection: an answer to that one would look like surplus of this. */
	if (fetcher->timer_ms == 0 && !begin(fetcher, err))
		return false;
	for (int i = 0; i < count; i++) {
		if (!act(fetcher, &events[i], err))
			return false;
		end_hops(fetcher);
	}
	for (int i = 0; i < RESULTS_PER_TURN && !TAILQ_EMPTY(&fetcher->ready); i++)
		hand_over(fetcher, TAILQ_FIRST(&fetcher->ready));
	return true;
}

void fetch_result_done(struct fetch_result *result)
{
	spool_done(&result->body);
}
