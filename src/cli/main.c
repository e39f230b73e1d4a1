/* The commands of nguon, and what happens before and after each. */
#include "cli/cli.h"

#include <locale.h>
#include <string.h>
#include <unistd.h>

/* To add a command: its file cmd_NAME.c, its line in cli.h, its row here. */
static const struct cli_command commands[] = {
	{ "init", "--name NAME [--db ADDRESS]", "Tạo một nơi lưu dữ liệu mới", "Makes a new installation", cmd_init_options, CLI_ALONE, cmd_init },
	{ "migrate", "[--owner ADDRESS]", "Nâng cấp cấu trúc dữ liệu cho phiên bản này của chương trình; hãy sao lưu trước",
		"Brings the tables up to this version of the program; make a backup first", cmd_migrate_options, CLI_ALONE, cmd_migrate },
	{ "demo", "[--scenario NAME]", "Tạo một nơi lưu dữ liệu với dữ liệu giả định của một tình huống mẫu",
		"Makes an installation with made-up data of a scenario", cmd_demo_options, CLI_ALONE, cmd_demo },
	{ "import", "units|people|targets|classes|facts FILE.{xlsx,csv}", "Nhập danh sách từ bảng tính: tất cả hoặc không gì cả",
		"Imports a list from a spreadsheet: all rows or none", cmd_import_options, CLI_WRITE, cmd_import },
	{ "op", "list [NAME] | NAME field=value... | -", "Xem hoặc thực hiện nghiệp vụ; «-» đọc từng dòng JSON từ đầu vào chuẩn",
		"Lists or runs operations; \"-\" reads lines of JSON from standard input", NULL, CLI_ALONE, cmd_op },
	{ "person", "show ID | helpers --unit CODE",
		"Xem một người: bước đang ở, thời hạn, việc còn thiếu, quá trình; ai đang giúp đỡ ai trong một tổ chức",
		"Shows a person: where they stand, clocks, what is missing, history; who helps whom in an organisation",
		cmd_person_options, CLI_READ, cmd_person },
	{ "unit", "show CODE | reorganise --plan FILE [--dry-run] | reorganisations | undo ID --reason TEXT",
		"Xem một tổ chức; sắp xếp nhiều tổ chức theo một quyết định, xem trước, hủy", "Shows an organisation; reorganises several, "
		"previews, undoes", cmd_unit_options, CLI_ALONE, cmd_unit },
	{ "search", "TEXT", "Tìm người và tổ chức theo tên (có dấu hoặc không dấu), mã, số định danh",
		"Finds people and organisations by name, code or citizen ID", cmd_search_options, CLI_READ, cmd_search },
	{ "report", "progress|breakdown|ranking|classes|late --unit CODE --period P", "Lập báo cáo",
		"Makes a report", cmd_report_options, CLI_READ, cmd_report },
	{ "todo", "--unit CODE", "Việc quá hạn, việc sắp đến hạn và bước tiếp theo của từng người",
		"What is late, what is due soon, and everybody's next step", cmd_todo_options, CLI_READ, cmd_todo },
	{ "rules", "[list] | show ID | check FILE... | diff FILE|ID | explain PERSON | keys | values | table FILE",
		"Xem các bộ quy tắc theo từng thời kỳ; kiểm tra tệp quy tắc trước khi dùng; ai thay đổi nếu dùng; vì sao một người đang ở bước đó",
		"Shows the rule packs of each period; checks rule files before use; whom they would move; why somebody stands where they stand",
		cmd_rules_options, CLI_ALONE, cmd_rules },
	{ "vote", "--step STEP [--person ID | --unit CODE] [--members N --away N ... --yes N]", "Ai biểu quyết, ai quyết định ở một bước; cần bao nhiêu phiếu tán thành",
		"Who votes or decides at a step; how many votes in favour it takes", cmd_vote_options, CLI_ALONE, cmd_vote },
	{ "calendar", "due --from DAY --length N | show YEAR | set --day DAY --kind off|work | block --holiday KEY --year YEAR --first DAY --last DAY"
		" | check --year YEAR", "Tính thời hạn theo ngày làm việc; xem, đặt, xác nhận ngày nghỉ, ngày làm bù của năm",
		"Counts deadlines in working days; shows, sets and confirms a year's days off", cmd_calendar_options, CLI_ALONE, cmd_calendar },
	{ "serve", "[--listen ADDR:PORT]", "Chạy máy chủ để làm việc bằng trình duyệt", "Runs the server that browsers work with", cmd_serve_options,
		CLI_ALONE, cmd_serve },
	{ "tls", "--name HOST", "Tạo chứng thư TLS để máy khác trong mạng nội bộ dùng được",
		"Makes a TLS certificate, for other machines of the office network", cmd_tls_options, CLI_ALONE, cmd_tls },
	{ "verify", "", "Kiểm tra tệp, chuỗi nhật ký và dữ liệu", "Checks the file, the chain of the journal and the data", NULL,
		CLI_READ, cmd_verify },
	{ "backup", "--to DIR", "Sao lưu toàn bộ vào một thư mục mới, cả khi máy chủ đang chạy",
		"Copies everything into a new folder, also while the server runs", cmd_backup_options, CLI_ALONE, cmd_backup },
	{ "move", "--from DIR --to DIR|ADDRESS [--switch]", "Chuyển toàn bộ dữ liệu lên PostgreSQL, hoặc từ đó về một thư mục",
		"Moves everything to PostgreSQL, or from there to a folder", cmd_move_options, CLI_ALONE, cmd_move },
	{ "user", "list | reset LOGIN", "Xem các tài khoản; cấp mã dùng một lần cho người không đăng nhập được",
		"Lists accounts; issues a one-time code for somebody who cannot get in", NULL, CLI_READ, cmd_user },
	{ "help", "[COMMAND | facts | permissions]", "Xem hướng dẫn", "Shows help", NULL, CLI_ALONE, cmd_help },
	{ "version", "", "Xem phiên bản", "Shows the version", NULL, CLI_ALONE, cmd_version },
};

