/* What every field that came in must be, however it was sent. */
#pragma once

#include "http/form.h"

/* Appends a field whose texts have been decoded: a value is valid UTF-8 of at most FORM_VALUE_MAX bytes without control characters but
 * tab and line ends. A fault names the field. */
enum err field_add(struct form *form, struct arena *a, const char *name, size_t name_n, const char *value, size_t value_n,
	struct fault *f) MUST_CHECK;

/* Room for one more; E_TOOBIG when there are FORM_FIELDS_MAX. */
enum err field_push(struct form *form, struct arena *a, const struct form_field *field, struct fault *f) MUST_CHECK;

/* The name of a field: 1 to FORM_NAME_MAX bytes of valid UTF-8 without control characters. */
enum err field_check_name(const char *name, size_t n, struct fault *f) MUST_CHECK;
