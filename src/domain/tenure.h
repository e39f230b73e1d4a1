/* Party age (tuổi đảng) and admission for a second time (R294 3.5; G06; Charter, Article 4). */
#pragma once

#include "domain/facts.h"

/* How long somebody has been in the Party: from the first decision of admission that stands (else the ceremony, else the recognition),
 * minus the time out of it. */
struct tenure {
	struct day from;            /* DAY_NONE: never admitted; the other members are then 0 and DAY_NONE */
	int32_t months, days;       /* full months, and days beyond them */
	int32_t out_days;           /* between leaving and being admitted again or restored, both by their days */
	struct day first_ceremony, first_official; /* of the first time; DAY_NONE: not on record */
	struct day again;           /* second decision of admission; DAY_NONE: none */
};

void tenure_of(const struct facts *active, struct day today, struct tenure *ret);

/* What the way somebody left means for a second admission. */
enum tenure_bar {
	TENURE_FIRST,       /* never was a member who left: a first admission */
	TENURE_WAIT,        /* may be admitted again after the waiting time */
	TENURE_WAIT_RECORD, /* ... counted from the day on which the criminal record was cleared */
	TENURE_UNKNOWN,     /* the ground is not on record, or its rule is not published */
	TENURE_NEVER,       /* barred for ever */
	TENURE_TWICE,       /* admitted again once already */
};

struct tenure_again {
	enum tenure_bar bar;
	const struct fact *left;    /* the last time; NULL with TENURE_FIRST */
	const char *ground;         /* CODES_GROUND, "" when not on record */
	struct day from;            /* start of the waiting time; DAY_NONE while the criminal record is not cleared, and where the ground
	                             * has a rule of its own that is not published (population policy) */
};

/* As of a day, for a candidacy that begins after the last exit. */
void tenure_again(const struct facts *active, struct day day, struct tenure_again *ret);
