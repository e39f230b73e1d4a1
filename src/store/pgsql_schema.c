/* What concerns the schema as a whole: migration, references between tables, rights. */
#include "store/pgsql.h"

#include "base/text.h"
#include "store/dialect.h"

#include <stdio.h>
#include <string.h>

/* ---- references ---- */

/* For each reference between tables of ours: from, to, how it is taken away and put back, and a query for a row that refers to nothing. */
static const char references[] =
	"SELECT c.relname, p.relname,"
	" format('ALTER TABLE %I DROP CONSTRAINT %I', c.relname, k.conname),"
	" format('ALTER TABLE %I ADD CONSTRAINT %I %s', c.relname, k.conname, pg_get_constraintdef(k.oid)),"
	" format('SELECT 1 FROM %I c WHERE %s AND NOT EXISTS (SELECT 1 FROM %I p WHERE %s) LIMIT 1', c.relname,"
	"  string_agg(format('c.%I IS NOT NULL', a.attname), ' AND '), p.relname,"
	"  string_agg(format('p.%I = c.%I', b.attname, a.attname), ' AND '))"
	" FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid"
	" CROSS JOIN unnest(k.conkey, k.confkey) AS pair(own, other)"
	" JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = pair.own JOIN pg_attribute b ON b.attrelid = p.oid AND b.attnum = pair.other"
	" WHERE k.contype = 'f' AND k.connamespace = 'nguon'::regnamespace"
	" GROUP BY c.relname, p.relname, k.conname, k.oid ORDER BY c.relname, k.conname";
enum { FROM, TO, DROP, ADD, ORPHANS };

/* All of them; *ret is for restore_references. */
static enum err drop_references(struct pgsql_db *db, PGresult **ret, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	scoped(pgsql_clear) PGresult *r = NULL;
	struct text sql = TEXT(&a);
	TRY(pgsql_ask(db, references, &r, f));
	for (int i = 0; i < PQntuples(r); i++)
		text_addf(&sql, "%s;", PQgetvalue(r, i, DROP));
	TRY(pgsql_run(db, text_str(&sql), f));
	*ret = r;
	r = NULL;
	return OK;
}

enum err pgsql_add_reference(struct pgsql_db *db, const char *sql, const char *from, const char *to, struct fault *f)
{
	scoped(pgsql_clear) PGresult *r = PQexec(db->c, sql);
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	if (PQresultStatus(r) == PGRES_COMMAND_OK)
		return OK;
	if (state && strcmp(state, "23503") == 0)
		return FAULT(f, E_STORAGE, "data", MSG_STORE_REFERENCE, from, to);
	return pgsql_fault(db, r, false, f);
}

static bool is_among(const char *add, const PGresult *list)
{
	const char *what = strstr(add, "FOREIGN KEY");
	for (int i = 0; what && i < PQntuples(list); i++) {
		const char *other = PQgetvalue(list, i, ADD);
		size_t table = strlen("ALTER TABLE ") + strcspn(add + strlen("ALTER TABLE "), " ");
		if (strncmp(add, other, table + 1) == 0 && strcmp(what, strstr(other, "FOREIGN KEY")) == 0)
			return true;
	}
	return false;
}

/* A table that was built anew may have brought its references along. */
static enum err restore_references(struct pgsql_db *db, const PGresult *dropped, struct fault *f)
{
	scoped(pgsql_clear) PGresult *there = NULL;
	TRY(pgsql_ask(db, references, &there, f));
	for (int i = 0; i < PQntuples(dropped); i++) {
		const char *add = PQgetvalue(dropped, i, ADD);
		if (!is_among(add, there))
			TRY(pgsql_add_reference(db, add, PQgetvalue(dropped, i, FROM), PQgetvalue(dropped, i, TO), f));
	}
	return OK;
}

/* The server checks each reference when it is stored; but its administrator can switch that off. */
enum err pgsql_check_references(struct db *base, struct fault *f)
{
	struct pgsql_db *db = pgsql_of(base);
	scoped(pgsql_clear) PGresult *list = NULL;
	TRY(pgsql_ask(db, references, &list, f));
	for (int i = 0; i < PQntuples(list); i++) {
		scoped(pgsql_clear) PGresult *orphan = NULL;
		TRY(pgsql_ask(db, PQgetvalue(list, i, ORPHANS), &orphan, f));
		if (PQntuples(orphan) > 0)
			return FAULT(f, E_STORAGE, "data", MSG_STORE_REFERENCE, PQgetvalue(list, i, FROM), PQgetvalue(list, i, TO));
	}
	return OK;
}

/* ---- migration ---- */

/* The schema's comment is what PRAGMA application_id and user_version are in a file. */
enum err pgsql_set_version(struct db *db, int version, struct fault *f)
{
	char sql[64];
	(void)snprintf(sql, sizeof sql, "COMMENT ON SCHEMA nguon IS 'Nguon %d'", version);
	return pgsql_run(pgsql_of(db), sql, f);
}

/* A table that others refer to cannot be dropped and built anew, as migrations do, while the references stand. */
enum err pgsql_run_migration(struct db *base, const struct db_migration *m, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	scoped(pgsql_clear) PGresult *dropped = NULL;
	struct pgsql_db *db = pgsql_of(base);
	if (m->version == 1)
		TRY(pgsql_run(db, "CREATE SCHEMA nguon", f));
	TRY(drop_references(db, &dropped, f));
	TRY(pgsql_run(db, dialect_schema(m->sql, DIALECT_PGSQL, &a), f));
	return restore_references(db, dropped, f);
}

enum err pgsql_after_migration(struct db *db, struct fault *f)
{
	return pgsql_run(pgsql_of(db), db_pgsql_guards, f);
}

void pgsql_unmake(struct db *db)
{
	(void)!pgsql_run(pgsql_of(db), "DROP SCHEMA IF EXISTS nguon CASCADE", NULL);
}

/* ---- rights ---- */

enum err pgsql_role(struct db *db, struct arena *a, const char **ret, struct fault *f)
{
	scoped(pgsql_clear) PGresult *r = NULL;
	TRY(pgsql_connected(pgsql_of(db), f));
	TRY(pgsql_ask(pgsql_of(db), "SELECT current_user", &r, f));
	*ret = arena_strdup(a, PQgetvalue(r, 0, 0));
	return OK;
}

static enum err quote(struct pgsql_db *db, const char *name, struct arena *a, const char **ret, struct fault *f)
{
	char *quoted = PQescapeIdentifier(db->c, name, strlen(name));
	if (!quoted)
		return pgsql_fault(db, NULL, false, f);
	*ret = arena_strdup(a, quoted);
	PQfreemem(quoted);
	return OK;
}

/* Who owns the tables may do everything as it is, and must be able to for migrations. */
enum err pgsql_grant(struct db *base, const char *role, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct pgsql_db *db = pgsql_of(base);
	struct text sql = TEXT(&a);
	const char *own, *name;
	TRY(pgsql_role(base, &a, &own, f));
	if (strcmp(own, role) == 0)
		return OK;
	TRY(quote(db, role, &a, &name, f));
	text_addf(&sql, "GRANT USAGE ON SCHEMA nguon TO %s;", name);
	for (int i = 0; i < db_table_list_n; i++) {
		const struct db_table *t = &db_table_list[i];
		text_addf(&sql, "REVOKE ALL ON nguon.%s FROM %s; GRANT %s ON nguon.%s TO %s;", t->name, name, t->rights, t->name, name);
	}
	return pgsql_run(db, text_str(&sql), f);
}
