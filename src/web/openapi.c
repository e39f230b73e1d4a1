/* The description of the API, from the tables that the API itself is made of. */
#include "web/web_impl.h"

#include <string.h>

struct doc {
	struct json *j;
	struct arena *a;
};

static void text(struct doc *d, const char *key, const char *value)
{
	json_key(d->j, key);
	json_string(d->j, value);
}

static void number(struct doc *d, const char *key, int64_t v)
{
	json_key(d->j, key);
	json_int(d->j, v);
}

static void begin(struct doc *d, const char *key)
{
	json_key(d->j, key);
	json_object(d->j);
}

static void begin_list(struct doc *d, const char *key)
{
	json_key(d->j, key);
	json_array(d->j);
}

static void end(struct doc *d)
{
	json_object_end(d->j);
}

static void list(struct doc *d, const char *key, const char *const items[])
{
	begin_list(d, key);
	for (size_t i = 0; items[i]; i++)
		json_string(d->j, items[i]);
	json_array_end(d->j);
}

static void ref(struct doc *d, const char *key, const char *to)
{
	begin(d, key);
	text(d, "$ref", to);
	end(d);
}

static const char *both(struct doc *d, const char *vi, const char *en)
{
	return arena_printf(d->a, "%s / %s", en, vi);
}

static void code_enum(struct doc *d, enum code_table t)
{
	size_t n;
	const struct code *all = codes(t, &n);
	begin_list(d, "enum");
	for (size_t i = 0; i < n; i++)
		json_string(d->j, all[i].key);
	json_array_end(d->j);
}

/* ---- fields of operations ---- */

enum { UNIT_CODE_MAX = 32 };

static void bounded(struct doc *d, int64_t min, int64_t max)
{
	number(d, "minimum", min);
	if (max > 0)
		number(d, "maximum", max);
}

static void field_text(struct doc *d, const struct field *fd)
{
	text(d, "type", "string");
	number(d, "minLength", fd->required ? 1 : 0);
	number(d, "maxLength", fd->max);
}

static void field_int(struct doc *d, const struct field *fd)
{
	text(d, "type", "integer");
	bounded(d, 0, fd->max);
}

static void field_milli(struct doc *d, const struct field *fd)
{
	(void)fd;
	text(d, "type", "number");
	bounded(d, 0, 0);
}

static void field_day(struct doc *d, const struct field *fd)
{
	(void)fd;
	text(d, "type", "string");
	text(d, "format", "date");
}

static void field_period(struct doc *d, const struct field *fd)
{
	(void)fd;
	text(d, "type", "string");
	json_key(d->j, "examples");
	json_array(d->j);
	json_string(d->j, "2026");
	json_string(d->j, "2026-Q2");
	json_string(d->j, "2025-2030");
	json_array_end(d->j);
}

static void field_code(struct doc *d, const struct field *fd)
{
	text(d, "type", "string");
	code_enum(d, fd->codes);
}

static void field_bool(struct doc *d, const struct field *fd)
{
	(void)fd;
	text(d, "type", "boolean");
}

static void field_unit(struct doc *d, const struct field *fd)
{
	(void)fd;
	text(d, "type", "string");
	text(d, "pattern", "^[A-Za-z0-9._/-]+$");
	number(d, "maxLength", UNIT_CODE_MAX);
}

static void field_person(struct doc *d, const struct field *fd)
{
	(void)fd;
	text(d, "type", "integer");
	bounded(d, 1, 0);
}

static void (*const field_schemas[])(struct doc *d, const struct field *fd) = {
	[FIELD_TEXT] = field_text, [FIELD_INT] = field_int, [FIELD_MILLI] = field_milli, [FIELD_DAY] = field_day, [FIELD_PERIOD] = field_period,
	[FIELD_CODE] = field_code, [FIELD_BOOL] = field_bool, [FIELD_UNIT] = field_unit, [FIELD_PERSON] = field_person,
};

