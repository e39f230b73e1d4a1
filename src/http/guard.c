#include "http/guard.h"
#include "http/url.h"

#include "base/utf8.h"

#include <string.h>
#include <strings.h>

enum { LENGTH_DIGITS = 15, HOST_MAX = 255 };

/* ---- where the pieces stand ---- */

/* Whether `to` stands `gap` bytes behind the text `from`. By number: the pieces are no array to the compiler. */
static bool follows(const char *from, size_t n, size_t gap, const char *to)
{
	return (uintptr_t)from + n + gap == (uintptr_t)to;
}

bool guard_is_exact(const struct guard_head *in)
{
	const char *last = in->version;
	if (!follows(in->method, strlen(in->method), 1, in->target_at) || !follows(in->target_at, strlen(in->target), 1, in->version))
		return false;
	for (size_t i = 0; i < in->headers_n; i++) {
		const struct http_header *h = &in->headers[i];
		uintptr_t colon = (uintptr_t)h->name + strlen(h->name);
		if (!follows(last, strlen(last), 2, h->name) || (uintptr_t)h->value <= colon)
			return false;
		last = h->value;
	}
	return (uintptr_t)last + strlen(last) + 4 == (uintptr_t)in->method + in->bytes;
}

/* ---- pieces ---- */

static bool is_token(const char *s)
{
	const char *start = s;
	for (; *s; s++)
		if (*s <= ' ' || *s == 127 || strchr("()<>@,;:\\\"/[]?={}", *s)) /* char is signed: bytes above 127 are below ' ' */
			return false;
	return s > start;
}

static bool is_value(const char *s)
{
	for (; *s; s++)
		if (((unsigned char)*s < ' ' && *s != '\t') || *s == 127)
			return false;
	return true;
}

static bool is_digits(const char *s)
{
	return *s && s[strspn(s, "0123456789")] == '\0';
}

