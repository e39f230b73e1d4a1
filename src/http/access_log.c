#include "http/access_log.h"
#include "http/tick.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { WORD = 100, SENTENCE = 500 };

/* Without white space and control characters, which would make other columns or lines. */
static const char *word(const char *s, char buf[WORD])
{
	size_t n = 0;
	for (; s && *s && n < WORD - 1; s++)
		buf[n++] = (unsigned char)*s <= ' ' || *s == 127 ? '?' : *s;
	if (n == 0)
		buf[n++] = '-';
	buf[n] = '\0';
	return buf;
}

/* One more column in quotation marks, or nothing. */
static const char *sentence(const char *s, char buf[SENTENCE])
{
	size_t n = (size_t)snprintf(buf, SENTENCE, s ? " \"" : "");
	if (!s)
		return buf;
	for (; *s && n < SENTENCE - 2; s++)
		buf[n++] = (unsigned char)*s < ' ' || *s == 127 ? '?' : *s == '"' ? '\'' : *s;
	buf[n++] = '"';
	buf[n] = '\0';
	return buf;
}

void access_log(int fd, const struct access_line *l)
{
	static const char *const methods[] = { [HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD", [HTTP_POST] = "POST", [HTTP_OTHER] = "-" };
	char line[400 + SENTENCE], utc[TICK_TEXT], user[WORD], route[WORD], why[SENTENCE];
	if (fd < 0)
		return;
	int n = snprintf(line, sizeof line, "%s %" PRIx64 " %s %s %s %d %" PRId64 " %" PRId64 "%s\n", tick_utc(utc), l->id, word(l->user, user),
		methods[l->method], word(l->route, route), l->status, l->bytes, l->ms, sentence(l->why, why));
	ssize_t written = write(fd, line, (size_t)n);
	(void)written;
}
