/* nguon op: every operation, from its declaration; one from the words of the command line, or many from standard input. */
#include "app/writer.h"
#include "cli/cli.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

/* ---- nguon op list ---- */

static const char *const type_names[] = {
	[FIELD_TEXT] = "text", [FIELD_INT] = "int", [FIELD_MILLI] = "decimal", [FIELD_DAY] = "day", [FIELD_PERIOD] = "period",
		[FIELD_CODE] = "code",
	[FIELD_BOOL] = "bool", [FIELD_UNIT] = "unit", [FIELD_PERSON] = "person",
};

static const char *op_text(const struct cli *c, const struct op *op)
{
	return cli_text(c, op->vi, op->en);
}

static const char *codes_text(struct cli *c, enum code_table table)
{
	struct text t = TEXT(&c->arena);
	size_t n;
	const struct code *all = codes(table, &n);
	for (size_t i = 0; i < n; i++)
		text_addf(&t, "%s%s", i ? "|" : "", all[i].key);
	return text_str(&t);
}

static void print_fields(struct cli *c, const struct op *op)
{
	for (const struct field *fd = op->fields; fd->name; fd++) {
		(void)printf("  %c %-16s %-8s %s", fd->required ? '*' : ' ', fd->name, type_names[fd->type], cli_text(c, fd->vi, fd->en));
		if (fd->type == FIELD_CODE)
			(void)printf(" (%s)", codes_text(c, fd->codes));
		(void)printf("\n");
	}
}

static void field_json_row(struct cli *c, struct json *j, const struct field *fd)
{
	json_object(j);
	json_put_string(j, "name", fd->name);
	json_put_string(j, "type", type_names[fd->type]);
	json_put_bool(j, "required", fd->required);
	json_put_string(j, "label", cli_text(c, fd->vi, fd->en));
	if (fd->type == FIELD_CODE)
		json_put_string(j, "codes", codes_text(c, fd->codes));
	json_object_end(j);
}

static void op_json_row(struct cli *c, struct json *j, const struct op *op)
{
	json_object(j);
	json_put_string(j, "op", op->name);
	json_put_string(j, "entity", op->entity);
	json_put_string(j, "help", op_text(c, op));
	json_key(j, "fields");
	json_array(j);
	for (const struct field *fd = op->fields; fd->name; fd++)
		field_json_row(c, j, fd);
	json_array_end(j);
	json_object_end(j);
}

static void list_json(struct cli *c, const struct op *all, size_t n)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_array(&j);
	for (size_t i = 0; i < n; i++)
		op_json_row(c, &j, &all[i]);
	json_array_end(&j);
	cli_json(&t);
}

static void list_text(struct cli *c, const struct op *all, size_t n, bool fields)
{
	for (size_t i = 0; i < n; i++) {
		(void)printf("%-16s %s\n", all[i].name, op_text(c, &all[i]));
		if (fields)
			print_fields(c, &all[i]);
	}
}

static const char *nth_op(const void *list, size_t i)
{
	size_t n;
	(void)list;
	const struct op *all = ops(&n);
	return i < n ? all[i].name : NULL;
}

static enum err find_op(const char *name, const struct op **ret, struct fault *f)
{
	const struct op *op = op_find(name);
	const char *near = op ? NULL : cli_nearest(name, nth_op, NULL);
	if (near)
		return FAULT(f, E_USAGE, NULL, MSG_CLI_OP_MEANT, name, near);
	if (!op)
		return FAULT(f, E_USAGE, NULL, MSG_OP_UNKNOWN, name);
	*ret = op;
	return OK;
}

static enum err list_ops(struct cli *c, struct fault *f)
{
	size_t n;
	const struct op *list = ops(&n);
	TRY(cli_words(c, 1, 2, f));
	bool one = c->args_n == 2;
	if (one) {
		TRY(find_op(c->args[1], &list, f));
		n = 1;
	}
	if (c->json)
		list_json(c, list, n);
	else
		list_text(c, list, n, one);
	return OK;
}

/* ---- one operation ---- */

