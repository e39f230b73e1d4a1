/* What tools/sqlgen writes down about the statements, the tables and the migrations: constant tables, read by db.c and migrate.c. */
#pragma once

#include <stdbool.h>

struct db_statement {
	const char *name;
	const char *params; /* one letter for each parameter: i whole number, t text */
	const char *sql;
	bool stream;        /* may give millions of rows: they are not to be held in memory at once */
	bool later;         /* inside a transaction, that it was refused may be said by a later call (db.h) */
};
extern const struct db_statement db_statements[];
extern const int db_statements_n;

struct db_table {
	const char *name;
	const char *rights;  /* what statements do with it, as SQL says it: "SELECT, INSERT" */
	const char *columns; /* one letter for each column, as above */
	const char *names;   /* of the columns: "id, code" */
	int rows_stmt;       /* the statement that reads all rows in the order of the primary key */
	int orphans_stmt;    /* the one that finds a row whose journal entry is not there */
	int fill_stmt;       /* the one that adds a row, with a parameter for each column */
};
extern const struct db_table db_table_list[]; /* in the order in which they can be filled */
extern const char *const db_table_names[];
extern const int db_table_list_n;

struct db_migration {
	int version;       /* 1, 2, 3 ... */
	const char *name;
	const char *sql;   /* portable: the words of sql/migrations are still to be replaced */
};
extern const struct db_migration db_migrations[];
extern const int db_migrations_n;

/* What stands around the tables on PostgreSQL (sql/postgres/guards.sql). */
extern const char db_pgsql_guards[];
