/* Both engines are asked the same: every statement of the program, on random values, gives the same rows in the same order, or the same
 * refusal, and leaves the same rows behind. PostgreSQL is asked as the running role, which has the rights of the statements and no more. */
#include "declared.h"
#include "pgsql_test.h"

#include "base/rng.h"

enum { ROUNDS = 20000, PARAMS_MAX = 32, COMPARED_EVERY = 2000 };

struct pair {
	struct test_place place;
	struct arena arena;
	const char *role;
	struct db *sqlite, *owner, *runner; /* the other two on PostgreSQL */
	const char **params;                /* of each statement, as declared */
	int *columns;
	int64_t *rows;                      /* that it has given */
};

/* ---- values ---- */

/* In NFC. Their order differs between locales, and between bytes and letters; some differ by case or accent alone. */
static const char *const texts[] = { "", "a", "A", "b", "Z", "z", "Ă", "â", "Ă", "Đảng", "đảng", "dang", "Nguyễn Thị Hoa", "nguyen thi hoa",
	"Trần Văn Ba", "Tran", "PL", "PL-01", "PL_01", "PL%", "name", "100%", "a b", "a\tb", "it's", "\"q\"", "\\\\", "%", "%a%", "_", "N%",
	"\U0001F33E", "ÿ", "ﬀ", "\x7f", "listed", "unit", "calendar" };
static const int64_t numbers[] = { 0, 1, 1, 1, 2, 2, 3, 4, 5, 7, 100, 19000, 20000, INT64_MAX };

struct value {
	char type; /* i, t, n */
	int64_t i;
	const char *t;
};

/* A capital letter stands for what may also be NULL. */
/* Half of them of a few, so that what is asked for is there. */
static struct value some_value(struct rng *rng, char letter)
{
	bool unknown = letter < 'a' && rng_below(rng, 4) == 0;
	if (unknown)
		return (struct value){ .type = 'n' };
	if (letter == 'i' || letter == 'I')
		return (struct value){ .type = 'i', .i = numbers[rng_below(rng, rng_below(rng, 2) ? 6 : sizeof numbers / sizeof *numbers)] };
	size_t few = rng_below(rng, 2) ? 6 : sizeof texts / sizeof *texts;
	return (struct value){ .type = 't', .t = texts[rng_below(rng, (uint32_t)few)] };
}

static void bind(struct stmt *s, const struct value *values)
{
	for (int i = 1; s->def->params[i - 1]; i++) {
		const struct value *v = &values[i - 1];
		if (v->type == 'n')
			stmt_bind_null(s, i);
		else if (v->type == 'i')
			stmt_bind_i64(s, i, v->i);
		else
			stmt_bind_text(s, i, v->t);
	}
}

static void print_question(const struct db_statement *def, const struct value *values)
{
	print_message("%s\n", def->sql);
	for (int i = 0; def->params[i]; i++) {
		if (values[i].type == 'i')
			print_message("$%d = %lld\n", i + 1, (long long)values[i].i);
		else
			print_message("$%d = %s\n", i + 1, values[i].type == 'n' ? "NULL" : values[i].t);
	}
}

/* ---- one question ---- */

static bool same_value(struct stmt *a, struct stmt *b, int col)
{
	size_t n = 0, m = 0;
	char type = a->db->driver->type(a, col);
	if (type != b->db->driver->type(b, col))
		return false;
	if (type == 'i')
		return stmt_i64(a, col) == stmt_i64(b, col);
	const char *t = a->db->driver->text(a, col, &n), *u = b->db->driver->text(b, col, &m);
	return type == 'n' || (n == m && memcmp(t, u, n) == 0);
}

static bool only_reads(const struct db_statement *def)
{
	return strncmp(def->sql, "SELECT ", 7) == 0;
}

static bool same_answer(struct stmt *a, struct stmt *b, int columns, int64_t *rows)
{
	bool more_a = true, more_b = true;
	while (more_a) {
		struct fault f_a = {0}, f_b = {0};
		enum err e_a = stmt_step(a, &more_a, &f_a), e_b = stmt_step(b, &more_b, &f_b);
		if (e_a != OK || e_b != OK)
			return e_a == e_b;
		if (!more_a && !only_reads(a->def) && db_changes(a->db) != db_changes(b->db))
			return false;
		if (more_a != more_b)
			return false;
		for (int i = 0; more_a && i < columns; i++)
			if (!same_value(a, b, i))
				return false;
		*rows += more_a;
	}
	return true;
}

