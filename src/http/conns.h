/* The connections that are open, and until when each may stay so. libmicrohttpd's own timeout begins again with every byte, so that a
 * client which sends one byte a second holds a connection for ever; here each part of a request has a total time. A thread shuts down what
 * is over it; libmicrohttpd then sees the end of the connection and closes it.
 *
 * A socket's number is used again once it is closed. So conns_remove must be called before the socket is closed, and a number that was
 * not removed is never anybody else's. All functions may be called from any thread. */
#pragma once

#include "base/err.h"

#include <stdint.h>

struct conns;
struct conn;

/* For at most `max` at a time. */
enum err conns_start(int max, struct arena *a, struct conns **ret, struct fault *f) MUST_CHECK;

/* Ends the thread; nothing may be open any more. NULL is fine. */
void conns_stop(struct conns *c);

/* The socket has been opened and stays so at most `ms`. NULL when there are `max` already. */
struct conn *conns_add(struct conns *c, int socket, int64_t ms);

/* A request has begun, and its head may take `ms`; the first one of a connection has had its time since it was opened. */
void conns_begin(struct conns *c, struct conn *conn, int64_t ms);

/* From now on at most `ms` more; CONNS_NO_LIMIT: until it is set again. */
void conns_limit(struct conns *c, struct conn *conn, int64_t ms);
enum { CONNS_NO_LIMIT = -1 };

/* Nothing has begun on it: when draining it need not be waited for. It stays at most `ms` more. */
void conns_idle(struct conns *c, struct conn *conn, int64_t ms);

/* It will be closed with an answer while the client may still be sending. Closed at once, what arrives later would make the system throw
 * the answer away on its way; so the client is listened to a little longer. */
void conns_linger(struct conns *c, struct conn *conn);

/* Whether the time was over. */
bool conns_was_cut(struct conns *c, struct conn *conn);

/* The socket is about to be closed. */
void conns_remove(struct conns *c, struct conn *conn);

int conns_count(struct conns *c);

/* Gives the idle ones a moment, and from now on those that become idle or are added; waits for this moment and until nothing is open, at
 * most `ms`; then shuts down what still is. */
void conns_drain(struct conns *c, int64_t ms);
