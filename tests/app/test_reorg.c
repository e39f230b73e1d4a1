/* Reorganisations through their operations, on a small made-up district. */
#include "live_view.h"

#include "app/verify.h"
#include "domain/reorg.h"
#include "stats/reports.h"

enum { THU = 1, MAU = 2, VI_DU = 3 };

/* Two communes with branches, and somebody in them. */
static int populate(struct office *o)
{
	DO(o, "unit_open", "code=XA", "name=Đảng bộ xã An", "kind=GRASS_DB", "parent=TB", "opened=2000-01-01");
	DO(o, "unit_open", "code=XB", "name=Đảng bộ xã Bình", "kind=GRASS_DB", "parent=TB", "opened=2000-01-01");
	DO(o, "unit_open", "code=XA-1", "name=Chi bộ thôn Một", "kind=BRANCH", "parent=XA", "opened=2000-01-01");
	DO(o, "unit_open", "code=XA-2", "name=Chi bộ thôn Hai", "kind=BRANCH", "parent=XA", "opened=2000-01-01");
	DO(o, "unit_open", "code=XB-1", "name=Chi bộ thôn Ba", "kind=BRANCH", "parent=XB", "opened=2000-01-01");
	DO(o, "person_record", "unit=XA-1", "name=Nguyễn Thị Thử", "sex=female", "decided=2025-03-02", "ceremony=2025-03-20");
	DO(o, "person_record", "unit=XA-1", "name=Trần Văn Mẫu", "sex=male", "decided=2025-04-02", "ceremony=2025-04-20");
	DO(o, "person_record", "unit=XB-1", "name=Lê Thị Ví Dụ", "sex=female", "decided=2025-08-02", "ceremony=2025-08-20");
	DO(o, "target_set", "unit=XA", "kind=assigned", "period=2025", "low=4");
	DO(o, "target_set", "unit=XB", "kind=assigned", "period=2025", "low=3");
	DO(o, "target_set", "unit=TB", "kind=assigned", "period=2025", "low=7");
	return 0;
}

static int district(void **state)
{
	return office_setup(state) == 0 ? populate(*state) : -1;
}

static int district_on_disk(void **state)
{
	return disk_setup(state) == 0 ? populate(&((struct disk *)*state)->office) : -1;
}

#define PLAN(kind, ...) "plan={\"kind\":\"" kind "\",\"on\":\"2025-07-01\",\"actions\":[" __VA_ARGS__ "]}"
#define CLOSE(unit, to) "{\"do\":\"close\",\"unit\":\"" unit "\",\"to\":\"" to "\"}"
#define MOVE(unit, parent) "{\"do\":\"move\",\"unit\":\"" unit "\",\"parent\":\"" parent "\"}"
#define PEOPLE(unit, to) "{\"do\":\"people\",\"unit\":\"" unit "\",\"to\":\"" to "\"}"
#define OPEN(unit, name, kind, parent) \
	"{\"do\":\"open\",\"unit\":\"" unit "\",\"name\":\"" name "\",\"kind\":\"" kind "\",\"parent\":\"" parent "\"}"
#define NEW_COMMUNE OPEN("XC", "Đảng bộ xã An Bình", "GRASS_DB", "TB")
#define UNION_OF_TWO PLAN("union", CLOSE("XA", "XC") "," CLOSE("XB", "XC") "," NEW_COMMUNE)

static struct unit *unit(struct office *o, const char *code)
{
	struct unit *u = tree_find_code(&o->app.tree, code);
	assert_non_null(u);
	return u;
}

static void assert_parent(struct office *o, const char *code, const char *day, const char *parent)
{
	const struct unit *p = tree_find(&o->app.tree, unit_parent(unit(o, code), on(day)));
	assert_string_equal(p ? p->code : "", parent);
}

static void assert_verified(struct office *o)
{
	struct verify_result r;
	struct fault f = { 0 };
	assert_ok(verify_all(&o->app, &r, &f));
}

/* The rows of the progress report. */
static const struct report *progress(struct office *o, const char *code, const char *period, bool today_tree)
{
	struct cube *c;
	struct fault f = { 0 };
	struct report *r = arena_new(&o->arena, struct report);
	struct report_ask q = { .unit = unit(o, code)->id, .as_of = o->app.today, .today = o->app.today, .today_tree = today_tree,
		.lang = LANG_VI };
	assert_ok(period_parse(period, "period", &q.period, &f));
	assert_ok(app_cube(&o->app, &c, &f));
	assert_ok(report_progress(c, &q, &o->arena, r, &f));
	return r;
}

static const struct report_row *row(const struct report *r, const char *key)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->rows[i].key, key) == 0)
			return &r->rows[i];
	return NULL;
}

static void assert_row(const struct report *r, const char *key, int64_t value, int64_t of)
{
	const struct report_row *x = row(r, key);
	assert_non_null(x);
	assert_int_equal(x->value, value);
	assert_int_equal(x->has_ratio ? x->denominator : 0, of);
}

static const char *place_of(struct office *o, int64_t person, const char *day)
{
	struct facts active = office_facts(o, person);
	return tree_find(&o->app.tree, facts_unit(&active, on(day)))->code;
}

