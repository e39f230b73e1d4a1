#include "bare.h"

const char *const bare_of_entry[BARE_TABLES] = {
	[BARE_JOURNAL] = "SELECT * FROM journal WHERE id = $1",
	[BARE_PERSON] = "SELECT * FROM person WHERE entry_id = $1",
	[BARE_FACT] = "SELECT * FROM person_fact WHERE entry_id = $1",
};

const char *const bare_insert[BARE_TABLES] = {
	[BARE_JOURNAL] = "INSERT INTO journal VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
	[BARE_PERSON] = "INSERT INTO person VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
	[BARE_FACT] = "INSERT INTO person_fact VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)",
};

const char *const bare_query[BARE_QUERIES] = {
	[BARE_FACTS] = "SELECT seq, kind, on_day, unit_id, value, class_id, paper_no, paper_on, signer, corrects, withdrawn, entry_id "
		"FROM person_fact WHERE person_id = $1 ORDER BY seq",
	[BARE_VOTES] = "SELECT seq, members, away, exempt_absent, suspended, yes, no FROM vote WHERE person_id = $1 ORDER BY seq",
	[BARE_STAMPS] = "SELECT id, at_us, actor, op FROM journal WHERE id IN (SELECT entry_id FROM person_fact WHERE person_id = $1)",
	[BARE_LIST] = "SELECT id, name, name_key, birth_on, sex FROM person "
		"WHERE unit_id = $1 AND (name_key, id) > ('', 0) ORDER BY name_key, id LIMIT 50",
};