static const char *from_words(void *ctx, const struct field *field)
{
	const struct cli *c = ctx;
	size_t n = strlen(field->name);
	for (int i = 1; i < c->args_n; i++)
		if (strncmp(c->args[i], field->name, n) == 0 && c->args[i][n] == '=')
			return c->args[i] + n + 1;
	return NULL;
}

static enum err check_words(struct cli *c, const struct op *op, struct fault *f)
{
	for (int i = 1; i < c->args_n; i++) {
		const char *equals = strchr(c->args[i], '=');
		if (!equals)
			return FAULT(f, E_USAGE, NULL, MSG_CLI_NO_EQUALS, c->args[i]);
		const char *name = arena_strndup(&c->arena, c->args[i], (size_t)(equals - c->args[i]));
		if (!op_field(op, name))
			return op_unknown_field(op, name, &c->arena, f);
	}
	return OK;
}

static void result_json(struct cli *c, struct json *j, const struct op_result *r)
{
	json_put_bool(j, "ok", true);
	json_put_string(j, "entity", r->entity);
	json_put_int(j, "id", r->entity_id);
	json_key(j, "entry");
	if (r->unchanged)
		json_null(j);
	else
		json_int(j, r->entry.v);
	json_put_bool(j, "unchanged", r->unchanged);
	cli_warnings_json(c, j, &r->warnings);
}

/* What was changed, as the reader calls it. */
static const char *entity_text(struct cli *c, const char *entity)
{
	static const struct {
		const char *entity, *vi, *en;
	} rows[] = {
		{ "account", "tài khoản", "account" }, { "calendar", "lịch làm việc", "calendar" }, { "class", "lớp", "class" },
		{ "person", "người", "person" }, { "policy", "quy định hệ thống", "policy" }, { "reorg", "lần sắp xếp", "reorganisation" },
		{ "rule", "giá trị riêng", "value" }, { "target", "chỉ tiêu", "target" }, { "unit", "tổ chức", "unit" },
	};
	size_t i = 0;
	while (strcmp(rows[i].entity, entity) != 0) {
		i++;
		assert(i < sizeof rows / sizeof *rows);
	}
	return cli_text(c, rows[i].vi, rows[i].en);
}

static void print_result(struct cli *c, const struct op_result *r)
{
	if (!c->json) {
		cli_warnings(c, &r->warnings);
		const char *entity = entity_text(c, r->entity), *id = arena_printf(&c->arena, "%lld", (long long)r->entity_id);
		if (r->unchanged)
			CLI_SAY(c, MSG_CLI_OP_UNCHANGED, entity, id);
		else
			CLI_SAY(c, MSG_CLI_OP_DONE, entity, id, arena_printf(&c->arena, "%lld", (long long)r->entry.v));
		return;
	}
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	result_json(c, &j, r);
	json_object_end(&j);
	cli_json(&t);
}

static enum err run_op(struct cli *c, struct fault *f)
{
	struct op_result r;
	void *in;
	TRY(find_op(c->args[0], &c->op, f));
	TRY(check_words(c, c->op, f));
	TRY(op_parse(c->op, from_words, c, &c->arena, &in, f));
	TRY(cli_open(c, APP_WRITE, f));
	TRY(op_run_alone(&c->app, c->op, in, &c->arena, &r, f));
	print_result(c, &r);
	return OK;
}

/* ---- many operations, one JSON object a line ---- */

enum { LINE_MAX_BYTES = 64 << 10 };

/* One line on its way: made by the reader, answered and freed on the writer's thread. */
struct request {
	struct writer_job job;
	struct arena arena; /* holds the request itself */
	int64_t line;
	struct stream *stream;
};

struct stream {
	struct cli *c;
	pthread_mutex_t lock; /* of standard output and of what follows */
	int64_t refused;
};

