/* Operations on made-up records: what every scenario does to the installation goes through here, and from here through op_run. */
#pragma once

#include "app/app.h"
#include "app/inputs.h"
#include "base/rng.h"
#include "base/text.h"

enum { MADE_CLASSES = 96 };

/* A class with the seats that nobody has taken yet. */
struct made_class {
	const char *code, *unit;
	struct day from, to;
	int seats;
	bool reserved; /* made_class_before passes it by */
};

/* Somebody on record, with what later papers go by. */
struct made_one {
	int64_t id;
	const char *unit;
	bool youth;
	struct day certified, dossier, branch_vote, ceremony, official;
};

struct made {
	struct app *app;
	struct rng rng;
	struct day today;
	struct day opened;                /* the day from which the tree is on record */
	const char *province;             /* code in identity numbers */
	const char *const *peoples;       /* ethnic groups to draw from, one as often as it stands there; ends with NULL */
	int32_t serial;                   /* of identity numbers and papers */
	int64_t last_person;              /* the person recorded last: id, */
	struct day last_ceremony;         /* and ceremony */
	struct made_class classes[MADE_CLASSES];
	size_t classes_n;
	struct made_one *officials;       /* official members who stayed: those who may introduce and help */
	size_t officials_n, officials_cap;
	struct made_one *open;            /* whose dossier is being made or decided on, and who is on probation */
	size_t open_n, open_cap;
	struct arena keep;                /* codes and names, as long as the scenario runs */
	struct arena scratch;             /* of one operation */
};

/* A text that stays while the scenario runs. */
const char *made_text(struct made *m, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The next paper number of this kind: "127-QĐ/TU". */
const char *made_paper(struct made *m, const char *kind);

enum err made_unit(struct made *m, const char *code, const char *name, const char *kind, const char *parent, const char *sector,
	struct fault *f) MUST_CHECK;
enum err made_unit_close(struct made *m, const char *code, struct day on, struct fault *f) MUST_CHECK;
enum err made_plan(struct made *m, const char *unit, int32_t year, struct fault *f) MUST_CHECK;

/* A class of five days that ends on `to`, with this many seats. */
enum err made_class(struct made *m, const char *code, const char *unit, const char *kind, const char *name, struct day to, int seats,
	struct fault *f) MUST_CHECK;
struct made_class *made_class_find(struct made *m, const char *code); /* NULL when there is none */

/* The latest class with a free seat that ended between 55 months and 30 days before `day`; NULL when there is none. A certificate
 * is good for 60 months. */
struct made_class *made_class_before(struct made *m, struct day day);

/* `low` and `high` in thousandths; high -1: none. */
struct made_target {
	const char *unit, *indicator, *kind, *period;
	int64_t low, high;
	bool at_least;
	struct day decided;
};
enum err made_target(struct made *m, const struct made_target *t, struct fault *f) MUST_CHECK;

/* Everything about a person in one operation. */
enum err made_person(struct made *m, const struct person_record_in *in, struct fault *f) MUST_CHECK;

/* One fact of somebody; *ret_seq (NULL: never mind): its number. */
enum err made_fact(struct made *m, const struct fact_record_in *in, int64_t *ret_seq, struct fault *f) MUST_CHECK;

/* A vote with its counts: `share` in a hundred of those who count, or a little more, said yes. */
enum err made_vote(struct made *m, int64_t person, const char *kind, struct day on, int share, struct fault *f) MUST_CHECK;

/* A day drawn from the working days of [from, to]; `from` itself when there is none. */
struct day made_workday(struct made *m, struct day from, struct day to);

/* True in `percent` of the cases. */
bool made_chance(struct made *m, uint32_t percent);
