#include "base/err.h"
#include "base/text.h"
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

static const struct {
	const char *name, *problem;
	int exit_status;
} errs[] = {
#define ERR(name, exit_status, problem) { #name, problem, exit_status },
#include "base/errors.def"
#undef ERR
};

static const char *const messages[][2] = {
	[MSG_NONE] = { "", "" },
#define MSG(key, vi, en) [key] = { vi, en },
#include "base/messages.def"
#undef MSG
};

static void copy_cut(char *to, size_t size, const char *from)
{
	size_t n = utf8_cut(from, strlen(from), size - 1);
	memcpy(to, from, n);
	to[n] = '\0';
}

enum err fault_fill(struct fault *f, enum err code, const char *field, enum msg msg, const char *const args[FAULT_ARGS])
{
	if (!f)
		return code;
	*f = (struct fault){ .code = code, .msg = msg };
	if (field)
		copy_cut(f->field, sizeof f->field, field);
	for (int i = 0; i < FAULT_ARGS && args[i]; i++)
		copy_cut(f->arg[i], sizeof f->arg[i], args[i]);
	return code;
}

enum err fault_cite(struct fault *f, const char *citation)
{
	if (!f)
		return E_RULE;
	if (citation)
		copy_cut(f->rule, sizeof f->rule, citation);
	return f->code;
}

const char *msg_text(enum msg msg, enum lang lang, const char *const args[FAULT_ARGS], struct arena *a)
{
	assert(msg < MSG__COUNT && (lang == LANG_VI || lang == LANG_EN));
	struct text t = TEXT(a);
	for (const char *s = messages[msg][lang]; *s; s++) {
		bool is_arg = s[0] == '%' && s[1] >= '1' && s[1] < '1' + FAULT_ARGS;
		if (!is_arg) {
			text_addc(&t, *s);
			continue;
		}
		const char *arg = args[s[1] - '1'];
		text_add(&t, arg ? arg : "");
		s++;
	}
	return text_str(&t);
}

const char *fault_text(const struct fault *f, enum lang lang, struct arena *a)
{
	const char *args[FAULT_ARGS];
	for (int i = 0; i < FAULT_ARGS; i++)
		args[i] = f->arg[i];
	return msg_text(f->msg, lang, args, a);
}

const char *err_name(enum err e)
{
	return errs[e].name;
}

const char *err_problem(enum err e)
{
	return errs[e].problem;
}

int err_exit_status(enum err e)
{
	return errs[e].exit_status;
}

void warnings_add(struct arena *a, struct warnings *w, const struct fault *f)
{
	*arena_push(a, w->v, w->n, w->cap) = *f;
}
