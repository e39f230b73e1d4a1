/* Files that the generators read and write. What cannot be read or written ends the program with status 2 and its reason. */
#pragma once

#include "base/text.h"

_Noreturn void gen_die(const char *path);
const char *gen_read(struct arena *a, const char *path);

/* An unchanged file keeps its time, so that only what changed is compiled again. */
void gen_write(struct arena *a, const char *folder, const char *name, const char *text);
