/* Waiting that somebody else can end. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

int64_t await_now_ms(void); /* on the monotonic clock */

/* Until `fd` or `wake_fd` can be read (-1: neither counts), or so many milliseconds are over. True: it was `wake_fd`. */
bool await_input(int fd, int wake_fd, int milliseconds);
