/* People who move (G06 3.9, R294 6.3): how far the case of a candidate had come, what follows, and who is elsewhere for a time. */
#pragma once

#include "domain/standing.h"

enum transfer_situation {
	TRANSFER_NONE,          /* no move on record in this candidacy */
	TRANSFER_BEFORE,        /* before any resolution: the new branch names a helper, the certificate stays good */
	TRANSFER_RESOLVED,      /* after resolutions, the file not sent: considered again by the new place */
	TRANSFER_FILE_SENT,     /* the file sent, not decided: forwarded in T17, decided by the new authority in T18 */
	TRANSFER_DECIDED_SAME,  /* decided by who also has authority over the new unit: ceremony at the new grassroots unit */
	TRANSFER_DECIDED_OTHER, /* decided by another authority: good for T19 after the move, ceremony at the new place alone */
};

/* The last move of a candidate, as of a day. */
struct transfer {
	enum transfer_situation situation;
	const struct fact *move;      /* "transfer" of value candidate, or "moved" */
	const char *place;            /* outside the installation; NULL: inside */
	struct unit_id from, to;      /* to: 0 outside */
	const struct fact *decision;  /* that the move meets or met; NULL: none yet */
	struct day usable_until;      /* of TRANSFER_FILE_SENT and TRANSFER_DECIDED_OTHER: last day of a decision of the old authority */
	bool must_cancel;             /* the old authority decided later than that */
};

void transfer_of(const struct world *w, const struct facts *active, struct day today, struct arena *a, struct transfer *ret);

/* What follows in that situation: one citable sentence each, in order. None for TRANSFER_NONE. */
void transfer_follows(const struct world *w, const struct transfer *t, struct arena *a, struct warnings *ret);

/* Whether a clock that began with a move has a meaning: within one authority no file is forwarded. True for all other clocks. */
bool transfer_forwards(const struct world *w, const struct facts *active, const struct clock *clock, const struct fact *start);

/* Whether a ceremony in that unit on that day is possible after the last move: refuses a decision that must be cancelled, and a place
 * other than the one that the person moved to. */
enum err transfer_check_ceremony(const struct world *w, const struct facts *active, const struct fact *ceremony, struct arena *a,
	struct fault *f) MUST_CHECK;

/* The temporary transfer or study on which a member is elsewhere on that day (R294 6.3.2): recorded on or before it, not over by its
 * months, nobody came back. NULL when there is none. They stay members of their own unit and do not count in its votes. */
const struct fact *transfer_away(const struct facts *active, struct day day);

/* First day on which that temporary transfer is over; DAY_NONE where its months are not on record. */
struct day transfer_over(const struct fact *transfer);
