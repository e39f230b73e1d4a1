#include "office/sheet_zip.h"
#include "office/sheet.h"

#include <assert.h>
#include <string.h>
#include <zip.h>

enum { STEP = 1 << 16, RATIO = 200, END_RECORD = 22, END_COMMENT = 65535 };

void sheet_zip_close(struct sheet_zip *z)
{
	if (z->zip)
		zip_discard(z->zip);
	z->zip = NULL;
}

static enum err damaged(struct fault *f, const char *part)
{
	return FAULT(f, E_INVALID, "file", MSG_SHEET_DAMAGED, part);
}

/* Reads the number of entries from the end record before the library makes an object of each. */
static bool announces_too_many(const unsigned char *p, size_t n)
{
	const unsigned char *first = n > END_RECORD + END_COMMENT ? p + n - END_RECORD - END_COMMENT : p;
	for (const unsigned char *s = p + n; s - first >= END_RECORD; s--) {
		const unsigned char *record = s - END_RECORD;
		if (memcmp(record, "PK\5\6", 4) == 0 && (record[10] | record[11] << 8) > SHEET_ENTRIES)
			return true;
	}
	return false;
}

static bool leaves_the_folder(const char *name)
{
	if (*name == '/' || strchr(name, '\\') || strchr(name, ':'))
		return true;
	for (const char *s = name; (s = strstr(s, "..")); s += 2) {
		bool begins = s == name || s[-1] == '/', ends = s[2] == '/' || s[2] == '\0';
		if (begins && ends)
			return true;
	}
	return false;
}

static enum err check_entries(const struct sheet_zip *z, struct fault *f)
{
	zip_int64_t n = zip_get_num_entries(z->zip, 0);
	if (n > SHEET_ENTRIES)
		return FAULT(f, E_TOOBIG, "file", MSG_SHEET_ENTRIES);
	for (zip_int64_t i = 0; i < n; i++) {
		const char *name = zip_get_name(z->zip, (zip_uint64_t)i, 0);
		if (!name || leaves_the_folder(name))
			return FAULT(f, E_INVALID, "file", MSG_SHEET_PART_NAME, name);
	}
	return OK;
}

enum err sheet_zip_open(const void *bytes, size_t n, struct sheet_zip *ret, struct fault *f)
{
	if (announces_too_many(bytes, n))
		return FAULT(f, E_TOOBIG, "file", MSG_SHEET_ENTRIES);
	zip_source_t *source = zip_source_buffer_create(bytes, n, 0, NULL);
	if (!source)
		return FAULT(f, E_INTERNAL, "file", MSG_INTERNAL, "zip");
	struct sheet_zip z = { .zip = zip_open_from_source(source, ZIP_RDONLY, NULL), .file_bytes = (int64_t)n };
	if (!z.zip) {
		zip_source_free(source);
		return damaged(f, "zip");
	}
	enum err e = check_entries(&z, f);
	if (e == OK)
		*ret = z;
	else
		sheet_zip_close(&z);
	return e;
}

bool sheet_zip_has(const struct sheet_zip *z, const char *part)
{
	return zip_name_locate(z->zip, part, 0) >= 0;
}

static void close_part(zip_file_t **part)
{
	if (*part)
		(void)zip_fclose(*part);
}

static enum err check_inflated(const struct sheet_zip *z, const char *part, struct fault *f)
{
	if (z->inflated > SHEET_INFLATED_BYTES || z->inflated / RATIO > z->file_bytes)
		return FAULT(f, E_TOOBIG, "file", MSG_SHEET_INFLATED, part);
	return OK;
}

static enum err open_part(struct sheet_zip *z, const char *part, zip_file_t **ret, struct fault *f)
{
	zip_stat_t st;
	if (zip_stat(z->zip, part, 0, &st) != 0)
		return FAULT(f, E_INVALID, "file", MSG_SHEET_NO_PART, part);
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
		return FAULT(f, E_INVALID, "file", MSG_SHEET_ENCRYPTED);
	z->part_total = (st.valid & ZIP_STAT_SIZE) && st.size <= SHEET_INFLATED_BYTES ? (int64_t)st.size : SHEET_INFLATED_BYTES;
	z->part_done = 0;
	*ret = zip_fopen_index(z->zip, st.index, 0);
	return *ret ? OK : damaged(f, part);
}

enum err sheet_zip_read(struct sheet_zip *z, const char *part, sheet_zip_fn *fn, void *ctx, struct fault *f)
{
	assert(z->zip);
	scoped(close_part) zip_file_t *file = NULL;
	TRY(open_part(z, part, &file, f));
	char buf[STEP];
	for (;;) {
		zip_int64_t n = zip_fread(file, buf, sizeof buf);
		if (n < 0)
			return damaged(f, part);
		assert((size_t)n <= sizeof buf);
		z->inflated += n;
		z->part_done += n;
		TRY(check_inflated(z, part, f));
		TRY(fn(ctx, buf, (size_t)n, n == 0, f));
		if (n == 0)
			return OK;
	}
}