static void op_schema(struct doc *d, const struct op *op)
{
	begin(d, "schema");
	text(d, "type", "object");
	json_key(d->j, "additionalProperties");
	json_bool(d->j, false);
	begin_list(d, "required");
	for (const struct field *fd = op->fields; fd->name; fd++)
		if (fd->required)
			json_string(d->j, fd->name);
	json_array_end(d->j);
	begin(d, "properties");
	for (const struct field *fd = op->fields; fd->name; fd++) {
		begin(d, fd->name);
		text(d, "description", both(d, fd->vi, fd->en));
		field_schemas[fd->type](d, fd);
		end(d);
	}
	begin(d, "version");
	text(d, "description", "What a reader saw when they decided: another one now is a conflict (409). Left out: not asked.");
	text(d, "type", "integer");
	end(d);
	end(d);
	end(d);
}

/* ---- answers ---- */

static const struct { const char *status, *description; } problems[] = {
	{ "400", "The request cannot be read" },
	{ "401", "No token, or one that is not good any more" },
	{ "403", "The token or the account may not do this" },
	{ "404", "There is no such thing, or not for this account" },
	{ "409", "It is there already, or has changed meanwhile" },
	{ "413", "The body is too big" },
	{ "415", "The body is not application/json" },
	{ "422", "A value is not acceptable, or a rule refuses it" },
	{ "503", "Too many requests; try again after Retry-After" },
};

static void problem_answers(struct doc *d, bool writes)
{
	for (size_t i = 0; i < sizeof problems / sizeof *problems; i++) {
		if (!writes && text_listed("409|413|415", problems[i].status))
			continue;
		ref(d, problems[i].status, arena_printf(d->a, "#/components/responses/%s", problems[i].status));
	}
}

static void json_answer(struct doc *d, const char *status, const char *description, const char *schema)
{
	begin(d, status);
	text(d, "description", description);
	begin(d, "content");
	begin(d, "application/json");
	ref(d, "schema", schema);
	end(d);
	end(d);
	end(d);
}

/* ---- operations ---- */

static void op_parameters(struct doc *d)
{
	begin_list(d, "parameters");
	json_object(d->j);
	text(d, "$ref", "#/components/parameters/IdempotencyKey");
	end(d);
	json_object(d->j);
	text(d, "$ref", "#/components/parameters/AcceptLanguage");
	end(d);
	json_array_end(d->j);
}

static void op_path(struct doc *d, const struct op *op)
{
	begin(d, arena_printf(d->a, "/ops/%s", op->name));
	begin(d, "post");
	text(d, "operationId", op->name);
	text(d, "summary", op->en);
	text(d, "description", both(d, op->vi, op->en));
	list(d, "tags", (const char *const[]){ "operations", NULL });
	op_parameters(d);
	begin(d, "requestBody");
	json_key(d->j, "required");
	json_bool(d->j, true);
	begin(d, "content");
	begin(d, "application/json");
	op_schema(d, op);
	end(d);
	end(d);
	end(d);
	begin(d, "responses");
	json_answer(d, "201", "Recorded", "#/components/schemas/Result");
	json_answer(d, "200", "Nothing changed: all of it was on record", "#/components/schemas/Result");
	problem_answers(d, true);
	end(d);
	end(d);
	end(d);
}

/* ---- pages ---- */

/* "/units/:unit/people" as "/units/{unit}/people". */
static const char *template_path(struct doc *d, const char *path)
{
	struct text t = TEXT(d->a);
	for (const char *p = path; *p;) {
		size_t n = strcspn(p, ":");
		text_addn(&t, p, n);
		p += n;
		if (*p != ':')
			continue;
		n = strcspn(p, "/");
		text_addf(&t, "{%.*s}", (int)n - 1, p + 1);
		p += n;
	}
	return text_str(&t);
}

