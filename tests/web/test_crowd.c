/* Many at once: readers, writers and reports through the same server. Run under ThreadSanitizer too. */
#include "site.h"

#include <pthread.h>

enum { CLIENTS = 6, ROUNDS = 8 };

struct client {
	struct browser b;
	struct arena arena;
	int number, wrong;
};

static void *click(void *ctx)
{
	struct client *c = ctx;
	static const char *const pages[] = {
		"/units/TB-01", "/units/TB-01/people", "/people/1", "/units/TB-01/late", "/api/v1/units/TB-01/people",
	};
	for (int i = 0; i < ROUNDS; i++) {
		const char *page = pages[(i + c->number) % (int)(sizeof pages / sizeof *pages)];
		c->wrong += browser_send_in(&c->b, &c->arena, "GET", page, NULL, NULL, 0).status != 200;
		const char *name = arena_printf(&c->arena, "name=Lý Thị Hoa %c%c", 'A' + c->number, 'A' + i);
		const char *body = form_of(&c->arena, c->b.csrf, (const char *const[]){ "unit=TB-01-A", name, "birth=1/1/1999", NULL });
		c->wrong += browser_send_in(&c->b, &c->arena, "POST", "/ops/person_record", FORM, body, strlen(body)).status != 303;
	}
	return NULL;
}

static void test_what_many_write_at_once_is_all_there(void **state)
{
	struct site *s = *state;
	struct client clients[CLIENTS] = { 0 };
	pthread_t threads[CLIENTS];
	for (int i = 0; i < CLIENTS; i++)
		clients[i] = (struct client){ .b = site_enter(s, i % 2 ? "lan" : "phong"), .number = i };
	for (int i = 0; i < CLIENTS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, click, &clients[i]), 0);
	for (int i = 0; i < CLIENTS; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_int_equal(clients[i].wrong, 0);
		arena_done(&clients[i].arena);
	}
	struct browser lan = site_enter(s, "lan");
	struct answer r = browser_get(&lan, "/api/v1/units/TB-01/people");
	assert_says(r, arena_printf(&s->arena, "\"total\":%d,", CLIENTS * ROUNDS + 1));
}

int main(void)
{
#define SITE(test) cmocka_unit_test_setup_teardown(test, site_setup, site_teardown)
	const struct CMUnitTest tests[] = {
		SITE(test_what_many_write_at_once_is_all_there),
	};
	return RUN(tests);
}
