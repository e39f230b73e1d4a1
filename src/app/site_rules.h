/* The rules as the files say and with the site's own values (table rule_value). */
#pragma once

#include "app/app.h"
#include "domain/rules_override.h"

/* All values ever set, in the order of entry; ended ones too. */
enum err site_rules_values(struct app *app, struct arena *a, struct site_value **ret, size_t *ret_n, struct fault *f) MUST_CHECK;

/* app->rules anew, if the values have changed. The packs that were in force until then stay where they are, for whoever still looks at
 * them. */
enum err site_rules_load(struct app *app, struct fault *f) MUST_CHECK;
