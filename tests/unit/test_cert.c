#include "testing.h"

#include "http/cert.h"

#include <gnutls/x509.h>

static const struct day from = { 20778 }; /* 2026-11-21 */

static void make(struct arena *a, const char *const names[], size_t n, struct cert *ret)
{
	struct fault f;
	assert_ok(cert_make(names, n, from, a, ret, &f));
}

static void test_a_certificate_and_its_key_belong_together(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct cert one, other;
	make(&a, (const char *const[]){ "nguon.example.vn" }, 1, &one);
	make(&a, (const char *const[]){ "nguon.example.vn" }, 1, &other);
	assert_ok(cert_check(one.cert, one.key, &f));
	assert_refused(cert_check(one.cert, other.key, &f), E_USAGE, "cert", MSG_HTTP_CERT);
	assert_refused(cert_check(one.cert, NULL, &f), E_USAGE, "cert", MSG_HTTP_CERT);
	assert_refused(cert_check("", one.key, &f), E_USAGE, "cert", MSG_HTTP_CERT);
	assert_string_not_equal(one.key, other.key);
}

/* Good from the day before, 825 days in all: 2026-11-20 to 2029-02-21. */
static void test_a_certificate_says_when_it_ends(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct cert cert;
	struct cert_info info;
	char day[DAY_TEXT];
	make(&a, (const char *const[]){ "localhost" }, 1, &cert);
	assert_ok(cert_read(cert.cert, &a, &info, &f));
	assert_string_equal(day_iso(info.from, day), "2026-11-20");
	assert_string_equal(day_iso(info.ends, day), "2029-02-21");
	assert_int_equal(info.ends.n - info.from.n + 1, CERT_DAYS);
	assert_int_equal(strlen(info.fingerprint), 32 * 3 - 1);
	assert_int_equal(info.fingerprint[2], ':');
	assert_refused(cert_read("-----BEGIN CERTIFICATE-----\n", &a, &info, &f), E_USAGE, "cert", MSG_HTTP_CERT);
}

static void test_it_is_good_for_each_of_its_names(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct cert cert;
	gnutls_x509_crt_t crt;
	char common[80];
	size_t n = sizeof common;
	make(&a, (const char *const[]){ "nguon.example.vn", "may-chu", "192.0.2.7", "::1" }, 4, &cert);
	const gnutls_datum_t pem = { (unsigned char *)arena_strdup(&a, cert.cert), (unsigned)strlen(cert.cert) };
	assert_int_equal(gnutls_x509_crt_init(&crt), 0);
	assert_int_equal(gnutls_x509_crt_import(crt, &pem, GNUTLS_X509_FMT_PEM), 0);
	assert_true(gnutls_x509_crt_check_hostname(crt, "nguon.example.vn"));
	assert_true(gnutls_x509_crt_check_hostname(crt, "may-chu"));
	assert_true(gnutls_x509_crt_check_hostname(crt, "192.0.2.7"));
	assert_true(gnutls_x509_crt_check_hostname(crt, "::1"));
	assert_false(gnutls_x509_crt_check_hostname(crt, "example.vn"));
	assert_false(gnutls_x509_crt_check_hostname(crt, "192.0.2.8"));
	assert_int_equal(gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, 0, common, &n), 0);
	assert_string_equal(common, "nguon.example.vn");
	assert_int_equal(gnutls_x509_crt_get_pk_algorithm(crt, NULL), GNUTLS_PK_ECDSA);
	gnutls_x509_crt_deinit(crt);
}

static void test_names_that_are_none_are_refused(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct cert cert = { .key = "untouched" };
	static const char *const wrong[] = { "", "a b", "*.example.vn", "-a", "a-", ".a", "a.", "a..b", "http://a", "máy", "1.2.3.4:80" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_refused(cert_make((const char *const[]){ "a", wrong[i] }, 2, from, &a, &cert, &f), E_USAGE, "names", MSG_HTTP_CERT_NAME);
	const char *many[CERT_NAMES_MAX + 1];
	for (int i = 0; i <= CERT_NAMES_MAX; i++)
		many[i] = "a";
	assert_refused(cert_make(many, CERT_NAMES_MAX + 1, from, &a, &cert, &f), E_USAGE, "names", MSG_HTTP_CERT_NAMES);
	assert_refused(cert_make(many, 0, from, &a, &cert, &f), E_USAGE, "names", MSG_HTTP_CERT_NAMES);
	assert_string_equal(cert.key, "untouched");
	assert_ok(cert_make(many, CERT_NAMES_MAX, from, &a, &cert, &f));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_certificate_and_its_key_belong_together),
		cmocka_unit_test(test_a_certificate_says_when_it_ends),
		cmocka_unit_test(test_it_is_good_for_each_of_its_names),
		cmocka_unit_test(test_names_that_are_none_are_refused),
	};
	return RUN(tests);
}
