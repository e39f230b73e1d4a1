#include "cli/cli.h"

#include "base/utf8.h"

#include <string.h>

const char *cli_option(const struct cli *c, const char *name)
{
	for (int i = c->given_n; i-- > 0;) /* the last one counts */
		if (strcmp(c->given[i].option->name, name) == 0)
			return c->given[i].value;
	return NULL;
}

enum err cli_required(const struct cli *c, const char *name, const char **ret, struct fault *f)
{
	const char *value = cli_option(c, name);
	if (!value || !*value)
		return FAULT(f, E_USAGE, NULL, MSG_CLI_OPTION_MISSING, name, c->command->name);
	*ret = value;
	return OK;
}

enum err cli_data(const struct cli *c, struct fault *f)
{
	const char *dir;
	return cli_required(c, "data", &dir, f);
}

enum err cli_words(const struct cli *c, int least, int most, struct fault *f)
{
	if (c->args_n < least || c->args_n > most)
		return FAULT(f, E_USAGE, NULL, MSG_CLI_WORDS, c->command->name, c->command->usage);
	return OK;
}

enum err cli_open(struct cli *c, enum app_mode mode, struct fault *f)
{
	TRY(cli_data(c, f));
	TRY(app_open(c->data, mode, &c->app, f));
	c->app_open = true;
	c->app.lang = c->lang;
	if (day_known(c->today))
		c->app.today = c->today;
	return OK;
}

void cli_say(struct cli *c, const char *line)
{
	(void)c;
	(void)printf("%s\n", line);
}

void cli_json(struct text *t)
{
	(void)printf("%s\n", text_str(t));
}

const char *cli_day(struct cli *c, struct day d)
{
	char text[DAY_TEXT];
	if (!day_known(d))
		return "–";
	return arena_strdup(&c->arena, c->lang == LANG_VI ? day_vi(d, text) : day_iso(d, text));
}

const char *cli_pad(struct cli *c, const char *text, size_t columns)
{
	size_t n = utf8_length(text);
	return arena_printf(&c->arena, "%s%*s", text, n < columns ? (int)(columns - n) : 0, "");
}

const char *cli_kind(const struct cli *c, const char *kind)
{
	const struct fact_kind *k = fact_kind_find(kind);
	const struct step *s = k || !c->app_open ? NULL : pack_step(rules_at(&c->app.rules, c->app.today), kind);
	if (k)
		return cli_text(c, k->vi, k->en);
	return s ? label_of(s->label, c->lang) : kind;
}

/* ---- faults and warnings ---- */

static const char *label_of_field(struct cli *c, const char *key)
{
	const struct field *fd = c->op ? op_field(c->op, key) : NULL;
	return fd ? cli_text(c, fd->vi, fd->en) : cli_kind(c, key);
}

const char *cli_fault_text(struct cli *c, const struct fault *f)
{
	struct text t = TEXT(&c->arena);
	if (*f->field)
		text_addf(&t, "%s ", MSG_TEXT(&c->arena, c->lang, MSG_CLI_FIELD, label_of_field(c, f->field)));
	text_add(&t, fault_text(f, c->lang, &c->arena));
	if (*f->rule)
		text_addf(&t, " %s", MSG_TEXT(&c->arena, c->lang, MSG_CLI_RULE, f->rule));
	return text_str(&t);
}

void cli_fault_json(struct cli *c, struct json *j, const struct fault *f)
{
	json_object(j);
	json_put_string(j, "code", err_problem(f->code));
	json_put_string(j, "field", *f->field ? f->field : NULL);
	json_put_string(j, "rule", *f->rule ? f->rule : NULL);
	json_put_string(j, "message", fault_text(f, c->lang, &c->arena));
	json_object_end(j);
}

void cli_warnings(struct cli *c, const struct warnings *w)
{
	for (size_t i = 0; i < w->n; i++)
		(void)fprintf(stderr, "%s\n", MSG_TEXT(&c->arena, c->lang, MSG_CLI_WARNING, cli_fault_text(c, &w->v[i])));
}

void cli_warnings_json(struct cli *c, struct json *j, const struct warnings *w)
{
	json_key(j, "warnings");
	json_array(j);
	for (size_t i = 0; i < w->n; i++)
		cli_fault_json(c, j, &w->v[i]);
	json_array_end(j);
}

/* ---- what was meant ---- */

enum { WORD_MAX = 32 };

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* Insertions, deletions and changes of letters that lead from one word to the other. */
static int distance(const char *x, const char *y)
{
	int row[WORD_MAX + 1], n = (int)strlen(y);
	for (int j = 0; j <= n; j++)
		row[j] = j;
	for (int i = 1; x[i - 1]; i++) {
		int corner = row[0];
		row[0] = i;
		for (int j = 1; j <= n; j++) {
			int change = corner + (x[i - 1] != y[j - 1]);
			corner = row[j];
			row[j] = least(change, least(row[j], row[j - 1]) + 1);
		}
	}
	return row[n];
}

const char *cli_nearest(const char *word, const char *(*next)(const void *list, size_t i), const void *list)
{
	const char *best = NULL;
	int least_far = 3;
	if (strlen(word) > WORD_MAX)
		return NULL;
	for (size_t i = 0; next(list, i); i++) {
		const char *candidate = next(list, i);
		int far = strlen(candidate) <= WORD_MAX ? distance(word, candidate) : least_far;
		if (far < least_far && far < (int)strlen(candidate)) {
			least_far = far;
			best = candidate;
		}
	}
	return best;
}
