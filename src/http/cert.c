#include "http/cert.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>

enum { SECONDS_A_DAY = 86400, SERIAL_BYTES = 16, NAME_MAX_BYTES = 253, PEM_MAX = 1 << 16 };

static enum err broken(int error, struct fault *f)
{
	return FAULT(f, E_USAGE, "cert", MSG_HTTP_CERT, gnutls_strerror(error));
}

static void free_crt(gnutls_x509_crt_t *crt)
{
	if (*crt)
		gnutls_x509_crt_deinit(*crt);
}

static void free_key(gnutls_x509_privkey_t *key)
{
	if (*key)
		gnutls_x509_privkey_deinit(*key);
}

static void free_datum(gnutls_datum_t *d)
{
	gnutls_free(d->data);
}

static gnutls_datum_t datum(const char *pem)
{
	return (gnutls_datum_t){ .data = (unsigned char *)(uintptr_t)pem, .size = (unsigned)strnlen(pem, PEM_MAX) };
}

/* ---- making ---- */

static bool is_machine(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
	size_t n = strlen(name);
	if (n == 0 || n > NAME_MAX_BYTES || strspn(name, letters) != n || strstr(name, ".."))
		return false;
	return !strchr("-.", name[0]) && !strchr("-.", name[n - 1]);
}

/* The bytes of an IP address; 0 when the name is none. */
static unsigned address_bytes(const char *name, unsigned char ret[16])
{
	return inet_pton(AF_INET, name, ret) == 1 ? 4 : inet_pton(AF_INET6, name, ret) == 1 ? 16 : 0;
}

static enum err check_names(const char *const names[], size_t n, struct fault *f)
{
	unsigned char address[16];
	if (n == 0 || n > CERT_NAMES_MAX)
		return FAULT(f, E_USAGE, "names", MSG_HTTP_CERT_NAMES);
	for (size_t i = 0; i < n; i++)
		if (!address_bytes(names[i], address) && !is_machine(names[i]))
			return FAULT(f, E_USAGE, "names", MSG_HTTP_CERT_NAME, names[i]);
	return OK;
}

static int add_name(gnutls_x509_crt_t crt, const char *name)
{
	unsigned char address[16];
	unsigned n = address_bytes(name, address);
	return n ? gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS, address, n, GNUTLS_FSAN_APPEND)
		: gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME, name, (unsigned)strlen(name), GNUTLS_FSAN_APPEND);
}

static int set_serial(gnutls_x509_crt_t crt)
{
	unsigned char serial[SERIAL_BYTES];
	int e = gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof serial);
	serial[0] = (unsigned char)((serial[0] & 0x3F) | 0x40); /* positive, and of full length */
	return e < 0 ? e : gnutls_x509_crt_set_serial(crt, serial, sizeof serial);
}

/* Not before the day before `from`; common names hold 64 letters at most, and nobody reads them any more. */
static int fill(gnutls_x509_crt_t crt, const char *const names[], size_t n, struct day from)
{
	char common[65] = "";
	int64_t start = (from.n - 1) * (int64_t)SECONDS_A_DAY;
	strncat(common, names[0], sizeof common - 1);
	const int done[] = {
		gnutls_x509_crt_set_version(crt, 3), set_serial(crt),
		gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, common, (unsigned)strlen(common)),
		gnutls_x509_crt_set_activation_time(crt, start),
		gnutls_x509_crt_set_expiration_time(crt, start + CERT_DAYS * (int64_t)SECONDS_A_DAY - 1),
		gnutls_x509_crt_set_basic_constraints(crt, 0, -1),
		gnutls_x509_crt_set_key_usage(crt, GNUTLS_KEY_DIGITAL_SIGNATURE),
		gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_SERVER, 0),
	};
	for (size_t i = 0; i < sizeof done / sizeof *done; i++)
		if (done[i] < 0)
			return done[i];
	for (size_t i = 0; i < n; i++) {
		int e = add_name(crt, names[i]);
		if (e < 0)
			return e;
	}
	return 0;
}

