/* Certificates for TLS, as PEM texts. */
#pragma once

#include "base/day.h"

enum { CERT_NAMES_MAX = 16, CERT_DAYS = 825 }; /* longer is refused by some browsers */

struct cert {
	const char *cert, *key; /* PEM */
};

/* Makes a certificate that signs itself, and its key (ECDSA on P-256), for a server that is called by the given names of machines and IP
 * addresses; the first is its common name. Good from the day before `from` (clocks differ) for CERT_DAYS days. E_USAGE for a wrong name, or
 * none, or too many. */
enum err cert_make(const char *const names[], size_t n, struct day from, struct arena *a, struct cert *ret, struct fault *f) MUST_CHECK;

/* Whether a server can use the two together; E_USAGE where not. */
enum err cert_check(const char *cert, const char *key, struct fault *f) MUST_CHECK;

struct cert_info {
	struct day from, ends;   /* the first and the last day on which it is good in every time zone */
	const char *fingerprint; /* SHA-256 in capital hexadecimal digits with colons, as browsers show it */
};

/* What the (first) certificate of the text says; E_USAGE when it is none. */
enum err cert_read(const char *cert, struct arena *a, struct cert_info *ret, struct fault *f) MUST_CHECK;
