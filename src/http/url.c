#include "http/url.h"
#include "http/form.h"

#include <string.h>

int url_hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

char *url_decode(const char *s, size_t n, bool plus, struct arena *a, size_t *ret_n)
{
	char *out = arena_alloc(a, n + 1);
	size_t m = 0;
	for (size_t i = 0; i < n; i++) {
		if (s[i] != '%') {
			out[m++] = plus && s[i] == '+' ? ' ' : s[i];
			continue;
		}
		int high = i + 1 < n ? url_hex(s[i + 1]) : -1, low = i + 2 < n ? url_hex(s[i + 2]) : -1;
		if (high < 0 || low < 0)
			return NULL;
		out[m++] = (char)(high << 4 | low);
		i += 2;
	}
	out[m] = '\0';
	*ret_n = m;
	return out;
}

static bool is_plain(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || strchr("-._~", c);
}

const char *url_encode(const char *s, struct arena *a)
{
	static const char digits[] = "0123456789ABCDEF";
	char *out = arena_alloc(a, strlen(s) * 3 + 1), *to = out;
	for (; *s; s++) {
		if (is_plain(*s)) {
			*to++ = *s;
			continue;
		}
		*to++ = '%';
		*to++ = digits[(unsigned char)*s >> 4];
		*to++ = digits[(unsigned char)*s & 15];
	}
	return out;
}
