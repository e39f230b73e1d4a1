/* Who may do what, where and when: roles, each in a subtree and for a time. Every operation is checked in op_run; every page by its row in
 * the table of pages. */
#pragma once

#include "app/app.h"

struct op;

enum role {
#define PERM(...)
#define ROLE(name, ...) ROLE_##name,
#include "app/access.def"
#undef ROLE
	ROLE__COUNT,
#undef PERM
};

enum perm {
#define PERM(name, ...) PERM_##name,
#define ROLE(...)
#include "app/access.def"
#undef PERM
#undef ROLE
	PERM__COUNT
};

struct grant {
	int64_t id;
	enum role role;
	struct unit_id unit;   /* 0: everywhere */
	struct day from, to;   /* first and last day; DAY_NONE: no end */
};

/* Who acts. An app whose `who` is NULL is used by the person at the machine itself (command line), who may do everything. */
struct actor {
	int64_t account;
	const char *login, *name;
	const char *journal;   /* how the journal names them: "user:lan" */
	const struct grant *grants;
	size_t n;
	uint32_t mask;         /* perms that a token leaves, one bit for each; all set for a session */
	int64_t session;       /* which one, 0 for a token */
};

bool grant_in_force(const struct grant *g, struct day today);

/* May they (NULL: the person at the machine, always), in that unit (0: everywhere), on that day, by the tree of that day? */
bool access_may(const struct tree *t, const struct actor *who, enum perm p, struct unit_id unit, struct day today);
/* Anywhere at all. */
bool access_may_somewhere(const struct actor *who, enum perm p, struct day today);
/* The first unit in which they may, for where to begin; 0: everywhere or nowhere. */
struct unit_id access_first_unit(const struct actor *who, enum perm p, struct day today);
/* Whether they know the unit at all: any permission in it will do. */
bool access_sees(const struct tree *t, const struct actor *who, struct unit_id unit, struct day today);

bool role_has(enum role r, enum perm p);
const char *role_label(enum role r, enum lang lang);
const char *role_key(enum role r);
bool role_find(const char *key, enum role *ret);
const char *perm_key(enum perm p);
const char *perm_label(enum perm p, enum lang lang);

/* For pages: E_NOTFOUND as for an unknown unit or person where they may see nothing of it, E_FORBIDDEN where they see it but may not do
 * this. */
enum err access_unit(struct app *app, enum perm p, struct unit_id unit, const char *field, struct fault *f) MUST_CHECK;
/* The same by the code as it was typed, which the fault repeats: from an answer nobody learns whether the code exists elsewhere. */
enum err access_unit_code(struct app *app, enum perm p, const char *code, const char *field, struct unit **ret, struct fault *f) MUST_CHECK;
enum err access_person(struct app *app, enum perm p, struct person_id id, struct arena *a, struct fault *f) MUST_CHECK;

/* Who may not see files learns of letters, but not about whom they are. */
struct standing;
void access_hide_relatives(const struct app *app, struct unit_id unit, struct standing *s);

/* What an operation on this input touches: the permission and the units in which it is needed (0: everywhere). One function for each row of
 * ops.c; `in` NULL asks for the permission alone. */
enum { ACCESS_UNITS_MAX = 4 };
struct access_need {
	enum perm perm, instead;   /* one of them; the same twice where only one will do */
	struct unit_id units[ACCESS_UNITS_MAX];
	size_t n;
};

/* app->who may run the operation on this input. Faults as above. */
enum err access_op(struct app *app, const struct op *op, const void *in, struct arena *a, struct fault *f) MUST_CHECK;
