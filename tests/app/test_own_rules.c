/* All nodes must judge by the same rules: other ones than those of the last start are noticed. */
#include "office_disk.h"

#include <unistd.h>

static bool notes_others(struct disk *d)
{
	struct app again;
	bool other;
	struct fault f;
	assert_ok(app_open_again(&d->office.app, APP_WRITE, &again, &f));
	assert_ok(app_begin(&again, &f));
	assert_ok(app_note_rules(&again, &other, &f));
	assert_ok(app_commit(&again, &f));
	app_close(&again);
	return other;
}

/* A pack of the place stands in for the shipped one of the same id: this one says the same in other bytes. */
static void put_own_rules(struct disk *d, const char *comment)
{
	char from[512], to[96];
	(void)snprintf(to, sizeof to, "%s/rules", d->dir);
	(void)mkdir(to, 0700);
	(void)snprintf(from, sizeof from, "%s/rules/r294.yaml", getenv("NGUON_SOURCE"));
	(void)snprintf(to, sizeof to, "%s/rules/r294.yaml", d->dir);
	(void)unlink(to);
	place_copy_file(from, to);
	FILE *file = fopen(to, "a");
	assert_non_null(file);
	assert_true(fprintf(file, "# %s\n", comment) > 0);
	assert_int_equal(fclose(file), 0);
}

static void test_rules_are_the_same_from_start_to_start(void **state)
{
	assert_false(notes_others(*state));
	assert_false(notes_others(*state));
}

static void test_other_rules_are_noticed_once(void **state)
{
	struct disk *d = *state;
	assert_false(notes_others(d));
	put_own_rules(d, "một");
	assert_true(notes_others(d));
	assert_false(notes_others(d));
	put_own_rules(d, "hai");
	assert_true(notes_others(d));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_rules_are_the_same_from_start_to_start, disk_setup, disk_teardown),
		cmocka_unit_test_setup_teardown(test_other_rules_are_noticed_once, disk_setup, disk_teardown),
	};
	return RUN(tests);
}
