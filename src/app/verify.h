/* Whether the journal proves the facts: file, chain, and every table against a replay. */
#pragma once

#include "app/app.h"

struct verify_result {
	int64_t entries;      /* of the journal, all checked and replayed */
	char head[HASH_HEX];  /* hash of the last one */
	int64_t rows;         /* compared */
	size_t tables;
};

/* Checks the engine's file, recomputes the chain (first wrong entry: E_STORAGE, field "journal:ID"), replays every entry into an empty
 * database in memory and compares each table with it (first that differs: E_STORAGE, field "table:NAME"). */
enum err verify_all(struct app *app, struct verify_result *ret, struct fault *f) MUST_CHECK;
