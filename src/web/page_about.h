/* A unit itself: what it is today, its targets and classes, who holds which role in it, and its history. */
#pragma once

#include "web/unit_path.h"
#include "web/web.h"

struct about_target {
	const char *period, *period_label, *kind, *kind_label, *indicator, *indicator_label;
	const char *wanted;        /* "205", "15-20 %", "≥ 1.950" */
	int64_t low_milli, high_milli; /* high -1: none */
	bool at_least, replaced;   /* replaced: another one stands in its place */
	struct day decided;
	const char *paper_no;      /* NULL: none */
};

struct about_class {
	const char *code, *name, *kind, *kind_label;
	struct period period;
};

struct about_fact {
	int32_t seq;
	const char *kind, *label;
	const char *value;         /* as people read it, by the names of that day; "" for none */
	const char *raw;           /* as stored: a code, a word; NULL */
	struct day from;
	const char *paper;         /* NULL: none */
	bool corrected;            /* another fact stands in its place */
	int64_t entry;
};

struct about_post {
	const char *role, *role_label;
	const char *login, *name;  /* NULL where who asks may not see accounts */
	struct day from, to;
	int64_t n;                 /* accounts: 1, or how many hold the role where names are not shown */
};

struct about_do {
	const char *label;
	struct url url;
};

/* JSON: {"code","name","kind","kind_label","sector","parent","opened","closed","authorised","plan","path":[...],"targets":[{"indicator",
 * "kind","period","low","high","at_least","decided","paper_no","replaced"}],"classes":[{"code","name","kind","from","to"}],"posts":[
 * {"role","login","name","from","to","n"}],"facts":[{"seq","kind","from","value","corrected","entry"}]}; low and high in thousandths. */
struct about_view {
	const char *code, *name, *kind, *kind_label;
	const char *sector, *sector_label;   /* NULL: not on record */
	const char *parent, *parent_name;    /* NULL: a root */
	struct unit_path path;
	struct day opened, closed;
	bool authorised;
	bool has_plan;             /* for this year */
	int32_t year;
	struct about_target *targets;
	struct about_class *classes;
	struct about_fact *facts;  /* newest first */
	struct about_post *posts;
	struct about_do *things;   /* operations that who asks may run here */
	size_t targets_n, classes_n, facts_n, posts_n, things_n;
	bool posts_named;
	struct url set_target, open_class; /* NULL text: may not */
};

enum err about_load(struct visit *v, struct about_view *view, struct fault *f) MUST_CHECK;
void about_json(struct json *j, const struct about_view *view);
void page_about(struct html *h, const struct about_view *v);
