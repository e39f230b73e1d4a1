/* The key of an installation and what is sealed with it. */
#include "office_disk.h"

#include "app/vault.h"

#include <sys/stat.h>

static const int64_t NOW = INT64_C(1782800000) * 1000000;

static struct vault_key key_of(struct disk *d)
{
	struct vault_key key;
	struct fault f;
	assert_ok(vault_key(&d->office.app, &key, &f));
	return key;
}

static void test_key_is_made_once_for_its_owner_alone(void **state)
{
	struct disk *d = *state;
	char path[96];
	struct stat st;
	struct vault_key one = key_of(d), two = key_of(d);
	assert_memory_equal(one.v, two.v, VAULT_KEY);
	(void)snprintf(path, sizeof path, "%s/secret.key", d->dir);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_size, VAULT_KEY);
	assert_int_equal(st.st_nlink, 1);
}

static void test_file_of_another_size_is_no_key(void **state)
{
	struct disk *d = *state;
	char path[96];
	struct vault_key key = key_of(d);
	struct fault f;
	(void)snprintf(path, sizeof path, "%s/secret.key", d->dir);
	assert_int_equal(truncate(path, VAULT_KEY - 1), 0);
	assert_refused(vault_key(&d->office.app, &key, &f), E_STORAGE, "data", MSG_VAULT_NOT_KEY);
	assert_int_equal(truncate(path, VAULT_KEY + 1), 0);
	assert_refused(vault_key(&d->office.app, &key, &f), E_STORAGE, "data", MSG_VAULT_NOT_KEY);
}

/* ---- the database knows its key ---- */

static enum err claim(struct disk *d, bool anew, struct fault *f)
{
	struct app *app = &d->office.app;
	TRY(app_begin(app, f));
	enum err e = vault_claim(app, anew, f);
	if (e == OK)
		e = app_commit(app, f);
	app_rollback(app);
	return e;
}

static void put_key(struct disk *d, const char *bytes)
{
	char path[96];
	(void)snprintf(path, sizeof path, "%s/secret.key", d->dir);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, VAULT_KEY, file), VAULT_KEY);
	assert_int_equal(fclose(file), 0);
}

static const char ONE_KEY[] = "0123456789abcdef0123456789abcdef", OTHER_KEY[] = "0123456789abcdef0123456789abcdeF";

static void test_a_node_with_another_key_is_refused(void **state)
{
	struct disk *d = *state;
	struct vault_key key;
	struct fault f;
	put_key(d, ONE_KEY);
	assert_ok(claim(d, false, &f));
	put_key(d, OTHER_KEY);
	assert_refused(claim(d, false, &f), E_STORAGE, "data", MSG_VAULT_OTHER);
	assert_refused(vault_key(&d->office.app, &key, &f), E_STORAGE, "data", MSG_VAULT_OTHER);
	put_key(d, ONE_KEY);
	assert_ok(claim(d, false, &f));
	assert_memory_equal(key_of(d).v, ONE_KEY, VAULT_KEY);
}

static void test_no_key_is_made_where_the_database_knows_one(void **state)
{
	struct disk *d = *state;
	struct vault_key key;
	struct fault f;
	char path[96];
	(void)snprintf(path, sizeof path, "%s/secret.key", d->dir);
	assert_ok(claim(d, false, &f));
	assert_int_equal(unlink(path), 0);
	assert_refused(claim(d, false, &f), E_STORAGE, "data", MSG_VAULT_LOST);
	assert_refused(vault_key(&d->office.app, &key, &f), E_STORAGE, "data", MSG_VAULT_LOST);
	assert_int_not_equal(access(path, F_OK), 0);
}

static void test_a_lost_key_can_be_given_up(void **state)
{
	struct disk *d = *state;
	struct fault f;
	put_key(d, ONE_KEY);
	assert_ok(claim(d, false, &f));
	put_key(d, OTHER_KEY);
	assert_ok(claim(d, true, &f));
	assert_memory_equal(key_of(d).v, OTHER_KEY, VAULT_KEY);
	put_key(d, ONE_KEY);
	assert_refused(claim(d, false, &f), E_STORAGE, "data", MSG_VAULT_OTHER);
}

