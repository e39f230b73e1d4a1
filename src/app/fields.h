/* One member of an input struct: from text, to JSON, and whether it is there. The type comes from the field table. */
#pragma once

#include "app/ops.h"

enum field_trust {
	FIELD_CHECKED, /* from outside: every limit holds */
	FIELD_TRUSTED, /* from the journal: what was accepted stays accepted */
};

/* Sets the member from text; NULL or blank makes it absent. The text is copied into the arena. */
enum err field_set(const struct field *fd, const char *text, enum field_trust trust, struct arena *a, void *in, struct fault *f) MUST_CHECK;
void field_clear(const struct field *fd, void *in);
bool field_absent(const struct field *fd, const void *in);

/* Key and value, nothing when absent. */
void field_json(const struct field *fd, const void *in, struct json *j);

/* Every member absent. */
void fields_clear(const struct field *fields, void *in);
