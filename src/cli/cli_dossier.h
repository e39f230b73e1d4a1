/* Of nguon person show: the papers of the dossier and the letters that verify the CV. */
#pragma once

#include "cli/cli.h"

void cli_dossier_print(struct cli *c, const struct facts *active, const struct standing *now);
void cli_dossier_json(struct cli *c, struct json *j, const struct facts *active, const struct standing *now);
