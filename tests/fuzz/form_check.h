/* What must hold of fields, however they came in. */
#pragma once

#include "base/utf8.h"
#include "http/form.h"

#include <assert.h>
#include <string.h>

static inline void form_check(const struct form *form)
{
	assert(form->n <= FORM_FIELDS_MAX);
	for (size_t i = 0; i < form->n; i++) {
		const struct form_field *field = &form->v[i];
		size_t name_n = strlen(field->name), value_n = strlen(field->value);
		assert(name_n > 0 && name_n <= FORM_NAME_MAX && utf8_valid(field->name, name_n) && !strpbrk(field->name, "\r\n\t\x7F"));
		assert(value_n <= FORM_VALUE_MAX && utf8_valid(field->value, value_n) && !strpbrk(field->value, "\x01\x1B\x7F"));
		assert(form_find(form, field->name) <= field);
	}
}
