/* A disk that fails on request: SQLite's own file layer with a counter in front. From the write number `full_at` on the disk is full; at
 * the write or sync number `cut_at` the process ends as if the power had gone. */
#pragma once

#include <errno.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct {
	int64_t count, full_at, cut_at; /* 0: never */
	bool keep_synced;               /* each sync leaves FILE.synced, what a power cut would leave of the file */
} disk;

static bool disk_is_full(void)
{
	disk.count++;
	if (disk.cut_at && disk.count >= disk.cut_at)
		_exit(0);
	return disk.full_at && disk.count >= disk.full_at;
}

static sqlite3_vfs *real_vfs;

struct faulty_file {
	sqlite3_file base;
	char path[128];
	sqlite3_file real[];
};

static sqlite3_file *real_of(sqlite3_file *f)
{
	return ((struct faulty_file *)f)->real;
}

/* Copies a file; the copy is empty when there is none. */
static void copy_file(const char *from, const char *to)
{
	char buf[4096];
	size_t n;
	FILE *in = fopen(from, "r"), *out = fopen(to, "w");
	if (!out)
		abort();
	while (in && (n = fread(buf, 1, sizeof buf, in)) > 0)
		(void)!fwrite(buf, 1, n, out);
	if (in)
		(void)fclose(in);
	(void)fclose(out);
}

#define PASS(name, params, ...) \
	static int on_##name params \
	{ \
		return real_of(f)->pMethods->x##name(real_of(f), ##__VA_ARGS__); \
	}
PASS(Close, (sqlite3_file *f))
PASS(Read, (sqlite3_file *f, void *p, int n, sqlite3_int64 at), p, n, at)
PASS(Truncate, (sqlite3_file *f, sqlite3_int64 size), size)
PASS(FileSize, (sqlite3_file *f, sqlite3_int64 *ret), ret)
PASS(Lock, (sqlite3_file *f, int level), level)
PASS(Unlock, (sqlite3_file *f, int level), level)
PASS(CheckReservedLock, (sqlite3_file *f, int *ret), ret)
PASS(FileControl, (sqlite3_file *f, int op, void *p), op, p)
PASS(SectorSize, (sqlite3_file *f))
PASS(DeviceCharacteristics, (sqlite3_file *f))
PASS(ShmLock, (sqlite3_file *f, int offset, int n, int flags), offset, n, flags)
PASS(ShmUnmap, (sqlite3_file *f, int remove), remove)

static int on_Write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	return disk_is_full() ? SQLITE_FULL : real_of(f)->pMethods->xWrite(real_of(f), p, n, at);
}

static int on_Sync(sqlite3_file *f, int flags)
{
	const char *path = ((struct faulty_file *)f)->path;
	char synced[160];
	(void)disk_is_full(); /* a full disk still syncs; a power cut can come here */
	int rc = real_of(f)->pMethods->xSync(real_of(f), flags);
	(void)snprintf(synced, sizeof synced, "%s.synced", path);
	if (disk.keep_synced && rc == SQLITE_OK)
		copy_file(path, synced);
	return rc;
}

static int on_ShmMap(sqlite3_file *f, int region, int size, int extend, void volatile **ret)
{
	if (extend && disk_is_full())
		return SQLITE_IOERR_SHMSIZE;
	return real_of(f)->pMethods->xShmMap(real_of(f), region, size, extend, ret);
}

static void on_ShmBarrier(sqlite3_file *f)
{
	real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int on_Open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *ret_flags)
{
	static const sqlite3_io_methods methods = {
		.iVersion = 2, .xClose = on_Close, .xRead = on_Read, .xWrite = on_Write, .xTruncate = on_Truncate, .xSync = on_Sync,
		.xFileSize = on_FileSize, .xLock = on_Lock, .xUnlock = on_Unlock, .xCheckReservedLock = on_CheckReservedLock,
		.xFileControl = on_FileControl, .xSectorSize = on_SectorSize, .xDeviceCharacteristics = on_DeviceCharacteristics,
		.xShmMap = on_ShmMap, .xShmLock = on_ShmLock, .xShmBarrier = on_ShmBarrier, .xShmUnmap = on_ShmUnmap,
	};
	struct faulty_file *file = (struct faulty_file *)f;
	(void)vfs;
	int rc = real_vfs->xOpen(real_vfs, name, file->real, flags, ret_flags);
	(void)snprintf(file->path, sizeof file->path, "%s", name ? name : "");
	f->pMethods = file->real->pMethods ? &methods : NULL;
	return rc;
}

static int on_LastError(sqlite3_vfs *vfs, int n, char *ret)
{
	(void)vfs;
	bool full = disk.full_at && disk.count >= disk.full_at;
	return full ? ENOSPC : real_vfs->xGetLastError(real_vfs, n, ret);
}

/* Makes it the file layer of every connection opened from now on. */
static void faulty_vfs_install(void)
{
	static sqlite3_vfs vfs;
	real_vfs = sqlite3_vfs_find(NULL);
	vfs = *real_vfs;
	vfs.zName = "faulty";
	vfs.szOsFile += (int)sizeof(struct faulty_file);
	vfs.xOpen = on_Open;
	vfs.xGetLastError = on_LastError;
	if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK)
		abort();
}
