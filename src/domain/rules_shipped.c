#include "domain/rules_shipped.h"

#include <string.h>

enum err rules_load(const struct shipped_file *files, size_t n, struct arena *a, struct rules *ret_rules,
	struct calendar *ret_calendar, struct fault *f)
{
	struct rules rules = { 0 };
	struct calendar calendar = { 0 };
	for (const struct shipped_file *s = files; s < files + n; s++) {
		struct pack *pack;
		if (strcmp(s->name, SHIPPED_CALENDAR) == 0) {
			TRY(calendar_parse(s->name, s->bytes, s->size, a, &calendar, f));
			continue;
		}
		TRY(rules_parse(s->name, s->bytes, s->size, &rules, a, &pack, f));
		rules_add(a, &rules, pack);
	}
	TRY(rules_check(&rules, f));
	*ret_rules = rules;
	*ret_calendar = calendar;
	return OK;
}

enum err rules_shipped_load(struct arena *a, struct rules *ret_rules, struct calendar *ret_calendar, struct fault *f)
{
	size_t n;
	const struct shipped_file *files = rules_shipped(&n);
	return rules_load(files, n, a, ret_rules, ret_calendar, f);
}
