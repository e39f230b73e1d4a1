#include "http/body.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct body body_open(struct arena *a, const char *spool, int64_t max)
{
	return (struct body){ .text = TEXT(a), .spool = spool, .max = max, .fd = -1 };
}

static int open_nameless(struct arena *a, const char *folder)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
	char *path = arena_printf(a, "%s/body-XXXXXX", folder); /* a file system without O_TMPFILE */
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		(void)unlink(path);
	return fd;
}

static bool write_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, bytes, n);
		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0) {
			bytes += done;
			n -= (size_t)done;
		}
	}
	return true;
}

static bool move_to_file(struct body *b)
{
	b->fd = open_nameless(b->text.arena, b->spool);
	return b->fd >= 0 && write_all(b->fd, text_str(&b->text), b->text.n);
}

void body_add(struct body *b, const char *bytes, size_t n)
{
	if (b->too_big || b->failed || n == 0)
		return;
	b->too_big = (int64_t)n > b->max - b->n;
	if (b->too_big)
		return;
	b->n += (int64_t)n;
	if (b->fd < 0 && b->n > BODY_IN_MEMORY)
		b->failed = !move_to_file(b);
	if (b->n <= BODY_IN_MEMORY)
		text_addn(&b->text, bytes, n);
	else if (!b->failed)
		b->failed = !write_all(b->fd, bytes, n);
}

const char *body_bytes(struct body *b)
{
	if (b->fd < 0)
		return text_str(&b->text);
	if (!write_all(b->fd, "", 1)) /* the NUL; behind the end of a file nothing may be read */
		return NULL;
	void *p = mmap(NULL, (size_t)b->n + 1, PROT_READ, MAP_PRIVATE | MAP_POPULATE, b->fd, 0);
	if (p == MAP_FAILED)
		return NULL;
	b->mapped = p;
	b->mapped_n = (size_t)b->n + 1;
	return b->mapped;
}

void body_close(struct body *b)
{
	if (b->mapped)
		(void)munmap(b->mapped, b->mapped_n);
	if (b->fd >= 0)
		(void)close(b->fd);
	b->mapped = NULL;
	b->fd = -1;
}
