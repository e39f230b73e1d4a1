/* Rows of facts: which person is meant, and which step or attribute. */
#pragma once

#include "app/import_kinds.h"

/* The words for kinds of facts: keys and labels of the steps of all rule packs and of the attributes, folded. */
struct import_facts *import_facts_new(const struct app *app, struct arena *a);

/* Fills person, kind and value of a row. */
enum err import_facts_complete(struct import_row *row, struct fault *f) MUST_CHECK;
