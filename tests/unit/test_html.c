/* What pages print, and the files that ship with them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <brotli/decode.h>
#include <cmocka.h>
#include <zlib.h>

#include "pages.gen.h"
#include "web/assets.h"
#include "web/parts.h"

static struct arena arena;

static struct html *page(enum lang lang)
{
	struct html *h = arena_new(&arena, struct html);
	h->out = arena_new(&arena, struct text);
	*h->out = TEXT(&arena);
	h->arena = &arena;
	h->lang = lang;
	return h;
}

#define assert_printed(h, expected) assert_string_equal(text_str((h)->out), (expected))

static int teardown(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static void test_text_cannot_become_markup(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{ "", "" },
		{ "Nguyễn Thị Hoà", "Nguyễn Thị Hoà" },
		{ "<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" },
		{ "\" onclick=\"go()", "&quot; onclick=&quot;go()" },
		{ "&lt; &", "&amp;lt; &amp;" },
		{ "''", "&#39;&#39;" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct html *h = page(LANG_VI);
		html_out(h, cases[i][0]);
		assert_printed(h, cases[i][1]);
	}
}

static void test_what_is_not_there_prints_nothing(void **state)
{
	(void)state;
	struct html *h = page(LANG_VI);
	html_out(h, (const char *)NULL);
	assert_printed(h, "");
}

static void test_each_type_prints_its_own_way(void **state)
{
	(void)state;
	struct html *h = page(LANG_VI);
	char letters[] = "<";
	html_out(h, letters);
	html_out(h, true);
	html_out(h, -7);
	html_out(h, (int64_t)INT64_MIN);
	html_out(h, (size_t)9805);
	html_out(h, ((struct raw){ "<br>" }));
	html_url(h, (struct url){ "/a?b=1&c=2" });
	assert_printed(h, "&lt;1-7-92233720368547758089805<br>/a?b=1&amp;c=2");
}

static void test_days_are_written_as_readers_write_them(void **state)
{
	(void)state;
	struct html *vi = page(LANG_VI), *en = page(LANG_EN);
	html_out(vi, day_of(2024, 3, 26));
	html_out(vi, DAY_NONE);
	html_out(en, day_of(2024, 3, 26));
	assert_printed(vi, "26/03/2024–");
	assert_printed(en, "2024-03-26");
}

static void test_instants_are_of_vietnam(void **state)
{
	(void)state;
	const int64_t us = 1000000;
	assert_string_equal(html_instant(page(LANG_VI), 1711436700 * us), "26/03/2024 14:05"); /* 07:05 UTC */
	assert_string_equal(html_instant(page(LANG_EN), 1711474200 * us), "2024-03-27 00:30"); /* 17:30 UTC the day before */
	assert_string_equal(html_instant(page(LANG_VI), 0), "–");
}

static void test_numbers_are_grouped(void **state)
{
	(void)state;
	assert_string_equal(html_number(page(LANG_VI), 0), "0");
	assert_string_equal(html_number(page(LANG_VI), 999), "999");
	assert_string_equal(html_number(page(LANG_VI), 9805), "9.805");
	assert_string_equal(html_number(page(LANG_EN), 5512345), "5,512,345");
	assert_string_equal(html_number(page(LANG_VI), -1000), "-1.000");
	assert_string_equal(html_decimal(page(LANG_VI), "12.9"), "12,9");
	assert_string_equal(html_decimal(page(LANG_EN), "-1234.50"), "-1,234.50");
	assert_string_equal(html_decimal(page(LANG_VI), "65"), "65");
}

static void test_address_keeps_its_parts_apart(void **state)
{
	(void)state;
	assert_string_equal(url(&arena, "/help").s, "/help");
	assert_string_equal(url(&arena, "/units/%/people?step=%&late=%", "HN.01", "a&late=1", "ở").s,
		"/units/HN.01/people?step=a%26late%3D1&late=%E1%BB%9F");
	assert_string_equal(url(&arena, "/%", "javascript:go()//").s, "/javascript%3Ago%28%29%2F%2F");
	assert_string_equal(url(&arena, "/%", "/elsewhere.example").s, "/%2Felsewhere.example");
	assert_string_equal(url(&arena, "/search?q=%", "\"><b Az09-._~+\n").s, "/search?q=%22%3E%3Cb%20Az09-._~%2B%0A");
	assert_string_equal(url(&arena, "#fact-%", "7").s, "#fact-7");
	assert_string_equal(url(&arena, "/a/%/b", (const char *)NULL).s, "/a//b");
	assert_string_equal(url(&arena, "/people/%", id_text(&arena, 9007199254740993)).s, "/people/9007199254740993");
}

/* ---- parts ---- */

static void test_pager_says_nothing_of_an_empty_list(void **state)
{
	(void)state;
	struct html *h = page(LANG_VI);
	struct pager p = { 0 };
	page_pager(h, &p);
	assert_printed(h, "");
	p = (struct pager){ .from = 51, .to = 100, .total = 2311, .previous = url(&arena, "/x?from=%", "0") };
	page_pager(h, &p);
	assert_non_null(strstr(text_str(h->out), "51–100"));
	assert_non_null(strstr(text_str(h->out), "2.311"));
	assert_non_null(strstr(text_str(h->out), "href=\"/x?from=0\""));
	assert_null(strstr(text_str(h->out), "rel=\"next\""));
}

/* ---- assets ---- */

static void test_assets_are_found_by_name_and_by_path(void **state)
{
	(void)state;
	struct url css = asset("app.css");
	const struct asset_file *f = asset_find(css.s);
	assert_non_null(f);
	assert_string_equal(f->name, "app.css");
	assert_string_equal(f->type, "text/css; charset=utf-8");
	assert_memory_equal(css.s, "/assets/app.", 12);
	assert_null(asset_find("/assets/app.css"));
	assert_null(asset_find("/assets/"));
}

