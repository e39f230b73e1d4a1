/* nguon calendar set, block, check: what the change does to deadlines already given is shown first. */
#include "app/due_change.h"
#include "cli/cli_calendar.h"

#include <inttypes.h>

/* Options are called like the fields of the operation. */
static const char *from_options(void *ctx, const struct field *field)
{
	return cli_option(ctx, field->name);
}

static const char *count(struct cli *c, size_t n)
{
	return arena_printf(&c->arena, "%zu", n);
}

static void change_text(struct cli *c, const struct due_change *d)
{
	(void)printf("  %s (%" PRId64 "), %s\n    %s: %s\n", d->name, d->id.v, unit_name(d->unit, c->app.today),
		label_of(d->clock->label, c->lang), due_change_text(d, c->lang, &c->arena));
}

static void changes_text(struct cli *c, const struct due_changes *changes)
{
	if (changes->clocks == 0) {
		CLI_SAY(c, MSG_CLI_DUES_SAME);
		return;
	}
	CLI_SAY(c, MSG_CLI_DUES_CHANGE, count(c, changes->clocks), count(c, changes->people));
	for (size_t i = 0; i < changes->n; i++)
		change_text(c, &changes->v[i]);
}

/* r NULL: nothing was done. */
static void print_json(struct cli *c, const struct due_changes *changes, const struct op_result *r)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_key(&j, "entry");
	if (r && !r->unchanged)
		json_int(&j, r->entry.v);
	else
		json_null(&j);
	if (changes)
		due_changes_json(&j, changes);
	if (r)
		cli_warnings_json(c, &j, &r->warnings);
	json_object_end(&j);
	cli_json(&t);
}

static void print_done(struct cli *c, const struct op_result *r)
{
	cli_warnings(c, &r->warnings);
	if (r->unchanged)
		CLI_SAY(c, MSG_CLI_CALENDAR_UNCHANGED);
	else
		CLI_SAY(c, MSG_CLI_CALENDAR_DONE, arena_printf(&c->arena, "%" PRId64, r->entry.v));
}

static enum err read_op(struct cli *c, const char *name, bool writes, void **ret_in, struct fault *f)
{
	TRY(cli_words(c, 1, 1, f));
	c->op = op_find(name);
	TRY(op_parse(c->op, from_options, c, &c->arena, ret_in, f));
	return cli_open(c, writes ? APP_WRITE : APP_READ, f);
}

/* Then nothing moves, and there is nothing to list. */
static bool keeps(const struct cli *c, const void *in)
{
	return text_equal(*(const char *const *)((const char *)in + op_field(c->op, "due")->at), "keep");
}

static enum err run_change(struct cli *c, const char *name, struct fault *f)
{
	bool dry = cli_option(c, "dry-run") != NULL;
	struct due_changes changes = { 0 };
	struct op_result r;
	void *in;
	TRY(read_op(c, name, !dry, &in, f));
	bool lists = dry || !keeps(c, in);
	if (lists)
		TRY(due_changes_of(&c->app, c->op, in, NULL, &c->arena, &changes, f));
	if (lists && !c->json)
		changes_text(c, &changes);
	if (!dry)
		TRY(op_run_alone(&c->app, c->op, in, &c->arena, &r, f));
	if (c->json)
		print_json(c, &changes, dry ? NULL : &r);
	else if (!dry)
		print_done(c, &r);
	return OK;
}

enum err cli_calendar_set(struct cli *c, struct fault *f)
{
	return run_change(c, "calendar_set", f);
}

enum err cli_calendar_block(struct cli *c, struct fault *f)
{
	return run_change(c, "calendar_block", f);
}

enum err cli_calendar_check(struct cli *c, struct fault *f)
{
	bool dry = cli_option(c, "dry-run") != NULL;
	struct op_result r;
	void *in;
	TRY(read_op(c, "calendar_check", !dry, &in, f));
	if (!dry)
		TRY(op_run_alone(&c->app, c->op, in, &c->arena, &r, f));
	if (c->json)
		print_json(c, NULL, dry ? NULL : &r);
	else if (dry)
		CLI_SAY(c, MSG_CLI_DUES_SAME);
	else
		print_done(c, &r);
	return OK;
}
