/* nguon rules: its words, one file each where it is long. */
#pragma once

#include "cli/cli_rules.h"
#include "domain/rules_override.h"

/* --on, else today. */
enum err cmd_rules_day(const struct cli *c, struct day *ret, struct fault *f) MUST_CHECK;

/* The pack of a file: a shipped or own one may be extended by it. */
enum err cmd_rules_file(struct cli *c, const char *path, const struct rules *known, struct pack **ret, struct fault *f) MUST_CHECK;

/* A text file as it is. */
enum err cmd_rules_read(struct cli *c, const char *path, struct text *ret, struct fault *f) MUST_CHECK;

enum err cmd_rules_explain(struct cli *c, struct fault *f) MUST_CHECK;
enum err cmd_rules_diff(struct cli *c, struct fault *f) MUST_CHECK;
enum err cmd_rules_table(struct cli *c, struct fault *f) MUST_CHECK;
enum err cmd_rules_keys(struct cli *c, struct fault *f) MUST_CHECK;
enum err cmd_rules_values(struct cli *c, struct fault *f) MUST_CHECK;
