/* The unit that a user means, for commands that take --unit. */
#pragma once

#include "cli/cli.h"

/* By code, case left aside. E_NOTFOUND names the units that may have been meant: by a piece of the code or of the name, or by a slip of the
 * pen. */
enum err cli_unit(struct cli *c, const char *code, struct unit_id *ret, struct fault *f) MUST_CHECK;
