/* Every operation as every role: inside the role's organisation, outside of it, when the role is over, and with a token that only reads. */
#include "office.h"

#include "app/access.h"
#include "app/reorg_view.h"

enum { NOBODY_ID = 99 };

/* The order of the columns below: secretary, office, department, centre, leader, admin, auditor. */
static const enum role order[] = { ROLE_SECRETARY, ROLE_OFFICE, ROLE_DEPARTMENT, ROLE_CENTRE, ROLE_LEADER, ROLE_ADMIN, ROLE_AUDITOR };
enum { ROLES = sizeof order / sizeof *order };

#define RENAMES(code) \
	"plan={\"kind\":\"change\",\"on\":\"2024-07-01\",\"actions\":[{\"do\":\"rename\",\"unit\":\"" code "\",\"name\":\"Hai\"}]}"

/* A case for each operation. The roles are held in TB-01; `inside` is right there, `outside` concerns TB-02. Where an operation concerns
 * everything, `outside` is what is refused to whoever holds the role in TB-01 alone. */
static const struct op_case {
	const char *op;
	const char *may;    /* x: may, in the order above */
	bool everywhere;    /* `inside` needs the role everywhere */
	struct words inside, outside;
} cases[] = {
	{ "unit_open", "-xx----", false, { { "code=TB-01-C", "name=Chi bộ Tổ 3", "kind=BRANCH", "parent=TB-01", "opened=2020-01-01" }, 5 },
		{ { "code=TB-02-C", "name=Chi bộ Tổ 3", "kind=BRANCH", "parent=TB-02", "opened=2020-01-01" }, 5 } },
	{ "unit_rename", "-xx----", false, { { "unit=TB-01-A", "name=Chi bộ Mới", "from=2020-01-01" }, 3 },
		{ { "unit=TB-02", "name=Chi bộ Mới", "from=2020-01-01" }, 3 } },
	{ "unit_move", "-xx----", false, { { "unit=TB-01-B", "parent=TB-01-A", "from=2024-01-01" }, 3 },
		{ { "unit=TB-01-B", "parent=TB-02", "from=2024-01-01" }, 3 } },
	{ "unit_close", "-xx----", false, { { "unit=TB-01-B", "on=2025-07-01" }, 2 }, { { "unit=TB-02", "on=2025-07-01" }, 2 } },
	{ "unit_fact", "-xx----", false, { { "unit=TB-01", "kind=sector", "value=commune", "from=2020-01-01" }, 4 },
		{ { "unit=TB-02", "kind=sector", "value=school", "from=2020-01-01" }, 4 } },
	{ "unit_fact", "-xx----", false, { { "unit=TB-01-A", "kind=authorised", "value=yes", "from=2020-01-01" }, 4 },
		{ { "unit=TB-01", "kind=authorised", "value=yes", "from=2020-01-01" }, 4 } },
	{ "reorganise", "-xx----", false,
		{ { RENAMES("TB-01-A") }, 1 },
		{ { "plan={\"kind\":\"merge\",\"on\":\"2025-07-01\",\"actions\":[{\"do\":\"close\",\"unit\":\"TB-01-B\",\"to\":\"TB-02\"}]}" }, 1 } },
	{ "reorganise_undo", "-xx----", false, { { "reorg=1", "reason=ghi nhầm" }, 2 }, { { "reorg=2", "reason=ghi nhầm" }, 2 } },
	{ "class_open", "-xxx---", false,
		{ { "code=L9", "unit=TB-01", "kind=awareness", "name=Lớp 9", "from=2023-05-01", "to=2023-05-10" }, 6 },
		{ { "code=L9", "unit=TB", "kind=awareness", "name=Lớp 9", "from=2023-05-01", "to=2023-05-10" }, 6 } },
	{ "target_set", "-xx----", false, { { "unit=TB-01", "kind=own", "period=2026", "low=9" }, 4 },
		{ { "unit=TB-02", "kind=own", "period=2026", "low=9" }, 4 } },
	{ "target_set", "-xx----", false, { { "unit=TB-01-A", "kind=assigned", "period=2026", "low=9" }, 4 },
		{ { "unit=TB-01", "kind=assigned", "period=2026", "low=9" }, 4 } },
	{ "person_record", "xxx----", false, { { "unit=TB-01-B", "name=Trần Thử" }, 2 }, { { "unit=TB-02", "name=Trần Thử" }, 2 } },
	{ "fact_record", "xxx----", false, { { "person=1", "kind=education", "on=2024-01-01", "value=university" }, 4 },
		{ { "person=2", "kind=education", "on=2024-01-01", "value=university" }, 4 } },
	{ "fact_record", "xxx----", false, { { "person=1", "kind=unit", "on=2024-01-01", "unit=TB-01-B" }, 4 },
		{ { "person=1", "kind=unit", "on=2024-01-01", "unit=TB-02" }, 4 } },
	{ "fact_record", "xxxx---", false, { { "person=1", "kind=certificate", "on=2023-05-15", "class_code=L1" }, 4 },
		{ { "person=2", "kind=certificate", "on=2023-05-15", "class_code=L1" }, 4 } },
	{ "fact_record", "--x----", false, { { "person=1", "kind=rules_of", "on=2024-01-01", "value=T7:r24", "detail=hồ sơ gửi trước" }, 5 },
		{ { "person=2", "kind=rules_of", "on=2024-01-01", "value=T7:r24", "detail=hồ sơ gửi trước" }, 5 } },
	{ "fact_correct", "xxx----", false, { { "person=1", "seq=3", "value=1995-05-21", "reason=theo giấy khai sinh" }, 4 },
		{ { "person=2", "seq=3", "value=1995-05-21", "reason=theo giấy khai sinh" }, 4 } },
	{ "person_transfer", "xxx----", false, { { "person=1", "kind=candidate", "on=2024-01-05", "unit=TB-01-B" }, 4 },
		{ { "person=1", "kind=candidate", "on=2024-01-05", "unit=TB-02" }, 4 } },
	{ "person_transfer", "xxx----", false, { { "person=1", "kind=candidate", "on=2024-01-05", "place=Tỉnh Xa" }, 4 },
		{ { "person=2", "kind=candidate", "on=2024-01-05", "place=Tỉnh Xa" }, 4 } },
	{ "verify_request", "xxx----", false, { { "person=1", "relation=father", "place=Xã Ba Vì", "sent=2026-01-05" }, 4 },
		{ { "person=2", "relation=father", "place=Xã Ba Vì", "sent=2026-01-05" }, 4 } },
	{ "helper_replace", "xxx----", false, { { "person=1", "about=7", "reason=moved", "on=2025-01-01", "detail=Bùi Văn Ngoài" }, 5 },
		{ { "person=2", "about=6", "reason=moved", "on=2025-01-01", "detail=Bùi Văn Ngoài" }, 5 } },
	{ "fact_record", "xxx----", false, { { "person=1", "kind=helper", "value=replacement", "on=2025-01-01", "other=6" }, 5 },
		{ { "person=1", "kind=helper", "value=replacement", "on=2025-01-01", "other=5" }, 5 } },
	{ "birth_propose", "xxx----", false, { { "person=3", "birth=1985-05-21", "reason=theo hồ sơ gốc", "paper_no=15/GKS" }, 4 },
		{ { "person=4", "birth=1985-05-21", "reason=theo hồ sơ gốc", "paper_no=15/GKS" }, 4 } },
	{ "birth_confirm", "xxx----", false, { { "person=3", "seq=5" }, 2 }, { { "person=4", "seq=5" }, 2 } },
	{ "calendar_set", "--x--x-", true, { { "day=2026-06-26", "kind=off" }, 2 }, { { "day=2026-06-26", "kind=off" }, 2 } },
	{ "rule_set", "--x--x-", true, { { "key=T7.length", "value=40", "from=2025-09-01", "reason=chỉ đạo của tỉnh" }, 4 },
		{ { "key=T7.length", "value=40", "from=2025-09-01", "reason=chỉ đạo của tỉnh" }, 4 } },
	{ "calendar_block", "--x--x-", true, { { "holiday=tet", "year=2027", "first=2027-02-04", "last=2027-02-10" }, 4 },
		{ { "holiday=tet", "year=2027", "first=2027-02-04", "last=2027-02-10" }, 4 } },
	{ "calendar_check", "--x--x-", true, { { "year=2027" }, 1 }, { { "year=2027" }, 1 } },
	{ "rule_end", "--x--x-", true, { { "key=T12.length", "reason=ghi nhầm" }, 2 }, { { "key=T12.length", "reason=ghi nhầm" }, 2 } },
	{ "account_open", "-----x-", true, { { "login=minh", "name=Minh" }, 2 }, { { "login=minh", "name=Minh" }, 2 } },
	{ "account_close", "-----x-", true, { { "login=lan" }, 1 }, { { "login=lan" }, 1 } },
	{ "account_reset", "-----x-", true, { { "login=lan" }, 1 }, { { "login=lan" }, 1 } },
	{ "role_grant", "-----x-", false, { { "login=lan", "role=centre", "unit=TB-01-A" }, 3 }, { { "login=lan", "role=centre", "unit=TB-02" }, 3 } },
	{ "role_grant", "-----x-", true, { { "login=lan", "role=admin" }, 2 }, { { "login=lan", "role=admin" }, 2 } },
	{ "role_end", "-----x-", false, { { "grant_id=1" }, 1 }, { { "grant_id=2" }, 1 } },
	{ "policy_set", "-----x-", true, { { "key=totp_roles", "value=admin" }, 2 }, { { "key=totp_roles", "value=admin" }, 2 } },
};
enum { CASES = sizeof cases / sizeof *cases };

