/* Another password: by choice, or because the present one was given by somebody else. */
#pragma once

#include "web/text_field.h"
#include "web/web.h"

struct password_view {
	bool forced;        /* signed in with a one-time code */
	struct text_field old, password, again;
	struct url action;
	const char *csrf, *login, *error;
};

void page_password(struct html *h, const struct password_view *v);
