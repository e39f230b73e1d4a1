/* nguon help permissions: who may do what, from the declarations of roles and operations, as docs/permissions.md holds it. */
#include "app/access.h"
#include "cli/cli.h"

#include <string.h>

static const char head[] =
	"# Who may do what\n\n"
	"Written by `nguon help permissions > docs/permissions.md` from `src/app/access.def` and `src/app/ops.c`; a test compares.\n\n"
	"A role is given to an account in an organisation (and what lies below it on the day) or everywhere, from a day and perhaps up to\n"
	"a day. Several roles add up. What lies outside of them is unknown: a code or number from there is answered exactly like one that\n"
	"does not exist.\n";

static const char where[] =
	"\n## Where\n\n"
	"| what is done | the permission is needed in |\n"
	"|---|---|\n"
	"| open an organisation | the one above it; a root: everywhere |\n"
	"| rename or close one, change its kind or its right to admit | the one above it; a root: everywhere |\n"
	"| move one | the one above it now, and the new one |\n"
	"| other facts of an organisation, a class, its own or its term's target | the organisation |\n"
	"| a target assigned from above | the one above it; a root: itself, for it comes from outside |\n"
	"| a list row about a person | the organisation of the row, and where the person found on record belongs |\n"
	"| a step or fact of a person | where the person belongs, and the organisation of the fact where one is given: a transfer needs "
	"both sides |\n"
	"| who attended a class, a certificate | the same; `class_result` will do instead of `person_write` |\n"
	"| correct a fact | where the person belongs |\n"
	"| put a person's clock under another period's rules | where the person belongs, with `rules` |\n"
	"| the working calendar, values of rules, accounts, policies | everywhere |\n"
	"| give or end a role | the organisation of the role; everywhere for one that holds everywhere |\n\n"
	"Nobody gives a role beyond their own organisation. An administrator may take another role for themselves; it stands in the journal.\n"
	"A token leaves its owner less: `figures`; `read` adds `people` and `journal`; `write` adds all but `users` and `self`.\n"
	"The person at the machine itself (command line) may do everything; the journal says `cli:` and their name.\n";

static void row_of_roles(bool (*has)(enum role r, const void *ctx), const void *ctx)
{
	for (enum role r = 0; r < ROLE__COUNT; r++)
		(void)printf(" %s |", has(r, ctx) ? "x" : "");
	(void)printf("\n");
}

static void heading(const char *first)
{
	(void)printf("| %s |", first);
	for (enum role r = 0; r < ROLE__COUNT; r++)
		(void)printf(" %s |", role_key(r));
	(void)printf("\n|---|");
	for (enum role r = 0; r < ROLE__COUNT; r++)
		(void)printf("---|");
	(void)printf("\n");
}

static bool has_perm(enum role r, const void *ctx)
{
	return role_has(r, *(const enum perm *)ctx);
}

static bool may_run(enum role r, const void *ctx)
{
	const struct access_need *need = ctx;
	return role_has(r, need->perm) || role_has(r, need->instead);
}

static void print_roles(void)
{
	(void)printf("\n## Roles\n\n| key | Vietnamese | English |\n|---|---|---|\n");
	for (enum role r = 0; r < ROLE__COUNT; r++)
		(void)printf("| %s | %s | %s |\n", role_key(r), role_label(r, LANG_VI), role_label(r, LANG_EN));
}

static void print_perms(void)
{
	(void)printf("\n## Permissions\n\n");
	heading("permission");
	for (enum perm p = 0; p < PERM__COUNT; p++) {
		(void)printf("| `%s`: %s |", perm_key(p), perm_label(p, LANG_EN));
		row_of_roles(has_perm, &p);
	}
}

enum err cli_permissions(struct cli *c, struct fault *f)
{
	size_t n;
	const struct op *all = ops(&n);
	(void)fputs(head, stdout);
	print_roles();
	print_perms();
	(void)printf("\n## Operations\n\n");
	heading("operation");
	for (size_t i = 0; i < n; i++) {
		struct access_need need;
		TRY(all[i].access(NULL, NULL, &c->arena, &need, f));
		const char *instead = need.instead == need.perm ? "" : arena_printf(&c->arena, " or `%s`", perm_key(need.instead));
		(void)printf("| `%s`: `%s`%s |", all[i].name, perm_key(need.perm), instead);
		row_of_roles(may_run, &need);
	}
	(void)fputs(where, stdout);
	return OK;
}
