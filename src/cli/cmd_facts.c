/* nguon help facts: what `kind` and `value` of a fact may be. */
#include "cli/cli_rules.h"

static void print_steps(struct cli *c, const struct pack *p)
{
	cli_say(c, cli_text(c, "Các bước (kind)", "Steps (kind)"));
	for (const struct step *s = p->steps; s < p->steps + p->steps_n; s++)
		(void)printf("  %s %s\n", cli_pad(c, s->key, 28), label_of(s->label, c->lang));
}

static void print_kind(struct cli *c, const struct fact_kind *k)
{
	size_t n = 0;
	const struct code *values = k->codes >= 0 ? codes((enum code_table)k->codes, &n) : NULL;
	(void)printf("  %s %s\n", cli_pad(c, k->key, 28), cli_text(c, k->vi, k->en));
	for (size_t i = 0; i < n; i++)
		(void)printf("    %s%s %s\n", i ? "      " : "value=", cli_pad(c, values[i].key, 24), cli_text(c, values[i].vi, values[i].en));
}

enum err cli_facts(struct cli *c, struct fault *f)
{
	const struct rules *rules;
	const struct calendar *calendar;
	size_t n;
	TRY(cli_rules(c, &rules, &calendar, f));
	const struct fact_kind *kinds = fact_kinds(&n);
	print_steps(c, rules->packs[rules->n - 1]);
	cli_say(c, cli_text(c, "Các thông tin khác (kind, value)", "Other facts (kind, value)"));
	for (size_t i = 0; i < n; i++)
		print_kind(c, &kinds[i]);
	return OK;
}