static int access_setup(void **state)
{
	assert_int_equal(office_setup(state), 0);
	struct office *o = *state;
	DO(o, "rule_set", "key=T12.length", "value=20", "from=2025-09-01", "reason=chỉ đạo của tỉnh");
	DO(o, "class_open", "code=L1", "unit=TB", "kind=awareness", "name=Lớp 1", "from=2023-05-01", "to=2023-05-10");
	DO(o, "person_record", "unit=TB-01-A", "name=Nguyễn Văn Thử", "birth=1995-05-20", "introduced=2022-01-01", "listed=2022-02-01",
		"id_number=035095000001");
	DO(o, "person_record", "unit=TB-02", "name=Lê Thị Thử", "birth=1996-05-20", "introduced=2022-01-01", "id_number=035196000002");
	DO(o, "person_record", "unit=TB-01-A", "name=Phạm Đảng Viên", "birth=1985-05-20", "decided=2010-01-01");
	DO(o, "person_record", "unit=TB-02", "name=Vũ Đảng Viên", "birth=1985-05-20", "decided=2010-01-01");
	DO(o, "person_record", "unit=TB-02", "name=Lý Nơi Khác", "official=2010-01-01");
	DO(o, "person_record", "unit=TB-01-B", "name=Tạ Tổ Hai", "official=2010-01-01");
	DO(o, "fact_record", "person=1", "kind=helper", "value=replacement", "on=2024-01-01", "detail=Đỗ Văn Ngoài");
	DO(o, "fact_record", "person=2", "kind=helper", "value=replacement", "on=2024-01-01", "detail=Đỗ Văn Ngoài");
	const char *me = o->app.actor;
	o->app.actor = "user:minh";
	DO(o, "birth_propose", "person=3", "birth=1985-05-21", "reason=theo hồ sơ gốc", "paper_no=15/GKS");
	DO(o, "birth_propose", "person=4", "birth=1985-05-21", "reason=theo hồ sơ gốc", "paper_no=15/GKS");
	o->app.actor = me;
	DO(o, "reorganise", RENAMES("TB-01-B")); /* 1 */
	DO(o, "reorganise", RENAMES("TB-02"));   /* 2 */
	DO(o, "account_open", "login=lan", "name=Nguyễn Thị Lan");
	DO(o, "account_open", "login=chu", "name=Người Chủ");
	DO(o, "role_grant", "login=lan", "role=secretary", "unit=TB-01-A"); /* 1 */
	DO(o, "role_grant", "login=lan", "role=secretary", "unit=TB-02");   /* 2 */
	DO(o, "role_grant", "login=chu", "role=admin");
	return 0;
}

