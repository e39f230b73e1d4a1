/* Brings the live view up to date as soon as somebody has changed something, on this node or on another one, and when a new day begins, so
 * that no request has to. One thread with a connection of its own; while the database is away it tries again. Requests stay right without
 * it: each brings the view up to what it sees itself. */
#pragma once

#include "app/live.h"

struct watch;

/* Starts the thread. `live` must outlive it. */
enum err watch_start(const struct app *app, struct live *live, struct watch **ret, struct fault *f) MUST_CHECK;

/* At once, whatever it waits for. NULL is fine; sets *w to NULL. */
void watch_stop(struct watch **w);
