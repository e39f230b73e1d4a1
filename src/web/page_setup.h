/* The first administrator, made with the one-time code that the first start printed. */
#pragma once

#include "web/text_field.h"
#include "web/web.h"

struct setup_view {
	bool open;          /* nobody is administrator yet */
	struct text_field code, login, name, password, again;
	struct url action, sign_in;
	const char *csrf, *error;
};

void page_setup(struct html *h, const struct setup_view *v);
