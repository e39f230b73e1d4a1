/* The journal as people read it: who did what, when, with what, and what stood there before. */
#pragma once

#include "app/history.h"
#include "web/web.h"

struct journal_row {
	const struct history_entry *entry;
	const char *who;       /* "lan", "dòng lệnh (anh)" */
	struct url self, about, unit; /* the entry alone; its person or unit; s NULL: none */
};

struct journal_view {
	struct history history;
	struct journal_row *rows;
	const char *unit, *actor, *op, *person, *from, *to; /* as typed */
	const char *error;     /* why nothing is shown; NULL */
	struct url action, next, first, xlsx, csv;
	int64_t entry;         /* the one that was asked for alone; 0 */
};

void page_journal(struct html *h, const struct journal_view *v);
