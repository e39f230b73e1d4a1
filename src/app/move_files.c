#include "app/move_files.h"
#include "store/place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 16 << 20, KEY_MODE = 0600, RULES_MODE = 0660, FOLDER_MODE = 0770 };

static enum err cannot(const char *path, int error, struct fault *f)
{
	char buf[96];
	return FAULT(f, E_STORAGE, "data", MSG_MOVE_FILE, path, strerror_r(error, buf, sizeof buf));
}

/* ---- whole files ---- */

/* *ret NULL: there is no such file. */
static enum err read_whole(const char *path, struct arena *a, const char **ret, size_t *ret_n, struct fault *f)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	*ret = NULL;
	if (fd < 0)
		return errno == ENOENT ? OK : cannot(path, errno, f);
	int error = fstat(fd, &st) != 0 ? errno : !S_ISREG(st.st_mode) || st.st_size > FILE_MAX ? EFBIG : 0;
	char *bytes = error ? NULL : arena_alloc(a, (size_t)st.st_size + 1);
	ssize_t n = error ? 0 : read(fd, bytes, (size_t)st.st_size);
	if (!error && n != st.st_size)
		error = n < 0 ? errno : EIO;
	(void)close(fd);
	if (error)
		return cannot(path, error, f);
	*ret = bytes;
	*ret_n = (size_t)n;
	return OK;
}

static int write_whole(const char *path, const char *bytes, size_t n, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
	if (fd < 0)
		return errno;
	bool whole = write(fd, bytes, n) == (ssize_t)n && fsync(fd) == 0;
	int error = whole ? 0 : errno ? errno : ENOSPC;
	(void)close(fd);
	return error;
}

/* Whole or not at all, under its own name. */
static enum err put_whole(const char *path, const char *bytes, size_t n, mode_t mode, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	const char *unfinished = arena_printf(&a, "%s.unfinished", path);
	(void)unlink(unfinished);
	int error = write_whole(unfinished, bytes, n, mode);
	if (!error && rename(unfinished, path) != 0)
		error = errno;
	if (!error)
		return OK;
	(void)unlink(unfinished);
	return cannot(path, error, f);
}

/* ---- one file of the installation ---- */

struct pair {
	const char *from, *to; /* folders */
	bool copy;             /* else only looks */
};

static enum err take_file(const struct pair *p, const char *name, mode_t mode, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	const char *here, *there, *to = arena_printf(&a, "%s/%s", p->to, name);
	size_t here_n, there_n;
	TRY(read_whole(arena_printf(&a, "%s/%s", p->from, name), &a, &here, &here_n, f));
	TRY(read_whole(to, &a, &there, &there_n, f));
	if (there && (!here || here_n != there_n || memcmp(here, there, here_n) != 0))
		return FAULT(f, E_CONFLICT, "data", MSG_MOVE_FILE_DIFFERS, to, p->from);
	return here && !there && p->copy ? put_whole(to, here, here_n, mode, f) : OK;
}

static bool is_rules(const char *name)
{
	size_t n = strlen(name);
	return n > 5 && strcmp(name + n - 5, ".yaml") == 0;
}

/* Every file of rules in either folder. */
static enum err take_rules_of(const struct pair *p, const char *folder, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	enum err e = OK;
	DIR *d = opendir(arena_printf(&a, "%s/rules", folder));
	if (!d)
		return errno == ENOENT ? OK : cannot(arena_printf(&a, "%s/rules", folder), errno, f);
	for (struct dirent *entry; e == OK && (entry = readdir(d));)
		if (is_rules(entry->d_name))
			e = take_file(p, arena_printf(&a, "rules/%s", entry->d_name), RULES_MODE, f);
	(void)closedir(d);
	return e;
}

static enum err take_rules(const struct pair *p, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	const char *to = arena_printf(&a, "%s/rules", p->to);
	struct stat st;
	if (!p->copy)
		TRY(take_rules_of(p, p->to, f));
	else if (stat(arena_printf(&a, "%s/rules", p->from), &st) == 0 && mkdir(to, FOLDER_MODE) != 0 && errno != EEXIST)
		return cannot(to, errno, f);
	TRY(take_rules_of(p, p->from, f));
	int error = p->copy && stat(to, &st) == 0 ? place_sync(to) : 0;
	return error ? cannot(to, error, f) : OK;
}

static enum err take_files(const struct pair *p, struct fault *f)
{
	TRY(take_file(p, "secret.key", KEY_MODE, f));
	return take_rules(p, f);
}

/* ---- for move.c ---- */

/* What this program itself leaves when it is interrupted. */
static bool may_be_there(const char *name)
{
	static const char *const names[] = {
		".", "..", "nguon.db", "nguon.db-journal", "nguon.db-wal", "nguon.db-shm", "secret.key", "secret.key.unfinished", "rules",
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static enum err check_names(const char *to, DIR *d, struct fault *f)
{
	for (struct dirent *entry; (entry = readdir(d));)
		if (!may_be_there(entry->d_name))
			return FAULT(f, E_CONFLICT, "data", MSG_MOVE_NOT_EMPTY, to, entry->d_name);
	return OK;
}

enum err move_files_check(const char *from, const char *to, struct fault *f)
{
	DIR *d = opendir(to);
	if (!d && errno == ENOENT)
		return OK;
	if (!d)
		return cannot(to, errno, f);
	enum err e = check_names(to, d, f);
	(void)closedir(d);
	return e == OK ? take_files(&(struct pair){ from, to, false }, f) : e;
}

enum err move_files_copy(const char *from, const char *to, struct fault *f)
{
	TRY(take_files(&(struct pair){ from, to, true }, f));
	int error = place_sync(to);
	return error ? cannot(to, error, f) : OK;
}