static struct unit_id unit_of(struct office *o, const char *code)
{
	return code ? tree_find_code(&o->app.tree, code)->id : (struct unit_id){ 0 };
}

static struct grant held(struct office *o, enum role r, const char *unit)
{
	return (struct grant){ .role = r, .unit = unit_of(o, unit), .from = on("2020-01-01"), .to = DAY_NONE };
}

static struct actor with(const struct grant *g, size_t n)
{
	return (struct actor){ .account = 7, .login = "ai", .name = "Ai", .journal = "user:ai", .grants = g, .n = n, .mask = UINT32_MAX };
}

/* What the operation answers to them; nothing is kept. */
static enum err try(struct office *o, const struct actor *who, const char *name, const struct words *words)
{
	const struct op *op = op_find(name);
	void *in;
	struct fault f;
	o->fault = (struct fault){ 0 };
	assert_ok(op_parse(op, word_of, (void *)(uintptr_t)words, &o->arena, &in, &f));
	assert_ok(app_begin(&o->app, &f));
	o->app.who = who;
	enum err e = op_run(&o->app, op, in, &o->arena, &o->result, &o->fault);
	o->app.who = NULL;
	app_rollback(&o->app);
	return e;
}

static bool refused(enum err e)
{
	return e == E_FORBIDDEN || e == E_NOTFOUND;
}

