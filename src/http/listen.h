/* The socket that waits for clients. */
#pragma once

#include "base/err.h"

#include <stdint.h>

/* Opens, binds and listens. E_USAGE for an address or port that this machine or this user cannot have, E_CONFLICT when it is taken. */
enum err listen_open(const char *address, uint16_t port, int *ret_fd, struct fault *f) MUST_CHECK;

/* 0 where it has none (a Unix socket). */
uint16_t listen_port(int fd);
