#include "web/page_unit_report.h"
#include "web/text_field.h"

#include <string.h>

static const struct report_sort sorts[] = {
	{ "progress", "Tiến độ chỉ tiêu", "Progress against targets",
		"Kết quả so với từng chỉ tiêu được giao, tự đăng ký và của nhiệm kỳ; nhanh hay chậm bao nhiêu điểm so với thời gian đã qua.",
		"Results against each target: assigned, self-set, of the term; points ahead of or behind the time gone by.",
		ASKS_PERIOD | ASKS_INDICATOR, PERM_FIGURES, "hbar", GRID_RATIO, report_progress },
	{ "breakdown", "Cơ cấu người được kết nạp", "Who was admitted",
		"Chia theo trình độ, nghề nghiệp, giới tính, dân tộc, tôn giáo, tuổi, nơi giới thiệu.",
		"By education, occupation, sex, ethnicity, religion, age, introducer.",
		ASKS_PERIOD | ASKS_DIMENSION, PERM_FIGURES, "hbar", GRID_VALUE, report_breakdown },
	{ "ranking", "Xếp hạng các đơn vị", "Ranking of units",
		"Các tổ chức trực thuộc theo số người kết nạp và theo tỷ lệ hoàn thành chỉ tiêu.",
		"The units directly below by number of admissions and by share of their target.",
		ASKS_PERIOD | ASKS_INDICATOR, PERM_FIGURES, "hbar", GRID_VALUE, report_ranking },
	{ "classes", "Lớp bồi dưỡng", "Classes",
		"Mỗi lớp: số người cử đi, số giấy chứng nhận, số đã được kết nạp.", "Each class: people sent, certificates, admitted since.",
		ASKS_PERIOD | ASKS_CLASS_KIND, PERM_FIGURES, NULL, GRID_VALUE, report_classes },
	{ "late", "Việc quá hạn", "What is late",
		"Từng việc đã quá hạn theo quy định vào một ngày, của ai, từ bao giờ, căn cứ nào.",
		"Each act past its last day on a given day: whose, since when, by which rule.", 0, PERM_PEOPLE, NULL, GRID_VALUE, NULL },
};

const struct report_sort *report_sorts(size_t *ret_n)
{
	*ret_n = sizeof sorts / sizeof *sorts;
	return sorts;
}

const struct report_sort *report_sort_find(const char *name)
{
	for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
		if (strcmp(sorts[i].name, name) == 0)
			return &sorts[i];
	return NULL;
}

static enum err reports_load(struct visit *v, struct reports_view *ret, struct fault *f)
{
	(void)f;
	ret->unit = v->unit;
	ret->unit_name = unit_name(v->unit, v->today);
	ret->sorts = arena_array(v->a, const struct report_sort *, sizeof sorts / sizeof *sorts);
	for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
		if (visit_may(v, sorts[i].perm, v->unit->id))
			ret->sorts[ret->n++] = &sorts[i];
	return OK;
}

static void reports_json(struct json *j, const struct reports_view *v)
{
	json_object(j);
	json_put_string(j, "unit", v->unit->code);
	json_key(j, "reports");
	json_array(j);
	for (size_t i = 0; i < v->n; i++)
		json_string(j, v->sorts[i]->name);
	json_array_end(j);
	json_object_end(j);
}

PAGE_THUNKS(reports)

const struct page reports_page = { .path = "/units/:unit/reports", .name = "reports", .vi = "Báo cáo", .en = "Reports", .of = PAGE_UNIT,
	.perm = PERM_FIGURES, .view_size = sizeof(struct reports_view), .load = reports_load_, .html = reports_html_, .json = reports_json_ };
