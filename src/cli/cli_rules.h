/* What the commands about rules and calendar share. */
#pragma once

#include "cli/cli.h"

/* Rule packs and calendar: those of the installation where --data is given, else the shipped ones. They live as long as the command. */
enum err cli_rules(struct cli *c, const struct rules **ret_rules, const struct calendar **ret_calendar, struct fault *f) MUST_CHECK;