static void answer_json(struct cli *c, struct request *r)
{
	struct text t = TEXT(&r->arena);
	struct json j = JSON(&t);
	struct cli local = { .lang = c->lang, .json = true, .op = r->job.op };
	json_object(&j);
	json_put_int(&j, "line", r->line);
	if (r->job.err == OK) {
		result_json(&local, &j, &r->job.result);
	} else {
		json_put_bool(&j, "ok", false);
		json_key(&j, "error");
		cli_fault_json(&local, &j, &r->job.fault);
	}
	json_object_end(&j);
	cli_json(&t);
	(void)fflush(stdout);
	arena_done(&local.arena);
}

static void answer(struct writer_job *job)
{
	struct request *r = (struct request *)job;
	struct stream *s = r->stream;
	(void)pthread_mutex_lock(&s->lock);
	answer_json(s->c, r);
	s->refused += job->err != OK;
	(void)pthread_mutex_unlock(&s->lock);
	struct arena arena = r->arena; /* holds *r itself */
	arena_done(&arena);
}

static struct request *new_request(struct stream *s, int64_t line)
{
	struct arena arena = { 0 };
	struct request *r = arena_new(&arena, struct request);
	r->arena = arena;
	r->line = line;
	r->stream = s;
	r->job.arena = &r->arena;
	r->job.done = answer;
	return r;
}

static enum err parse_request(struct request *r, const char *line, size_t n, struct fault *f)
{
	struct json_member all;
	TRY(json_read(line, n, &r->arena, &all, f));
	const struct json_member *op = json_member_find(&all, "op"), *input = json_member_find(&all, "input");
	if (!op || !op->text || !input || !input->members || all.n != 2)
		return FAULT(f, E_INVALID, NULL, MSG_CLI_STREAM_SHAPE);
	TRY(find_op(op->text, &r->job.op, f));
	void *in;
	TRY(op_from_object(r->job.op, input, &r->arena, &in, f));
	r->job.in = in;
	return OK;
}

/* A line of at most LINE_MAX_BYTES; the rest of a longer one is skipped. */
static bool read_line(char *buf, size_t *ret_n, bool *ret_too_long)
{
	size_t n = 0;
	int ch;
	*ret_too_long = false;
	while ((ch = getc_unlocked(stdin)) != EOF && ch != '\n') {
		if (n < LINE_MAX_BYTES)
			buf[n++] = (char)ch;
		else
			*ret_too_long = true;
	}
	*ret_n = n;
	return ch != EOF || n > 0;
}

static void take_line(struct writer *w, struct stream *s, const char *buf, size_t n, bool too_long, int64_t line)
{
	struct request *r = new_request(s, line);
	if (too_long)
		r->job.err = FAULT(&r->job.fault, E_TOOBIG, NULL, MSG_CLI_STREAM_LINE);
	else
		r->job.err = parse_request(r, buf, n, &r->job.fault);
	if (r->job.err == OK)
		writer_submit(w, &r->job);
	else
		answer(&r->job);
}

static enum err run_stream(struct cli *c, struct fault *f)
{
	struct stream s = { .c = c };
	struct writer *w;
	TRY(cli_words(c, 1, 1, f));
	TRY(writer_start(&c->app, &w, f));
	(void)pthread_mutex_init(&s.lock, NULL);
	char *buf = arena_alloc(&c->arena, LINE_MAX_BYTES);
	bool too_long;
	size_t n;
	for (int64_t line = 1; read_line(buf, &n, &too_long); line++)
		if (n > 0)
			take_line(w, &s, buf, n, too_long, line);
	writer_stop(&w);
	(void)pthread_mutex_destroy(&s.lock);
	if (s.refused)
		return FAULT(f, E_RULE, NULL, MSG_CLI_STREAM_REFUSED, arena_printf(&c->arena, "%lld", (long long)s.refused));
	return OK;
}

enum err cmd_op(struct cli *c, struct fault *f)
{
	if (c->args_n == 0)
		return cli_words(c, 1, 1, f);
	if (strcmp(c->args[0], "list") == 0)
		return list_ops(c, f);
	if (strcmp(c->args[0], "-") != 0)
		return run_op(c, f);
	TRY(cli_open(c, APP_WRITE, f));
	return run_stream(c, f);
}
