/* TLS with a certificate that the program made itself. */
#include "server.h"

#include "http/cert.h"

#include <gnutls/x509.h>

struct tls_client {
	int fd;
	gnutls_session_t session;
	gnutls_certificate_credentials_t trusted;
};

static struct server *secure_server(struct arena *a, struct cert *cert)
{
	struct fault f;
	struct server *s = server_new();
	assert_ok(cert_make((const char *const[]){ "localhost", "127.0.0.1" }, 2, (struct day){ 20778 }, a, cert, &f));
	s->config.cert = cert->cert;
	s->config.key = cert->key;
	server_start(s);
	return s;
}

static struct tls_client tls_open(const struct server *s, const struct cert *cert, const char *priorities)
{
	struct tls_client c = { .fd = client(s) };
	const gnutls_datum_t pem = { (unsigned char *)(uintptr_t)cert->cert, (unsigned)strlen(cert->cert) };
	assert_int_equal(gnutls_certificate_allocate_credentials(&c.trusted), 0);
	assert_int_equal(gnutls_certificate_set_x509_trust_mem(c.trusted, &pem, GNUTLS_X509_FMT_PEM), 1);
	assert_int_equal(gnutls_init(&c.session, GNUTLS_CLIENT), 0);
	assert_int_equal(gnutls_priority_set_direct(c.session, priorities, NULL), 0);
	assert_int_equal(gnutls_credentials_set(c.session, GNUTLS_CRD_CERTIFICATE, c.trusted), 0);
	gnutls_transport_set_int(c.session, c.fd);
	return c;
}

static int tls_handshake(const struct tls_client *c)
{
	int e;
	do
		e = gnutls_handshake(c->session);
	while (e < 0 && !gnutls_error_is_fatal(e));
	return e;
}

static void tls_close(struct tls_client *c)
{
	gnutls_deinit(c->session);
	gnutls_certificate_free_credentials(c->trusted);
	(void)close(c->fd);
}

static void test_a_trusted_client_is_answered(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct cert cert;
	struct server *s = secure_server(&a, &cert);
	struct tls_client c = tls_open(s, &cert, "NORMAL");
	unsigned doubts;
	assert_int_equal(tls_handshake(&c), 0);
	/* whoever trusts this certificate finds the right machine behind it; the clock of this machine is not asked */
	gnutls_certificate_set_verify_flags(c.trusted, GNUTLS_VERIFY_DISABLE_TIME_CHECKS);
	assert_int_equal(gnutls_certificate_verify_peers3(c.session, "localhost", &doubts), 0);
	assert_int_equal(doubts, 0);
	assert_int_equal(gnutls_certificate_verify_peers3(c.session, "example.vn", &doubts), 0);
	assert_int_not_equal(doubts, 0);
	static const char request[] = "GET /bytes?300000 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
	assert_int_equal(gnutls_record_send(c.session, request, sizeof request - 1), sizeof request - 1);
	size_t letters = 0;
	static char answer[1 << 16];
	for (ssize_t n; (n = gnutls_record_recv(c.session, answer, sizeof answer)) > 0;)
		for (ssize_t i = 0; i < n; i++)
			letters += answer[i] == 'b';
	assert_int_equal(letters, 300000);
	tls_close(&c);
	server_stop(s);
}

static void test_a_file_is_sent_through_tls_too(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct cert cert;
	struct server *s = secure_server(&a, &cert);
	struct tls_client c = tls_open(s, &cert, "NORMAL");
	assert_int_equal(tls_handshake(&c), 0);
	static const char request[] = "GET /file?100000 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
	assert_int_equal(gnutls_record_send(c.session, request, sizeof request - 1), sizeof request - 1);
	size_t sent = 0;
	static char answer[1 << 16];
	for (ssize_t n; (n = gnutls_record_recv(c.session, answer, sizeof answer)) > 0;)
		sent += (size_t)n;
	assert_true(sent > 100000);
	tls_close(&c);
	server_stop(s);
}

static void test_old_versions_are_refused(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct cert cert;
	struct server *s = secure_server(&a, &cert);
	struct tls_client old = tls_open(s, &cert, "NORMAL:-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.0:%COMPAT");
	assert_true(tls_handshake(&old) < 0);
	tls_close(&old);
	struct tls_client older = tls_open(s, &cert, "NORMAL:-VERS-ALL:+VERS-TLS1.2");
	assert_int_equal(tls_handshake(&older), 0);
	tls_close(&older);
	server_stop(s);
}

static void test_plain_http_finds_nobody(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct cert cert;
	struct server *s = secure_server(&a, &cert);
	static const char request[] = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";
	assert_int_equal(answer_status(client_ask(s, request, sizeof request - 1)), 0);
	assert_int_equal(atomic_load(&s->asked), 0);
	server_stop(s);
}

static void test_a_handshake_that_does_not_come_is_cut(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct cert cert;
	struct server *s = server_new();
	assert_ok(cert_make((const char *const[]){ "localhost" }, 1, (struct day){ 20778 }, &a, &cert, &f));
	s->config.cert = cert.cert;
	s->config.key = cert.key;
	s->config.head_s = 1;
	server_start(s);
	int fd = client(s);
	client_sendn(fd, "\x16\x03\x01", 3);
	(void)client_read(fd, NULL, NULL);
	(void)close(fd);
	server_stop(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_trusted_client_is_answered),
		cmocka_unit_test(test_a_file_is_sent_through_tls_too),
		cmocka_unit_test(test_old_versions_are_refused),
		cmocka_unit_test(test_plain_http_finds_nobody),
		cmocka_unit_test(test_a_handshake_that_does_not_come_is_cut),
	};
	return RUN(tests);
}
