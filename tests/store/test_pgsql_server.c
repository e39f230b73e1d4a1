/* What can be wrong with a server, and with the way to it; on a server of its own (tools/with-postgres), which is stopped, copied and short
 * of room as need be. */
#include "pgsql_test.h"

#include "store/queries.gen.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#define PASSWORD "mat-khau-khong-duoc-lo"

static const char *env(const char *name)
{
	const char *value = getenv(name);
	if (!value)
		fail_msg("%s is not set: run inside tools/with-postgres", name);
	return value;
}

/* ---- the server ---- */

static void sh(const char *command)
{
	if (system(command) != 0)
		fail_msg("%s", command);
}

static void server_does(const char *what)
{
	scoped(arena_done) struct arena a = {0};
	sh(arena_printf(&a, "$NGUON_TEST_PG_AS $NGUON_TEST_PG_BIN/pg_ctl -D $NGUON_TEST_PG_DATA -l $NGUON_TEST_PG_DATA/../log -t 60 -w %s "
		">/dev/null 2>&1 </dev/null", what));
}

static void append_to(const char *file, const char *text)
{
	scoped(arena_done) struct arena a = {0};
	FILE *to = fopen(arena_printf(&a, "%s/%s", env("NGUON_TEST_PG_DATA"), file), "a");
	assert_non_null(to);
	assert_true(fputs(text, to) >= 0);
	assert_int_equal(fclose(to), 0);
}

static int free_port(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &n), 0);
	close(fd);
	return ntohs(address.sin_port);
}

/* Who may come in how; nguon is the superuser. */
static const char who_may_come_in[] =
	"local replication nguon trust\n"
	"local all nguon trust\n"
	"local all locked scram-sha-256\n"
	"local all unwanted reject\n"
	"local all all trust\n"
	"hostssl all nguon 127.0.0.1/32 trust\n"
	"hostnossl all plain 127.0.0.1/32 trust\n"
	"host all locked 127.0.0.1/32 scram-sha-256\n";

static const char roles[] =
	"CREATE ROLE locked LOGIN PASSWORD '" PASSWORD "'; CREATE ROLE unwanted LOGIN; CREATE ROLE plain LOGIN SUPERUSER;"
	"CREATE ROLE guest LOGIN";

static const char certificates[] =
	"cd $NGUON_TEST_PG_DATA && for who in server other; do openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes "
	"-days 2 -subj /CN=db.example -addext subjectAltName=DNS:db.example -keyout $who.key -out $who.crt; done >/dev/null 2>&1 "
	"&& rm other.key && chmod 600 server.key && chown $(stat -c %U:%G PG_VERSION) server.key";

struct server {
	struct test_place place; /* a database of ours, with two entries */
	char dir[128];           /* above the server's data */
	int port;
};

static struct server server;

static int server_make(void **state)
{
	scoped(arena_done) struct arena a = {0};
	struct db *db = NULL;
	(void)state;
	server.port = free_port();
	snprintf(server.dir, sizeof server.dir, "%s", strstr(env("NGUON_TEST_PG"), "?host=") + 6);
	sh(certificates);
	sh(": >$NGUON_TEST_PG_DATA/pg_hba.conf");
	append_to("pg_hba.conf", who_may_come_in);
	append_to("postgresql.conf", "listen_addresses = '127.0.0.1'\nssl = on\nmax_connections = 20\n");
	append_to("postgresql.conf", arena_printf(&a, "port = %d\n", server.port));
	server_does("restart");
	assert_int_equal(setenv("NGUON_TEST_PG", arena_printf(&a, "%s&port=%d", env("NGUON_TEST_PG"), server.port), 1), 0);
	server_runs(env("NGUON_TEST_PG"), roles);
	server.place = place_new();
	db = database_new(server.place.where);
	SUCCEEDS(append_entries(db, 2, "{}", &f));
	db_close(&db);
	return 0;
}

static int server_remove(void **state)
{
	(void)state;
	place_remove(&server.place);
	return 0;
}

/* ---- addresses ---- */

/* Of the database `name` for `role`, through the socket. */
static const char *local(const char *role, const char *name, struct arena *a)
{
	return arena_printf(a, "postgresql://%s@/%s?host=%s&port=%d", role, name, server.dir, server.port);
}

/* Our own database over the network of the machine itself. */
static const char *network(const char *role, const char *host, const char *more, struct arena *a)
{
	return arena_printf(a, "postgresql://%s@%s:%d/%s%s", role, host, server.port, place_database(&server.place), more);
}

static const char *ours(const char *role, struct arena *a)
{
	return local(role, place_database(&server.place), a);
}

