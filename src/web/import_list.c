#include "web/import_list.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

static const struct import_list lists[] = {
	{ "units", "Tổ chức đảng", "Organisations", "Mỗi dòng một tổ chức: mã, tên, loại, cấp trên, ngày thành lập.",
		"One organisation a row: code, name, kind, unit above, day of founding." },
	{ "people", "Quần chúng và đảng viên", "People", "Mỗi dòng một người, với những ngày và văn bản đã biết.",
		"One person a row, with whatever days and papers are known." },
	{ "targets", "Chỉ tiêu", "Targets", "Chỉ tiêu giao, tự đăng ký, của nhiệm kỳ.", "Assigned, self-set, of the term." },
	{ "classes", "Lớp bồi dưỡng", "Classes", "Mỗi dòng một lớp.", "One class a row." },
	{ "facts", "Từng bước, từng thông tin", "Steps and facts", "Mỗi dòng một bước của một người.", "One step of one person a row." },
};

const struct import_list *import_lists(size_t *ret_n)
{
	*ret_n = sizeof lists / sizeof *lists;
	return lists;
}

const struct import_list *import_list_find(const char *kind)
{
	for (size_t i = 0; kind && i < sizeof lists / sizeof *lists; i++)
		if (strcmp(lists[i].kind, kind) == 0)
			return &lists[i];
	return NULL;
}

static const char *type_label(enum field_type type, enum lang lang)
{
	static const char *const labels[][2] = {
		[FIELD_TEXT] = { "chữ", "text" }, [FIELD_INT] = { "số nguyên", "whole number" }, [FIELD_MILLI] = { "số", "number" },
		[FIELD_DAY] = { "ngày", "day" }, [FIELD_PERIOD] = { "kỳ", "period" }, [FIELD_CODE] = { "chọn", "choice" },
		[FIELD_BOOL] = { "có/không", "yes/no" }, [FIELD_UNIT] = { "mã", "code" }, [FIELD_PERSON] = { "mã số", "number" },
	};
	assert((size_t)type < sizeof labels / sizeof *labels);
	return labels[type][lang];
}

static const char *with_commas(const char *list, struct arena *a)
{
	struct text t = TEXT(a);
	for (const char *p = list ? list : ""; *p; p++)
		text_add(&t, *p == '|' ? ", " : (const char[]){ *p, '\0' });
	return text_str(&t);
}

static const char *values(const struct field *fd, enum lang lang, struct arena *a)
{
	enum { SHOWN = 12 };
	struct text t = TEXT(a);
	size_t n = 0;
	const struct code *v = fd->type == FIELD_CODE ? codes(fd->codes, &n) : NULL;
	for (size_t i = 0; i < n && i < SHOWN; i++)
		text_addf(&t, "%s%s", i ? ", " : "", lang == LANG_VI ? v[i].vi : v[i].en);
	if (n > SHOWN)
		text_add(&t, ", …");
	return text_str(&t);
}

struct import_column *import_list_columns(const struct import_list *l, enum lang lang, struct arena *a, size_t *ret_n)
{
	const struct import_kind *kind;
	struct import_wishes *wishes = arena_new(a, struct import_wishes);
	enum err e = import_kind_find(l->kind, &kind, NULL);
	assert(e == OK);
	(void)e;
	import_kind_wishes(kind, op_find(kind->op), wishes);
	struct import_column *v = arena_array(a, struct import_column, (size_t)wishes->n);
	for (int i = 0; i < wishes->n; i++) {
		const struct field *fd = wishes->v[i].field;
		v[i] = (struct import_column){ lang == LANG_VI ? fd->vi : fd->en, type_label(fd->type, lang), with_commas(fd->also, a),
			values(fd, lang, a), wishes->v[i].need & NEED_ALWAYS };
	}
	*ret_n = (size_t)wishes->n;
	return v;
}
