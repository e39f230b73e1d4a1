/* Expected sums were computed with another implementation of BLAKE2b (Python's hashlib), lengths and numbers as 8 bytes, least
 * significant first. */
#include "testing.h"

#include "base/hash.h"

static void test_bytes_give_the_published_blake2b_256_sums(void **state)
{
	(void)state;
	struct hash h;
	char hex[HASH_HEX];
	hash_init(&h);
	hash_hex(&h, hex);
	assert_string_equal(hex, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
	hash_init(&h);
	hash_bytes(&h, "a", 1);
	hash_bytes(&h, "bc", 2);
	hash_hex(&h, hex);
	assert_string_equal(hex, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

static void of_texts(const char *first, const char *second, char hex[HASH_HEX])
{
	struct hash h;
	hash_init(&h);
	hash_text(&h, first);
	hash_text(&h, second);
	hash_hex(&h, hex);
}

static void test_the_border_between_two_fields_counts(void **state)
{
	(void)state;
	char hex[HASH_HEX];
	of_texts("ab", "c", hex);
	assert_string_equal(hex, "20263e794775e4edf2b306c0f306af9e50175c831c857604b481e847f790bf95");
	of_texts("a", "bc", hex);
	assert_string_equal(hex, "77bbcab7072b897c548327378f11776f4853104c71bdb95a12ded5d2783523bf");
}

static void test_an_absent_field_differs_from_an_empty_one(void **state)
{
	(void)state;
	struct hash h;
	char hex[HASH_HEX];
	hash_init(&h);
	hash_text(&h, NULL);
	hash_hex(&h, hex);
	assert_string_equal(hex, "e2d93df6a2e919e879551686bc301480fc50c54dc949b14b916d5834113bb061");
	hash_init(&h);
	hash_text(&h, "");
	hash_hex(&h, hex);
	assert_string_equal(hex, "81e47a19e6b29b0a65b9591762ce5143ed30d0261e5d24a3201752506b20f15c");
}

static void test_numbers_are_hashed_the_same_on_every_machine(void **state)
{
	(void)state;
	struct hash h;
	char hex[HASH_HEX];
	hash_init(&h);
	hash_int(&h, -2);
	hash_hex(&h, hex);
	assert_string_equal(hex, "081616bc089f7505beb05ef266bd8b9236203f6b135059c99aee42fb7c980e30");
	hash_init(&h);
	hash_int(&h, (int64_t)1 << 40);
	hash_hex(&h, hex);
	assert_string_equal(hex, "26681741869115a2341825daf19f0f75b29e013f082abf7ce516b3029e7067a9");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes_give_the_published_blake2b_256_sums),
		cmocka_unit_test(test_the_border_between_two_fields_counts),
		cmocka_unit_test(test_an_absent_field_differs_from_an_empty_one),
		cmocka_unit_test(test_numbers_are_hashed_the_same_on_every_machine),
	};
	return RUN(tests);
}
