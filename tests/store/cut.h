/* A line to a server that is cut at a chosen message: a thread that passes on, from a socket of its own to the server's, what one client at
 * a time says. */
#pragma once

#include "pgsql_test.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/un.h>

enum cut_when {
	CUT_BEFORE, /* the server never gets the message */
	CUT_BEHIND, /* it gets it, and its answer gets lost */
	CUT_WITHIN, /* all of its answer arrives but the last byte */
	CUT__COUNT
};

struct cut {
	char own[96], server[96]; /* sockets */
	int listening, wakeup[2];
	pthread_t thread;
	/* set by cut_at, read by the thread */
	_Atomic int at;           /* the client's how many-th message from now; 0: none */
	_Atomic enum cut_when when;
	_Atomic int seen;
	_Atomic bool commit_seen, done;
};

struct cut_line {
	int client, server;
	bool started;             /* the first message, which has no letter, is through */
	unsigned char buffer[1 << 16];
	size_t n;
};

static inline int cut_socket(const char *path, struct sockaddr_un *ret)
{
	*ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
	snprintf(ret->sun_path, sizeof ret->sun_path, "%s", path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(fd >= 0);
	return fd;
}

static inline void cut_send(int fd, const unsigned char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);
		if (sent <= 0)
			return;
		bytes += sent;
		n -= (size_t)sent;
	}
}

/* The whole message at the front of the buffer, 0 when it is not all there yet. */
static inline size_t cut_message(const struct cut_line *l)
{
	size_t head = l->started ? 1 : 0;
	if (l->n < head + 4)
		return 0;
	const unsigned char *p = l->buffer + head;
	size_t n = head + ((size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3]);
	return l->n < n ? 0 : n;
}

/* What the server answers to the message that is cut; all but the last byte of it may go through. Only the last message of a turn is
 * answered. */
static inline void cut_answer(const struct cut *c, const struct cut_line *l, char letter)
{
	unsigned char answer[1 << 16];
	struct pollfd p = { .fd = l->server, .events = POLLIN };
	if ((letter != 'S' && letter != 'Q') || poll(&p, 1, 10000) != 1)
		return;
	ssize_t n = recv(l->server, answer, sizeof answer, 0);
	if (n > 0 && c->when == CUT_WITHIN)
		cut_send(l->client, answer, (size_t)n - 1);
}

/* False when the line is cut here. */
static inline bool cut_pass(struct cut *c, struct cut_line *l, size_t n)
{
	bool here = l->started && c->at > 0 && ++c->seen == c->at;
	char letter = (char)l->buffer[0];
	if (l->started && c->at > 0 && letter == 'Q' && n >= 12 && memcmp(l->buffer + 5, "COMMIT", 6) == 0)
		c->commit_seen = true;
	if (here) {
		c->at = 0;
		c->done = true;
	}
	if (!here || c->when != CUT_BEFORE)
		cut_send(l->server, l->buffer, n);
	if (here && c->when != CUT_BEFORE)
		cut_answer(c, l, letter);
	l->started = true;
	l->n -= n;
	memmove(l->buffer, l->buffer + n, l->n);
	return !here;
}

static inline bool cut_from_client(struct cut *c, struct cut_line *l)
{
	ssize_t got = recv(l->client, l->buffer + l->n, sizeof l->buffer - l->n, 0);
	if (got <= 0)
		return false;
	l->n += (size_t)got;
	for (size_t n; (n = cut_message(l)) > 0;)
		if (!cut_pass(c, l, n))
			return false;
	return true;
}

static inline bool cut_from_server(const struct cut_line *l)
{
	unsigned char bytes[1 << 16];
	ssize_t got = recv(l->server, bytes, sizeof bytes, 0);
	if (got > 0)
		cut_send(l->client, bytes, (size_t)got);
	return got > 0;
}

static inline void cut_serve(struct cut *c, int client)
{
	static struct cut_line l;
	struct sockaddr_un address;
	l = (struct cut_line){ .client = client, .server = cut_socket(c->server, &address) };
	bool on = connect(l.server, (struct sockaddr *)&address, sizeof address) == 0;
	while (on) {
		struct pollfd p[] = { { client, POLLIN, 0 }, { l.server, POLLIN, 0 }, { c->wakeup[0], POLLIN, 0 } };
		if (poll(p, 3, -1) <= 0)
			continue;
		on = !p[2].revents && (!p[1].revents || cut_from_server(&l)) && (!p[0].revents || cut_from_client(c, &l));
	}
	close(l.server);
	close(client);
}

static inline void *cut_run(void *arg)
{
	struct cut *c = arg;
	for (;;) {
		struct pollfd p[] = { { c->listening, POLLIN, 0 }, { c->wakeup[0], POLLIN, 0 } };
		if (poll(p, 2, -1) > 0 && p[1].revents)
			return NULL;
		int client = accept4(c->listening, NULL, NULL, SOCK_CLOEXEC);
		if (client >= 0)
			cut_serve(c, client);
	}
}

/* Stands in the folder of the place; *ret_where is the address through it. */
static inline void cut_start(struct cut *c, const struct test_place *p, char ret_where[256])
{
	struct sockaddr_un address;
	const char *host = strstr(p->where, "?host=");
	assert_non_null(host);
	*c = (struct cut){ .at = 0 };
	snprintf(c->own, sizeof c->own, "%s/.s.PGSQL.5432", p->dir);
	snprintf(c->server, sizeof c->server, "%s/.s.PGSQL.5432", host + 6);
	snprintf(ret_where, 256, "%.*s?host=%s", (int)(host - p->where), p->where, p->dir);
	c->listening = cut_socket(c->own, &address);
	assert_int_equal(bind(c->listening, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(c->listening, 8), 0);
	assert_int_equal(pipe(c->wakeup), 0);
	assert_int_equal(pthread_create(&c->thread, NULL, cut_run, c), 0);
}

static inline void cut_stop(struct cut *c)
{
	assert_int_equal(write(c->wakeup[1], "", 1), 1);
	assert_int_equal(pthread_join(c->thread, NULL), 0);
	close(c->listening);
	close(c->wakeup[0]);
	close(c->wakeup[1]);
}

/* From now on; the client must be silent meanwhile. */
static inline void cut_at(struct cut *c, int message, enum cut_when when)
{
	c->seen = 0;
	c->commit_seen = c->done = false;
	c->when = when;
	c->at = message;
}
