/* BLAKE2b-256, for the journal's chain and for comparing tables. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { HASH_SIZE = 32, HASH_HEX = 2 * HASH_SIZE + 1 };

struct hash {
	_Alignas(64) unsigned char state[384]; /* libsodium's; its size is asserted in hash.c */
};

void hash_init(struct hash *h);
void hash_bytes(struct hash *h, const void *p, size_t n);

/* A field of a record: its length first, so that ("ab","c") and ("a","bc") differ. NULL differs from "". */
void hash_text(struct hash *h, const char *s);
void hash_int(struct hash *h, int64_t v);

/* 64 lower-case hexadecimal digits. */
void hash_hex(struct hash *h, char ret[HASH_HEX]);
