/* BLAKE2b-256, for the journal's chain and for comparing tables. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { HASH_SIZE = 32, HASH_HEX = 2 * HASH_SIZE + 1 };

/* Not to be copied: libsodium's state begins at the first multiple of HASH_ALIGN inside. (A member aligned so itself would not be, on the
 * stack that gcc's address sanitizer makes.) */
enum { HASH_ALIGN = 64, HASH_STATE = 384 };
struct hash {
	unsigned char room[HASH_STATE + HASH_ALIGN - 1];
};

void hash_init(struct hash *h);
void hash_bytes(struct hash *h, const void *p, size_t n);

/* A field of a record: its length first, so that ("ab","c") and ("a","bc") differ. NULL differs from "". */
void hash_text(struct hash *h, const char *s);
void hash_int(struct hash *h, int64_t v);

/* 64 lower-case hexadecimal digits. */
void hash_hex(struct hash *h, char ret[HASH_HEX]);
