/* My account: who I am, my sessions, second factor and tokens for programs. */
#pragma once

#include "web/text_field.h"
#include "web/web.h"

struct me_grant {
	const char *role, *unit_code, *unit_name; /* unit NULL: everywhere */
	struct day from, to;
};

struct me_view {
	const char *login, *name, *csrf;
	struct me_grant *grants;
	size_t grants_n;
	struct session *sessions;
	size_t sessions_n, others_n;
	bool has_totp;
	struct text_field totp_password;
	struct token *tokens;
	size_t tokens_n;
	struct text_field token_name, token_days;
	const char *scope;     /* chosen */
	const char *error;     /* of the form that was sent last */
	const char *secret;    /* of the token that was made just now: shown once */
	int64_t now_us;
	enum lang lang;
};

/* A second factor on its way: before it is begun, with its key, or waiting for its first code. */
struct me_totp_view {
	bool begun, forced;
	const char *secret;    /* in groups; NULL: shown before, only the code is asked again */
	const char *path;      /* of the QR code: its dark modules as the path of an SVG */
	int box;               /* modules in a row, with the quiet border */
	struct text_field code;
	struct url confirm, start, back;
	const char *csrf;
};

void page_me(struct html *h, const struct me_view *v);
void page_me_totp(struct html *h, const struct me_totp_view *v);

/* What stands on the page; actions that show it again fill the rest. */
enum err me_load(struct visit *v, struct me_view *ret, struct fault *f) MUST_CHECK;
/* "Chrome, Windows" for what a browser says of itself; its first words when it is not known. */
const char *me_agent_text(const char *agent, enum lang lang, struct arena *a);
/* "read" in words. */
const char *me_scope_label(enum token_scope s, enum lang lang);
