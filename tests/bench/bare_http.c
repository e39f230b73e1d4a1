/* The bare library: libmicrohttpd alone, which answers every request with the same bytes and headers, made once. What the server's pages
 * are measured against; started by bench_server.mjs. usage: bare_http PORT FILE [NAME VALUE] ... */
#include <assert.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum MHD_Result answer(void *response, struct MHD_Connection *c, const char *url, const char *method, const char *version,
	const char *body, size_t *body_n, void **ctx)
{
	(void)url, (void)method, (void)version, (void)body, (void)body_n;
	if (!*ctx) { /* the head has come; answer when the request is whole, as the server does */
		*ctx = response;
		return MHD_YES;
	}
	return MHD_queue_response(c, MHD_HTTP_OK, response);
}

static char *read_file(const char *path, size_t *ret_n)
{
	FILE *f = fopen(path, "rb");
	if (!f || fseek(f, 0, SEEK_END) != 0) {
		perror(path);
		exit(1);
	}
	long n = ftell(f);
	rewind(f);
	char *bytes = malloc((size_t)n + 1);
	assert(bytes);
	*ret_n = fread(bytes, 1, (size_t)n, f);
	(void)fclose(f);
	return bytes;
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	sigset_t end;
	(void)sigemptyset(&end);
	(void)sigaddset(&end, SIGTERM);
	(void)sigprocmask(SIG_BLOCK, &end, NULL);
	size_t n;
	char *bytes = read_file(argv[2], &n);
	struct MHD_Response *response = MHD_create_response_from_buffer(n, bytes, MHD_RESPMEM_PERSISTENT);
	for (int i = 3; i + 1 < argc; i += 2)
		if (MHD_add_response_header(response, argv[i], argv[i + 1]) != MHD_YES)
			return 1;
	struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO, (uint16_t)strtoul(argv[1], NULL, 10), NULL, NULL,
		answer, response, MHD_OPTION_THREAD_POOL_SIZE, 2U, MHD_OPTION_END);
	if (!d)
		return 1;
	int got;
	(void)sigwait(&end, &got);
	MHD_stop_daemon(d);
	MHD_destroy_response(response);
	free(bytes);
	return 0;
}