/* name[:port] or [IPv6][:port]; user names, paths and lists have no place in it. */
static bool is_host(const char *s)
{
	static const char name[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
	static const char address[] = "0123456789abcdefABCDEF:.";
	if (strlen(s) > HOST_MAX)
		return false;
	size_t n = *s == '[' ? strspn(s + 1, address) : strspn(s, name);
	if (n == 0)
		return false;
	if (*s == '[') {
		if (s[n + 1] != ']')
			return false;
		n += 2;
	}
	s += n;
	return *s == '\0' || (*s == ':' && is_digits(s + 1) && strlen(s + 1) <= 5);
}

/* Next word of a list with commas: trims it into *ret_n bytes from the returned place, moves *list behind it; NULL at the end. */
static const char *next_word(const char **list, size_t *ret_n)
{
	const char *s = *list;
	if (!s)
		return NULL;
	const char *comma = strchr(s, ',');
	*list = comma ? comma + 1 : NULL;
	size_t n = comma ? (size_t)(comma - s) : strlen(s);
	while (n && (*s == ' ' || *s == '\t'))
		s++, n--;
	while (n && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	*ret_n = n;
	return s;
}

/* Connection may name headers of one hop only: a proxy that obeys it would drop what it names. */
static bool is_connection(const char *s)
{
	static const char *const kept[] = { "content-length", "transfer-encoding", "host", "cookie", "authorization", "content-type" };
	size_t n;
	for (const char *word; (word = next_word(&s, &n));) {
		char name[32] = "";
		if (n == 0 || n >= sizeof name)
			return false;
		memcpy(name, word, n);
		if (!is_token(name))
			return false;
		for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
			if (strcasecmp(name, kept[i]) == 0)
				return false;
	}
	return true;
}

/* ---- headers ---- */

enum known { CONTENT_LENGTH, TRANSFER_ENCODING, HOST, CONTENT_TYPE, COOKIE, CONNECTION, EXPECT, AUTHORIZATION, ORIGIN, KNOWN };
static const char *const known_names[KNOWN] = {
	"Content-Length", "Transfer-Encoding", "Host", "Content-Type", "Cookie", "Connection", "Expect", "Authorization", "Origin",
};

static int find_known(const char *name)
{
	for (int i = 0; i < KNOWN; i++)
		if (strcasecmp(name, known_names[i]) == 0)
			return i;
	return -1;
}

static int check_headers(const struct guard_head *in, const char *value[KNOWN])
{
	size_t bytes = 0;
	if (in->headers_n > GUARD_HEADERS)
		return 431;
	for (size_t i = 0; i < in->headers_n; i++) {
		const struct http_header *h = &in->headers[i];
		if (!is_token(h->name) || !is_value(h->value))
			return 400;
		bytes += strlen(h->name) + strlen(h->value) + 4;
		int k = find_known(h->name);
		if (k >= 0 && value[k])
			return 400;
		if (k >= 0)
			value[k] = h->value;
	}
	return bytes > GUARD_HEADERS_BYTES ? 431 : 0;
}

static int check_version(const char *version)
{
	if (strncmp(version, "HTTP/", 5) != 0)
		return 400;
	return strcmp(version, "HTTP/1.1") == 0 || strcmp(version, "HTTP/1.0") == 0 ? 0 : 505;
}

static int check_method(const char *method, enum http_method *ret)
{
	static const char *const names[] = { [HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD", [HTTP_POST] = "POST" };
	if (!is_token(method))
		return 400;
	for (enum http_method m = HTTP_GET; m < HTTP_OTHER; m++)
		if (strcmp(method, names[m]) == 0) {
			*ret = m;
			return 0;
		}
	return 405;
}

static int check_chunked(const char *const value[KNOWN], bool old, int64_t *ret)
{
	if (value[CONTENT_LENGTH] || old)
		return 400;
	if (strcasecmp(value[TRANSFER_ENCODING], "chunked") != 0)
		return 501;
	*ret = GUARD_CHUNKED;
	return 0;
}

static int check_length(const char *text, int64_t *ret)
{
	int64_t n = 0;
	if (!is_digits(text))
		return 400;
	if (strlen(text) > LENGTH_DIGITS)
		return 413;
	for (; *text; text++)
		n = n * 10 + (*text - '0');
	*ret = n;
	return 0;
}

static int check_body(const char *const value[KNOWN], enum http_method method, bool old, int64_t *ret)
{
	int64_t length = 0;
	int status = value[TRANSFER_ENCODING] ? check_chunked(value, old, &length)
		: value[CONTENT_LENGTH] ? check_length(value[CONTENT_LENGTH], &length)
		: method == HTTP_POST ? 411 : 0;
	if (status)
		return status;
	if (method != HTTP_POST && length != 0)
		return 400;
	*ret = length;
	return 0;
}

static int check_meaning(const char *const value[KNOWN], bool old)
{
	if (value[HOST] ? !is_host(value[HOST]) : !old)
		return 400;
	if (value[CONNECTION] && !is_connection(value[CONNECTION]))
		return 400;
	return value[EXPECT] && strcasecmp(value[EXPECT], "100-continue") != 0 ? 417 : 0;
}

/* ---- the target ---- */

static bool has_dots(const char *path)
{
	for (const char *segment = path; segment; segment = strchr(segment, '/')) {
		segment++;
		size_t n = strcspn(segment, "/");
		if ((n == 1 && segment[0] == '.') || (n == 2 && segment[0] == '.' && segment[1] == '.'))
			return true;
	}
	return false;
}

/* Before decoding: a slash that is encoded would become a border of the path. */
static bool has_encoded_slash(const char *s, size_t n)
{
	for (size_t i = 0; i + 2 < n; i++)
		if (s[i] == '%' && ((s[i + 1] == '2' && (s[i + 2] | 32) == 'f') || (s[i + 1] == '5' && (s[i + 2] | 32) == 'c')))
			return true;
	return false;
}

static const char *read_path(const char *target, size_t n, struct arena *a)
{
	size_t m;
	if (has_encoded_slash(target, n))
		return NULL;
	const char *path = url_decode(target, n, false, a, &m);
	if (!path || !utf8_valid(path, m) || has_dots(path))
		return NULL;
	for (const char *p = path; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 127 || *p == '\\' || (*p == '\xC2' && (unsigned char)p[1] < 0xA0)) /* U+0080 to U+009F too */
			return NULL;
	return path;
}

static int check_target(const char *target, struct arena *a, struct guard_request *rq)
{
	if (strlen(target) > GUARD_TARGET_MAX)
		return 414;
	if (*target != '/')
		return 400;
	for (const char *p = target; *p; p++)
		if (*p <= ' ' || *p == 127 || strchr("#\"<>", *p))
			return 400;
	size_t n = strcspn(target, "?");
	rq->path = read_path(target, n, a);
	rq->query = target[n] ? arena_strdup(a, target + n + 1) : "";
	return rq->path ? 0 : 400;
}

int guard_check(const struct guard_head *in, struct arena *a, struct guard_request *ret)
{
	struct guard_request rq = { 0 };
	const char *value[KNOWN] = { 0 };
	bool old = strcmp(in->version, "HTTP/1.0") == 0;
	int status = check_version(in->version);
	if (!status)
		status = check_headers(in, value);
	if (!status)
		status = check_meaning(value, old);
	if (!status)
		status = check_method(in->method, &rq.method);
	if (!status)
		status = check_target(in->target, a, &rq);
	if (!status)
		status = check_body(value, rq.method, old, &rq.length);
	if (!status)
		*ret = rq;
	return status;
}
