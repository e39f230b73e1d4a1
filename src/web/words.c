#include "web/words.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct word {
	const char *key, *label[2];
};

static const struct word phases[] = {
	[PHASE_NONE] = { "none", { "Chưa có bước nào", "No step yet" } },
	[PHASE_CANDIDATE] = { "candidate", { "Nguồn, cảm tình Đảng", "Candidate" } },
	[PHASE_DECIDED] = { "decided", { "Đã có quyết định, chờ lễ", "Decided, ceremony to come" } },
	[PHASE_PROBATION] = { "probation", { "Đảng viên dự bị", "Probationary member" } },
	[PHASE_OFFICIAL] = { "official", { "Đảng viên chính thức", "Official member" } },
	[PHASE_LEFT] = { "left", { "Đã ra khỏi danh sách", "Left" } },
};

static const struct word steps[] = {
	[STEP_OPEN] = { "open", { "chưa tới", "not reached" } },
	[STEP_NEXT] = { "next", { "làm tiếp theo", "next" } },
	[STEP_DONE] = { "done", { "đã xong", "done" } },
	[STEP_FAILED] = { "failed", { "không đạt", "failed" } },
	[STEP_SKIPPED] = { "skipped", { "không phải làm", "not needed here" } },
	[STEP_UNKNOWN] = { "unknown", { "không rõ ngày", "day not recorded" } },
};

static const struct word clocks[] = {
	[CLOCK_RUNNING] = { "running", { "còn hạn", "running" } },
	[CLOCK_MET] = { "met", { "đúng hạn", "met" } },
	[CLOCK_LATE] = { "late", { "quá hạn", "late" } },
	[CLOCK_MET_LATE] = { "met_late", { "xong nhưng trễ", "met late" } },
	[CLOCK_EXPIRED] = { "expired", { "hết hiệu lực", "expired" } },
	[CLOCK_REACHED] = { "reached", { "đã đến ngày", "reached" } },
};

static const struct word unit_facts[] = {
	{ "open", { "Thành lập", "Opened" } }, { "close", { "Kết thúc hoạt động", "Closed" } }, { "name", { "Tên", "Name" } },
	{ "kind", { "Loại tổ chức", "Kind" } }, { "parent", { "Cấp trên trực tiếp", "Directly above" } }, { "sector", { "Loại hình", "Sector" } },
	{ "authorised", { "Được ủy quyền kết nạp", "May decide admissions" } }, { "plan", { "Có kế hoạch năm", "Has a plan for the year" } },
};

#define ROWS(t) (sizeof(t) / sizeof *(t))

static const struct word *row(const struct word *t, size_t n, size_t i)
{
	assert(i < n && t[i].key);
	return &t[i];
}

const char *word_phase_key(enum standing_phase p)
{
	return row(phases, ROWS(phases), p)->key;
}

const char *word_phase(enum standing_phase p, enum lang lang)
{
	return row(phases, ROWS(phases), p)->label[lang];
}

bool word_phase_find(const char *key, enum standing_phase *ret)
{
	for (size_t i = 0; i < ROWS(phases); i++) {
		if (strcmp(phases[i].key, key) != 0)
			continue;
		*ret = (enum standing_phase)i;
		return true;
	}
	return false;
}

const char *word_step_key(enum step_status s)
{
	return row(steps, ROWS(steps), s)->key;
}

const char *word_step(enum step_status s, enum lang lang)
{
	return row(steps, ROWS(steps), s)->label[lang];
}

const char *word_clock_key(enum clock_status s)
{
	return row(clocks, ROWS(clocks), s)->key;
}

const char *word_clock(enum clock_status s, enum lang lang)
{
	return row(clocks, ROWS(clocks), s)->label[lang];
}

const char *word_fact_kind(const struct rules *r, const char *kind, enum lang lang)
{
	const struct fact_kind *k = fact_kind_find(kind);
	if (k)
		return lang == LANG_VI ? k->vi : k->en;
	for (size_t i = r->n; i-- > 0;) {
		const struct step *s = pack_step(r->packs[i], kind);
		if (s)
			return label_of(s->label, lang);
	}
	return kind;
}

const char *word_rules_row(const struct rules_row *row, enum lang lang, struct arena *a)
{
	switch (row->kind) {
	case ROW_CLOCK:
		return label_of(((const struct clock *)row->object)->label, lang);
	case ROW_STEP:
		return label_of(((const struct step *)row->object)->label, lang);
	case ROW_CHECK:
		return rules_check_text(row->object, lang, a);
	case ROW_BODY:
		return label_of(((const struct body *)row->object)->label, lang);
	default:
		return code_label(CODES_PAPER, ((const struct paper_row *)row->object)->key, lang);
	}
}

const char *word_unit_fact(const char *kind, enum lang lang)
{
	for (size_t i = 0; i < ROWS(unit_facts); i++)
		if (strcmp(unit_facts[i].key, kind) == 0)
			return unit_facts[i].label[lang];
	return kind;
}

const char *word_day(struct day d, enum lang lang, struct arena *a)
{
	char buf[DAY_TEXT];
	if (!day_known(d))
		return "–";
	return arena_strdup(a, lang == LANG_VI ? day_vi(d, buf) : day_iso(d, buf));
}

const char *word_number(int64_t v, enum lang lang, struct arena *a)
{
	char digits[32];
	struct text t = TEXT(a);
	int n = snprintf(digits, sizeof digits, "%" PRId64, v);
	for (int i = 0; i < n; i++) {
		if (i > (digits[0] == '-') && (n - i) % 3 == 0)
			text_addc(&t, lang == LANG_VI ? '.' : ',');
		text_addc(&t, digits[i]);
	}
	return text_str(&t);
}

const char *word_milli(int64_t milli, enum lang lang, struct arena *a)
{
	assert(milli >= 0);
	const char *whole = word_number(milli / 1000, lang, a);
	char *text = arena_printf(a, "%s%c%03d", whole, lang == LANG_VI ? ',' : '.', (int)(milli % 1000));
	size_t n = strlen(text), least = strlen(whole);
	while (n > least && (text[n - 1] == '0' || n - 1 == least))
		n--;
	text[n] = '\0';
	return text;
}

const char *word_days(struct day due, struct day on, enum lang lang, struct arena *a)
{
	int32_t days = due.n - on.n;
	if (days == 0)
		return lang == LANG_VI ? "hạn là hôm nay" : "due today";
	if (lang == LANG_VI)
		return arena_printf(a, days < 0 ? "quá hạn %s ngày" : "còn %s ngày", word_number(days < 0 ? -days : days, lang, a));
	const char *plural = days == 1 || days == -1 ? "" : "s";
	return arena_printf(a, days < 0 ? "%s day%s late" : "%s day%s left", word_number(days < 0 ? -days : days, lang, a), plural);
}