static size_t facts_of(struct office *o, int64_t person)
{
	struct facts all, active;
	assert_int_equal(app_facts(&o->app, (struct person_id){ person }, &o->arena, &all, &active, NULL), OK);
	return all.n;
}

/* ---- union ---- */

static void test_union_moves_subtrees_and_touches_nobody_in_them(void **state)
{
	struct office *o = *state;
	size_t before = facts_of(o, THU);
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=12-QĐ/TU");
	assert_parent(o, "XA-1", "2025-06-30", "XA");
	assert_parent(o, "XA-1", "2025-07-01", "XC");
	assert_parent(o, "XA-2", "2025-07-01", "XC");
	assert_parent(o, "XB-1", "2025-07-01", "XC");
	assert_parent(o, "XC", "2025-07-01", "TB");
	assert_true(unit_is_open(unit(o, "XA"), on("2025-06-30")));
	assert_false(unit_is_open(unit(o, "XA"), on("2025-07-01")));
	assert_string_equal(unit_name(unit(o, "XA"), on(TODAY)), "Đảng bộ xã An");
	assert_int_equal(facts_of(o, THU), before);
	assert_verified(o);
}

/* XA 4 and XB 3 become XC 7; of the year 3 were admitted, 2 of them by 30 June and in XA. */
static void test_targets_follow_the_tree_of_the_report(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=12-QĐ/TU");
	const struct report *june = progress(o, "TB", "2025-H1", false);
	assert_row(june, "unit:XA", 2, 4);
	assert_row(june, "unit:XB", 0, 3);
	assert_null(row(june, "unit:XC"));
	assert_row(june, "admitted", 2, 0);
	const struct report *year = progress(o, "TB", "2025", false);
	assert_row(year, "unit:XC", 3, 7);
	assert_null(row(year, "unit:XA"));
	assert_null(row(year, "unit:XB"));
	assert_row(year, "admitted", 3, 0);
	assert_row(year, "target:assigned", 3, 7);
	const struct report *june_today = progress(o, "TB", "2025-H1", true);
	assert_row(june_today, "unit:XC", 2, 7);
	assert_null(row(june_today, "unit:XA"));
	assert_row(progress(o, "XC", "2025", false), "target:assigned", 3, 7);
	assert_row(progress(o, "XA", "2025-H1", false), "target:assigned", 2, 4);
}

/* What a commune decided itself before it closed is its heir's history. */
static void test_history_of_a_closed_unit_counts_below_its_heir(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=XA", "name=Phạm Văn Gốc", "decided=2025-02-02", "ceremony=2025-02-20");
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=12-QĐ/TU");
	assert_row(progress(o, "XC", "2025", false), "admitted", 4, 0);
	assert_row(progress(o, "TB", "2025", false), "admitted", 4, 0);
	assert_string_equal(place_of(o, 4, "2025-07-01"), "XC");
	assert_string_equal(place_of(o, 4, "2025-06-30"), "XA");
}

static void test_heirs_are_found_from_any_day(void **state)
{
	struct office *o = *state;
	size_t n;
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=12-QĐ/TU");
	struct unit **v = reorg_heirs(&o->app.tree, unit(o, "XA")->id, on(TODAY), &o->arena, &n);
	assert_int_equal(n, 1);
	assert_string_equal(v[0]->code, "XC");
	v = reorg_heirs(&o->app.tree, unit(o, "XA")->id, on("2025-06-30"), &o->arena, &n);
	assert_int_equal(n, 1);
	assert_string_equal(v[0]->code, "XA");
}

static void test_order_of_actions_gives_the_same_entry(void **state)
{
	struct office *o = *state;
	struct arena *a = &o->arena;
	static const char *const orders[] = {
		PLAN("union", CLOSE("XA", "XC") "," CLOSE("XB", "XC") "," NEW_COMMUNE), PLAN("union", NEW_COMMUNE "," CLOSE("XB", "XC") ","
			CLOSE("XA", "XC")),
	};
	const char *text[2];
	for (size_t i = 0; i < 2; i++) {
		const struct op *op = op_find("reorganise");
		struct reorganise_in in = { .plan = orders[i] + 5, .paper_on = DAY_NONE };
		assert_int_equal(op->tidy(&o->app, &in, a, &o->fault), OK);
		text[i] = in.plan;
		assert_int_equal(op->tidy(&o->app, &in, a, &o->fault), OK); /* said explicitly, it says the same */
		assert_string_equal(in.plan, text[i]);
	}
	assert_string_equal(text[0], text[1]);
}

/* ---- merger ---- */

static void test_merger_adds_the_target_to_that_of_the_unit_that_stays(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", PLAN("merge", CLOSE("XB", "XA")), "paper_no=12-QĐ/TU");
	const struct report *year = progress(o, "TB", "2025", false);
	assert_row(year, "unit:XA", 3, 7);
	assert_null(row(year, "unit:XB"));
	const struct report *june = progress(o, "TB", "2025-H1", false);
	assert_row(june, "unit:XA", 2, 4);
	assert_row(june, "unit:XB", 0, 3);
	assert_verified(o);
}

