/* Addresses of databases: what is secret in them, and when the connection has to be encrypted. */
#include "testing.h"

#include "store/uri.h"

#include <stdlib.h>

static struct uri parsed(const char *text, struct arena *a)
{
	struct uri u = { 0 };
	struct fault f;
	assert_ok(uri_parse(text, "db", a, &u, &f));
	return u;
}

static bool has_password(const char *text)
{
	scoped(arena_done) struct arena a = { 0 };
	return parsed(text, &a).has_password;
}

static bool verify(const char *text)
{
	scoped(arena_done) struct arena a = { 0 };
	return parsed(text, &a).verify;
}

static int no_environment(void **state)
{
	static const char *const names[] = { "PGHOST", "PGHOSTADDR", "PGSSLMODE", "PGSERVICE", "PGPORT", "PGDATABASE", "PGUSER" };
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_int_equal(unsetenv(names[i]), 0);
	return 0;
}

static void test_parts_are_those_of_libpq(void **state)
{
	scoped(arena_done) struct arena a = { 0 };
	(void)state;
	struct uri u = parsed("postgresql://nguon%40chay@db.example:5433/so%20moi", &a);
	assert_string_equal(u.host, "db.example");
	assert_string_equal(u.port, "5433");
	assert_string_equal(u.database, "so moi");
	assert_string_equal(u.role, "nguon@chay");
	assert_int_equal(u.machines, 1);
	assert_int_equal(parsed("postgresql://db1,db2:5433/n", &a).machines, 2);
	assert_int_equal(parsed("postgresql:///n", &a).machines, 1);
	u = parsed("postgres://", &a);
	assert_string_equal(u.host, "");
	assert_string_equal(u.database, "");
}

static void test_password_is_found_wherever_it_stands(void **state)
{
	(void)state;
	assert_true(has_password("postgresql://r:x@db/n"));
	assert_true(has_password("postgresql://db/n?user=r&password=x"));
	assert_true(has_password("postgresql://db/n?user=r&pass%77ord=x"));
	assert_true(has_password("postgresql://db/n?sslkey=k&sslpassword=x"));
	assert_false(has_password("postgresql://r@db/n"));
	assert_false(has_password("postgresql://r:@db/n"));
	assert_false(has_password("postgresql://db/n?passfile=/etc/nguon/pgpass"));
}

static void test_what_libpq_cannot_read_is_refused_without_being_shown(void **state)
{
	static const char *const wrong[] = { "", "nguon", "/var/lib/nguon", "host=db", "mysql://db/n", "postgresql:/db",
		"postgresql://r:secret%zz@db/n", "postgresql://db/n?secret", "postgresql://db/n?secret=1", "postgresql://[::1/secret" };
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct uri u;
		struct fault f;
		assert_refused(uri_parse(wrong[i], "db", &a, &u, &f), E_INVALID, "db", MSG_URI_FORM);
		assert_null(strstr(fault_text(&f, LANG_VI, &a), "secret"));
	}
}

static void test_address_has_a_limit(void **state)
{
	scoped(arena_done) struct arena a = { 0 };
	char text[URI_MAX + 2];
	struct uri u;
	struct fault f;
	(void)state;
	memset(text, 'x', sizeof text);
	memcpy(text, "postgresql:///", 14);
	text[URI_MAX + 1] = '\0';
	assert_refused(uri_parse(text, "db", &a, &u, &f), E_TOOBIG, "db", MSG_URI_TOO_LONG);
	text[URI_MAX] = '\0';
	assert_ok(uri_parse(text, "db", &a, &u, &f));
}

static void test_connection_to_another_machine_is_verified_unless_told(void **state)
{
	(void)state;
	assert_true(verify("postgresql://r@db.example/n"));
	assert_true(verify("postgresql://r@10.1.2.3/n"));
	assert_true(verify("postgresql://r@127.evil.example/n"));
	assert_true(verify("postgresql://r@localhost.example/n"));
	assert_true(verify("postgresql://r@[2001:db8::1]/n"));
	assert_true(verify("postgresql://r@localhost/n?hostaddr=10.1.2.3"));
	assert_true(verify("postgresql://r@localhost,db.example/n"));
	assert_true(verify("postgresql:///n?service=office")); /* the file may name any server */
	assert_false(verify("postgresql://r@db.example/n?sslmode=require"));
	assert_false(verify("postgresql://r@db.example/n?sslmode=disable"));
}

static void test_connection_within_the_machine_needs_no_encryption(void **state)
{
	(void)state;
	assert_false(verify("postgresql:///n"));
	assert_false(verify("postgresql://r@localhost/n"));
	assert_false(verify("postgresql://r@127.0.0.1:5433/n"));
	assert_false(verify("postgresql://r@[::1]/n"));
	assert_false(verify("postgresql://%2Frun%2Fpostgresql/n"));
	assert_false(verify("postgresql:///n?host=/run/postgresql,localhost"));
	assert_false(verify("postgresql://db.example/n?hostaddr=127.0.0.1"));
}

static void test_environment_of_libpq_counts_too(void **state)
{
	(void)state;
	assert_int_equal(setenv("PGHOST", "db.example", 1), 0);
	assert_true(verify("postgresql:///n"));
	assert_false(verify("postgresql://localhost/n"));
	assert_int_equal(setenv("PGSSLMODE", "prefer", 1), 0);
	assert_false(verify("postgresql:///n"));
	assert_int_equal(unsetenv("PGSSLMODE"), 0);
	assert_int_equal(setenv("PGHOSTADDR", "10.1.2.3", 1), 0);
	assert_true(verify("postgresql://localhost/n"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, no_environment, no_environment)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_parts_are_those_of_libpq),
		TEST(test_password_is_found_wherever_it_stands),
		TEST(test_what_libpq_cannot_read_is_refused_without_being_shown),
		TEST(test_address_has_a_limit),
		TEST(test_connection_to_another_machine_is_verified_unless_told),
		TEST(test_connection_within_the_machine_needs_no_encryption),
		TEST(test_environment_of_libpq_counts_too),
	};
	return RUN(tests);
}
