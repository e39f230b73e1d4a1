#include "domain/vote.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

int32_t vote_count(const struct vote *v, const char *name)
{
	const struct {
		const char *name;
		int32_t n;
	} rows[] = {
		{ "members", v->members }, { "away", v->away }, { "exempt_absent", v->exempt_absent }, { "suspended", v->suspended },
		{ "yes", v->yes }, { "no", v->no },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].name, name) == 0)
			return rows[i].n;
	return -1;
}

int32_t vote_denominator(const struct vote *v)
{
	return v->members - v->away - v->exempt_absent - v->suspended;
}

int32_t vote_needs(enum vote_threshold t, int32_t denominator)
{
	assert(denominator >= 0);
	if (t == VOTE_MAJORITY)
		return denominator / 2 + 1;
	return (int32_t)((2 * (int64_t)denominator + 2) / 3);
}

bool vote_passes(enum vote_threshold t, const struct vote *v)
{
	int32_t n = vote_denominator(v);
	return n > 0 && v->yes >= vote_needs(t, n);
}

struct vote_result vote_result(enum vote_threshold t, const struct vote *v)
{
	int32_t n = vote_denominator(v);
	return (struct vote_result){ n, vote_needs(t, n), n - v->yes - (v->no > 0 ? v->no : 0), vote_passes(t, v) };
}

static enum err check_required(int32_t count, const char *field, struct fault *f)
{
	char text[16];
	if (count >= 0)
		return OK;
	if (count == -1)
		return FAULT(f, E_INVALID, field, MSG_REQUIRED);
	(void)snprintf(text, sizeof text, "%d", count);
	return FAULT(f, E_INVALID, field, MSG_VOTE_NEGATIVE, text);
}

static enum err check_exclusion(int32_t *count, const char *field, struct fault *f)
{
	if (*count == -1)
		*count = 0;
	return check_required(*count, field, f);
}

static enum err check_sums(const struct vote *v, struct fault *f)
{
	char members[16], out[16], votes[16], voters[16];
	int64_t excluded = (int64_t)v->away + v->exempt_absent + v->suspended;
	(void)snprintf(members, sizeof members, "%d", v->members);
	(void)snprintf(out, sizeof out, "%lld", (long long)excluded);
	if (excluded >= v->members)
		return FAULT(f, E_INVALID, "members", MSG_VOTE_NOBODY, out, members);
	int64_t cast = (int64_t)v->yes + (v->no > 0 ? v->no : 0);
	(void)snprintf(votes, sizeof votes, "%lld", (long long)cast);
	(void)snprintf(voters, sizeof voters, "%d", vote_denominator(v));
	if (cast > vote_denominator(v))
		return FAULT(f, E_INVALID, "yes", MSG_VOTE_TOO_MANY, votes, voters);
	return OK;
}

enum err vote_check(struct vote *v, struct fault *f)
{
	struct vote c = *v;
	TRY(check_required(c.members, "members", f));
	TRY(check_exclusion(&c.away, "away", f));
	TRY(check_exclusion(&c.exempt_absent, "exempt_absent", f));
	TRY(check_exclusion(&c.suspended, "suspended", f));
	TRY(check_required(c.yes, "yes", f));
	if (c.no != -1)
		TRY(check_required(c.no, "no", f));
	TRY(check_sums(&c, f));
	*v = c;
	return OK;
}
