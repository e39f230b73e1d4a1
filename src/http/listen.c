#include "http/listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

static enum err refuse(int error, const char *address, const char *port, struct fault *f)
{
	if (error == EADDRINUSE)
		return FAULT(f, E_CONFLICT, "port", MSG_HTTP_PORT_TAKEN, port, address);
	if (error == EACCES)
		return FAULT(f, E_USAGE, "port", MSG_HTTP_PORT_FORBIDDEN, port);
	return FAULT(f, E_USAGE, "address", MSG_HTTP_ADDRESS, address);
}

/* -1 and errno when it cannot be done. */
static int open_at(const struct addrinfo *at)
{
	const int on = 1;
	int fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	int error = errno;
	(void)close(fd);
	errno = error;
	return -1;
}

enum err listen_open(const char *address, uint16_t port, int *ret_fd, struct fault *f)
{
	char text[8];
	struct addrinfo *at, hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV };
	(void)snprintf(text, sizeof text, "%u", port);
	if (getaddrinfo(address, text, &hints, &at) != 0)
		return FAULT(f, E_USAGE, "address", MSG_HTTP_ADDRESS, address);
	int fd = open_at(at), error = errno;
	freeaddrinfo(at);
	if (fd < 0)
		return refuse(error, address, text, f);
	*ret_fd = fd;
	return OK;
}

uint16_t listen_port(int fd)
{
	struct sockaddr_storage at;
	socklen_t n = sizeof at;
	if (getsockname(fd, (struct sockaddr *)&at, &n) != 0)
		return 0;
	if (at.ss_family == AF_INET)
		return ntohs(((const struct sockaddr_in *)(const void *)&at)->sin_port);
	return at.ss_family == AF_INET6 ? ntohs(((const struct sockaddr_in6 *)(const void *)&at)->sin6_port) : 0;
}