/* Filling is for the owner, when a whole database is copied; everything else the running role does. */
static struct db *who_asks(const struct pair *p, const struct db_statement *def)
{
	return strncmp(def->name, "fill of ", 8) == 0 ? p->owner : p->runner;
}

static void ask_both(struct pair *p, struct rng *rng, int id)
{
	const struct db_statement *def = &db_statements[id];
	scoped(stmt_done) struct stmt *a = NULL;
	scoped(stmt_done) struct stmt *b = NULL;
	struct value values[PARAMS_MAX];
	for (int i = 0; def->params[i]; i++)
		values[i] = some_value(rng, p->params[id][i]);
	SUCCEEDS(db_stmt(p->sqlite, id, &a, &f));
	SUCCEEDS(db_stmt(who_asks(p, def), id, &b, &f));
	bind(a, values);
	bind(b, values);
	if (!same_answer(a, b, p->columns[id], &p->rows[id])) {
		print_question(def, values);
		fail_msg("the engines differ; %s", def->name);
	}
}

static void compare_tables(const struct pair *p)
{
	char one[65], other[65];
	int64_t n, m;
	for (int i = 0; i < db_table_list_n; i++) {
		SUCCEEDS(db_table_hash(p->sqlite, db_table_list[i].name, one, &n, &f));
		SUCCEEDS(db_table_hash(p->runner, db_table_list[i].name, other, &m, &f));
		assert_int_equal(m, n);
		assert_string_equal(other, one);
	}
}

/* ---- all ---- */

/* Of the columns that both must agree in: of orphans, any will do. */
static int columns_of(struct db *db, const struct db_statement *def)
{
	if (strncmp(def->name, "orphans of ", 11) == 0)
		return 0;
	PGconn *c = pgsql_of(db)->c;
	PQclear(PQprepare(c, "", def->sql, 0, NULL));
	PGresult *r = PQdescribePrepared(c, "");
	assert_int_equal(PQresultStatus(r), PGRES_COMMAND_OK);
	int n = PQnfields(r);
	PQclear(r);
	return n;
}

static struct pair pair_new(void)
{
	struct pair p = { .place = place_new() };
	struct declared list[QUERIES_MAX];
	p.role = arena_printf(&p.arena, "runner-%s", place_database(&p.place));
	p.sqlite = database_new(":memory:");
	p.owner = database_new(p.place.where);
	server_runs(p.place.where, arena_printf(&p.arena, "CREATE ROLE \"%s\" LOGIN", p.role));
	SUCCEEDS(db_grant(p.owner, p.role, &f));
	SUCCEEDS(db_open(uri_as(p.place.where, p.role, &p.arena), DB_WRITE, &p.runner, &f));
	p.columns = arena_array(&p.arena, int, (size_t)db_statements_n);
	p.params = arena_array(&p.arena, const char *, (size_t)db_statements_n);
	p.rows = arena_array(&p.arena, int64_t, (size_t)db_statements_n);
	for (int i = 0; i < db_statements_n; i++) {
		p.columns[i] = columns_of(p.owner, &db_statements[i]);
		p.params[i] = db_statements[i].params;
	}
	for (size_t i = 0, n = declared_all(&p.arena, list); i < n; i++)
		p.params[statement_named(list[i].name)] = list[i].in;
	return p;
}

static void pair_done(struct pair *p)
{
	db_close(&p->sqlite);
	db_close(&p->owner);
	db_close(&p->runner);
	server_runs(p->place.where, arena_printf(&p->arena, "DROP OWNED BY \"%s\"; DROP ROLE \"%s\"", p->role, p->role));
	place_remove(&p->place);
	arena_done(&p->arena);
}

static void test_same_statements_give_the_same_answers(void **state)
{
	(void)state;
	scoped(pair_done) struct pair p = pair_new();
	const char *seed = getenv("NGUON_SEED");
	struct rng rng = { seed ? strtoull(seed, NULL, 10) : 20261122 };
	int silent = 0;
	for (int i = 1; i <= ROUNDS; i++) {
		ask_both(&p, &rng, (int)rng_below(&rng, (uint32_t)db_statements_n));
		if (i % COMPARED_EVERY == 0)
			compare_tables(&p);
	}
	for (int i = 0; i < db_statements_n; i++) {
		bool is_silent = only_reads(&db_statements[i]) && p.columns[i] > 0 && p.rows[i] == 0;
		silent += is_silent;
		if (is_silent)
			print_message("no row of %s\n", db_statements[i].name);
	}
	print_message("%d statements, none with a text of its own for an engine\n", db_statements_n);
	assert_true(silent <= 5); /* nearly every question must have found something to differ in */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_statements_give_the_same_answers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
