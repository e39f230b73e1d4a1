#include "web/local_path.h"

#include <string.h>

enum { LOCAL_PATH_MAX = 2000 };

const char *local_path(const char *to)
{
	size_t n = to ? strlen(to) : 0;
	if (n == 0 || n > LOCAL_PATH_MAX || to[0] != '/' || to[1] == '/')
		return "";
	for (const char *p = to; *p; p++)
		if (*p <= ' ' || *p > '~' || *p == '\\')
			return "";
	return to;
}
