#include "app/import_kinds.h"
#include "app/import_facts.h"
#include "app/import_values.h"
#include "base/utf8.h"
#include "domain/target.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

/* ---- people ---- */

#define COLUMN(name_, type_, vi_, en_, also_) (&(const struct field){ .name = name_, .type = type_, .vi = vi_, .en = en_, .also = also_ })

/* "Nam" and "Nữ" side by side, with a cross or the birth day in one of them. */
static const struct import_wish people_columns[] = {
	{ COLUMN("male", FIELD_TEXT, "Nam", "Male", "Giới tính nam|Năm sinh nam|Ngày sinh nam|Sinh ngày nam|Ngày tháng năm sinh nam"), 0 },
	{ COLUMN("female", FIELD_TEXT, "Nữ", "Female", "Giới tính nữ|Năm sinh nữ|Ngày sinh nữ|Sinh ngày nữ|Ngày tháng năm sinh nữ"), 0 },
	{ 0 },
};

static enum err both_sexes(const char *cell, struct fault *f)
{
	return FAULT(f, E_INVALID, "female", MSG_IMPORT_BOTH_SEXES, cell);
}

static enum err complete_person(struct import_row *row, struct fault *f)
{
	const char *male = import_row_text(row, "male"), *female = import_row_text(row, "female");
	struct fault both;
	(void)f;
	if (male && female && both_sexes(female, &both))
		import_row_fault(row, &both);
	if (!male == !female)
		return OK;
	const char *cell = male ? male : female;
	import_row_set(row, "sex", male ? "male" : "female");
	if (strpbrk(cell, "0123456789") && strlen(cell) > 1)
		import_row_set_from(row, "birth", cell, male ? "male" : "female");
	return OK;
}

/* ---- targets ---- */

static const struct indicator *indicator_meant(const char *text, struct arena *a)
{
	size_t n;
	const struct indicator *v = indicators(&n);
	const char *fold = vi_fold(a, utf8_clean(a, text));
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i].key, text) == 0 || strcmp(vi_fold(a, v[i].label.vi), fold) == 0 || strcmp(vi_fold(a, v[i].label.en), fold) == 0)
			return &v[i];
	return NULL;
}

static enum err check_percent(const struct import_target_text *t, const struct indicator *i, const char *cell, struct fault *f)
{
	bool rate = i && (i->measure == MEASURE_SHARE || i->measure == MEASURE_MEMBER_RATE || i->measure == MEASURE_PLANS ||
		i->measure == MEASURE_NOTIFIED);
	return t->percent && !rate ? FAULT(f, E_INVALID, "low", MSG_IMPORT_TARGET_PERCENT, cell) : OK;
}

static void set_target(struct import_row *row, const struct import_target_text *t)
{
	import_row_set(row, "low", t->low);
	if (t->high)
		import_row_set_from(row, "high", t->high, "low");
	if (t->at_least)
		import_row_set(row, "at_least", "1");
}

static enum err complete_target(struct import_row *row, struct fault *f)
{
	const char *name = import_row_text(row, "indicator"), *number = import_row_text(row, "low");
	const struct indicator *indicator = name ? indicator_meant(name, row->arena) : NULL;
	struct import_target_text t;
	struct fault wrong;
	(void)f;
	import_row_set(row, "indicator", indicator ? indicator->key : name);
	if (!number)
		return OK;
	enum err e = import_value_target("low", number, row->arena, &t, &wrong);
	if (e == OK)
		e = check_percent(&t, indicator, number, &wrong);
	if (e == OK)
		set_target(row, &t);
	else
		import_row_fault(row, &wrong);
	return OK;
}

/* ---- the kinds ---- */

static const struct import_wish fact_columns[] = {
	{ COLUMN("id_number", FIELD_TEXT, "Số định danh", "Citizen ID",
		"Số CCCD|CCCD|Số căn cước|Căn cước|Số CMND|CMND|Số định danh cá nhân|ID number"), NEED_EITHER },
	{ COLUMN("name", FIELD_TEXT, "Họ và tên", "Full name", "Họ tên|Họ, tên|Tên|Name"), NEED_OR },
	{ COLUMN("birth", FIELD_DAY, "Ngày sinh", "Birth date", "Sinh ngày|Ngày tháng năm sinh|Date of birth|DOB"), NEED_OR },
	{ 0 },
};

static const struct import_special target_special[] = {
	{ "low", NEED_ALWAYS, true },
	{ "indicator", 0, true },
	{ 0 },
};

static const struct import_special fact_special[] = {
	{ "person", NEED_OR_ELSE, false },
	{ "unit", NEED_OR, false },
	{ "kind", NEED_ALWAYS, true },
	{ "value", 0, true },
	{ 0 },
};

static const struct import_kind kinds[] = {
	{ .name = "units", .op = "unit_open", .parents_first = true },
	{ .name = "people", .op = "person_record", .extra = people_columns, .complete = complete_person },
	{ .name = "targets", .op = "target_set", .special = target_special, .complete = complete_target },
	{ .name = "classes", .op = "class_open" },
	{ .name = "facts", .op = "fact_record", .extra = fact_columns, .special = fact_special, .complete = import_facts_complete },
};

enum err import_kind_find(const char *name, const struct import_kind **ret, struct fault *f)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].name, name) == 0) {
			*ret = &kinds[i];
			return OK;
		}
	return FAULT(f, E_USAGE, NULL, MSG_IMPORT_KIND, name);
}

static struct import_special special_of(const struct import_kind *kind, const struct field *fd)
{
	for (const struct import_special *s = kind->special; s && s->field; s++)
		if (strcmp(s->field, fd->name) == 0)
			return *s;
	return (struct import_special){ fd->name, fd->required ? NEED_ALWAYS : 0, false };
}

void import_kind_wishes(const struct import_kind *kind, const struct op *op, struct import_wishes *ret)
{
	*ret = (struct import_wishes){ 0 };
	for (const struct field *fd = op->fields; fd->name; fd++) {
		struct import_special s = special_of(kind, fd);
		assert(ret->n < IMPORT_WISHES);
		ret->later[ret->n] = s.later;
		ret->v[ret->n++] = (struct import_wish){ fd, s.need };
	}
	ret->op_fields = ret->n;
	for (const struct import_wish *w = kind->extra; w && w->field; w++) {
		assert(ret->n < IMPORT_WISHES);
		ret->v[ret->n++] = *w;
	}
}