static void expect(const struct op_case *k, enum role r, const char *what, bool good)
{
	if (!good)
		fail_msg("%s as %s: %s", k->op, role_key(r), what);
}

static void test_every_role_may_what_is_declared_and_only_in_its_organisation(void **state)
{
	struct office *o = *state;
	for (size_t i = 0; i < CASES; i++) {
		const struct op_case *k = &cases[i];
		for (size_t r = 0; r < ROLES; r++) {
			struct grant below = held(o, order[r], "TB-01"), all = held(o, order[r], NULL);
			struct actor who = with(&below, 1), whole = with(&all, 1);
			bool may = k->may[r] == 'x';
			enum err inside = try(o, k->everywhere ? &whole : &who, k->op, &k->inside);
			expect(k, order[r], "inside", may ? inside == OK : refused(inside));
			expect(k, order[r], "outside", refused(try(o, &who, k->op, &k->outside)));
		}
	}
}

static void test_role_that_is_over_or_not_yet_begun_gives_nothing(void **state)
{
	struct office *o = *state;
	for (size_t i = 0; i < CASES; i++) {
		for (size_t r = 0; r < ROLES; r++) {
			struct grant g = held(o, order[r], NULL);
			struct actor who = with(&g, 1);
			g.to = day_add(o->app.today, -1);
			expect(&cases[i], order[r], "over", refused(try(o, &who, cases[i].op, &cases[i].inside)));
			g.to = DAY_NONE;
			g.from = day_add(o->app.today, 1);
			expect(&cases[i], order[r], "not yet", refused(try(o, &who, cases[i].op, &cases[i].inside)));
		}
	}
}

static void test_last_day_of_a_role_counts(void **state)
{
	struct office *o = *state;
	struct grant g = held(o, ROLE_OFFICE, "TB-01");
	struct actor who = with(&g, 1);
	g.from = g.to = o->app.today;
	assert_int_equal(try(o, &who, cases[0].op, &cases[0].inside), OK);
}

