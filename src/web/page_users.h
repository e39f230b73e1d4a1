/* Accounts and roles, for the administrator. */
#pragma once

#include "web/text_field.h"
#include "web/web.h"

struct user_grant {
	int64_t id;
	const char *role, *unit_code, *unit_name; /* unit NULL: everywhere */
	struct day from, to;
	bool in_force, ahead;  /* neither: over */
	struct url end;        /* s NULL: over already */
};

struct user_row {
	const struct account_row *account;
	struct user_grant *grants; /* in force or ahead */
	size_t n;
	struct url url;
};

struct users_view {
	struct user_row *users;
	size_t n, total;
	const char *text, *role, *state; /* filter as chosen */
	struct url action, open, policy, xlsx, csv;
	const char *totp_roles; /* roles that must have a second factor, as labels; "" none */
};

struct user_view {
	struct account_row account;
	struct user_grant *grants;
	size_t n;
	struct url grant, close, code_action, all, journal;
	const char *csrf;
	const char *code;      /* just made: shown once; NULL */
	bool self;
};

void page_grant_time(struct html *h, const struct user_grant *v);
void page_users(struct html *h, const struct users_view *v);
void page_user(struct html *h, const struct user_view *v);

/* The roles of an account on today's tree. */
struct user_grant user_grant_of(const struct visit *v, const struct grant *g, const char *login);