/* Refused with this sentence, which is whole in both languages and gives no password away. */
static void refused(const char *where, enum db_mode mode, enum err err, enum msg msg)
{
	scoped(arena_done) struct arena a = {0};
	struct fault why = {0};
	struct db *db = NULL;
	enum err e = db_open(where, mode, &db, &why);
	if (e != err || why.msg != msg)
		print_fault(&why);
	assert_int_equal(e, err);
	assert_int_equal(why.msg, msg);
	assert_string_equal(why.field, "data");
	assert_null(db);
	for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++) {
		const char *text = fault_text(&why, lang, &a);
		assert_true(strlen(text) > 20);
		assert_null(strstr(text, PASSWORD));
		assert_null(strstr(text, "()"));
		assert_null(strstr(text, "%1"));
	}
}

/* ---- nobody there ---- */

static void test_server_that_is_not_there(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	refused(arena_printf(&a, "postgresql://nguon:" PASSWORD "@/nguon?host=%s/nowhere", server.dir), DB_READ, E_GONE, MSG_PG_GONE);
	refused(arena_printf(&a, "postgresql://nguon:" PASSWORD "@127.0.0.1:%d/nguon", free_port()), DB_WRITE, E_GONE, MSG_PG_GONE);
}

static void test_server_whose_name_nobody_knows(void **state)
{
	(void)state;
	refused("postgresql://nguon:" PASSWORD "@no-such-host.invalid/nguon?sslmode=disable", DB_READ, E_GONE, MSG_PG_GONE);
}

/* It accepts, and says nothing: the deadline is of the whole conversation. */
static void test_server_that_never_answers(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &n), 0);
	refused(arena_printf(&a, "postgresql://nguon@127.0.0.1:%d/nguon", ntohs(address.sin_port)), DB_READ, E_GONE, MSG_PG_SILENT);
	close(fd);
}

/* A machine that is switched off answers nothing at all; here a full queue of connections does the same. */
static void test_machine_that_does_not_answer_gives_way_to_the_next_of_the_address(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof address;
	struct db *db = NULL;
	int fd = socket(AF_INET, SOCK_STREAM, 0), waiting[3];
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(fd, 0), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &n), 0);
	for (size_t i = 0; i < sizeof waiting / sizeof *waiting; i++) {
		waiting[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		(void)!connect(waiting[i], (struct sockaddr *)&address, sizeof address);
	}
	const char *both = arena_printf(&a, "postgresql://nguon@/%s?host=127.0.0.1,%s&port=%d,%d", place_database(&server.place), server.dir,
		ntohs(address.sin_port), server.port);
	SUCCEEDS(db_open(both, DB_READ, &db, &f));
	db_close(&db);
	for (size_t i = 0; i < sizeof waiting / sizeof *waiting; i++)
		close(waiting[i]);
	close(fd);
}

static void test_server_address_that_is_none(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	refused("postgresql://nguon:" PASSWORD "@[::1/nguon", DB_READ, E_INVALID, MSG_URI_FORM);
	refused(arena_printf(&a, "%s&sslmode=perhaps", ours("nguon", &a)), DB_READ, E_INVALID, MSG_PG_ADDRESS);
}

/* ---- not let in ---- */

static void test_server_refuses_the_password(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	struct db *db = NULL;
	server_runs(env("NGUON_TEST_PG"), arena_printf(&a, "GRANT CONNECT ON DATABASE \"%s\" TO locked", place_database(&server.place)));
	refused(ours("locked:" PASSWORD "x", &a), DB_READ, E_STORAGE, MSG_PG_PASSWORD);
	refused(ours("locked", &a), DB_READ, E_STORAGE, MSG_PG_PASSWORD);
	refused(network("locked:" PASSWORD "x", "127.0.0.1", "", &a), DB_READ, E_STORAGE, MSG_PG_PASSWORD);
	FAILS(db_open(ours("locked:" PASSWORD, &a), DB_READ, &db, &f), E_STORAGE, MSG_PG_RIGHTS, "data"); /* it is in, but not ours */
}

static void test_server_knows_no_such_role_or_does_not_want_it(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	refused(ours("nobody", &a), DB_READ, E_STORAGE, MSG_PG_NOT_LET_IN);
	refused(ours("unwanted", &a), DB_READ, E_STORAGE, MSG_PG_NOT_LET_IN);
}

static void test_server_knows_no_such_database(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	refused(local("nguon", "nothing", &a), DB_READ, E_NOTFOUND, MSG_PG_NO_DATABASE);
	refused(local("nguon", "nothing", &a), DB_CREATE, E_NOTFOUND, MSG_PG_NO_DATABASE);
}