static void test_reading_token_changes_nothing(void **state)
{
	struct office *o = *state;
	for (size_t i = 0; i < CASES; i++) {
		for (size_t r = 0; r < ROLES; r++) {
			struct grant g = held(o, order[r], NULL);
			struct actor who = with(&g, 1);
			who.mask = 1u << PERM_FIGURES | 1u << PERM_PEOPLE | 1u << PERM_JOURNAL;
			expect(&cases[i], order[r], "token", refused(try(o, &who, cases[i].op, &cases[i].inside)));
		}
	}
}

static void test_every_operation_has_a_case(void **state)
{
	(void)state;
	size_t n;
	const struct op *all = ops(&n);
	for (size_t i = 0; i < n; i++) {
		bool found = false;
		for (size_t j = 0; j < CASES; j++)
			found |= strcmp(cases[j].op, all[i].name) == 0;
		if (!found)
			fail_msg("%s", all[i].name);
	}
}

/* ---- what is not seen is not there ---- */

#define WORDS(...) (&(const struct words){ { __VA_ARGS__ }, sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(char *) })

static void same_answer(struct office *o, const struct actor *who, const char *op, const struct words *hidden, const struct words *unknown,
	const char *hidden_text)
{
	assert_int_equal(try(o, who, op, hidden), E_NOTFOUND);
	struct fault first = o->fault;
	assert_int_equal(try(o, who, op, unknown), E_NOTFOUND);
	assert_int_equal(first.msg, o->fault.msg);
	assert_string_equal(first.field, o->fault.field);
	assert_string_equal(first.arg[0], hidden_text);
}

static void test_things_of_others_are_answered_like_things_that_do_not_exist(void **state)
{
	struct office *o = *state;
	struct grant g = held(o, ROLE_OFFICE, "TB-01");
	struct actor who = with(&g, 1);
	same_answer(o, &who, "unit_rename", WORDS("unit=TB-02", "name=X", "from=2020-01-01"),
		WORDS("unit=NO-SUCH", "name=X", "from=2020-01-01"), "TB-02");
	same_answer(o, &who, "fact_record", WORDS("person=2", "kind=dossier", "on=2024-01-01"),
		WORDS("person=99", "kind=dossier", "on=2024-01-01"), "2");
	same_answer(o, &who, "fact_correct", WORDS("person=2", "seq=77", "reason=x"), WORDS("person=99", "seq=77", "reason=x"), "2");
	same_answer(o, &who, "person_record", WORDS("unit=TB-02", "name=Lê Thị Thử"), WORDS("unit=NO-SUCH", "name=Lê Thị Thử"), "TB-02");
}

static void test_administrator_sees_nobody(void **state)
{
	struct office *o = *state;
	struct grant g = held(o, ROLE_ADMIN, NULL);
	struct actor who = with(&g, 1);
	struct fault f;
	o->app.who = &who;
	assert_refused(access_person(&o->app, PERM_PEOPLE, (struct person_id){ 1 }, &o->arena, &f), E_NOTFOUND, "person", MSG_PERSON_UNKNOWN);
	assert_refused(access_unit(&o->app, PERM_FIGURES, unit_of(o, "TB"), "unit", &f), E_FORBIDDEN, "", MSG_ACCESS_DENIED);
	o->app.who = NULL;
	assert_int_equal(try(o, &who, "fact_record", WORDS("person=1", "kind=dossier", "on=2024-01-01")), E_NOTFOUND);
	assert_int_equal(try(o, &who, "person_record", WORDS("unit=TB-02", "name=Lê Thị Thử", "birth=1996-05-20")), E_FORBIDDEN);
}

static void test_second_role_adds_to_the_first(void **state)
{
	struct office *o = *state;
	const struct grant g[] = { held(o, ROLE_ADMIN, NULL), held(o, ROLE_SECRETARY, "TB-01-A") };
	struct actor who = with(g, 2);
	const struct words *fact = WORDS("person=1", "kind=education", "on=2024-01-01", "value=university");
	assert_int_equal(try(o, &who, "fact_record", fact), OK);
	assert_int_equal(try(o, &who, "account_open", WORDS("login=minh", "name=Minh")), OK);
}

