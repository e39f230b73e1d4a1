#include "web/text_field.h"

#include <string.h>

const char *text_field_posted(const struct visit *v, const char *name)
{
	const char *value = form_get(&v->form, name);
	return value ? value : "";
}

const char *text_field_fault(struct text_field *const fields[], size_t n, const struct visit *v, const struct fault *wrong)
{
	const char *text = fault_text(wrong, v->lang, v->a);
	for (size_t i = 0; i < n; i++)
		if (strcmp(fields[i]->name, wrong->field) == 0) {
			fields[i]->error = text;
			return NULL;
		}
	return text;
}

bool text_field_mendable(enum err e, int *ret_status)
{
	static const int statuses[E__COUNT] = {
		[E_INVALID] = 422, [E_RULE] = 422, [E_USAGE] = 422, [E_TOOBIG] = 422, [E_FORBIDDEN] = 403, [E_CONFLICT] = 409,
	};
	*ret_status = statuses[e];
	return statuses[e] != 0;
}
