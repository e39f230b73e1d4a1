/* The form of a value of the site's own: which value, what it is now, and what may be written instead. */
#include "app/site_rules.h"
#include "domain/rules_override.h"
#include "web/opform_impl.h"
#include "web/words.h"

#include <string.h>

static const char *field_of(const char *key)
{
	const char *dot = strrchr(key, '.');
	return dot ? dot + 1 : "";
}

/* "Ra quyết định kết nạp, độ dài: 45 ngày làm việc". */
static const char *key_label(const struct visit *v, const struct pack *pack, const char *key)
{
	static const struct {
		const char *field;
		struct labels label;
	} fields[] = {
		{ "length", { "độ dài", "length" } }, { "extension", { "gia hạn thêm", "extension" } },
		{ "verified", { "đã đối chiếu văn bản", "verified" } }, { "threshold", { "tỷ lệ tán thành", "share in favour" } },
		{ "optional", { "có thể không có", "may be absent" } }, { "min", { "ít nhất", "at least" } }, { "max", { "nhiều nhất", "at most" } },
		{ "severity", { "nếu không đạt", "otherwise" } },
	};
	struct rules_row row;
	const char *row_key = arena_strndup(v->a, key, strlen(key) - strlen(field_of(key)) - 1), *field = field_of(key);
	if (!rules_row_find(pack, row_key, v->a, &row))
		return key;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (strcmp(fields[i].field, field_of(key)) == 0)
			field = label_of(fields[i].label, v->lang);
	return arena_printf(v->a, "%s (%s), %s: %s", word_rules_row(&row, v->lang, v->a), row_key, field,
		rules_value_text(key, rules_value(pack, key, v->a), v->lang, v->a));
}

/* Those in force today, then those of older packs alone: a value may hold from a day in the past. */
static struct input_options key_options(const struct visit *v)
{
	const struct rules *files = &v->app->rule_files;
	const struct pack *now = rules_at(&v->app->rules, v->today);
	struct input_options list = { 0 };
	size_t n;
	const char *const *keys = rules_keys(now, v->a, &n);
	opform_option(v->a, &list, "", visit_say(v, "– chọn –", "– choose –"));
	for (size_t i = 0; i < n; i++)
		opform_option(v->a, &list, keys[i], key_label(v, now, keys[i]));
	for (size_t p = files->n; p-- > 0;) {
		keys = rules_keys(files->packs[p], v->a, &n);
		for (size_t i = 0; i < n; i++)
			if (!opform_offers(&list, keys[i]))
				opform_option(v->a, &list, keys[i], arena_printf(v->a, "%s [%s]", key_label(v, files->packs[p], keys[i]),
					files->packs[p]->id));
	}
	return list;
}

/* Words that are one of a few. */
static struct input_options word_options(const struct visit *v, const char *key)
{
	static const struct {
		const char *field, *words[3];
	} rows[] = {
		{ "threshold", { "two_thirds", "majority" } }, { "severity", { "refuse", "warn" } }, { "verified", { "yes", "no" } },
		{ "optional", { "yes", "no" } },
	};
	struct input_options list = { 0 };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (strcmp(rows[i].field, field_of(key)) != 0)
			continue;
		opform_option(v->a, &list, "", visit_say(v, "– chọn –", "– choose –"));
		for (const char *const *word = rows[i].words; *word; word++)
			opform_option(v->a, &list, *word, rules_value_text(key, *word, v->lang, v->a));
	}
	return list;
}

static void value_input(const struct opform_case *c, const char *key, struct input *in)
{
	const struct visit *v = c->v;
	const struct input_options words = word_options(v, key);
	const char *now = rules_value(rules_at(&v->app->rules, v->today), key, v->a);
	if (words.n)
		opform_select(c, in, words);
	else if (strcmp(field_of(key), "length") == 0)
		in->help = visit_say(v, "Một số, giữ đơn vị đang dùng; hoặc số kèm đơn vị: workday (ngày làm việc), day (ngày), month (tháng)",
			"A number in the unit that is in use, or a number with its unit: workday, day, month");
	else
		in->help = visit_say(v, "Một số nguyên", "A whole number");
	if (now)
		in->help = arena_printf(v->a, SAY(v, "Đang dùng: %s. %s", "Now: %s. %s"), rules_value_text(key, now, v->lang, v->a),
			in->help ? in->help : "");
}

void opform_rule_input(const struct opform_case *c, const struct field *fd, struct input *in)
{
	const char *key = opform_given(c, "key");
	if (strcmp(c->op->name, "rule_end") == 0 && strcmp(fd->name, "to") == 0)
		in->help = visit_say(c->v, "Bỏ trống: thôi dùng từ hôm nay", "Empty: from today on");
	if (strcmp(c->op->name, "rule_set") != 0)
		return;
	if (strcmp(fd->name, "key") == 0)
		opform_select(c, in, key_options(c->v));
	if (key && strcmp(fd->name, "value") == 0)
		value_input(c, key, in);
}

enum err opform_rule(struct opform_case *c, struct fault *f)
{
	struct visit *v = c->v;
	struct site_value *values;
	size_t n;
	const char *number = strcmp(c->op->name, "rule_end") == 0 ? opform_given(c, "number") : NULL;
	if (!number)
		return OK;
	TRY(site_rules_values(v->app, v->a, &values, &n, f));
	for (size_t i = 0; i < n; i++)
		if (strcmp(id_text(v->a, values[i].id), number) == 0)
			c->out->lead = arena_printf(v->a, SAY(v, "Thôi dùng: %s, %s, từ ngày %s. Lý do khi đặt: %s",
				"Ends: %s, %s, since %s. Set because: %s"), values[i].key,
				rules_value_text(values[i].key, values[i].value, v->lang, v->a), word_day(values[i].valid.from, v->lang, v->a),
				values[i].reason);
	return OK;
}
