/* What every test program includes: cmocka with the headers it needs, and checks in the words of this program. */
#pragma once

#include "base/err.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The call succeeds. On failure the fault's own sentence is shown; a `struct fault f` must be in scope. */
#define assert_ok(call) \
	do { \
		f = (struct fault){ 0 }; \
		if ((call) != OK) \
			testing_unexpected(&f, #call, __FILE__, __LINE__); \
	} while (0)

/* The call is refused with this code, message and field. */
#define assert_refused(call, code_, field_, msg_) \
	do { \
		f = (struct fault){ 0 }; \
		assert_string_equal(err_name(call), #code_); \
		assert_string_equal(err_name(f.code), #code_); \
		assert_string_equal(f.field, field_); \
		if (f.msg != (msg_)) \
			testing_unexpected(&f, #call " should give " #msg_, __FILE__, __LINE__); \
	} while (0)

static inline void testing_unexpected(const struct fault *f, const char *call, const char *file, int line)
{
	scoped(arena_done) struct arena a = { 0 };
	print_error("%s: %s (%s) %s\n", call, err_name(f->code), f->field, fault_text(f, LANG_EN, &a));
	_fail(file, line);
}

/* All test functions of a program; `tests` is an array of cmocka_unit_test(...). */
#define RUN(tests) cmocka_run_group_tests_name(strrchr("/" __FILE__, '/') + 1, tests, NULL, NULL)
