/* Bundled files: their names change with their content, so that browsers keep them for ever. */
#include "web/assets.h"
#include "web/web_impl.h"

#include <string.h>

static bool takes(const struct visit *v, const char *encoding)
{
	const char *h = http_header(v->rq, "Accept-Encoding"), *p = h ? strstr(h, encoding) : NULL;
	if (!p)
		return false;
	p += strlen(encoding);
	return strncmp(p, ";q=0", 4) != 0 || p[4] == '.';
}

static void send(struct visit *v, const struct asset_file *file)
{
	static const struct { enum asset_encoding which; const char *name; } encodings[] = { { ASSET_BROTLI, "br" }, { ASSET_GZIP, "gzip" } };
	enum asset_encoding which = ASSET_PLAIN;
	for (size_t i = 0; i < sizeof encodings / sizeof *encodings && which == ASSET_PLAIN; i++)
		if (file->bytes[encodings[i].which].n && takes(v, encodings[i].name)) {
			which = encodings[i].which;
			http_set(v->rs, "Content-Encoding", encodings[i].name);
		}
	http_set(v->rs, "Vary", "Accept-Encoding");
	http_body(v->rs, file->type, file->bytes[which].p, file->bytes[which].n);
	v->rs->lasting = true;
}

static enum err answer(struct visit *v, const char *path, const char *keep, struct fault *f)
{
	const struct asset_file *file = asset_find(path);
	const char *known = http_header(v->rq, "If-None-Match");
	if (!file)
		return FAULT(f, E_NOTFOUND, NULL, MSG_WEB_NO_PAGE);
	respond_keep(v->rs, keep);
	http_set(v->rs, "ETag", file->etag);
	if (known && strstr(known, file->etag))
		v->rs->status = 304;
	else
		send(v, file);
	return OK;
}

enum err core_asset(struct visit *v, struct fault *f)
{
	return answer(v, v->rq->path, "public, max-age=31536000, immutable", f);
}

enum err core_icon(struct visit *v, struct fault *f)
{
	return answer(v, asset("mark.svg").s, "public, max-age=86400", f);
}