static void test_page_of_a_unit_is_unknown_forbidden_or_open(void **state)
{
	struct office *o = *state;
	struct grant g = held(o, ROLE_SECRETARY, "TB-01");
	struct actor who = with(&g, 1);
	struct unit *u;
	struct fault f;
	o->app.who = &who;
	assert_refused(access_unit_code(&o->app, PERM_FIGURES, "tb-02", "unit", &u, &f), E_NOTFOUND, "unit", MSG_UNIT_CODE_UNKNOWN);
	assert_string_equal(f.arg[0], "tb-02");
	assert_refused(access_unit_code(&o->app, PERM_TARGET, "TB-01-A", "unit", &u, &f), E_FORBIDDEN, "", MSG_ACCESS_DENIED);
	assert_ok(access_unit_code(&o->app, PERM_FIGURES, "TB-01-A", "unit", &u, &f));
	assert_refused(access_unit(&o->app, PERM_FIGURES, (struct unit_id){ NOBODY_ID }, "unit", &f), E_NOTFOUND, "unit",
		MSG_UNIT_CODE_UNKNOWN);
	o->app.who = NULL;
}

static void test_unit_moved_away_goes_out_of_sight(void **state)
{
	struct office *o = *state;
	struct grant g = held(o, ROLE_OFFICE, "TB-01");
	struct actor who = with(&g, 1);
	assert_true(access_may(&o->app.tree, &who, PERM_PEOPLE, unit_of(o, "TB-01-A"), o->app.today));
	DO(o, "unit_move", "unit=TB-01-A", "parent=TB", "from=2026-01-01");
	assert_false(access_may(&o->app.tree, &who, PERM_PEOPLE, unit_of(o, "TB-01-A"), o->app.today));
	assert_false(access_sees(&o->app.tree, &who, unit_of(o, "TB-01-A"), o->app.today));
}

/* The number of the reorganisation, as it stands on the list of those; 0: not on it. */
static int64_t listed(struct office *o, const struct actor *who, int64_t reorg)
{
	struct reorg_item *v;
	struct fault f;
	size_t n;
	int64_t found = 0;
	o->app.who = who;
	assert_ok(reorg_list(&o->app, &o->arena, &v, &n, &f));
	o->app.who = NULL;
	for (size_t i = 0; i < n; i++)
		found = v[i].id == reorg ? reorg : found;
	return found;
}

/* A plan (3) that renames TB-01-A moves somebody of TB-02 as well: who answers for TB-01 alone may not take it back. One that only moves
 * people between branches of TB-01 (4) they may make, find on the list, and take back. */
static void test_reorganisation_is_taken_back_by_who_answers_for_all_of_it(void **state)
{
	struct office *o = *state;
	static const struct words within = { { "plan={\"kind\":\"move\",\"on\":\"2025-07-01\",\"actions\":["
		"{\"do\":\"people\",\"unit\":\"TB-01-A\",\"to\":\"TB-01-B\",\"people\":[1]}]}" }, 1 };
	static const struct words third = { { "reorg=3", "reason=ghi nhầm" }, 2 }, fourth = { { "reorg=4", "reason=ghi nhầm" }, 2 };
	struct grant g = held(o, ROLE_OFFICE, "TB-01"), above = held(o, ROLE_OFFICE, "TB"), beside = held(o, ROLE_OFFICE, "TB-02");
	struct actor who = with(&g, 1), whole = with(&above, 1), other = with(&beside, 1);
	DO(o, "reorganise", "plan={\"kind\":\"change\",\"on\":\"2025-07-01\",\"actions\":["
		"{\"do\":\"rename\",\"unit\":\"TB-01-A\",\"name\":\"Chi bộ Khác\"},"
		"{\"do\":\"people\",\"unit\":\"TB-02\",\"to\":\"TB\",\"people\":[2]}]}");
	assert_true(refused(try(o, &who, "reorganise_undo", &third)));
	assert_int_equal(try(o, &whole, "reorganise_undo", &third), OK);
	assert_int_equal(try(o, &who, "reorganise", &within), OK);
	DO(o, "reorganise", within.v[0]);
	assert_int_equal(listed(o, &who, 4), 4);
	assert_int_equal(listed(o, &other, 4), 0);
	assert_int_equal(try(o, &who, "reorganise_undo", &fourth), OK);
	assert_true(refused(try(o, &other, "reorganise_undo", &fourth)));
}

