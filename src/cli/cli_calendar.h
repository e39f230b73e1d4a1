/* The words of `nguon calendar` that change the working calendar of an installation. */
#pragma once

#include "cli/cli.h"

enum err cli_calendar_set(struct cli *c, struct fault *f) MUST_CHECK;
enum err cli_calendar_block(struct cli *c, struct fault *f) MUST_CHECK;
enum err cli_calendar_check(struct cli *c, struct fault *f) MUST_CHECK;