static void test_merged_branch_sends_its_people_to_its_heir(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", PLAN("merge", CLOSE("XA-1", "XA-2")), "paper_no=12-QĐ/ĐU");
	assert_string_equal(place_of(o, THU, "2025-06-30"), "XA-1");
	assert_string_equal(place_of(o, THU, "2025-07-01"), "XA-2");
	assert_string_equal(place_of(o, MAU, "2025-07-01"), "XA-2");
	assert_string_equal(place_of(o, VI_DU, "2025-07-01"), "XB-1");
	assert_row(progress(o, "XA", "2025", false), "unit:XA-2", 2, 0);
	assert_verified(o);
}

/* Who left before stays in the history of the unit: a fact of a place would bring a candidate back. */
static void test_who_left_before_is_not_moved(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=XA-1", "name=Đỗ Thị Đi", "listed=2024-03-02", "moved=2024-09-02");
	size_t before = facts_of(o, 4);
	DO(o, "reorganise", PLAN("merge", CLOSE("XA-1", "XA-2")), "paper_no=12-QĐ/ĐU");
	assert_int_equal(facts_of(o, 4), before);
}

/* ---- split ---- */

#define TWO_BRANCHES OPEN("XA-3", "Chi bộ thôn Một A", "BRANCH", "XA") "," OPEN("XA-4", "Chi bộ thôn Một B", "BRANCH", "XA")
#define LINK(unit, to) "{\"do\":\"heir\",\"unit\":\"" unit "\",\"to\":\"" to "\"}"
#define ENDS(unit) "{\"do\":\"close\",\"unit\":\"" unit "\"}"
#define SEND(unit, to, ...) "{\"do\":\"people\",\"unit\":\"" unit "\",\"to\":\"" to "\"" __VA_ARGS__ "}"
#define SPLIT TWO_BRANCHES "," ENDS("XA-1") "," LINK("XA-1", "XA-3") "," LINK("XA-1", "XA-4")

static void test_split_by_attribute(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", PLAN("split", SPLIT "," SEND("XA-1", "XA-3", ",\"attribute\":\"sex\",\"value\":\"Nữ\"") "," SEND("XA-1",
		"XA-4")), "paper_no=12-QĐ/ĐU");
	assert_string_equal(place_of(o, THU, "2025-07-01"), "XA-3");
	assert_string_equal(place_of(o, MAU, "2025-07-01"), "XA-4");
	assert_verified(o);
}

static void test_split_by_list(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", PLAN("split", SPLIT "," SEND("XA-1", "XA-3", ",\"people\":[2]") "," SEND("XA-1", "XA-4", ",\"people\":[1]")),
		"paper_no=12-QĐ/ĐU");
	assert_string_equal(place_of(o, THU, "2025-07-01"), "XA-4");
	assert_string_equal(place_of(o, MAU, "2025-07-01"), "XA-3");
}

static void test_split_never_gives_all_to_one(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_RULE, "actions[4].to", MSG_REORG_ALL_TO_ONE, "reorganise", PLAN("split", SPLIT "," SEND("XA-1", "XA-3")));
}

static void test_split_leaves_nobody_unassigned(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_RULE, "actions[2].unit", MSG_REORG_PEOPLE_LEFT, "reorganise",
		PLAN("split", SPLIT "," SEND("XA-1", "XA-3", ",\"people\":[1]")));
	assert_string_equal(o->fault.arg[1], "1");
	assert_string_equal(o->fault.arg[2], "2");
}

#define SHARE(to, low) \
	"{\"do\":\"target\",\"unit\":\"XA\",\"to\":\"" to "\",\"period\":\"2025\",\"low\":" low "}"
#define CARVE OPEN("XD", "Đảng bộ xã Dương", "GRASS_DB", "TB") "," LINK("XA", "XD") \
	",{\"do\":\"move\",\"unit\":\"XA-1\",\"parent\":\"XD\"}"

/* XA keeps branch 2 and one of its four; XD takes branch 1 and three. */
static void test_split_shares_the_target_out(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_RULE, "actions[1].to", MSG_REORG_TARGET_SHARES, "reorganise", PLAN("split", CARVE));
	REFUSED(o, E_RULE, "actions[4].low", MSG_REORG_TARGET_SUM, "reorganise", PLAN("split", CARVE "," SHARE("XA", "1") ","
		SHARE("XD", "2")));
	DO(o, "reorganise", PLAN("split", CARVE "," SHARE("XA", "1") "," SHARE("XD", "3")), "paper_no=12-QĐ/TU");
	const struct report *year = progress(o, "TB", "2025", false);
	assert_row(year, "unit:XA", 0, 1);
	assert_row(year, "unit:XD", 2, 3);
	assert_row(progress(o, "TB", "2025-H1", false), "unit:XA", 2, 4);
	assert_verified(o);
}

/* Rates do not add up: the plan says the one that holds. */
static void test_rates_of_merged_units_must_agree_or_be_said(void **state)
{
	struct office *o = *state;
	static const char said[] = PLAN("union", CLOSE("XA", "XC") "," CLOSE("XB", "XC") "," NEW_COMMUNE
		",{\"do\":\"target\",\"unit\":\"XA\",\"to\":\"XC\",\"indicator\":\"worker_share\",\"period\":\"2025\",\"low\":35}"
		",{\"do\":\"target\",\"unit\":\"XB\",\"to\":\"XC\",\"indicator\":\"worker_share\",\"period\":\"2025\",\"low\":35}");
	DO(o, "target_set", "unit=XA", "indicator=worker_share", "kind=assigned", "period=2025", "low=30");
	DO(o, "target_set", "unit=XB", "indicator=worker_share", "kind=assigned", "period=2025", "low=40");
	REFUSED(o, E_RULE, "actions[1].to", MSG_REORG_TARGET_RATE, "reorganise", UNION_OF_TWO);
	DO(o, "reorganise", said, "paper_no=12-QĐ/TU");
}