/* ---- what must be said all the same ---- */

static void test_person_on_record_elsewhere_is_not_entered_twice(void **state)
{
	struct office *o = *state;
	struct grant g = held(o, ROLE_OFFICE, "TB-01");
	struct actor who = with(&g, 1);
	assert_int_equal(try(o, &who, "person_record", WORDS("unit=TB-01-A", "name=Lê Thị Thử", "id_number=035196000002", "since=2025-01-01")),
		E_CONFLICT);
	assert_int_equal(o->fault.msg, MSG_PERSON_ELSEWHERE);
	assert_string_equal(o->fault.field, "id_number");
}

static void test_code_of_another_organisation_is_taken_and_no_more_is_said(void **state)
{
	struct office *o = *state;
	struct grant g = held(o, ROLE_OFFICE, "TB-01");
	struct actor who = with(&g, 1);
	assert_int_equal(try(o, &who, "unit_open", WORDS("code=TB-02", "name=X", "kind=BRANCH", "parent=TB-01", "opened=2020-01-01")),
		E_CONFLICT);
	assert_int_equal(o->fault.msg, MSG_CODE_USED_ELSEWHERE);
	assert_string_equal(o->fault.arg[0], "TB-02");
	assert_string_equal(o->fault.arg[1], "");
}

static void test_last_administrator_stays(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_RULE, "login", MSG_ACCOUNT_LAST_ADMIN, "account_close", "login=chu");
	REFUSED(o, E_RULE, "login", MSG_ACCOUNT_LAST_ADMIN, "role_end", "login=chu", "role=admin");
	DO(o, "role_grant", "login=lan", "role=admin");
	DO(o, "role_end", "login=chu", "role=admin");
	REFUSED(o, E_RULE, "login", MSG_ACCOUNT_LAST_ADMIN, "account_close", "login=lan");
}

/* ---- the operations themselves ---- */

static void test_logins_are_plain_and_unique(void **state)
{
	struct office *o = *state;
	DO(o, "account_open", "login=Mai.2", "name=Mai");
	REFUSED(o, E_CONFLICT, "login", MSG_ACCOUNT_TAKEN, "account_open", "login=mai.2", "name=Mai khác");
	DO(o, "account_open", "login=mai.2", "name=Mai");
	assert_true(o->result.unchanged);
	REFUSED(o, E_INVALID, "login", MSG_ACCOUNT_LOGIN_FORM, "account_open", "login=x", "name=X");
	REFUSED(o, E_INVALID, "login", MSG_ACCOUNT_LOGIN_FORM, "account_open", "login=lê", "name=X");
	REFUSED(o, E_INVALID, "login", MSG_ACCOUNT_LOGIN_FORM, "account_open", "login=-ab", "name=X");
	REFUSED(o, E_TOOBIG, "login", MSG_TOO_LONG, "account_open", "login=abcdefghijklmnopqrstuvwxyz0123456", "name=X");
	DO(o, "account_close", "login=mai.2");
	REFUSED(o, E_CONFLICT, "login", MSG_ACCOUNT_CLOSED, "account_open", "login=mai.2", "name=Mai");
	REFUSED(o, E_CONFLICT, "login", MSG_ACCOUNT_CLOSED, "role_grant", "login=mai.2", "role=office", "unit=TB-01");
	REFUSED(o, E_CONFLICT, "login", MSG_ACCOUNT_CLOSED, "account_reset", "login=mai.2");
	REFUSED(o, E_NOTFOUND, "login", MSG_ACCOUNT_UNKNOWN, "account_reset", "login=khong");
}

