#include "app/location.h"

#include "store/place.h"
#include "store/uri.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- a file with an address ---- */

static enum err cannot_read(const char *path, const char *field, int error, struct fault *f)
{
	char buf[96];
	return FAULT(f, E_STORAGE, field, MSG_APP_CANNOT_READ, path, strerror_r(error, buf, sizeof buf));
}

static enum err read_text(int fd, const char *path, const char *field, char ret[URI_MAX + 2], struct fault *f)
{
	size_t n = 0;
	for (ssize_t got; n < URI_MAX + 1; n += (size_t)got) {
		got = read(fd, ret + n, URI_MAX + 1 - n);
		if (got < 0)
			return cannot_read(path, field, errno, f);
		if (got == 0)
			break;
	}
	ret[n] = '\0';
	return OK;
}

/* Blanks around it and the line's end are no part of it. */
static enum err first_line(char *text, const char *path, const char *field, const char **ret, struct fault *f)
{
	char *line = text + strspn(text, " \t");
	size_t n = strcspn(line, "\r\n");
	if (!line[n] && strlen(text) > URI_MAX)
		return FAULT(f, E_TOOBIG, field, MSG_LOCATION_LONG, path);
	while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\t'))
		n--;
	line[n] = '\0';
	if (n == 0)
		return FAULT(f, E_INVALID, field, MSG_LOCATION_EMPTY, path);
	*ret = line;
	return OK;
}

static bool is_closed(const struct stat *st)
{
	mode_t open_to = st->st_mode & 077;
	return open_to == 0 || (st->st_uid == 0 && open_to == S_IRGRP);
}

static enum err check_address(const char *line, const struct stat *st, const char *path, const char *field, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct uri uri;
	if (uri_parse(line, field, &a, &uri, NULL) != OK)
		return FAULT(f, E_INVALID, field, MSG_LOCATION_FORM, path);
	return uri.has_password && !is_closed(st) ? FAULT(f, E_STORAGE, field, MSG_LOCATION_OPEN, path) : OK;
}

static enum err from_descriptor(int fd, const char *path, const char *field, struct arena *a, const char **ret, struct fault *f)
{
	char text[URI_MAX + 2];
	const char *line;
	struct stat st;
	if (fstat(fd, &st) != 0)
		return cannot_read(path, field, errno, f);
	TRY(read_text(fd, path, field, text, f));
	TRY(first_line(text, path, field, &line, f));
	TRY(check_address(line, &st, path, field, f));
	*ret = arena_strdup(a, line);
	return OK;
}

static enum err from_file(const char *path, const char *field, struct arena *a, const char **ret, struct fault *f)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return cannot_read(path, field, errno, f);
	enum err e = from_descriptor(fd, path, field, a, ret, f);
	(void)close(fd);
	return e;
}

enum err location_address(const char *value, const char *field, struct arena *a, const char **ret, struct fault *f)
{
	struct uri uri;
	if (*value == '@')
		return from_file(value + 1, field, a, ret, f);
	TRY(uri_parse(value, field, a, &uri, f));
	*ret = arena_strdup(a, value);
	return OK;
}

/* ---- the folder ---- */

static const char *file_in(const char *dir, const char *name, struct arena *a)
{
	return arena_printf(a, "%s/%s", dir, name);
}

/* Also when it cannot be opened: then it is for whoever opens it to say why. */
static bool is_there(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

enum err location_find(const char *dir, struct arena *a, struct location *ret, struct fault *f)
{
	const char *file = file_in(dir, "database", a), *named = getenv(LOCATION_ENVIRONMENT);
	struct location found = { LOCATION_FOLDER, arena_strdup(a, dir) };
	if (is_there(file)) {
		found.from = LOCATION_FILE;
		TRY(from_file(file, "data", a, &found.where, f));
	} else if (!is_there(file_in(dir, "nguon.db", a)) && named && *named) {
		found.from = LOCATION_ENV;
		TRY(location_address(named, LOCATION_ENVIRONMENT, a, &found.where, f));
	}
	*ret = found;
	return OK;
}

enum err location_check_free(const char *dir, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	if (is_there(file_in(dir, "nguon.db", &a)))
		return FAULT(f, E_CONFLICT, "data", MSG_STORE_DATABASE_THERE, dir);
	return is_there(file_in(dir, "database", &a)) ? FAULT(f, E_CONFLICT, "data", MSG_LOCATION_THERE, dir) : OK;
}

static int write_line(const char *path, const char *line)
{
	size_t n = strlen(line);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return errno;
	bool whole = write(fd, line, n) == (ssize_t)n && fsync(fd) == 0;
	int error = whole ? 0 : errno ? errno : EIO;
	(void)close(fd);
	if (error)
		(void)unlink(path);
	return error;
}

/* Linked, not renamed, so that one that somebody else has put there meanwhile stays. */
static int put_in_place(const char *own, const char *path, const char *dir)
{
	if (link(own, path) != 0)
		return errno;
	int error = place_sync(dir);
	if (error)
		(void)unlink(path);
	return error;
}

enum err location_keep(const char *dir, const char *address, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	const char *path = file_in(dir, "database", &a), *own = arena_printf(&a, "%s.%d", path, (int)getpid());
	char buf[96];
	(void)unlink(own);
	int error = write_line(own, arena_printf(&a, "%s\n", address));
	if (error)
		return FAULT(f, E_STORAGE, "data", MSG_LOCATION_WRITE, own, strerror_r(error, buf, sizeof buf));
	error = put_in_place(own, path, dir);
	(void)unlink(own);
	if (error == EEXIST)
		return FAULT(f, E_CONFLICT, "data", MSG_LOCATION_THERE, dir);
	return error ? FAULT(f, E_STORAGE, "data", MSG_LOCATION_WRITE, path, strerror_r(error, buf, sizeof buf)) : OK;
}

const char *location_show(const char *where, struct arena *a)
{
	struct uri uri;
	if (!uri_is_server(where))
		return file_in(where, "nguon.db", a);
	return uri_parse(where, "data", a, &uri, NULL) == OK ? uri_show(&uri, a) : "PostgreSQL";
}

const char *location_engine(const char *where)
{
	return uri_is_server(where) ? "PostgreSQL" : "SQLite";
}
