/* A person: where they stand and why, what is missing, what is due, the next step ready to be recorded, and everything on record with its
 * paper and with who entered it. */
#pragma once

#include "web/clock_line.h"
#include "web/opform.h"
#include "web/person_dossier.h"
#include "web/person_moves.h"
#include "web/person_helpers.h"
#include "web/web.h"

struct person_attribute {
	const char *kind, *label;
	const char *key;           /* as stored: a code, a day, a text */
	const char *value;         /* as people read it */
	struct url change;         /* NULL text: may not */
};

struct person_step {
	const char *key, *label, *cite;
	enum step_status status;
	bool is_next;              /* the one the page offers */
	struct day on;
	const char *paper;         /* "Quyết định số 12-QĐ/HU ngày 03/02/2024, người ký …"; NULL: none */
	const char *vote;          /* "21/23 phiếu tán thành, cần 16"; NULL: no vote */
	struct url record;         /* NULL text: not offered */
};

struct person_note {
	const char *text, *cite;   /* cite "" for none */
	bool in_form;              /* the form of the next step says it too */
};

struct person_link {
	const char *label, *help;  /* help NULL: none */
	struct url url;
};

struct person_links {
	struct person_link *v;
	size_t n, cap;
};

/* One fact, newest day first. */
struct person_event {
	int32_t seq;
	const char *kind, *label;
	const char *value;         /* as people read it; NULL: none */
	struct day on;             /* DAY_NONE: from as far back as anybody knows */
	const char *unit_code, *unit_name; /* of that day */
	const char *paper, *vote;
	int32_t corrects;          /* 0: none */
	bool withdraws;            /* says that `corrects` never was */
	int32_t corrected_by;      /* 0: in force */
	bool withdrawn;            /* corrected_by says that it never was */
	int64_t entered_us;
	const char *entered_by;    /* "lan"; "" when not known */
	int64_t entry;
	struct url correct;        /* NULL text: may not, or not in force */
	struct url other;          /* the fact that it corrects, or that corrects it; NULL text: none */
};

/* JSON: {"id","name","birth","sex","id_number","unit","unit_name","attributes":{kind:value},"phase","state","state_label","since","next",
 * "next_label","steps":[{"step","label","status","on","rule"}],"clocks":[clock_line_json],"notes":[{"text","rule"}],"unverified",
 * "facts":[{"seq","kind","label","on","unit","value","paper","corrects","withdrawn","corrected_by","entered","entered_by","entry"}]}
 * and the members of person_dossier_json and person_helpers_json.
 * id_number: null where who asks may not change the person. */
struct person_view {
	int64_t id;
	const char *name, *sex, *sex_label;
	struct day birth;
	int32_t age;               /* full years, -1 unknown */
	const char *id_number;     /* as may be shown: whole, or "•••••••••123"; NULL: not on record */
	bool id_number_whole;
	const char *unit_code, *unit_name, *above_name; /* above_name NULL: a root */
	struct url unit_url, votes_url; /* votes_url: who votes and who decides */
	struct url why;
	struct person_attribute *attributes;
	size_t attributes_n;
	enum standing_phase phase;
	const char *phase_label, *state, *state_label;
	struct day since;
	const char *for_long;      /* "3 tháng 12 ngày" since; NULL */
	bool unverified;
	const char *next, *next_label, *next_cite; /* NULL: nothing to come */
	struct person_step *steps;
	size_t steps_n;
	struct clock_line *clocks; /* late and run out first, then running ones, then the others */
	size_t clocks_n, running_n, late_n;
	struct person_note *notes;
	size_t notes_n, beside_n;  /* all of them; those that the form does not say */
	struct person_dossier *dossier;
	struct person_moves *moves;
	bool may_write;
	struct person_helpers helpers;
	struct opform form;        /* of the next step; op NULL: not offered */
	struct person_links changes, ways_out;
	struct person_event *events;
	size_t events_n, dated_n;  /* those without a day stand last */
};

enum err person_load(struct visit *v, struct person_view *view, struct fault *f) MUST_CHECK;
void person_json(struct json *j, const struct person_view *view);
void page_person(struct html *h, const struct person_view *v);
