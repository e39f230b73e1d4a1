/* The files of an installation beside its database: secret.key and the rules of the place. */
#pragma once

#include "base/err.h"

/* Whether a copy may go into that folder: it is not there yet, or holds nothing but what an interrupted copy of the same installation left.
 * The database file is for the engine to judge. E_CONFLICT. */
enum err move_files_check(const char *from, const char *to, struct fault *f) MUST_CHECK;

/* Copies them, durably; what is there already is the same. secret.key is readable by its owner only. */
enum err move_files_copy(const char *from, const char *to, struct fault *f) MUST_CHECK;
