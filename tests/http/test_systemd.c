/* What passes between systemd and the server; the test plays systemd. */
#include "testing.h"

#include "http/http_systemd.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { FIRST_FD = 3 }; /* where systemd puts the sockets */

static int notifications(void)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	char name[] = "/tmp/nguon-notify-XXXXXX";
	assert_non_null(mkdtemp(name));
	(void)snprintf(at.sun_path, sizeof at.sun_path, "%s/socket", name);
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(setenv("NOTIFY_SOCKET", at.sun_path, 1), 0);
	return fd;
}

static void hears(int fd, const char *expected)
{
	char text[200] = "";
	assert_true(recv(fd, text, sizeof text - 1, MSG_DONTWAIT) > 0);
	assert_string_equal(text, expected);
}

static void test_systemd_hears_how_the_server_is(void **state)
{
	(void)state;
	int fd = notifications();
	http_systemd_ready("http://127.0.0.1:8080");
	hears(fd, "READY=1\nSTATUS=http://127.0.0.1:8080");
	http_systemd_alive();
	hears(fd, "WATCHDOG=1");
	http_systemd_stopping();
	hears(fd, "STOPPING=1");
	char *path = getenv("NOTIFY_SOCKET");
	assert_int_equal(unlink(path), 0);
	*strrchr(path, '/') = '\0';
	assert_int_equal(rmdir(path), 0);
	(void)unsetenv("NOTIFY_SOCKET");
	(void)close(fd);
}

static void test_the_watchdog_hears_twice_as_often_as_it_asks(void **state)
{
	(void)state;
	(void)setenv("WATCHDOG_USEC", "60000000", 1);
	assert_int_equal(http_systemd_interval_ms(), 30000);
	(void)unsetenv("WATCHDOG_USEC");
	assert_int_equal(http_systemd_interval_ms(), 0);
}

static void give(int fd)
{
	char pid[20];
	(void)snprintf(pid, sizeof pid, "%d", (int)getpid());
	assert_int_equal(dup2(fd, FIRST_FD), FIRST_FD);
	(void)setenv("LISTEN_PID", pid, 1);
	(void)setenv("LISTEN_FDS", "1", 1);
}

static void test_only_a_listening_socket_is_taken(void **state)
{
	(void)state;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(http_systemd_listen_fd(), -1);
	give(fd);
	assert_int_equal(http_systemd_listen_fd(), -1);
	assert_null(getenv("LISTEN_FDS")); /* no program that this one starts shall take it for its own */
	assert_int_equal(listen(fd, 1), 0);
	give(fd);
	assert_int_equal(http_systemd_listen_fd(), FIRST_FD);
	(void)close(FIRST_FD);
	if (fd != FIRST_FD)
		(void)close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_systemd_hears_how_the_server_is),
		cmocka_unit_test(test_the_watchdog_hears_twice_as_often_as_it_asks),
		cmocka_unit_test(test_only_a_listening_socket_is_taken),
	};
	return RUN(tests);
}
