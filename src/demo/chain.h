/* The days of an admission that go together: from the source to official membership, around the day of the decision. */
#pragma once

#include "demo/made.h"

struct chain {
	struct day decided;          /* may lie ahead: then the chain is cut at today */
	bool grassroots;             /* the unit is a branch below a grassroots committee, which votes too */
	bool decided_late, held_late, voted_late; /* decision, ceremony, vote on recognition after their last days */
	struct made_class *class_;   /* NULL: the latest one with a free seat that fits, or none yet */
};

/* Fills the steps of *in and takes a seat in the class. Days after today are left out, with everything that would come after them. */
void chain_fill(struct made *m, const struct chain *c, struct person_record_in *in);

enum chain_step {
	CHAIN_WHOLE, /* no step: as far as it goes */
	CHAIN_SOURCE, CHAIN_LIST, CHAIN_CLASS, CHAIN_DOSSIER, CHAIN_BRANCH, CHAIN_GRASSROOTS, CHAIN_DECISION, CHAIN_RECEIVED, CHAIN_CEREMONY,
	CHAIN_RECOGNITION_VOTE, CHAIN_OFFICIAL, CHAIN__COUNT
};

/* Leaves out every step after `last`. */
void chain_cut(struct person_record_in *in, enum chain_step last);