static void test_fingerprint_is_not_the_key(void **state)
{
	struct disk *d = *state;
	const char *mark;
	struct fault f;
	put_key(d, ONE_KEY);
	assert_ok(claim(d, false, &f));
	assert_ok(app_setting(&d->office.app, "key_mark", &d->office.arena, &mark, &f));
	assert_int_equal(strlen(mark), 64);
	assert_null(strstr(mark, "3031323334")); /* its bytes in hexadecimal */
	assert_null(strstr(mark, ONE_KEY));
}

/* ---- sealing ---- */

static enum err open_with(struct disk *d, const struct vault_key *key, const char *purpose, const char *sealed, int64_t max_age_s,
	int64_t now, const char **ret, struct fault *f)
{
	const void *bytes;
	size_t n;
	TRY(vault_open(key, purpose, sealed, max_age_s, now, &d->office.arena, &bytes, &n, f));
	*ret = bytes;
	return strlen(*ret) == n ? OK : E_INTERNAL;
}

static void test_seal_opens_for_its_purpose_and_in_time(void **state)
{
	struct disk *d = *state;
	struct vault_key key = key_of(d);
	const char *text = NULL, *sealed = vault_seal(&key, "form", "chi bộ 1", strlen("chi bộ 1"), NOW, &d->office.arena);
	struct fault f;
	assert_int_equal(strspn(sealed, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), strlen(sealed));
	assert_null(strstr(sealed, "chi"));
	assert_ok(open_with(d, &key, "form", sealed, 60, NOW + 60 * 1000000, &text, &f));
	assert_string_equal(text, "chi bộ 1");
	assert_ok(open_with(d, &key, "form", sealed, 0, INT64_MAX, &text, &f));
	assert_refused(open_with(d, &key, "form", sealed, 60, NOW + 60 * 1000000 + 1, &text, &f), E_INVALID, "seal", MSG_VAULT_OLD);
	assert_refused(open_with(d, &key, "flash", sealed, 60, NOW, &text, &f), E_INVALID, "seal", MSG_VAULT_SEAL);
}

static void test_changed_or_foreign_seal_does_not_open(void **state)
{
	struct disk *d = *state;
	struct vault_key key = key_of(d), other = key;
	char *sealed = arena_strdup(&d->office.arena, vault_seal(&key, "form", "x", 1, NOW, &d->office.arena));
	static const char *const broken[] = { "", "A", "!!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"ê" };
	const char *text;
	struct fault f;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		assert_refused(open_with(d, &key, "form", broken[i], 0, NOW, &text, &f), E_INVALID, "seal", MSG_VAULT_SEAL);
	other.v[0] ^= 1;
	assert_refused(open_with(d, &other, "form", sealed, 0, NOW, &text, &f), E_INVALID, "seal", MSG_VAULT_SEAL);
	for (char *p = sealed; *p; p += 7) {
		char was = *p;
		*p = was == 'A' ? 'B' : 'A';
		assert_refused(open_with(d, &key, "form", sealed, 0, NOW, &text, &f), E_INVALID, "seal", MSG_VAULT_SEAL);
		*p = was;
		if (strlen(p) < 7)
			break;
	}
}

static void test_nothing_can_be_sealed_too(void **state)
{
	struct disk *d = *state;
	struct vault_key key = key_of(d);
	const char *text = NULL;
	struct fault f;
	assert_ok(open_with(d, &key, "form", vault_seal(&key, "form", "", 0, NOW, &d->office.arena), 60, NOW, &text, &f));
	assert_string_equal(text, "");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, disk_setup, disk_teardown)
	const struct CMUnitTest tests[] = {
		T(test_key_is_made_once_for_its_owner_alone), T(test_file_of_another_size_is_no_key),
			T(test_seal_opens_for_its_purpose_and_in_time),
		T(test_a_node_with_another_key_is_refused), T(test_no_key_is_made_where_the_database_knows_one),
		T(test_a_lost_key_can_be_given_up), T(test_fingerprint_is_not_the_key),
		T(test_changed_or_foreign_seal_does_not_open), T(test_nothing_can_be_sealed_too),
	};
	return RUN(tests);
}