static void path_parameters(struct doc *d, const char *path)
{
	for (const char *p = strchr(path, ':'); p; p = strchr(p + 1, ':')) {
		const char *name = arena_strndup(d->a, p + 1, strcspn(p + 1, "/"));
		json_object(d->j);
		text(d, "name", name);
		text(d, "in", "path");
		json_key(d->j, "required");
		json_bool(d->j, true);
		begin(d, "schema");
		text(d, "type", strcmp(name, "person") == 0 ? "integer" : "string");
		end(d);
		end(d);
	}
}

static void param_schema(struct doc *d, const struct param *p)
{
	static const char *const types[] = {
		[PARAM_TEXT] = "string", [PARAM_INT] = "integer", [PARAM_DAY] = "string", [PARAM_PERIOD] = "string", [PARAM_BOOL] = "boolean",
		[PARAM_CODE] = "string",
	};
	begin(d, "schema");
	text(d, "type", types[p->type]);
	if (p->type == PARAM_DAY)
		text(d, "format", "date");
	if (p->type == PARAM_CODE)
		code_enum(d, p->codes);
	end(d);
}

static void page_parameters(struct doc *d, const struct page *p)
{
	begin_list(d, "parameters");
	path_parameters(d, p->path);
	for (const struct param *q = p->query; q && q->name; q++) {
		json_object(d->j);
		text(d, "name", q->name);
		text(d, "in", "query");
		text(d, "description", both(d, q->vi, q->en));
		param_schema(d, q);
		end(d);
	}
	json_object(d->j);
	text(d, "$ref", "#/components/parameters/AcceptLanguage");
	end(d);
	json_array_end(d->j);
}

static void page_path(struct doc *d, const struct page *p)
{
	begin(d, template_path(d, p->path));
	begin(d, "get");
	text(d, "operationId", arena_printf(d->a, "get_%s", p->name));
	text(d, "summary", p->en);
	text(d, "description", both(d, p->vi, p->en));
	list(d, "tags", (const char *const[]){ "pages", NULL });
	page_parameters(d, p);
	begin(d, "responses");
	json_answer(d, "200", "What the page shows", "#/components/schemas/View");
	problem_answers(d, false);
	end(d);
	end(d);
	end(d);
}

/* ---- what all of them use ---- */

static void property(struct doc *d, const char *name, const char *type, const char *description)
{
	begin(d, name);
	if (strchr(type, '|')) {
		const char *bar = strchr(type, '|');
		list(d, "type", (const char *const[]){ arena_strndup(d->a, type, (size_t)(bar - type)), bar + 1, NULL });
	} else {
		text(d, "type", type);
	}
	text(d, "description", description);
	end(d);
}

static void problem_schema(struct doc *d)
{
	begin(d, "Problem");
	text(d, "type", "object");
	text(d, "description", "RFC 9457");
	list(d, "required", (const char *const[]){ "type", "title", "status", "detail", "request", NULL });
	begin(d, "properties");
	property(d, "type", "string", "Kind of problem, as a reference: /problems/rule");
	property(d, "title", "string", "The status in words");
	property(d, "status", "integer", "The status");
	property(d, "detail", "string", "What is wrong and the way out, in the language asked for");
	property(d, "field", "string|null", "The field at fault");
	property(d, "rule", "string|null", "Citation of the rule that refuses");
	property(d, "request", "string", "Number of the request in the server's log");
	end(d);
	end(d);
}

static void result_schema(struct doc *d)
{
	begin(d, "Result");
	text(d, "type", "object");
	list(d, "required", (const char *const[]){ "entity", "id", "entry", "warnings", NULL });
	begin(d, "properties");
	property(d, "entity", "string", "What was changed: unit, person, class, target, calendar, account");
	property(d, "id", "integer", "Its number");
	property(d, "entry", "integer|null", "Number of the journal's entry; null when nothing changed");
	begin(d, "warnings");
	text(d, "type", "array");
	text(d, "description", "What is unusual but allowed");
	begin(d, "items");
	text(d, "type", "object");
	begin(d, "properties");
	property(d, "field", "string|null", "The field");
	property(d, "rule", "string|null", "Citation of the rule");
	property(d, "message", "string", "A sentence");
	end(d);
	end(d);
	end(d);
	end(d);
	end(d);
}