static void test_role_is_given_once_and_ends_at_once(void **state)
{
	struct office *o = *state;
	DO(o, "role_grant", "login=lan", "role=Văn phòng đảng ủy", "unit=TB-01");
	DO(o, "role_grant", "login=lan", "role=office", "unit=TB-01");
	assert_true(o->result.unchanged);
	REFUSED(o, E_INVALID, "to", MSG_GRANT_BACKWARDS, "role_grant", "login=lan", "role=office", "from=2026-07-02", "to=2026-07-01");
	DO(o, "role_end", "login=lan", "role=office", "unit=TB-01");
	REFUSED(o, E_NOTFOUND, "role", MSG_GRANT_UNKNOWN, "role_end", "login=lan", "role=office", "unit=TB-01");
	REFUSED(o, E_NOTFOUND, "grant_id", MSG_GRANT_UNKNOWN, "role_end", "grant_id=999");
	REFUSED(o, E_INVALID, "login", MSG_GRANT_WHICH, "role_end", "role=office");
	DO(o, "role_grant", "login=lan", "role=office", "unit=TB-01");
	assert_false(o->result.unchanged);
}

static void test_policy_names_roles(void **state)
{
	struct office *o = *state;
	DO(o, "policy_set", "key=totp_roles", "value=Quản trị hệ thống, department");
	DO(o, "policy_set", "key=totp_roles", "value=department,admin");
	assert_true(o->result.unchanged);
	DO(o, "policy_set", "key=totp_roles");
	assert_false(o->result.unchanged);
	REFUSED(o, E_INVALID, "value", MSG_NOT_CODE, "policy_set", "key=totp_roles", "value=giám đốc");
	REFUSED(o, E_INVALID, "key", MSG_POLICY_UNKNOWN, "policy_set", "key=mau", "value=1");
}

static void test_permission_alone_and_where_to_begin(void **state)
{
	struct office *o = *state;
	struct grant g = held(o, ROLE_ADMIN, NULL);
	struct actor who = with(&g, 1);
	struct access_need need;
	struct fault f;
	assert_ok(op_find("role_grant")->access(NULL, NULL, &o->arena, &need, &f)); /* the permission alone needs no installation */
	assert_int_equal(need.perm, PERM_USERS);
	assert_int_equal(access_first_unit(&who, PERM_USERS, o->app.today).v, 0);
	g.unit = unit_of(o, "TB-01");
	assert_int_equal(access_first_unit(&who, PERM_USERS, o->app.today).v, g.unit.v);
	assert_int_equal(access_first_unit(&who, PERM_PEOPLE, o->app.today).v, 0);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, access_setup, office_teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_operation_has_a_case), T(test_every_role_may_what_is_declared_and_only_in_its_organisation),
		T(test_role_that_is_over_or_not_yet_begun_gives_nothing), T(test_last_day_of_a_role_counts), T(test_reading_token_changes_nothing),
		T(test_things_of_others_are_answered_like_things_that_do_not_exist), T(test_administrator_sees_nobody),
		T(test_second_role_adds_to_the_first), T(test_page_of_a_unit_is_unknown_forbidden_or_open),
		T(test_unit_moved_away_goes_out_of_sight), T(test_reorganisation_is_taken_back_by_who_answers_for_all_of_it),
		T(test_person_on_record_elsewhere_is_not_entered_twice), T(test_code_of_another_organisation_is_taken_and_no_more_is_said),
		T(test_last_administrator_stays), T(test_logins_are_plain_and_unique), T(test_role_is_given_once_and_ends_at_once),
		T(test_policy_names_roles), T(test_permission_alone_and_where_to_begin),
	};
	return RUN(tests);
}
