#include "http/http_systemd.h"

#include <systemd/sd-daemon.h>

int http_systemd_listen_fd(void)
{
	if (sd_listen_fds(1) < 1)
		return -1;
	int fd = SD_LISTEN_FDS_START;
	return sd_is_socket(fd, 0, 0, 1) > 0 ? fd : -1;
}

void http_systemd_ready(const char *status)
{
	(void)sd_notifyf(0, "READY=1\nSTATUS=%s", status);
}

void http_systemd_stopping(void)
{
	(void)sd_notify(0, "STOPPING=1");
}

int64_t http_systemd_interval_ms(void)
{
	uint64_t us;
	return sd_watchdog_enabled(0, &us) > 0 ? (int64_t)(us / 2000) : 0;
}

void http_systemd_alive(void)
{
	(void)sd_notify(0, "WATCHDOG=1");
}
