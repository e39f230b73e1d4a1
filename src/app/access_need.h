/* For the functions behind op->access: collecting the units in which an operation needs its permission. */
#pragma once

#include "app/access.h"

void access_add(struct access_need *need, struct unit_id unit);

/* The unit of that code if app->who knows it; E_NOTFOUND as for a code that nobody has. */
enum err access_see_unit(struct app *app, const char *code, const char *field, struct unit **ret, struct fault *f) MUST_CHECK;
