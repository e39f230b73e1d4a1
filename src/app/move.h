/* An installation as a whole: moved to another engine or folder, or copied as a backup. The source is never changed; the target holds
 * either nothing or everything, each table with as many rows and the same hash as its source. */
#pragma once

#include "app/verify.h"
#include "store/transfer.h"

struct move_ask {
	const char *from;    /* folder of the installation */
	const char *to;      /* a folder that is not there, is empty or holds what an interrupted copy left; or the address of an empty
	                      * database */
	const char *owner;   /* the same database, as a role that may make the schema; rights are then given to the role of `to`. NULL: `to` */
	bool make_switch;    /* `from` works with the database `to` from then on */
	bool backup;         /* from a snapshot, while others go on writing; else they wait, or are refused (E_BUSY) */
	/* Called now and then: so many rows of the table are copied; table NULL: they are, and the copy is being verified. NULL: not wanted. */
	void (*progress)(void *ctx, const char *table, int64_t rows);
	void *ctx;
};

struct move_report {
	const char *from, *to;       /* for people: no password */
	struct transfer_table *tables;
	size_t n;
	int64_t rows;                /* of all tables */
	struct journal_head head;    /* of source and target */
	bool verified;               /* not of a backup: it is like its source, whatever that is */
	struct verify_result proof;
	const char *old;             /* where the file of the source now is; NULL: where it was */
};

/* E_CONFLICT: the target is not empty, or has another secret.key or rules than the source. E_BUSY: somebody else writes to the source; with
 * make_switch also when somebody else only has it open. E_STORAGE: what transfer_run and verify_all find. */
enum err move_run(const struct move_ask *ask, struct arena *a, struct move_report *ret, struct fault *f) MUST_CHECK;
