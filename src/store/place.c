#include "store/place.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OWNER_AND_GROUP = 0660 };

bool place_is_full(int error)
{
	return error == ENOSPC || error == EDQUOT;
}

bool place_is_refusal(int error)
{
	return error == EROFS || error == EACCES || error == EPERM;
}

bool place_is_readable(const char *path)
{
	return access(path, R_OK) == 0;
}

static enum err system_fault(const char *path, int error, struct fault *f)
{
	char buf[96];
	if (place_is_refusal(error))
		return FAULT(f, E_STORAGE, "data", MSG_STORE_READ_ONLY, path);
	if (place_is_full(error))
		return FAULT(f, E_STORAGE, "data", MSG_STORE_FULL, path);
	return FAULT(f, E_STORAGE, "data", MSG_STORE_CANNOT_OPEN, path, strerror_r(error, buf, sizeof buf));
}

static enum err make_empty(const char *path, bool *ret_made, struct fault *f)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, OWNER_AND_GROUP);
	if (fd < 0 && errno == EEXIST)
		return OK;
	if (fd < 0)
		return system_fault(path, errno, f);
	(void)close(fd);
	*ret_made = true;
	return OK;
}

enum err place_check(const char *folder, const char *path, enum db_mode mode, bool *ret_made, struct fault *f)
{
	struct stat st;
	if (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode))
		return FAULT(f, E_NOTFOUND, "data", MSG_STORE_NO_DIRECTORY, folder);
	if (mode == DB_CREATE)
		return make_empty(path, ret_made, f);
	if (stat(path, &st) == 0)
		return S_ISREG(st.st_mode) ? OK : FAULT(f, E_STORAGE, "data", MSG_STORE_NOT_DATABASE, path);
	if (errno == ENOENT)
		return FAULT(f, E_NOTFOUND, "data", MSG_STORE_NO_DATABASE, folder);
	char buf[96];
	return FAULT(f, E_STORAGE, "data", MSG_STORE_CANNOT_OPEN, path, strerror_r(errno, buf, sizeof buf));
}

void place_forget(const char *path)
{
	(void)unlink(path);
}

int place_sync(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	int error = fsync(fd) == 0 ? 0 : errno;
	(void)close(fd);
	return error;
}

enum err place_rename(const char *from, const char *to, struct fault *f)
{
	scoped(arena_done) struct arena a = {0};
	int error = rename(from, to) == 0 ? place_sync(dirname(arena_strdup(&a, to))) : errno;
	return error ? system_fault(to, error, f) : OK;
}