static bool is_gzip_of(const struct asset_file *f)
{
	char *p = arena_alloc(&arena, f->bytes[ASSET_PLAIN].n + 1);
	z_stream z = { 0 };
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)f->bytes[ASSET_GZIP].p;
	z.avail_in = (unsigned)f->bytes[ASSET_GZIP].n;
	z.next_out = (unsigned char *)p;
	z.avail_out = (unsigned)f->bytes[ASSET_PLAIN].n + 1;
	int result = inflate(&z, Z_FINISH);
	size_t n = z.total_out;
	inflateEnd(&z);
	return result == Z_STREAM_END && n == f->bytes[ASSET_PLAIN].n && memcmp(p, f->bytes[ASSET_PLAIN].p, n) == 0;
}

static bool is_brotli_of(const struct asset_file *f)
{
	size_t n = f->bytes[ASSET_PLAIN].n + 1;
	uint8_t *p = arena_alloc(&arena, n);
	BrotliDecoderResult result = BrotliDecoderDecompress(f->bytes[ASSET_BROTLI].n, (const uint8_t *)f->bytes[ASSET_BROTLI].p, &n, p);
	return result == BROTLI_DECODER_RESULT_SUCCESS && n == f->bytes[ASSET_PLAIN].n && memcmp(p, f->bytes[ASSET_PLAIN].p, n) == 0;
}

static void test_compressed_assets_are_the_same_files(void **state)
{
	(void)state;
	size_t n, compressed = 0;
	const struct asset_file *files = asset_files(&n);
	for (size_t i = 0; i < n; i++) {
		assert_true(files[i].bytes[ASSET_PLAIN].n > 0);
		if (files[i].bytes[ASSET_GZIP].n > 0)
			assert_true(is_gzip_of(&files[i]));
		if (files[i].bytes[ASSET_BROTLI].n > 0)
			assert_true(is_brotli_of(&files[i]));
		compressed += files[i].bytes[ASSET_GZIP].n > 0 && files[i].bytes[ASSET_BROTLI].n > 0;
	}
	assert_true(compressed >= 3); /* style sheet and scripts */
}

/* A closed network has no other host to ask. */
static void test_assets_name_no_other_host(void **state)
{
	(void)state;
	static const char *const loads[] = {
		"url(http", "url(\"http", "url('http", "url(//", "@import", "fetch(\"http", "src=\"http", "sourceMappingURL",
	};
	size_t n;
	const struct asset_file *files = asset_files(&n);
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < sizeof loads / sizeof *loads; k++)
			assert_null(memmem(files[i].bytes[ASSET_PLAIN].p, files[i].bytes[ASSET_PLAIN].n, loads[k], strlen(loads[k])));
	}
}

static const struct asset_file *named(const char *name)
{
	return asset_find(asset(name).s);
}

static void test_style_sheet_names_the_fonts_as_they_are_served(void **state)
{
	(void)state;
	static const char *const fonts[] = { "inter-latin.woff2", "inter-latin-ext.woff2", "inter-vietnamese.woff2" };
	const struct asset_file *css = named("app.css");
	for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++) {
		const char *path = asset(fonts[i]).s + strlen("/assets/");
		assert_non_null(memmem(css->bytes[ASSET_PLAIN].p, css->bytes[ASSET_PLAIN].n, path, strlen(path)));
	}
}

/* What the first page with charts loads over a slow line; "latin-ext" is only for letters that Vietnamese does not have. */
static void test_first_visit_loads_less_than_300_kilobytes(void **state)
{
	(void)state;
	static const char *const loaded[] = { "app.css", "app.js", "charts.js", "inter-latin.woff2", "inter-vietnamese.woff2", "mark.svg" };
	size_t sum = 0;
	for (size_t i = 0; i < sizeof loaded / sizeof *loaded; i++) {
		const struct asset_file *f = named(loaded[i]);
		sum += f->bytes[ASSET_GZIP].n > 0 ? f->bytes[ASSET_GZIP].n : f->bytes[ASSET_PLAIN].n;
	}
	assert_in_range(sum, 100000, 300 * 1024);
}

static void test_icons_are_pictures_without_a_voice(void **state)
{
	(void)state;
	struct raw r = icon("search");
	assert_memory_equal(r.s, "<svg class=\"icon\"", 17);
	assert_non_null(strstr(r.s, "aria-hidden=\"true\""));
	assert_non_null(strstr(r.s, "<path d="));
	assert_string_equal(icon("no-such-icon").s, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_cannot_become_markup),
		cmocka_unit_test(test_what_is_not_there_prints_nothing),
		cmocka_unit_test(test_each_type_prints_its_own_way),
		cmocka_unit_test(test_days_are_written_as_readers_write_them),
		cmocka_unit_test(test_instants_are_of_vietnam),
		cmocka_unit_test(test_numbers_are_grouped),
		cmocka_unit_test(test_address_keeps_its_parts_apart),
		cmocka_unit_test(test_pager_says_nothing_of_an_empty_list),
		cmocka_unit_test(test_assets_are_found_by_name_and_by_path),
		cmocka_unit_test(test_compressed_assets_are_the_same_files),
		cmocka_unit_test(test_assets_name_no_other_host),
		cmocka_unit_test(test_style_sheet_names_the_fonts_as_they_are_served),
		cmocka_unit_test(test_first_visit_loads_less_than_300_kilobytes),
		cmocka_unit_test(test_icons_are_pictures_without_a_voice),
	};
	return cmocka_run_group_tests(tests, NULL, teardown);
}
