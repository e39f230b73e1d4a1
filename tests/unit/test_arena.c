#include "testing.h"

#include "base/arena.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_memory_is_zeroed_and_aligned_for_any_type(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	static const char zero[3000];
	for (size_t n = 1; n < sizeof zero; n += 97) {
		char *p = arena_alloc(&a, n);
		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		assert_memory_equal(p, zero, n);
		memset(p, 0xAB, n);
	}
}

static void test_memory_is_zeroed_again_after_a_reset(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	for (int round = 0; round < 3; round++) {
		char *p = arena_alloc(&a, 4000);
		for (int i = 0; i < 4000; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xAB, 4000);
		arena_reset(&a);
		assert_int_equal(a.used, 0);
	}
}

static void test_nothing_asked_for_is_still_a_place_of_its_own(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	void *p = arena_alloc(&a, 0), *q = arena_alloc(&a, 0);
	assert_non_null(p);
	assert_ptr_not_equal(p, q);
}

static void test_pieces_of_all_sizes_do_not_overlap(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	enum { N = 60 };
	char *p[N];
	size_t size[N], sum = 0;
	for (int i = 0; i < N; i++) {
		size[i] = i % 7 == 6 ? (size_t)i * 50000 : (size_t)i * 13 + 1; /* some larger than any block so far */
		p[i] = arena_alloc(&a, size[i]);
		memset(p[i], i, size[i]);
		sum += size[i];
	}
	for (int i = 0; i < N; i++) {
		assert_int_equal(p[i][0], i);
		assert_int_equal(p[i][size[i] - 1], i);
	}
	assert_true(a.used >= sum);
}

static void test_copies_end_with_nul(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	assert_string_equal(arena_strndup(&a, "chi bộ", 3), "chi");
	assert_string_equal(arena_strndup(&a, NULL, 0), "");
	assert_string_equal(arena_strdup(&a, "Bí thư"), "Bí thư");
	assert_null(arena_strdup(&a, NULL));
}

static void test_formatted_text_is_as_long_as_it_needs(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	char *s = arena_printf(&a, "%s|%5000d|%s", "đầu", 7, "cuối");
	assert_int_equal(strlen(s), strlen("đầu||cuối") + 5000);
	assert_string_equal(s + strlen(s) - strlen("7|cuối"), "7|cuối");
	assert_string_equal(arena_printf(&a, "%d/%d", 484, 500), "484/500");
}

static void test_push_keeps_the_elements_in_order_while_it_grows(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	int *v = NULL;
	size_t n = 0, cap = 0;
	for (int i = 0; i < 1000; i++)
		*arena_push(&a, v, n, cap) = i * 3;
	assert_int_equal(n, 1000);
	assert_true(cap >= n);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(v[i], i * 3);
}

static void test_grow_doubles_and_leaves_the_old_place_as_it_was(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	size_t cap = 0;
	int *old = arena_grow(&a, NULL, &cap, sizeof *old);
	assert_int_equal(cap, 16);
	old[15] = 42;
	int *grown = arena_grow(&a, old, &cap, sizeof *grown);
	assert_int_equal(cap, 32);
	assert_int_equal(grown[15], 42);
	assert_int_equal(grown[31], 0);
	old[15] = 1;
	assert_int_equal(grown[15], 42);
}

static void alloc_array_too_large(void)
{
	struct arena a = { 0 };
	(void)arena_alloc_array(&a, SIZE_MAX / 2, 3);
}

static void alloc_too_large(void)
{
	struct arena a = { 0 };
	(void)arena_alloc(&a, SIZE_MAX - 1);
}

static bool aborts(void (*fn)(void))
{
	pid_t pid = fork();
	if (pid == 0) {
		(void)signal(SIGABRT, SIG_DFL);
		fn();
		_exit(0);
	}
	int status = 0;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void test_a_size_that_overflows_aborts_instead_of_being_small(void **state)
{
	(void)state;
	assert_true(aborts(alloc_array_too_large));
	assert_true(aborts(alloc_too_large));
}

static void test_done_twice_is_harmless(void **state)
{
	(void)state;
	struct arena a = { 0 };
	(void)arena_alloc(&a, 100);
	arena_done(&a);
	arena_done(&a);
	assert_null(a.blocks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory_is_zeroed_and_aligned_for_any_type),
		cmocka_unit_test(test_memory_is_zeroed_again_after_a_reset),
		cmocka_unit_test(test_nothing_asked_for_is_still_a_place_of_its_own),
		cmocka_unit_test(test_pieces_of_all_sizes_do_not_overlap),
		cmocka_unit_test(test_copies_end_with_nul),
		cmocka_unit_test(test_formatted_text_is_as_long_as_it_needs),
		cmocka_unit_test(test_push_keeps_the_elements_in_order_while_it_grows),
		cmocka_unit_test(test_grow_doubles_and_leaves_the_old_place_as_it_was),
		cmocka_unit_test(test_a_size_that_overflows_aborts_instead_of_being_small),
		cmocka_unit_test(test_done_twice_is_harmless),
	};
	return RUN(tests);
}
