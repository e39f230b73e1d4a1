/* docs/permissions.md says what the declarations say. */
#include "testing.h"

#include <stdlib.h>

static void test_permissions_on_paper_are_those_of_the_program(void **state)
{
	(void)state;
	char command[1024];
	(void)snprintf(command, sizeof command, "%s help permissions | diff -u %s/docs/permissions.md - >&2", getenv("NGUON"),
		getenv("NGUON_SOURCE"));
	if (system(command) != 0)
		fail_msg("run: nguon help permissions > docs/permissions.md");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_permissions_on_paper_are_those_of_the_program) };
	return RUN(tests);
}
