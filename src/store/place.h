/* The data folder and the files in it, before and beside the engine's own work on them. */
#pragma once

#include "store/db.h"

/* Whether the folder and its database file are there as the mode wants them. DB_CREATE makes an empty file (*ret_made); a file that is
 * there already is left to the engine to judge. */
enum err place_check(const char *folder, const char *path, enum db_mode mode, bool *ret_made, struct fault *f) MUST_CHECK;

/* Removes a file that this program has made; nothing happens when it is not there. */
void place_forget(const char *path);

/* Puts a finished file in place of an older one, durably. */
enum err place_rename(const char *from, const char *to, struct fault *f) MUST_CHECK;

/* A file that was made, renamed or removed is so after a power cut only when its folder has reached the disk. 0 or an errno. */
int place_sync(const char *folder);

/* What an errno means to a user. */
bool place_is_full(int error);
bool place_is_refusal(int error);
bool place_is_readable(const char *path);