const struct cli_command *cli_commands(size_t *ret_n)
{
	*ret_n = sizeof commands / sizeof *commands;
	return commands;
}

static const struct cli_option common[] = {
	{ "data", "DIR", "thư mục dữ liệu", "data directory" },
	{ "json", NULL, "kết quả dạng JSON", "results as JSON" },
	{ "lang", "vi|en", "ngôn ngữ", "language" },
	{ "today", "YYYY-MM-DD", "coi ngày này là hôm nay", "takes this day as today" },
	{ "help", NULL, "hướng dẫn của lệnh", "help of the command" },
	{ 0 }
};

const struct cli_option *cli_common_options(void)
{
	return common;
}

/* ---- reading the line ---- */

static const struct cli_option *find_option(const struct cli_option *list, const char *name, size_t n)
{
	for (; list && list->name; list++)
		if (strlen(list->name) == n && strncmp(list->name, name, n) == 0)
			return list;
	return NULL;
}

static const char *nth_option(const void *list, size_t i)
{
	const struct cli_command *command = list;
	size_t own = 0;
	for (const struct cli_option *o = command->options; o && o->name; o++, own++)
		if (own == i)
			return o->name;
	return common[i - own].name;
}

static const char *nth_command(const void *list, size_t i)
{
	return i < sizeof commands / sizeof *commands ? ((const struct cli_command *)list)[i].name : NULL;
}

static enum err unknown_option(struct cli *c, const char *name, struct fault *f)
{
	const char *near = cli_nearest(name, nth_option, c->command);
	if (near)
		return FAULT(f, E_USAGE, NULL, MSG_CLI_OPTION_MEANT, name, near, c->command->name);
	return FAULT(f, E_USAGE, NULL, MSG_CLI_OPTION_UNKNOWN, name, c->command->name);
}

/* "--name value", "--name=value" or "--switch" at *i; moves *i to the last word used. */
static enum err read_option(struct cli *c, char **argv, int argc, int *i, struct fault *f)
{
	const char *word = argv[*i] + 2, *equals = strchr(word, '=');
	size_t n = equals ? (size_t)(equals - word) : strlen(word);
	const char *name = arena_strndup(&c->arena, word, n);
	const struct cli_option *o = find_option(c->command->options, word, n);
	if (!o)
		o = find_option(common, word, n);
	if (!o)
		return unknown_option(c, name, f);
	if (!o->value && equals)
		return FAULT(f, E_USAGE, NULL, MSG_CLI_OPTION_IS_SWITCH, name);
	const char *value = equals ? equals + 1 : "";
	if (o->value && !equals) {
		if (*i + 1 >= argc || strncmp(argv[*i + 1], "--", 2) == 0) /* --name=--value gives such a value all the same */
			return FAULT(f, E_USAGE, NULL, MSG_CLI_OPTION_VALUE, name, o->value);
		value = argv[++*i];
	}
	if (c->given_n == CLI_OPTIONS_MAX)
		return FAULT(f, E_USAGE, NULL, MSG_CLI_OPTIONS_TOO_MANY);
	c->given[c->given_n].option = o;
	c->given[c->given_n++].value = value;
	return OK;
}