static int make(gnutls_x509_crt_t *crt, gnutls_x509_privkey_t *key, const char *const names[], size_t n, struct day from)
{
	int e = gnutls_x509_privkey_init(key);
	if (e >= 0)
		e = gnutls_x509_privkey_generate(*key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
	if (e >= 0)
		e = gnutls_x509_crt_init(crt);
	if (e >= 0)
		e = fill(*crt, names, n, from);
	if (e >= 0)
		e = gnutls_x509_crt_set_key(*crt, *key);
	return e >= 0 ? gnutls_x509_crt_sign2(*crt, *crt, *key, GNUTLS_DIG_SHA256, 0) : e;
}

enum err cert_make(const char *const names[], size_t n, struct day from, struct arena *a, struct cert *ret, struct fault *f)
{
	scoped(free_crt) gnutls_x509_crt_t crt = NULL;
	scoped(free_key) gnutls_x509_privkey_t key = NULL;
	scoped(free_datum) gnutls_datum_t crt_pem = { 0 }, key_pem = { 0 };
	TRY(check_names(names, n, f));
	int e = make(&crt, &key, names, n, from);
	if (e >= 0)
		e = gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &crt_pem);
	if (e >= 0)
		e = gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &key_pem);
	if (e < 0)
		return FAULT(f, E_INTERNAL, NULL, MSG_INTERNAL, gnutls_strerror(e));
	ret->cert = arena_strndup(a, (const char *)crt_pem.data, crt_pem.size);
	ret->key = arena_strndup(a, (const char *)key_pem.data, key_pem.size);
	return OK;
}

/* ---- reading ---- */

static void free_credentials(gnutls_certificate_credentials_t *c)
{
	if (*c)
		gnutls_certificate_free_credentials(*c);
}

enum err cert_check(const char *cert, const char *key, struct fault *f)
{
	scoped(free_credentials) gnutls_certificate_credentials_t credentials = NULL;
	const gnutls_datum_t crt_pem = datum(cert), key_pem = datum(key ? key : "");
	int e = gnutls_certificate_allocate_credentials(&credentials);
	if (e >= 0)
		e = gnutls_certificate_set_x509_key_mem(credentials, &crt_pem, &key_pem, GNUTLS_X509_FMT_PEM);
	return e >= 0 ? OK : broken(e, f);
}

static struct day first_whole_day(int64_t seconds)
{
	return (struct day){ (int32_t)((seconds + SECONDS_A_DAY - 1) / SECONDS_A_DAY) };
}

static struct day last_whole_day(int64_t seconds)
{
	return (struct day){ (int32_t)((seconds + 1) / SECONDS_A_DAY) - 1 };
}

static const char *with_colons(const unsigned char *bytes, size_t n, struct arena *a)
{
	struct text t = TEXT(a);
	for (size_t i = 0; i < n; i++)
		text_addf(&t, i ? ":%02X" : "%02X", bytes[i]);
	return text_str(&t);
}

enum err cert_read(const char *cert, struct arena *a, struct cert_info *ret, struct fault *f)
{
	scoped(free_crt) gnutls_x509_crt_t crt = NULL;
	unsigned char print[32];
	size_t n = sizeof print;
	const gnutls_datum_t pem = datum(cert);
	int e = gnutls_x509_crt_init(&crt);
	if (e >= 0)
		e = gnutls_x509_crt_import(crt, &pem, GNUTLS_X509_FMT_PEM);
	if (e >= 0)
		e = gnutls_x509_crt_get_fingerprint(crt, GNUTLS_DIG_SHA256, print, &n);
	if (e < 0)
		return broken(e, f);
	ret->from = first_whole_day(gnutls_x509_crt_get_activation_time(crt));
	ret->ends = last_whole_day(gnutls_x509_crt_get_expiration_time(crt));
	ret->fingerprint = with_colons(print, n, a);
	return OK;
}