/* ---- refusals ---- */

static void test_refusals_name_the_action_and_its_part(void **state)
{
	struct office *o = *state;
	static const struct {
		const char *plan, *field;
		enum err code;
		enum msg msg;
	} rows[] = {
		{ PLAN("union", ""), "actions", E_INVALID, MSG_REORG_EMPTY },
		{ PLAN("merge", CLOSE("XA", "XZ")), "actions[0].to", E_NOTFOUND, MSG_REORG_UNIT_UNKNOWN },
		{ PLAN("merge", CLOSE("XZ", "XA")), "actions[0].unit", E_NOTFOUND, MSG_REORG_UNIT_UNKNOWN },
		{ PLAN("merge", CLOSE("XA", "XB") "," CLOSE("XA", "XB")), "actions[1].unit", E_INVALID, MSG_REORG_TWICE },
		{ PLAN("merge", CLOSE("XA", "XB") "," CLOSE("XB", "XA")), "actions[0].to", E_RULE, MSG_UNIT_NOT_OPEN },
		{ PLAN("change", OPEN("XB", "Trùng mã", "GRASS_DB", "TB")), "actions[0].unit", E_CONFLICT, MSG_REORG_CODE_USED },
		{ PLAN("change", OPEN("XC", "Không có cấp trên", "GRASS_DB", "XX")), "actions[0].parent", E_NOTFOUND, MSG_REORG_UNIT_UNKNOWN },
		{ PLAN("close", ENDS("XA")), "actions[0].unit", E_RULE, MSG_REORG_CHILD_LEFT },
		{ PLAN("close", ENDS("XA-1")), "actions[0].unit", E_RULE, MSG_REORG_PEOPLE_LEFT },
		{ PLAN("move", "{\"do\":\"move\",\"unit\":\"XA\",\"parent\":\"XA-1\"}"), "actions[0].parent", E_RULE, MSG_UNIT_RING },
		{ PLAN("move", "{\"do\":\"move\",\"unit\":\"XA\",\"parent\":\"XB\"}," CLOSE("XA", "XB")), "actions[0].unit", E_INVALID,
			MSG_REORG_CLOSES_TOO },
		{ PLAN("merge", NEW_COMMUNE), "kind", E_RULE, MSG_REORG_NO_HEIR_THERE },
		{ PLAN("undo", NEW_COMMUNE), "kind", E_RULE, MSG_REORG_KIND_UNDO },
		{ PLAN("move", SEND("XA-1", "XA-2", ",\"people\":[3]")), "actions[0].people", E_RULE, MSG_REORG_PERSON_ELSEWHERE },
		{ PLAN("move", SEND("XA-1", "XA-2", ",\"people\":[1]") "," SEND("XA-1", "XB-1", ",\"people\":[1]")), "actions[1].people", E_INVALID,
			MSG_REORG_PERSON_TWICE },
		{ PLAN("move", SEND("XA-1", "XA-2", ",\"attribute\":\"shoe\",\"value\":\"9\"")), "actions[0].attribute", E_INVALID,
			MSG_REORG_ATTRIBUTE },
		{ "plan={\"kind\":\"close\",\"on\":\"2026-07-01\",\"actions\":[" ENDS("XA-2") "]}", "on", E_RULE, MSG_DAY_IN_FUTURE },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		REFUSED(o, rows[i].code, rows[i].field, rows[i].msg, "reorganise", rows[i].plan);
}

/* What a hostile or careless text says is refused with its place. */
static void test_text_of_a_plan_is_read_strictly(void **state)
{
	struct office *o = *state;
	static const struct {
		const char *plan, *field;
		enum msg msg;
	} rows[] = {
		{ "plan=[]", "", MSG_JSON_SYNTAX },
		{ "plan={\"kind\":\"merge\"", "", MSG_JSON_SYNTAX },
		{ "plan={\"kind\":\"merge\",\"on\":\"2025-07-01\"}", "actions", MSG_REORG_NOT_LIST },
		{ "plan={\"kind\":\"eat\",\"on\":\"2025-07-01\",\"actions\":[]}", "kind", MSG_NOT_CODE },
		{ "plan={\"kind\":\"merge\",\"actions\":[]}", "on", MSG_REQUIRED },
		{ "plan={\"kind\":\"merge\",\"on\":\"2025-07-01\",\"actions\":[],\"who\":1}", "who", MSG_REORG_KEY },
		{ PLAN("merge", "1"), "actions[0].do", MSG_REORG_NOT_ACTION },
		{ PLAN("merge", "[]"), "actions[0].do", MSG_REORG_NOT_ACTION },
		{ PLAN("merge", "{\"do\":\"eat\",\"unit\":\"XA\"}"), "actions[0].do", MSG_REORG_DO },
		{ PLAN("merge", "{\"do\":\"close\"}"), "actions[0].unit", MSG_REQUIRED },
		{ PLAN("merge", "{\"do\":\"close\",\"unit\":\"XA\",\"name\":\"x\"}"), "actions[0].name", MSG_REORG_KEY },
		{ PLAN("merge", CLOSE("XA", "XB") ",{\"do\":\"move\",\"unit\":\"XA-1\"}"), "actions[1].parent", MSG_REQUIRED },
		{ PLAN("move", "{\"do\":\"move\",\"unit\":{},\"parent\":\"XB\"}"), "actions[0].unit", MSG_JSON_PLAIN },
		{ PLAN("move", "{\"do\":\"move\",\"unit\":\"XA 1\",\"parent\":\"XB\"}"), "actions[0].unit", MSG_CODE_LETTERS },
		{ PLAN("move", SEND("XA-1", "XA-2", ",\"people\":7")), "actions[0].people", MSG_REORG_PEOPLE_LIST },
		{ PLAN("move", SEND("XA-1", "XA-2", ",\"people\":[\"x\"]")), "actions[0].people", MSG_REORG_PEOPLE_LIST },
		{ PLAN("move", SEND("XA-1", "XA-2", ",\"people\":[-1]")), "actions[0].people", MSG_REORG_PEOPLE_LIST },
		{ PLAN("move", SEND("XA-1", "XA-2", ",\"people\":[[[1]]]")), "people", MSG_JSON_PLAIN },
		{ PLAN("move", SEND("XA-1", "XA-2", ",\"attribute\":\"sex\"")), "actions[0].value", MSG_REQUIRED },
		{ PLAN("move", SEND("XA-1", "XA-2", ",\"attribute\":\"sex\",\"value\":\"blue\"")), "actions[0].value", MSG_NOT_CODE },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		enum err e = office_do(o, "reorganise", rows[i].plan, NULL);
		if (e != E_INVALID || o->fault.msg != rows[i].msg || (rows[i].field[0] == 'a' && strcmp(o->fault.field, rows[i].field) != 0))
			fail_msg("%s: %d %s", rows[i].plan, e, o->fault.field);
	}
}

static void test_missing_number_of_the_decision_is_said(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", PLAN("merge", CLOSE("XB", "XA")));
	assert_true(office_warned(o, MSG_REORG_NO_PAPER));
}

/* ---- undo ---- */

static void test_undo_brings_back_tree_people_and_targets(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=XA", "name=Phạm Văn Gốc", "decided=2025-02-02", "ceremony=2025-02-20");
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=12-QĐ/TU");
	DO(o, "reorganise_undo", "reorg=1", "reason=Ghi nhầm ngày");
	assert_parent(o, "XA-1", "2025-07-01", "XA");
	assert_true(unit_is_open(unit(o, "XA"), on(TODAY)));
	assert_false(day_known(unit_closed(unit(o, "XA"))));
	assert_true(unit_never_was(unit(o, "XC")));
	assert_string_equal(place_of(o, 4, TODAY), "XA");
	const struct report *year = progress(o, "TB", "2025", false);
	assert_row(year, "unit:XA", 3, 4);
	assert_row(year, "unit:XB", 1, 3);
	assert_null(row(year, "unit:XC"));
	assert_verified(o);
	struct app *app = &o->app;
	assert_int_equal(app_reload(app, &o->fault), OK); /* as another process finds it */
	assert_true(unit_never_was(unit(o, "XC")));
	assert_int_equal(app->tree.heirs_n, 0);
}

static void test_undone_plan_can_be_made_again_with_the_same_codes(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=12-QĐ/TU");
	DO(o, "reorganise_undo", "reorg=1", "reason=Ghi nhầm ngày");
	int64_t id = unit(o, "XC")->id.v;
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=13-QĐ/TU");
	assert_int_equal(unit(o, "XC")->id.v, id);
	assert_parent(o, "XA-1", "2025-07-01", "XC");
	assert_row(progress(o, "TB", "2025", false), "unit:XC", 3, 7);
	assert_verified(o);
}

/* The plan was wrong in name and day. */
static void test_code_used_again_has_its_new_name_alone(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=12-QĐ/TU");
	DO(o, "reorganise_undo", "reorg=1", "reason=Ghi nhầm tên và ngày");
	DO(o, "reorganise", "plan={\"kind\":\"merge\",\"on\":\"2025-06-01\",\"actions\":[" CLOSE("XA-1", "XA-2") ","
		OPEN("XC", "Đảng bộ xã Bình An", "GRASS_DB", "TB") "]}");
	assert_string_equal(unit_name(unit(o, "XC"), on(TODAY)), "Đảng bộ xã Bình An");
	assert_verified(o);
}

static void test_nothing_is_recorded_in_a_unit_that_never_was(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=12-QĐ/TU");
	DO(o, "reorganise_undo", "reorg=1", "reason=Ghi nhầm ngày");
	REFUSED(o, E_NOTFOUND, "unit", MSG_UNIT_CODE_UNKNOWN, "person_record", "unit=XC", "name=Hồ Văn Mới");
	REFUSED(o, E_NOTFOUND, "unit", MSG_UNIT_CODE_UNKNOWN, "unit_rename", "unit=XC", "name=Đảng bộ", "from=2025-08-01");
	REFUSED(o, E_NOTFOUND, "unit", MSG_UNIT_UNKNOWN, "fact_correct", "person=1", "seq=1", "unit=XC", "reason=Nhầm đơn vị");
	DO(o, "reorganise", PLAN("merge", CLOSE("XA-2", "XA-1")), "paper_no=14-QĐ/TU");
	DO(o, "fact_correct", "person=1", "seq=1", "unit=XA-2", "reason=Nhầm đơn vị"); /* since when is not known; closed since */
	assert_true(office_warned(o, MSG_REORG_STRANDED));
}

/* By hand as well as by a plan. */
static void test_code_of_an_undone_plan_can_be_opened_by_itself(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=12-QĐ/TU");
	DO(o, "reorganise_undo", "reorg=1", "reason=Ghi nhầm ngày");
	int64_t id = unit(o, "XC")->id.v;
	DO(o, "unit_open", "code=XC", "name=Đảng bộ xã Mới", "kind=GRASS_DB", "parent=TB", "opened=2025-05-01");
	assert_int_equal(o->result.entity_id, id);
	assert_false(o->result.unchanged);
	assert_parent(o, "XC", "2025-05-01", "TB");
	assert_string_equal(unit_name(unit(o, "XC"), on(TODAY)), "Đảng bộ xã Mới");
	assert_verified(o);
}

/* XA closes on 1/7/2025: nothing may be recorded afterwards that would hang below it on that day. What lies below XC from then on may. */
static void test_nothing_comes_below_a_unit_that_closes_meanwhile(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=12-QĐ/TU");
	REFUSED(o, E_RULE, "parent", MSG_UNIT_PARENT_CLOSES, "unit_move", "unit=TB-02", "parent=XA", "from=2025-06-01");
	REFUSED(o, E_RULE, "parent", MSG_UNIT_PARENT_CLOSES, "unit_open", "code=XA-9", "name=Chi bộ cũ", "kind=BRANCH", "parent=XA",
		"opened=2010-01-01");
	DO(o, "unit_open", "code=XA-9", "name=Chi bộ cũ", "kind=BRANCH", "parent=TB", "opened=2010-01-01");
	DO(o, "unit_move", "unit=XA-9", "parent=XC", "from=2025-07-01");
	DO(o, "unit_move", "unit=XA-9", "parent=XA", "from=2010-01-01");
	assert_parent(o, "XA-9", "2025-06-30", "XA");
	assert_parent(o, "XA-9", "2025-07-01", "XC");
}

static void test_undo_of_an_undo_and_a_second_undo_are_refused(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=12-QĐ/TU");
	DO(o, "reorganise_undo", "reorg=1", "reason=Ghi nhầm ngày");
	REFUSED(o, E_CONFLICT, "reorg", MSG_REORG_UNDONE, "reorganise_undo", "reorg=1", "reason=Lần nữa");
	REFUSED(o, E_RULE, "reorg", MSG_REORG_UNDO_OF_UNDO, "reorganise_undo", "reorg=2", "reason=Lần nữa");
	REFUSED(o, E_NOTFOUND, "reorg", MSG_REORG_UNKNOWN, "reorganise_undo", "reorg=9", "reason=Lần nữa");
}

static void test_undo_waits_for_what_leans_on_it(void **state)
{
	struct office *o = *state;
	static const char *const leaning[][7] = {
		{ "unit_open", "code=XC-9", "name=Chi bộ mới", "kind=BRANCH", "parent=XC", "opened=2025-08-01" },
		{ "person_record", "unit=XC", "name=Hồ Văn Mới" },
		{ "target_set", "unit=XC", "kind=assigned", "period=2025", "low=9" },
		{ "unit_rename", "unit=XC", "name=Đảng bộ xã Bình An", "from=2025-09-01" },
		{ "unit_move", "unit=XA-1", "parent=TB-01", "from=2025-09-01" },
	};
	static const enum msg msgs[] = { MSG_REORG_LEANS, MSG_REORG_LEANS_FACTS, MSG_REORG_LEANS_TARGETS, MSG_REORG_LEANS, MSG_REORG_LEANS };
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=12-QĐ/TU");
	for (size_t i = 0; i < sizeof leaning / sizeof *leaning; i++) {
		struct words w = { .n = 0 };
		struct fault f = { 0 };
		const struct op *op = op_find(leaning[i][0]);
		struct op_result r;
		void *in;
		for (size_t k = 1; k < 7 && leaning[i][k]; k++)
			w.v[w.n++] = leaning[i][k];
		assert_ok(op_parse(op, word_of, &w, &o->arena, &in, &f));
		assert_ok(app_begin(&o->app, &f));
		assert_ok(op_run(&o->app, op, in, &o->arena, &r, &f));
		op = op_find("reorganise_undo");
		struct reorganise_undo_in undo = { 1, "Ghi nhầm" };
		assert_refused(op_run(&o->app, op, &undo, &o->arena, &r, &f), E_RULE, "reorg", msgs[i]);
		app_rollback(&o->app);
	}
	DO(o, "reorganise_undo", "reorg=1", "reason=Ghi nhầm");
}

/* Put into XC by mistake, and corrected; when the correction is taken back, it stands there again. */
static void test_undo_waits_only_for_what_is_still_in_force(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=12-QĐ/TU");
	size_t seq = facts_of(o, VI_DU) + 1;
	DO(o, "fact_record", "person=3", "kind=unit", "on=2026-01-01", "unit=XC");
	DO(o, "fact_correct", "person=3", arena_printf(&o->arena, "seq=%zu", seq), "unit=TB-02", "reason=Nhầm đơn vị");
	DO(o, "fact_correct", "person=3", arena_printf(&o->arena, "seq=%zu", seq + 1), "withdraw=yes", "reason=Nhầm lần nữa");
	assert_string_equal(place_of(o, VI_DU, TODAY), "XC");
	REFUSED(o, E_RULE, "reorg", MSG_REORG_LEANS_FACTS, "reorganise_undo", "reorg=1", "reason=Ghi nhầm");
	DO(o, "fact_correct", "person=3", arena_printf(&o->arena, "seq=%zu", seq), "unit=TB-02", "reason=Nhầm đơn vị");
	DO(o, "reorganise_undo", "reorg=1", "reason=Ghi nhầm");
	assert_string_equal(place_of(o, VI_DU, TODAY), "TB-02");
	assert_verified(o);
}

static void test_undo_waits_for_a_later_reorganisation(void **state)
{
	struct office *o = *state;
	static const char later[] = "plan={\"kind\":\"merge\",\"on\":\"2025-10-01\",\"actions\":[" CLOSE("XC", "TB-01") "]}";
	size_t n;
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=12-QĐ/TU");
	DO(o, "reorganise", later, "paper_no=40-QĐ/TU");
	struct unit **v = reorg_heirs(&o->app.tree, unit(o, "XA")->id, on(TODAY), &o->arena, &n);
	assert_int_equal(n, 1);
	assert_string_equal(v[0]->code, "TB-01");
	REFUSED(o, E_RULE, "reorg", MSG_REORG_LEANS, "reorganise_undo", "reorg=1", "reason=Ghi nhầm");
	DO(o, "reorganise_undo", "reorg=2", "reason=Ghi nhầm");
	DO(o, "reorganise_undo", "reorg=1", "reason=Ghi nhầm");
	assert_verified(o);
}

static void test_undo_waits_for_people_who_went_on(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", PLAN("merge", CLOSE("XA-1", "XA-2")), "paper_no=12-QĐ/ĐU");
	DO(o, "fact_record", "person=1", "kind=education", "on=2025-09-01", "value=Đại học");
	struct words w = { { "person=1", "kind=unit", "on=2025-12-01", "unit=XB-1" }, 4 };
	assert_int_equal(office_run(o, "fact_record", &w), OK);
	REFUSED(o, E_RULE, "reorg", MSG_REORG_LEANS_PERSON, "reorganise_undo", "reorg=1", "reason=Ghi nhầm");
}

/* XA-1 goes to XB, then XA closes: taken back, XA-1 would hang below it again. */
static void test_undo_puts_nothing_below_a_unit_that_has_closed_since(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", PLAN("move", MOVE("XA-1", "XB") "," MOVE("XA-2", "XB")), "paper_no=12-QĐ/TU");
	DO(o, "unit_close", "unit=XA", "on=2025-09-01");
	REFUSED(o, E_RULE, "reorg", MSG_REORG_LEANS_PLACE, "reorganise_undo", "reorg=1", "reason=Ghi nhầm");
}

/* XA-1 joins XA-2 in June, XA becomes XC in July: XA-1 would be open again, below XA. */
static void test_undo_opens_nothing_again_below_a_unit_that_has_closed_since(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", "plan={\"kind\":\"merge\",\"on\":\"2025-06-01\",\"actions\":[" CLOSE("XA-1", "XA-2") "]}", "paper_no=12-QĐ/ĐU");
	DO(o, "reorganise", UNION_OF_TWO, "paper_no=13-QĐ/TU");
	REFUSED(o, E_RULE, "reorg", MSG_REORG_LEANS_PLACE, "reorganise_undo", "reorg=1", "reason=Ghi nhầm");
	DO(o, "reorganise_undo", "reorg=2", "reason=Ghi nhầm");
	DO(o, "reorganise_undo", "reorg=1", "reason=Ghi nhầm");
	assert_parent(o, "XA-1", TODAY, "XA");
	assert_string_equal(place_of(o, THU, TODAY), "XA-1");
	assert_verified(o);
}

/* XA-1 left XA, and XA came below XA-1. */
static void test_undo_makes_no_ring(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", PLAN("move", MOVE("XA-1", "TB")), "paper_no=12-QĐ/TU");
	DO(o, "unit_move", "unit=XA", "parent=XA-1", "from=2025-09-01");
	REFUSED(o, E_RULE, "reorg", MSG_REORG_LEANS_PLACE, "reorganise_undo", "reorg=1", "reason=Ghi nhầm");
}

static void test_undo_sends_nobody_back_to_a_unit_that_has_closed_since(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", PLAN("move", PEOPLE("XA-1", "XA-2")), "paper_no=12-QĐ/ĐU");
	DO(o, "unit_close", "unit=XA-1", "on=2025-09-01");
	REFUSED(o, E_RULE, "reorg", MSG_REORG_LEANS_CLOSED, "reorganise_undo", "reorg=1", "reason=Ghi nhầm");
}

/* XA-1 (2) joins XA on 1/11; a plan of 1/9 by which XB (3) joins XA too would have to know what XA had without it. */
static void test_targets_are_carried_in_the_order_of_their_days(void **state)
{
	struct office *o = *state;
	static const char earlier[] = "plan={\"kind\":\"merge\",\"on\":\"2025-09-01\",\"actions\":[" CLOSE("XB", "XA") "]}";
	DO(o, "target_set", "unit=XA-1", "kind=assigned", "period=2025", "low=2");
	DO(o, "reorganise", "plan={\"kind\":\"merge\",\"on\":\"2025-11-01\",\"actions\":[" CLOSE("XA-1", "XA") "]}", "paper_no=12-QĐ/ĐU");
	REFUSED(o, E_RULE, "actions[0].to", MSG_REORG_TARGET_LATER, "reorganise", earlier, "paper_no=13-QĐ/TU");
	DO(o, "reorganise_undo", "reorg=1", "reason=Ghi nhầm");
	DO(o, "reorganise", earlier, "paper_no=13-QĐ/TU");
	assert_row(progress(o, "TB", "2025", false), "unit:XA", 3, 7);
	assert_verified(o);
}

/* ---- what is recorded late ---- */

static void test_late_places_in_a_closed_unit_are_said(void **state)
{
	struct office *o = *state;
	DO(o, "reorganise", PLAN("merge", CLOSE("XA-1", "XA-2")), "paper_no=12-QĐ/ĐU");
	DO(o, "person_record", "unit=XA-1", "name=Hồ Văn Xưa", "since=2020-01-01", "decided=2021-02-02", "ceremony=2021-02-20");
	assert_true(office_warned(o, MSG_REORG_STRANDED));
	DO(o, "fact_record", "person=4", "kind=unit", "on=2025-07-01", "unit=XA-2");
	assert_false(office_warned(o, MSG_REORG_STRANDED));
	DO(o, "fact_correct", "person=1", "seq=6", "withdraw=yes", "reason=Thử");
	assert_true(office_warned(o, MSG_REORG_STRANDED));
}

/* ---- those who follow the journal ---- */

static void assert_live(struct live *l, struct office *o, int64_t person, const char *code)
{
	struct live_view v = hold(l, &o->app);
	assert_int_equal(live_person(&v, (struct person_id){ person })->unit.v, unit(o, code)->id.v);
	size_t n;
	const struct target *t = cube_targets(v.cube, &n);
	assert_true(n > 0 && t[n - 1].entry.v > 0);
	release(l, &o->app);
}

static void test_live_view_follows_a_reorganisation(void **state)
{
	struct office *o = &((struct disk *)*state)->office;
	struct live *l;
	struct fault f = { 0 };
	assert_ok(live_start(&o->app, &l, &f));
	assert_live(l, o, THU, "XA-1");
	DO(o, "reorganise", PLAN("merge", CLOSE("XA-1", "XA-2")), "paper_no=12-QĐ/ĐU");
	assert_live(l, o, THU, "XA-2");
	DO(o, "reorganise_undo", "reorg=1", "reason=Ghi nhầm");
	assert_live(l, o, THU, "XA-1");
	live_stop(&l);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, district, office_teardown)
	const struct CMUnitTest tests[] = {
		T(test_union_moves_subtrees_and_touches_nobody_in_them), T(test_targets_follow_the_tree_of_the_report),
		T(test_history_of_a_closed_unit_counts_below_its_heir), T(test_heirs_are_found_from_any_day),
		T(test_order_of_actions_gives_the_same_entry), T(test_merger_adds_the_target_to_that_of_the_unit_that_stays),
		T(test_merged_branch_sends_its_people_to_its_heir), T(test_who_left_before_is_not_moved), T(test_split_by_attribute),
		T(test_split_by_list), T(test_split_never_gives_all_to_one), T(test_split_leaves_nobody_unassigned),
		T(test_split_shares_the_target_out), T(test_rates_of_merged_units_must_agree_or_be_said),
		T(test_refusals_name_the_action_and_its_part), T(test_text_of_a_plan_is_read_strictly),
		T(test_missing_number_of_the_decision_is_said),
		T(test_undo_brings_back_tree_people_and_targets), T(test_undone_plan_can_be_made_again_with_the_same_codes),
		T(test_code_used_again_has_its_new_name_alone), T(test_code_of_an_undone_plan_can_be_opened_by_itself),
		T(test_nothing_is_recorded_in_a_unit_that_never_was),
		T(test_nothing_comes_below_a_unit_that_closes_meanwhile),
		T(test_undo_of_an_undo_and_a_second_undo_are_refused), T(test_undo_waits_for_what_leans_on_it),
		T(test_undo_waits_only_for_what_is_still_in_force), T(test_undo_waits_for_a_later_reorganisation),
		T(test_undo_waits_for_people_who_went_on),
		T(test_undo_puts_nothing_below_a_unit_that_has_closed_since),
		T(test_undo_opens_nothing_again_below_a_unit_that_has_closed_since), T(test_undo_makes_no_ring),
		T(test_undo_sends_nobody_back_to_a_unit_that_has_closed_since), T(test_late_places_in_a_closed_unit_are_said),
		T(test_targets_are_carried_in_the_order_of_their_days),
		cmocka_unit_test_setup_teardown(test_live_view_follows_a_reorganisation, district_on_disk, disk_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
