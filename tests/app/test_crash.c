/* The program is killed in the middle of its work (SIGKILL), again and again: what it answered is there, nothing is there by half, and the
 * journal still proves the data. NGUON_CRASH_ROUNDS says how often, 4 unless told; half of them are loops of operations, half imports. */
#include "office_disk.h"

#include "app/people.h"
#include "app/verify.h"
#include "base/rng.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

enum { OPERATIONS = 1000, ROWS = 2000, FACTS_EACH = 6, ROUNDS_USUAL = 4 };

static struct rng rng = { 20260630 };

static int rounds(void)
{
	const char *text = getenv("NGUON_CRASH_ROUNDS");
	int n = text ? (int)strtol(text, NULL, 10) : ROUNDS_USUAL;
	return n > 1 ? n / 2 : 1;
}

static void pause_us(uint32_t us)
{
	const struct timespec t = { us / 1000000, (long)(us % 1000000) * 1000 };
	(void)nanosleep(&t, NULL);
}

/* ---- the program as a child ---- */

struct child {
	pid_t pid;
	int in, out; /* its standard input and output; -1: none */
};

static struct child start(char *const argv[], bool piped)
{
	int in[2], out[2];
	struct child c = { .in = -1, .out = -1 };
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	c.pid = fork();
	assert_true(c.pid >= 0);
	if (c.pid == 0) {
		int nowhere = open("/dev/null", O_RDWR);
		(void)dup2(piped ? in[0] : nowhere, STDIN_FILENO);
		(void)dup2(piped ? out[1] : nowhere, STDOUT_FILENO);
		(void)dup2(nowhere, STDERR_FILENO);
		(void)execv(argv[0], argv);
		_exit(127);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	c.in = in[1];
	c.out = out[0];
	return c;
}

static int end(struct child *c, bool kill_it)
{
	int status;
	if (kill_it)
		(void)kill(c->pid, SIGKILL);
	assert_int_equal(waitpid(c->pid, &status, 0), c->pid);
	return status;
}

static void close_both(struct child *c)
{
	(void)close(c->in);
	(void)close(c->out);
}

/* ---- a loop of operations ---- */

static const char *number_of(struct arena *a, int i)
{
	return arena_printf(a, "035095%06d", i);
}

static const char *operations(struct arena *a)
{
	struct text t = TEXT(a);
	for (int i = 1; i <= OPERATIONS; i++)
		text_addf(&t,
			"{\"op\":\"person_record\",\"input\":{\"unit\":\"TB-02\",\"name\":\"Nguyễn Thử\",\"birth\":\"1995-01-02\",\"sex\":\"male\","
			      "\"id_number\":\"%s\",\"listed\":\"2023-02-10\"}}\n", number_of(a, i));
	return text_str(&t);
}

struct talk {
	const char *input;
	size_t left;
	struct text answers;
	int lines, kill_after;
};

static void send_more(struct child *c, struct talk *t)
{
	ssize_t n = write(c->in, t->input, t->left < 4096 ? t->left : 4096);
	if (n <= 0)
		return;
	t->input += n;
	t->left -= (size_t)n;
}

static bool hear_more(struct child *c, struct talk *t)
{
	char buf[4096];
	ssize_t n = read(c->out, buf, sizeof buf);
	if (n <= 0)
		return false;
	text_addn(&t->answers, buf, (size_t)n);
	for (ssize_t i = 0; i < n; i++)
		t->lines += buf[i] == '\n';
	return true;
}

/* Feeds the child and listens until enough was answered; then kills it and takes what was already on its way. */
static void talk_and_kill(struct child *c, struct talk *t)
{
	(void)fcntl(c->in, F_SETFL, O_NONBLOCK);
	while (t->lines < t->kill_after) {
		struct pollfd fds[] = { { c->out, POLLIN, 0 }, { c->in, t->left ? POLLOUT : 0, 0 } };
		assert_true(poll(fds, 2, 30000) > 0);
		if (fds[1].revents & POLLOUT)
			send_more(c, t);
		if ((fds[0].revents & (POLLIN | POLLHUP)) && !hear_more(c, t))
			break;
	}
	pause_us(rng_below(&rng, 3000));
	int status = end(c, true);
	assert_true(WIFSIGNALED(status));
	while (hear_more(c, t))
		;
}

/* The person of a line is there with all facts, or not at all. */
static bool is_whole(struct app *app, int line)
{
	scoped(arena_done) struct arena a = { 0 };
	struct person_id id;
	struct facts all;
	struct fault f;
	assert_ok(people_by_number(app, number_of(&a, line), &a, &id, &f));
	if (!id.v)
		return false;
	assert_ok(people_facts(app, id, &a, &all, &f));
	assert_int_equal(all.n, FACTS_EACH);
	return true;
}

static void assert_answered_are_there(struct app *app, const struct talk *t)
{
	scoped(arena_done) struct arena a = { 0 };
	char *line = arena_strdup(&a, text_str(&t->answers));
	for (char *next; (next = strchr(line, '\n')); line = next + 1) {
		int number, end = 0;
		assert_int_equal(sscanf(line, "{\"line\":%d,\"ok\":true,%n", &number, &end), 1);
		assert_true(end > 0);
		assert_true(is_whole(app, number));
	}
}

static void assert_proved(const char *dir, const struct talk *t, bool all_or_nothing)
{
	struct verify_result r;
	struct app app;
	struct fault f;
	int64_t people = 0;
	assert_ok(app_open(dir, APP_WRITE, &app, &f));
	if (t)
		assert_answered_are_there(&app, t);
	for (int i = 1; i <= (t ? OPERATIONS : ROWS); i++)
		people += is_whole(&app, i);
	assert_ok(verify_all(&app, &r, &f));
	assert_int_equal(r.entries, 5 + people);
	if (all_or_nothing)
		assert_true(people == 0 || people == ROWS);
	app_close(&app);
}

static void one_loop(const char *program, const char *input)
{
	scoped(arena_done) struct arena a = { 0 };
	struct disk *d;
	(void)disk_setup((void **)&d);
	char *argv[] = { (char *)(uintptr_t)program, "op", "-", "--data", d->dir, "--today", TODAY, NULL };
	struct talk t = { .input = input, .left = strlen(input), .answers = TEXT(&a), .kill_after = 1 + (int)rng_below(&rng,
		OPERATIONS - 100) };
	struct child c = start(argv, true);
	talk_and_kill(&c, &t);
	close_both(&c);
	assert_true(t.lines >= t.kill_after);
	assert_proved(d->dir, &t, false);
	(void)disk_teardown((void **)&d);
}

static void test_answered_operations_survive_a_kill(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	const char *input = operations(&a), *program = getenv("NGUON");
	assert_non_null(program);
	(void)signal(SIGPIPE, SIG_IGN);
	for (int i = 0; i < rounds(); i++)
		one_loop(program, input);
}

/* ---- imports ---- */

static void write_list(const char *path)
{
	scoped(arena_done) struct arena a = { 0 };
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	(void)fputs("Mã tổ chức;Họ và tên;Ngày sinh;Giới tính;Số định danh;Ngày vào danh sách\n", out);
	for (int i = 1; i <= ROWS; i++)
		(void)fprintf(out, "TB-02;Nguyễn Thử;02/01/1995;Nam;%s;10/02/2023\n", number_of(&a, i));
	assert_int_equal(fclose(out), 0);
}

/* Microseconds that it took; kills after `us`, not at all when 0. */
static uint32_t one_import(const char *program, const char *list, uint32_t us)
{
	struct timespec from, to;
	struct disk *d;
	(void)disk_setup((void **)&d);
	char *argv[] = { (char *)(uintptr_t)program, "import", "people", (char *)(uintptr_t)list, "--data", d->dir, "--today", TODAY, NULL };
	(void)clock_gettime(CLOCK_MONOTONIC, &from);
	struct child c = start(argv, false);
	if (us)
		pause_us(us);
	int status = end(&c, us > 0);
	(void)clock_gettime(CLOCK_MONOTONIC, &to);
	close_both(&c);
	if (!us)
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_proved(d->dir, NULL, true);
	(void)disk_teardown((void **)&d);
	return (uint32_t)((to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000);
}

static void test_killed_import_leaves_all_or_nothing(void **state)
{
	(void)state;
	char list[] = "/tmp/nguon-list-XXXXXX.csv";
	const char *program = getenv("NGUON");
	int fd = mkstemps(list, 4);
	assert_true(fd >= 0);
	(void)close(fd);
	write_list(list);
	uint32_t whole = one_import(program, list, 0);
	for (int i = 0; i < rounds(); i++)
		(void)one_import(program, list, 1 + rng_below(&rng, whole + whole / 10));
	assert_int_equal(unlink(list), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answered_operations_survive_a_kill),
		cmocka_unit_test(test_killed_import_leaves_all_or_nothing),
	};
	return RUN(tests);
}
