/* The steps of db_migrate, with the list of migrations as an argument so that tests can bring their own. */
#pragma once

#include "store/driver.h"

enum err migrate_to(struct db *db, const struct db_migration *list, int n, struct fault *f) MUST_CHECK;