static void schemas(struct doc *d)
{
	begin(d, "schemas");
	problem_schema(d);
	result_schema(d);
	begin(d, "View");
	text(d, "type", "object");
	text(d, "description", "The data of a page, with the names under which it shows them");
	end(d);
	end(d);
}

static void problem_responses(struct doc *d)
{
	begin(d, "responses");
	for (size_t i = 0; i < sizeof problems / sizeof *problems; i++) {
		begin(d, problems[i].status);
		text(d, "description", problems[i].description);
		begin(d, "content");
		begin(d, "application/problem+json");
		ref(d, "schema", "#/components/schemas/Problem");
		end(d);
		end(d);
		end(d);
	}
	end(d);
}

static void header_parameter(struct doc *d, const char *key, const char *name, const char *description, int64_t max)
{
	begin(d, key);
	text(d, "name", name);
	text(d, "in", "header");
	text(d, "description", description);
	begin(d, "schema");
	text(d, "type", "string");
	number(d, "maxLength", max);
	end(d);
	end(d);
}

static void components(struct doc *d)
{
	begin(d, "components");
	begin(d, "securitySchemes");
	begin(d, "token");
	text(d, "type", "http");
	text(d, "scheme", "bearer");
	text(d, "description", "A token made on the page of one's own account, with the scope figures, read or write");
	end(d);
	end(d);
	begin(d, "parameters");
	header_parameter(d, "IdempotencyKey", "Idempotency-Key", "Sent again with the same key, the operation is done once", 64);
	header_parameter(d, "AcceptLanguage", "Accept-Language", "vi (default) or en", 64);
	end(d);
	problem_responses(d);
	schemas(d);
	end(d);
}

static void tag(struct doc *d, const char *name, const char *description)
{
	json_object(d->j);
	text(d, "name", name);
	text(d, "description", description);
	end(d);
}

static void head(struct doc *d)
{
	text(d, "openapi", "3.1.0");
	begin(d, "info");
	text(d, "title", "Nguồn");
	text(d, "version", NGUON_VERSION);
	text(d, "description", "Every operation, and the data of every page, for programs. Days are written 2026-03-26.");
	begin(d, "contact");
	text(d, "name", "Nguồn");
	end(d);
	begin(d, "license");
	text(d, "name", "Apache-2.0");
	text(d, "identifier", "Apache-2.0");
	end(d);
	end(d);
	begin_list(d, "servers");
	json_object(d->j);
	text(d, "url", API_PREFIX);
	end(d);
	json_array_end(d->j);
	begin_list(d, "security");
	json_object(d->j);
	begin_list(d, "token");
	json_array_end(d->j);
	end(d);
	json_array_end(d->j);
	begin_list(d, "tags");
	tag(d, "operations", "Changes; each one is an entry of the journal");
	tag(d, "pages", "What the pages show");
	json_array_end(d->j);
}

const char *openapi_text(struct arena *a)
{
	struct text t = TEXT(a);
	struct json j = JSON(&t);
	struct doc d = { &j, a };
	size_t pages_n, ops_n;
	const struct page *const *pages = web_pages(&pages_n);
	const struct op *all = ops(&ops_n);
	json_object(&j);
	head(&d);
	begin(&d, "paths");
	for (size_t i = 0; i < ops_n; i++)
		op_path(&d, &all[i]);
	for (size_t i = 0; i < pages_n; i++)
		if (!(pages[i]->flags & PAGE_NO_API))
			page_path(&d, pages[i]);
	end(&d);
	components(&d);
	json_object_end(&j);
	return text_str(&t);
}

enum err core_openapi(struct visit *v, struct fault *f)
{
	(void)f;
	const char *s = openapi_text(v->a);
	http_body(v->rs, "application/json; charset=utf-8", s, strlen(s));
	return OK;
}
