/* What systemd gives to a service and wants to hear from it. Without systemd every function does nothing. */
#pragma once

#include <stdint.h>

/* The listening socket of nguon.socket; -1: none. To be called once, before threads are started. */
int http_systemd_listen_fd(void);

/* The server answers. `status` is shown by systemctl status; it must hold no line end. */
void http_systemd_ready(const char *status);

/* The server is ending. */
void http_systemd_stopping(void);

/* How often http_systemd_alive is to be called, in milliseconds: half of what the unit allows; 0: never. */
int64_t http_systemd_interval_ms(void);
void http_systemd_alive(void);
