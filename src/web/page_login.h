/* Signing in: login and password, then the code of the second factor where there is one. */
#pragma once

#include "web/text_field.h"
#include "web/web.h"

struct login_view {
	struct text_field login, password;
	struct url action;
	const char *csrf;
	const char *to;     /* where to go on; "" to the start */
	const char *held;   /* sealed form that waits for the login; NULL */
	const char *error;
	bool first_start;   /* nobody is administrator yet */
	struct url setup;
};

struct login_code_view {
	struct text_field code;
	struct url action, back;
	const char *csrf, *to, *held;
	const char *proof;  /* sealed: what was proved by the password */
	const char *error;
};

void page_login(struct html *h, const struct login_view *v);
void page_login_code(struct html *h, const struct login_code_view *v);