static void test_server_has_no_room_for_another_connection(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	struct db *db[20] = { NULL };
	struct fault why = {0};
	enum err e = OK;
	int n = 0;
	server_runs(server.place.where, "GRANT USAGE ON SCHEMA nguon TO guest");
	while (n < 20 && (e = db_open(ours("guest", &a), DB_READ, &db[n], &why)) == OK)
		n++;
	assert_int_equal(e, E_BUSY);
	assert_int_equal(why.msg, MSG_PG_CROWDED);
	assert_true(n > 5);
	while (n > 0)
		db_close(&db[--n]);
}

/* ---- whose database ---- */

static const char *made_with(const char *name, const char *options, const char *then, struct arena *a)
{
	server_runs(env("NGUON_TEST_PG"), arena_printf(a, "CREATE DATABASE %s TEMPLATE template0 %s", name, options));
	if (then)
		server_runs(local("nguon", name, a), then);
	return local("nguon", name, a);
}

static void test_server_holds_an_empty_database(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	const char *where = made_with("empty", "", NULL, &a);
	struct db *db = NULL;
	refused(where, DB_READ, E_NOTFOUND, MSG_PG_EMPTY);
	refused(where, DB_WRITE, E_NOTFOUND, MSG_PG_EMPTY);
	SUCCEEDS(db_open(where, DB_CREATE, &db, &f));
	db_close(&db);
	refused(where, DB_WRITE, E_NOTFOUND, MSG_PG_EMPTY); /* nothing was made yet */
}

static void test_server_holds_the_database_of_another_program(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	const char *const others[] = { made_with("with_table", "", "CREATE TABLE public.t (id int)", &a),
		made_with("with_schema", "", "CREATE SCHEMA nguon", &a),
		made_with("with_mark", "", "CREATE SCHEMA nguon; COMMENT ON SCHEMA nguon IS 'Nguon of trees'", &a),
		made_with("with_view", "", "CREATE SCHEMA other; CREATE VIEW other.v AS SELECT 1", &a) };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		for (enum db_mode mode = DB_READ; mode <= DB_CREATE; mode++)
			refused(others[i], mode, E_STORAGE, MSG_PG_FOREIGN);
}

static void test_server_holds_our_database_already(void **state)
{
	(void)state;
	refused(server.place.where, DB_CREATE, E_CONFLICT, MSG_PG_THERE);
}

static void test_server_holds_it_in_another_encoding(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	refused(made_with("latin", "ENCODING LATIN1 LOCALE 'C'", NULL, &a), DB_CREATE, E_STORAGE, MSG_PG_ENCODING);
	refused(made_with("ascii", "ENCODING SQL_ASCII LOCALE 'C'", NULL, &a), DB_CREATE, E_STORAGE, MSG_PG_ENCODING);
}

/* The same order of texts whatever the database's locale; what the program cannot choose must not change a list. */
static void test_server_sorts_by_bytes_whatever_the_locale(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	const char *where = made_with("icu", "LOCALE_PROVIDER icu ICU_LOCALE 'vi' LOCALE 'C.UTF-8'", NULL, &a);
	struct db *db = database_new(where);
	char here[65], there[65];
	int64_t n;
	scoped(db_close) struct db *file = database_new(":memory:");
	struct db *const both[] = { db, file };
	for (size_t i = 0; i < 2; i++)
		SUCCEEDS(db_run(both[i], "INSERT INTO setting VALUES ('Ă', ''), ('a', ''), ('B', ''), ('b', ''), ('z', ''), ('đ', ''), ('d', '')",
			&f));
	SUCCEEDS(db_table_hash(db, "setting", here, &n, &f));
	SUCCEEDS(db_table_hash(file, "setting", there, &n, &f));
	assert_string_equal(here, there);
	db_close(&db);
}

/* Meanwhile the schema was brought up to a newer version, through another node. */
static void test_server_gone_and_back_is_asked_again_whose_database_it_holds(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	struct db *db = NULL;
	SUCCEEDS(db_open(server.place.where, DB_WRITE, &db, &f));
	server_runs(server.place.where, "COMMENT ON SCHEMA nguon IS 'Nguon 99'");
	server_drops(server.place.where, db);
	FAILS(db_begin(db, &f), E_STORAGE, MSG_PG_NEWER, "data");
	FAILS(db_begin(db, &f), E_STORAGE, MSG_PG_NEWER, "data");
	db_close(&db);
	server_runs(server.place.where, "COMMENT ON SCHEMA nguon IS 'Nguon 3'");
	const char *where = made_with("newer", "", "CREATE SCHEMA nguon; COMMENT ON SCHEMA nguon IS 'Nguon 99'", &a);
	for (enum db_mode mode = DB_READ; mode <= DB_WRITE; mode++)
		refused(where, mode, E_STORAGE, MSG_PG_NEWER);
}

