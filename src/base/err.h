/* Errors are values: a code from a small closed set, the field, the rule and a message key.
 *
 * Library code returns a fault and never logs; the edge (command line, server) prints it once, in the
 * user's language. Every function that can fail takes `struct fault *` last and leaves its outputs
 * untouched when it fails. */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

enum err {
#define ERR(name, exit_status, problem) name,
#include "base/errors.def"
#undef ERR
	E__COUNT
};

enum msg {
	MSG_NONE,
#define MSG(key, vi, en) key,
#include "base/messages.def"
#undef MSG
	MSG__COUNT
};

enum lang { LANG_VI, LANG_EN };

enum { FAULT_ARGS = 4, FAULT_ARG_SIZE = 112, FAULT_RULE_SIZE = 112, FAULT_FIELD_SIZE = 48 };

struct fault {
	enum err code;
	enum msg msg;
	char field[FAULT_FIELD_SIZE];                /* key of the field at fault, "" when none */
	char rule[FAULT_RULE_SIZE];                  /* citation of the rule, "" when none */
	char arg[FAULT_ARGS][FAULT_ARG_SIZE];        /* what stands for %1 to %4 in the message */
};

#define TRY(expr) \
	do { \
		enum err try_err_ = (expr); \
		if (try_err_ != OK) \
			return try_err_; \
	} while (0)

#define MUST_CHECK __attribute__((warn_unused_result))

/* Fills *f (which may be NULL) and returns `code`. Over-long arguments are cut at a letter's end.
 * Call it through FAULT(f, code, field, msg, args...): up to four `const char *` arguments. */
enum err fault_fill(struct fault *f, enum err code, const char *field, enum msg msg, const char *const args[FAULT_ARGS]) MUST_CHECK;

#define FAULT(f, code, field, ...) FAULT_(f, code, field, __VA_ARGS__, NULL)
#define FAULT_(f, code, field, msg, ...) \
	fault_fill((f), (code), (field), (msg), (const char *const[FAULT_ARGS + 1]){ __VA_ARGS__ })

/* Names the rule behind the fault, for example "294-QĐ/TW, 4.3.1"; returns f->code (E_RULE where f is NULL). */
enum err fault_cite(struct fault *f, const char *citation) MUST_CHECK;

/* The message alone, with its arguments in place. */
const char *fault_text(const struct fault *f, enum lang lang, struct arena *a);

/* The text of a message that has no fault behind it. */
const char *msg_text(enum msg msg, enum lang lang, const char *const args[FAULT_ARGS], struct arena *a);
#define MSG_TEXT(a, lang, ...) MSG_TEXT_(a, lang, __VA_ARGS__, NULL)
#define MSG_TEXT_(a, lang, msg, ...) msg_text((msg), (lang), (const char *const[FAULT_ARGS + 1]){ __VA_ARGS__ }, (a))

const char *err_name(enum err e);    /* "E_INVALID" */
const char *err_problem(enum err e); /* short name for machines: "invalid" */
int err_exit_status(enum err e);

/* Warnings that go with a success: something unusual that the rules allow. */
struct warnings {
	struct fault *v;
	size_t n, cap;
};

/* Appends a copy. */
void warnings_add(struct arena *a, struct warnings *w, const struct fault *f);