static enum err read_words(struct cli *c, char **argv, int argc, struct fault *f)
{
	bool only_words = false;
	for (int i = 2; i < argc; i++) {
		if (!only_words && strcmp(argv[i], "--") == 0)
			only_words = true;
		else if (!only_words && strncmp(argv[i], "--", 2) == 0)
			TRY(read_option(c, argv, argc, &i, f));
		else
			c->args[c->args_n++] = argv[i];
	}
	return OK;
}

static enum err read_common(struct cli *c, struct fault *f)
{
	const char *lang = cli_option(c, "lang"), *today = cli_option(c, "today");
	c->json = cli_option(c, "json") != NULL;
	c->data = cli_option(c, "data");
	if (lang && strcmp(lang, "vi") != 0 && strcmp(lang, "en") != 0)
		return FAULT(f, E_USAGE, NULL, MSG_CLI_LANG, lang);
	if (lang)
		c->lang = strcmp(lang, "en") == 0 ? LANG_EN : LANG_VI;
	if (today)
		TRY(day_parse(today, "--today", &c->today, f));
	return OK;
}

static enum err find_command(struct cli *c, char **argv, int argc, struct fault *f)
{
	static const struct { const char *option, *command; } same[] = { { "--help", "help" }, { "-h", "help" }, { "--version", "version" } };
	const char *name = argc > 1 ? argv[1] : "help";
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		if (strcmp(name, same[i].option) == 0)
			name = same[i].command;
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(commands[i].name, name) == 0)
			c->command = &commands[i];
	if (c->command)
		return OK;
	const char *near = cli_nearest(name, nth_command, commands);
	if (near)
		return FAULT(f, E_USAGE, NULL, MSG_CLI_COMMAND_MEANT, name, near);
	return FAULT(f, E_USAGE, NULL, MSG_CLI_COMMAND_UNKNOWN, name);
}

static enum err read_line(struct cli *c, char **argv, int argc, struct fault *f)
{
	c->args = arena_array(&c->arena, char *, (size_t)argc + 1);
	TRY(find_command(c, argv, argc, f));
	enum err e = read_words(c, argv, argc, f);
	if (e != OK) {
		(void)!read_common(c, NULL); /* the fault is said in the language that was asked for */
		return e;
	}
	return read_common(c, f);
}

/* ---- running ---- */

static enum err run(struct cli *c, char **argv, int argc, struct fault *f)
{
	TRY(read_line(c, argv, argc, f));
	if (cli_option(c, "help")) {
		c->args[0] = argv[1];
		c->args_n = 1;
		return cmd_help(c, f);
	}
	if (c->command->needs != CLI_ALONE)
		TRY(cli_open(c, c->command->needs == CLI_WRITE ? APP_WRITE : APP_READ, f));
	return c->command->run(c, f);
}

static void complain(struct cli *c, const struct fault *f)
{
	if (!c->json) {
		(void)fprintf(stderr, "nguon: %s\n", cli_fault_text(c, f));
		return;
	}
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_key(&j, "error");
	cli_fault_json(c, &j, f);
	json_object_end(&j);
	(void)fprintf(stderr, "%s\n", text_str(&t));
}

int main(int argc, char **argv)
{
	struct cli c = { .today = DAY_NONE };
	struct fault f = { 0 };
	(void)setlocale(LC_ALL, "C.UTF-8");
	enum err e = run(&c, argv, argc, &f);
	if (e == OK && (fflush(stdout) != 0 || ferror(stdout)))
		e = FAULT(&f, E_STORAGE, NULL, MSG_CLI_OUTPUT);
	if (e != OK)
		complain(&c, &f);
	if (c.app_open)
		app_close(&c.app);
	arena_done(&c.arena);
	return err_exit_status(e);
}
