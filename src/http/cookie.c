#include "http/form.h"

#include <string.h>

/* What RFC 6265, 4.1.1 allows in a value. */
static bool is_octet(char c)
{
	return c > ' ' && c < 127 && !strchr("\",;\\", c);
}

/* The value of n bytes, which may stand in quotation marks; NULL when it holds anything else. */
static const char *read_value(const char *s, size_t n, struct arena *a)
{
	if (n >= 2 && s[0] == '"' && s[n - 1] == '"')
		s++, n -= 2;
	for (size_t i = 0; i < n; i++)
		if (!is_octet(s[i]))
			return NULL;
	return arena_strndup(a, s, n);
}

const char *cookie_find(const char *header, const char *name, struct arena *a)
{
	const char *found = NULL;
	size_t name_n = strlen(name), found_n = 0;
	for (const char *p = header, *next; p; p = next) {
		p += strspn(p, " \t");
		size_t n = strcspn(p, ";");
		next = p[n] ? p + n + 1 : NULL;
		while (n && (p[n - 1] == ' ' || p[n - 1] == '\t'))
			n--;
		if (n <= name_n || memcmp(p, name, name_n) != 0 || p[name_n] != '=')
			continue;
		if (found)
			return NULL;
		found = p + name_n + 1;
		found_n = n - name_n - 1;
	}
	return found ? read_value(found, found_n, a) : NULL;
}