/* ---- encryption ---- */

static bool is_encrypted(struct db *db)
{
	scoped(pgsql_clear) PGresult *r = PQexec(pgsql_of(db)->c, "SELECT ssl::int FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
	assert_int_equal(PQntuples(r), 1);
	return *PQgetvalue(r, 0, 0) == '1';
}

static const char *verified(const char *host, const char *root, struct arena *a)
{
	const char *data = env("NGUON_TEST_PG_DATA");
	return network("nguon", host, arena_printf(a, "?hostaddr=127.0.0.1&sslmode=verify-full&sslrootcert=%s/%s", data, root), a);
}

static void test_server_is_known_by_its_certificate(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	struct db *db = NULL;
	SUCCEEDS(db_open(verified("db.example", "server.crt", &a), DB_WRITE, &db, &f));
	assert_true(is_encrypted(db));
	assert_int_equal(chain_length(db), 2);
	db_close(&db);
	refused(verified("db.example", "other.crt", &a), DB_READ, E_STORAGE, MSG_PG_TLS);
	refused(verified("db.example", "no-such.crt", &a), DB_READ, E_STORAGE, MSG_PG_TLS);
	refused(verified("elsewhere.example", "server.crt", &a), DB_READ, E_STORAGE, MSG_PG_TLS);
}

/* 0.0.0.0 reaches this machine, but does not say so. */
static void test_server_elsewhere_gets_nothing_in_the_clear_unless_told_to(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	struct db *db = NULL;
	refused(network("plain", "0.0.0.0", "", &a), DB_READ, E_STORAGE, MSG_PG_TLS);
	SUCCEEDS(db_open(network("plain", "0.0.0.0", "?sslmode=disable", &a), DB_READ, &db, &f));
	assert_false(is_encrypted(db));
	db_close(&db);
	SUCCEEDS(db_open(network("plain", "127.0.0.1", "", &a), DB_READ, &db, &f));
	db_close(&db);
}

/* ---- the server goes away, is short of room, is a copy ---- */

/* Within the driver's pause between two tries the last fault is given again. */
static void begins_before_long(struct db *db)
{
	struct fault why = {0};
	enum err e = E_GONE;
	for (int i = 0; i < 200 && (e = db_begin(db, &why)) == E_GONE; i++)
		usleep(50000);
	assert_int_equal(e, OK);
}

static void test_server_killed_and_started_again_is_found_again(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	scoped(db_close) struct db *db = NULL;
	struct journal_head head;
	SUCCEEDS(db_open(server.place.where, DB_WRITE, &db, &f));
	int64_t n = chain_length(db);
	SUCCEEDS(append_entries(db, 1, "{}", &f));
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(journal_head(db, &head, &f));
	SUCCEEDS(append_entry(db, &head, "{}", &f));
	server_does("-m immediate stop");
	FAILS(append_entry(db, &head, "{}", &f), E_GONE, MSG_PG_GONE, "data");
	FAILS(db_commit(db, &f), E_GONE, MSG_PG_GONE, "data");
	FAILS(db_begin(db, &f), E_GONE, MSG_PG_GONE, "data");
	server_does("start");
	begins_before_long(db);
	SUCCEEDS(journal_head(db, &head, &f));
	assert_int_equal(head.last.v, n + 1);
	SUCCEEDS(append_entry(db, &head, "{}", &f));
	SUCCEEDS(db_commit(db, &f));
	assert_int_equal(chain_length(db), n + 2);
}

static const char note[] = "{\"note\":\"made-up text, long enough that the entries fill several pages of eight thousand bytes each\"}";

static enum err append_until_refused(struct db *db, int most, struct fault *f)
{
	struct journal_head head;
	TRY(db_begin(db, f));
	TRY(journal_head(db, &head, f));
	for (int i = 0; i < most; i++) {
		TRY(db_savepoint(db, f));
		TRY(append_entry(db, &head, note, f));
		TRY(db_release(db, f));
	}
	return OK;
}

static void test_server_whose_disk_is_full_stores_nothing_and_goes_on_when_there_is_room(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	scoped(db_close) struct db *db = NULL;
	const char *full = arena_printf(&a, "%s/full", server.dir);
	sh(arena_printf(&a, "cp %s %s/full_disk.so && chmod 755 %s/full_disk.so", env("FULL_DISK"), server.dir, server.dir));
	server_does("stop");
	sh(arena_printf(&a, "FULL_DISK_SWITCH=%s LD_PRELOAD=%s/full_disk.so $NGUON_TEST_PG_AS $NGUON_TEST_PG_BIN/pg_ctl -D $NGUON_TEST_PG_DATA "
		"-l %s/log -t 60 -w start >/dev/null 2>&1 </dev/null", full, server.dir, server.dir));
	SUCCEEDS(db_open(server.place.where, DB_WRITE, &db, &f));
	int64_t n = chain_length(db);
	sh(arena_printf(&a, "touch %s", full));
	FAILS(append_until_refused(db, 2000, &f), E_STORAGE, MSG_PG_FULL, "data");
	db_rollback_to_savepoint(db);
	FAILS(db_savepoint(db, &f), E_STORAGE, MSG_PG_FULL, "data");
	FAILS(db_commit(db, &f), E_STORAGE, MSG_PG_FULL, "data");
	assert_int_equal(chain_length(db), n);
	sh(arena_printf(&a, "rm %s", full));
	SUCCEEDS(append_entries(db, 500, note, &f));
	assert_int_equal(chain_length(db), n + 500);
}

static void test_server_that_copies_another_can_be_read_and_not_written(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	scoped(db_close) struct db *db = NULL;
	int port = free_port();
	const char *where = arena_printf(&a, "postgresql://nguon@/%s?host=%s&port=%d", place_database(&server.place), server.dir, port);
	const char *ctl = arena_printf(&a, "$NGUON_TEST_PG_AS $NGUON_TEST_PG_BIN/pg_ctl -D %s/copy -l %s/log.copy -t 60 -w", server.dir,
		server.dir);
	SUCCEEDS(db_open(server.place.where, DB_WRITE, &db, &f));
	SUCCEEDS(append_entries(db, 1, "{}", &f));
	int64_t n = chain_length(db);
	db_close(&db);
	sh(arena_printf(&a, "$NGUON_TEST_PG_AS $NGUON_TEST_PG_BIN/pg_basebackup -D %s/copy -h %s -p %d -U nguon -c fast -X stream -R -N",
		server.dir, server.dir, server.port));
	sh(arena_printf(&a, "%s -o '-p %d' start >/dev/null 2>&1 </dev/null", ctl, port));
	SUCCEEDS(db_open(where, DB_READ, &db, &f));
	SUCCEEDS(db_begin(db, &f));
	assert_int_equal(chain_length(db), n);
	SUCCEEDS(db_commit(db, &f));
	assert_int_equal(chain_length(db), n);
	refused(where, DB_WRITE, E_STORAGE, MSG_PG_STANDBY);
	refused(where, DB_CREATE, E_STORAGE, MSG_PG_STANDBY);
	sh(arena_printf(&a, "%s -m immediate stop >/dev/null 2>&1 </dev/null", ctl));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_server_that_is_not_there),
		cmocka_unit_test(test_server_whose_name_nobody_knows),
		cmocka_unit_test(test_server_that_never_answers),
		cmocka_unit_test(test_machine_that_does_not_answer_gives_way_to_the_next_of_the_address),
		cmocka_unit_test(test_server_address_that_is_none),
		cmocka_unit_test(test_server_refuses_the_password),
		cmocka_unit_test(test_server_knows_no_such_role_or_does_not_want_it),
		cmocka_unit_test(test_server_knows_no_such_database),
		cmocka_unit_test(test_server_has_no_room_for_another_connection),
		cmocka_unit_test(test_server_holds_an_empty_database),
		cmocka_unit_test(test_server_holds_the_database_of_another_program),
		cmocka_unit_test(test_server_holds_our_database_already),
		cmocka_unit_test(test_server_holds_it_in_another_encoding),
		cmocka_unit_test(test_server_sorts_by_bytes_whatever_the_locale),
		cmocka_unit_test(test_server_gone_and_back_is_asked_again_whose_database_it_holds),
		cmocka_unit_test(test_server_is_known_by_its_certificate),
		cmocka_unit_test(test_server_elsewhere_gets_nothing_in_the_clear_unless_told_to),
		cmocka_unit_test(test_server_killed_and_started_again_is_found_again),
		cmocka_unit_test(test_server_whose_disk_is_full_stores_nothing_and_goes_on_when_there_is_room),
		cmocka_unit_test(test_server_that_copies_another_can_be_read_and_not_written),
	};
	return cmocka_run_group_tests(tests, server_make, server_remove);
}
