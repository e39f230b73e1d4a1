#include "office/sheet.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum err read_fn(const void *bytes, size_t n, sheet_row_fn *fn, void *ctx, struct fault *f);

static void close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

/* NULL: not a name we read. */
static read_fn *reader_for(const char *path)
{
	static const struct {
		const char *ending;
		read_fn *read;
	} readers[] = {
		{ ".xlsx", sheet_read_xlsx }, { ".xlsm", sheet_read_xlsx }, { ".xls", sheet_read_xlsx },
		{ ".csv", sheet_read_csv }, { ".txt", sheet_read_csv },
	};
	const char *dot = strrchr(path, '.');
	for (size_t i = 0; dot && i < sizeof readers / sizeof *readers; i++)
		if (strcasecmp(dot, readers[i].ending) == 0)
			return readers[i].read;
	return NULL;
}

static enum err check_file(const char *path, const struct stat *st, struct fault *f)
{
	if (!S_ISREG(st->st_mode))
		return FAULT(f, E_INVALID, "file", MSG_SHEET_NOT_FILE, path);
	if (st->st_size > SHEET_FILE_BYTES)
		return FAULT(f, E_TOOBIG, "file", MSG_SHEET_FILE_BIG, path);
	return OK;
}

/* The bytes that are there: a file that shrinks meanwhile gives fewer, one that grows gives no more. */
static enum err read_all(int fd, const char *path, char *to, size_t n, size_t *ret_n, struct fault *f)
{
	size_t done = 0;
	while (done < n) {
		ssize_t got = read(fd, to + done, n - done);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return FAULT(f, E_STORAGE, "file", MSG_SHEET_CANNOT_READ, path, strerror(errno));
		if (got == 0)
			break;
		done += (size_t)got;
	}
	assert(done <= n);
	*ret_n = done;
	return OK;
}

static enum err load(const char *path, struct arena *a, const char **ret, size_t *ret_n, struct fault *f)
{
	scoped(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	if (fd < 0 && errno == ENOENT)
		return FAULT(f, E_NOTFOUND, "file", MSG_SHEET_NO_FILE, path);
	if (fd < 0 || fstat(fd, &st) != 0)
		return FAULT(f, E_STORAGE, "file", MSG_SHEET_CANNOT_READ, path, strerror(errno));
	TRY(check_file(path, &st, f));
	char *bytes = arena_alloc(a, (size_t)st.st_size);
	TRY(read_all(fd, path, bytes, (size_t)st.st_size, ret_n, f));
	*ret = bytes;
	return OK;
}

enum err sheet_read(const char *path, sheet_row_fn *fn, void *ctx, struct fault *f)
{
	read_fn *read_bytes = reader_for(path);
	if (!read_bytes)
		return FAULT(f, E_INVALID, "file", MSG_SHEET_ENDING, path);
	scoped(arena_done) struct arena a = {0};
	const char *bytes;
	size_t n;
	TRY(load(path, &a, &bytes, &n, f));
	return read_bytes(bytes, n, fn, ctx, f);
}
