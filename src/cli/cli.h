/* The command line: a table of commands, options read by tables, and the only place that prints. */
#pragma once

#include "app/app.h"
#include "app/ops.h"
#include "base/json.h"

#include <stdio.h>

struct cli;

struct cli_option {
	const char *name;   /* "unit" for --unit */
	const char *value;  /* "CODE", shown in the help; NULL: the option is a switch */
	const char *vi, *en;
};

/* What a command needs before it runs. */
enum cli_needs {
	CLI_ALONE, /* nothing: c->app is not open */
	CLI_READ,  /* the installation of --data, opened to read */
	CLI_WRITE,
};

struct cli_command {
	const char *name;
	const char *usage;                /* arguments: "show ID" */
	const char *vi, *en;              /* one sentence */
	const struct cli_option *options; /* of its own; ends with name NULL; NULL: none */
	enum cli_needs needs;
	enum err (*run)(struct cli *c, struct fault *f);
};

enum { CLI_OPTIONS_MAX = 24 };

#define CLI_ADDRESS "ADDRESS|@FILE" /* see cli_address */
#define CLI_OWNER_VARIABLE "NGUON_DB_OWNER"

struct cli {
	const struct cli_command *command;
	struct arena arena;      /* lifetime of the command */
	struct app app;
	bool app_open;
	enum lang lang;
	bool json;               /* --json: results and faults as JSON */
	const char *data;        /* --data DIR, NULL when not given */
	struct day today;        /* --today, DAY_NONE when not given */
	char **args;             /* words that are not options, behind the command's name */
	int args_n;
	const struct op *op;     /* whose fields the labels in faults come from; NULL: none */
	struct {
		const struct cli_option *option;
		const char *value;
	} given[CLI_OPTIONS_MAX];
	int given_n;
};

/* The value of an option of the command; NULL when not given, "" for a switch that was. */
const char *cli_option(const struct cli *c, const char *name);

/* The value of an option that must be there: E_USAGE. */
enum err cli_required(const struct cli *c, const char *name, const char **ret, struct fault *f) MUST_CHECK;

/* E_USAGE unless there are `least` to `most` words. */
enum err cli_words(const struct cli *c, int least, int most, struct fault *f) MUST_CHECK;

/* The data directory: E_USAGE when not given. */
enum err cli_data(const struct cli *c, struct fault *f) MUST_CHECK;

/* Opens c->app, the installation of --data, with the language and the day of the command line. main does it for the commands that say
 * what they need; closing is main's. */
enum err cli_open(struct cli *c, enum app_mode mode, struct fault *f) MUST_CHECK;

/* The address of a database on a server that the option gives, itself or as @FILE (app/location.h), else the environment variable; NULL
 * when neither does. An address with a password is refused where everybody can read it, on the command line. */
enum err cli_address(struct cli *c, const char *option, const char *variable, const char **ret, struct fault *f) MUST_CHECK;

/* --db (or nothing) and --owner (or NGUON_DB_OWNER) of a command that makes or migrates the installation --data. E_USAGE for an owner where
 * the database is a file. */
enum err cli_database(struct cli *c, struct app_database *ret, struct fault *f) MUST_CHECK;

/* A line with engine and database, without role and password. */
void cli_say_database(struct cli *c, const char *where);

/* A label in the language of the user. */
static inline const char *cli_text(const struct cli *c, const char *vi, const char *en)
{
	return c->lang == LANG_VI ? vi : en;
}

/* 26/03/2024, in English 2024-03-26; "–" when not known. */
const char *cli_day(struct cli *c, struct day d);

/* What people call a kind of fact: an attribute, an exit, or a step of the rules; the word itself when nobody knows it. */
const char *cli_kind(const struct cli *c, const char *kind);

/* The text with blanks behind it up to that many columns (letters, not bytes). */
const char *cli_pad(struct cli *c, const char *text, size_t columns);

/* A sentence of the catalogue on standard output, with a line end. */
#define CLI_SAY(c, ...) cli_say(c, MSG_TEXT(&(c)->arena, (c)->lang, __VA_ARGS__))
void cli_say(struct cli *c, const char *line);

/* JSON that was built in a text, as one line on standard output. */
void cli_json(struct text *t);

/* Warnings on standard error, one line each; with --json they belong into the result: cli_warnings_json. */
void cli_warnings(struct cli *c, const struct warnings *w);
void cli_warnings_json(struct cli *c, struct json *j, const struct warnings *w);

/* {"code","field","rule","message"} of a fault. */
void cli_fault_json(struct cli *c, struct json *j, const struct fault *f);

/* The same as one sentence: Trường «Ngày sinh»: ... (căn cứ ...). */
const char *cli_fault_text(struct cli *c, const struct fault *f);

/* The accounts of a made-up installation, with their password. */
struct demo_scenario;
void cli_demo_logins(struct cli *c, const struct demo_scenario *s);

/* nguon help permissions. */
enum err cli_permissions(struct cli *c, struct fault *f) MUST_CHECK;
enum err cli_facts(struct cli *c, struct fault *f) MUST_CHECK;

const struct cli_command *cli_commands(size_t *ret_n);
const struct cli_option *cli_common_options(void); /* of every command */

/* The word of the list that was probably meant, NULL when none is near. `next` gives words until NULL. */
const char *cli_nearest(const char *word, const char *(*next)(const void *list, size_t i), const void *list);

/* The commands; one file each. */
enum err cmd_init(struct cli *c, struct fault *f);
enum err cmd_demo(struct cli *c, struct fault *f);
enum err cmd_move(struct cli *c, struct fault *f);
enum err cmd_backup(struct cli *c, struct fault *f);
enum err cmd_import(struct cli *c, struct fault *f);
enum err cmd_op(struct cli *c, struct fault *f);
enum err cmd_verify(struct cli *c, struct fault *f);
enum err cmd_person(struct cli *c, struct fault *f);
enum err cmd_person_helpers(struct cli *c, struct fault *f);
enum err cmd_unit(struct cli *c, struct fault *f);
enum err cmd_unit_reorganise(struct cli *c, struct fault *f);
enum err cmd_unit_undo(struct cli *c, struct fault *f);
enum err cmd_unit_reorgs(struct cli *c, struct fault *f);
enum err cmd_search(struct cli *c, struct fault *f);
enum err cmd_report(struct cli *c, struct fault *f);
enum err cmd_todo(struct cli *c, struct fault *f);
enum err cmd_rules(struct cli *c, struct fault *f);
enum err cmd_vote(struct cli *c, struct fault *f);
enum err cmd_calendar(struct cli *c, struct fault *f);
enum err cmd_serve(struct cli *c, struct fault *f);
enum err cmd_user(struct cli *c, struct fault *f);
enum err cmd_tls(struct cli *c, struct fault *f);
enum err cmd_migrate(struct cli *c, struct fault *f);
enum err cmd_help(struct cli *c, struct fault *f);
enum err cmd_version(struct cli *c, struct fault *f);

extern const struct cli_option cmd_calendar_options[], cmd_demo_options[], cmd_init_options[], cmd_report_options[], cmd_search_options[];
extern const struct cli_option cmd_import_options[], cmd_person_options[], cmd_todo_options[], cmd_serve_options[], cmd_tls_options[];
extern const struct cli_option cmd_rules_options[], cmd_migrate_options[], cmd_vote_options[];
extern const struct cli_option cmd_unit_options[];
extern const struct cli_option cmd_move_options[], cmd_backup_options[];
