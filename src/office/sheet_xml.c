#include "office/sheet_xml.h"

#include <assert.h>
#include <expat.h>
#include <string.h>

enum {
	DEPTH = 64,
	NAMES = 1024,             /* the parser remembers each name for good */
	NAMES_SLOTS = 2 * NAMES,
	TOKEN_BYTES = 1 << 20,    /* the longest tag or comment */
};

struct reading {
	const struct sheet_xml_handler *h;
	void *ctx;
	struct fault *f;
	const char *part;
	XML_Parser parser;
	enum err err;
	int depth;
	size_t silent;            /* bytes since the parser last reported anything */
	uint32_t seen[NAMES_SLOTS]; /* hashes of names, 0: free */
	int names;
};

static const char *local(const char *name)
{
	if (!name[0] || !name[1])
		return name; /* nearly all names of a sheet */
	const char *colon = strchr(name, ':');
	return colon ? colon + 1 : name;
}

const char *sheet_xml_attribute(const char **attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (strcmp(local(attributes[0]), name) == 0)
			return attributes[1];
	return NULL;
}

bool sheet_xml_number(const char *s, int64_t max, int64_t *ret)
{
	int64_t n = 0;
	assert(max < INT64_MAX / 16);
	if (!s || !*s)
		return false;
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			return false;
		n = n * 10 + (*s - '0');
		if (n > max)
			return false;
	}
	*ret = n;
	return true;
}

static void stop(struct reading *r, enum err e)
{
	assert(e != OK);
	r->err = e;
	(void)XML_StopParser(r->parser, XML_FALSE);
}

static void stop_damaged(struct reading *r)
{
	stop(r, FAULT(r->f, E_INVALID, "file", MSG_SHEET_DAMAGED, r->part));
}

/* False when this is one different name too many. Names of one letter are few by themselves. */
static bool name_allowed(struct reading *r, const char *name)
{
	if (name[0] && !name[1])
		return true;
	uint32_t h = 2166136261u;
	for (const char *s = name; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	h |= 1;
	for (uint32_t i = h >> 1;; i++) {
		uint32_t *slot = &r->seen[i % NAMES_SLOTS];
		if (*slot == h)
			return true;
		if (*slot)
			continue;
		*slot = h;
		return ++r->names <= NAMES;
	}
}

static bool names_allowed(struct reading *r, const char *name, const char **attributes)
{
	bool ok = name_allowed(r, name);
	for (; ok && *attributes; attributes += 2)
		ok = name_allowed(r, attributes[0]);
	return ok;
}

static void on_start(void *data, const char *name, const char **attributes)
{
	struct reading *r = data;
	r->silent = 0;
	if (r->err != OK)
		return;
	if (++r->depth > DEPTH || !names_allowed(r, name, attributes)) {
		stop_damaged(r);
		return;
	}
	enum err e = r->h->start ? r->h->start(r->ctx, local(name), attributes, r->f) : OK;
	if (e != OK)
		stop(r, e);
}

static void on_end(void *data, const char *name)
{
	struct reading *r = data;
	r->silent = 0;
	if (r->err != OK)
		return;
	assert(r->depth > 0);
	r->depth--;
	enum err e = r->h->end ? r->h->end(r->ctx, local(name), r->f) : OK;
	if (e != OK)
		stop(r, e);
}

static void on_text(void *data, const char *s, int n)
{
	struct reading *r = data;
	r->silent = 0;
	if (r->err != OK || !r->h->text)
		return;
	enum err e = r->h->text(r->ctx, s, (size_t)n, r->f);
	if (e != OK)
		stop(r, e);
}

static void on_doctype(void *data, const char *name, const char *system_id, const char *public_id, int internal)
{
	(void)name, (void)system_id, (void)public_id, (void)internal;
	struct reading *r = data;
	stop(r, FAULT(r->f, E_INVALID, "file", MSG_SHEET_DOCTYPE, r->part));
}

static enum err parse(void *ctx, const char *bytes, size_t n, bool last, struct fault *f)
{
	struct reading *r = ctx;
	r->silent += n;
	enum XML_Status status = XML_Parse(r->parser, bytes, (int)n, last);
	if (r->err != OK)
		return r->err;
	if (status != XML_STATUS_OK || r->silent > TOKEN_BYTES)
		return FAULT(f, E_INVALID, "file", MSG_SHEET_DAMAGED, r->part);
	return OK;
}

static void free_parser(XML_Parser *p)
{
	XML_ParserFree(*p);
}

enum err sheet_xml_read(struct sheet_zip *z, const char *part, const struct sheet_xml_handler *h, void *ctx, struct fault *f)
{
	scoped(free_parser) XML_Parser parser = XML_ParserCreate(NULL);
	if (!parser)
		return FAULT(f, E_INTERNAL, "file", MSG_INTERNAL, "expat");
	struct reading r = { .h = h, .ctx = ctx, .f = f, .part = part, .parser = parser };
	XML_SetUserData(parser, &r);
	XML_SetElementHandler(parser, on_start, on_end);
	XML_SetCharacterDataHandler(parser, on_text);
	XML_SetStartDoctypeDeclHandler(parser, on_doctype);
	return sheet_zip_read(z, part, parse, &r, f);
}
