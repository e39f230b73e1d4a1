#include "store/await.h"

#include <poll.h>
#include <time.h>

int64_t await_now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool await_input(int fd, int wake_fd, int milliseconds)
{
	struct pollfd p[] = { { .fd = fd, .events = POLLIN }, { .fd = wake_fd, .events = POLLIN } }; /* poll passes over -1 */
	(void)poll(p, 2, milliseconds);
	return p[1].revents != 0;
}
