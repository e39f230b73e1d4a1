/* Turns the files of the web pages into a C source: each plain, and as gzip and brotli where that is smaller, under a name that holds a
 * hash of its content. Names of other files inside the style sheet are changed alike. icons.txt ("NAME TAB SVG" lines) becomes a table of
 * its own.
 * usage: assetgen OUTPUT FILE...    the style sheet last */
#include <brotli/encode.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/text.h"

struct asset {
	const char *name, *hashed, *hash;
	struct text bytes;
};

static void die(const char *path, const char *why)
{
	(void)fprintf(stderr, "assetgen: %s: %s\n", path, why);
	exit(1);
}

static struct text read_file(struct arena *a, const char *path)
{
	struct text t = TEXT(a);
	char buf[16384];
	size_t n;
	FILE *in = fopen(path, "rb");
	if (!in)
		die(path, strerror(errno));
	while ((n = fread(buf, 1, sizeof buf, in)) > 0)
		text_addn(&t, buf, n);
	if (ferror(in) || fclose(in) != 0)
		die(path, strerror(errno));
	return t;
}

static const char *type_of(const char *name)
{
	static const char *const types[][2] = {
		{ ".css", "text/css; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" }, { ".woff2", "font/woff2" }, { ".svg", "image/svg+xml" },
	};
	const char *dot = strrchr(name, '.');
	for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++) {
		if (text_equal(dot, types[i][0]))
			return types[i][1];
	}
	die(name, "no content type is known");
	return NULL;
}

/* FNV-1a: enough to tell two versions of a file apart. */
static const char *hash_of(struct arena *a, const struct text *t)
{
	uint64_t h = 0xcbf29ce484222325U;
	for (size_t i = 0; i < t->n; i++)
		h = (h ^ (unsigned char)t->p[i]) * 0x100000001b3U;
	return arena_printf(a, "%010llx", (unsigned long long)(h >> 24));
}

static void name_asset(struct arena *a, struct asset *x)
{
	const char *dot = strrchr(x->name, '.');
	x->hash = hash_of(a, &x->bytes);
	x->hashed = arena_printf(a, "%.*s.%s%s", (int)(dot - x->name), x->name, x->hash, dot);
}

/* The style sheet with "inter.woff2" made "inter.3f2a91c0aa.woff2". */
static void rename_inside(struct arena *a, struct asset *css, const struct asset *others, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct text t = TEXT(a);
		const char *s = text_str(&css->bytes), *at;
		for (; (at = strstr(s, others[i].name)); s = at + strlen(others[i].name)) {
			text_addn(&t, s, (size_t)(at - s));
			text_add(&t, others[i].hashed);
		}
		text_add(&t, s);
		css->bytes = t;
	}
}

static struct text gzip_of(struct arena *a, const struct text *in)
{
	z_stream z = { 0 };
	struct text out = TEXT(a);
	if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		die("gzip", "does not begin");
	size_t max = deflateBound(&z, in->n);
	char *p = arena_alloc(a, max);
	z.next_in = (unsigned char *)in->p;
	z.avail_in = (unsigned)in->n;
	z.next_out = (unsigned char *)p;
	z.avail_out = (unsigned)max;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		die("gzip", "does not end");
	text_addn(&out, p, z.total_out);
	(void)deflateEnd(&z);
	return out;
}

static struct text brotli_of(struct arena *a, const struct text *in)
{
	struct text out = TEXT(a);
	size_t n = BrotliEncoderMaxCompressedSize(in->n);
	uint8_t *p = arena_alloc(a, n);
	if (!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_GENERIC, in->n, (const uint8_t *)in->p, &n, p))
		die("brotli", "does not compress");
	text_addn(&out, (const char *)p, n);
	return out;
}

/* ---- C ---- */

static void add_bytes(struct text *out, const char *s, size_t n)
{
	text_addc(out, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (i > 0 && i % 48 == 0)
			text_add(out, "\"\n\t\t\"");
		if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '?')
			text_addf(out, "\\%03o", c);
		else
			text_addc(out, (char)c);
	}
	text_addc(out, '"');
}

static void add_encoding(struct text *out, const char *which, const struct text *t, size_t plain)
{
	if (t->n >= plain)
		return;
	text_addf(out, "\t\t.bytes[%s] = { ", which);
	add_bytes(out, t->p, t->n);
	text_addf(out, ", %zu },\n", t->n);
}

static void add_asset(struct arena *a, struct text *out, const struct asset *x)
{
	struct text gzip = gzip_of(a, &x->bytes), brotli = brotli_of(a, &x->bytes);
	text_addf(out, "\t{ \"%s\", \"/assets/%s\", \"%s\", \"\\\"%s\\\"\",\n", x->name, x->hashed, type_of(x->name), x->hash);
	add_encoding(out, "ASSET_PLAIN", &x->bytes, SIZE_MAX);
	add_encoding(out, "ASSET_GZIP", &gzip, x->bytes.n);
	add_encoding(out, "ASSET_BROTLI", &brotli, x->bytes.n);
	text_add(out, "\t},\n");
}

static void add_icons(struct text *out, const char *s)
{
	text_add(out, "const struct asset_icon asset_icons[] = {\n");
	while (*s) {
		size_t name = strcspn(s, "\t"), line = strcspn(s, "\n");
		text_addf(out, "\t{ \"%.*s\", ", (int)name, s);
		add_bytes(out, s + name + 1, line - name - 1);
		text_add(out, " },\n");
		s += line + 1;
	}
	text_add(out, "};\nconst size_t asset_icons_n = sizeof asset_icons / sizeof *asset_icons;\n\n");
}

static void write_file(const char *path, const struct text *t)
{
	FILE *out = fopen(path, "wb");
	if (!out || fwrite(t->p, 1, t->n, out) != t->n || fclose(out) != 0)
		die(path, strerror(errno));
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

int main(int argc, char **argv)
{
	scoped(arena_done) struct arena arena = { 0 };
	struct arena *a = &arena;
	struct text out = TEXT(a), files = TEXT(a);
	struct asset *all = arena_array(a, struct asset, (size_t)argc);
	size_t n = 0;
	if (argc < 3)
		die("usage", "assetgen OUTPUT FILE...");
	text_add(&out, "#include \"web/assets_data.h\"\n\n");
	for (int i = 2; i < argc; i++) {
		struct asset x = { .name = base_name(argv[i]), .bytes = read_file(a, argv[i]) };
		if (text_equal(x.name, "icons.txt")) {
			add_icons(&out, text_str(&x.bytes));
			continue;
		}
		if (text_equal(type_of(x.name), type_of("x.css")))
			rename_inside(a, &x, all, n);
		name_asset(a, &x);
		add_asset(a, &files, &x);
		all[n++] = x;
	}
	text_addf(&out, "const struct asset_file asset_data[] = {\n%s};\n", text_str(&files));
	text_add(&out, "const size_t asset_data_n = sizeof asset_data / sizeof *asset_data;\n");
	write_file(argv[1], &out);
	return 0;
}
