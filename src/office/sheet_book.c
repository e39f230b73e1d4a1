#include "office/sheet_book.h"
#include "base/text.h"
#include "office/sheet.h"
#include "office/sheet_xml.h"

#include <string.h>

enum rel_type { REL_OTHER, REL_WORKBOOK, REL_WORKSHEET, REL_STRINGS, REL_STYLES };

struct rel {
	enum rel_type type;
	const char *id, *part;
};

struct rels {
	struct arena *arena;
	const char *folder; /* of the part they belong to, with its '/' */
	struct rel *v;
	size_t n, cap;
};

/* The last word of the type's address: the addresses before it differ between the two editions of the standard. */
static enum rel_type type_of(const char *address)
{
	static const struct {
		const char *word;
		enum rel_type type;
	} types[] = {
		{ "officeDocument", REL_WORKBOOK }, { "worksheet", REL_WORKSHEET }, { "sharedStrings", REL_STRINGS }, { "styles", REL_STYLES },
	};
	const char *slash = address ? strrchr(address, '/') : NULL;
	for (size_t i = 0; slash && i < sizeof types / sizeof *types; i++)
		if (strcmp(slash + 1, types[i].word) == 0)
			return types[i].type;
	return REL_OTHER;
}

static enum err on_rel(void *ctx, const char *name, const char **attributes, struct fault *f)
{
	struct rels *r = ctx;
	const char *id = sheet_xml_attribute(attributes, "Id"), *target = sheet_xml_attribute(attributes, "Target");
	enum rel_type type = type_of(sheet_xml_attribute(attributes, "Type"));
	if (strcmp(name, "Relationship") != 0 || type == REL_OTHER || !id || !target)
		return OK;
	if (r->n == SHEET_ENTRIES)
		return FAULT(f, E_TOOBIG, "file", MSG_SHEET_ENTRIES);
	*arena_push(r->arena, r->v, r->n, r->cap) = (struct rel){
		.type = type,
		.id = arena_strdup(r->arena, id),
		.part = *target == '/' ? arena_strdup(r->arena, target + 1) : arena_printf(r->arena, "%s%s", r->folder, target),
	};
	return OK;
}

/* The relationships of `part`: dir/name has them in dir/_rels/name.rels. */
static enum err read_rels(struct sheet_zip *z, const char *part, struct arena *a, struct rels *ret, struct fault *f)
{
	static const struct sheet_xml_handler handler = { .start = on_rel };
	const char *slash = strrchr(part, '/'), *name = slash ? slash + 1 : part;
	const char *folder = arena_strndup(a, part, (size_t)(name - part));
	*ret = (struct rels){ .arena = a, .folder = folder };
	return sheet_xml_read(z, arena_printf(a, "%s_rels/%s.rels", folder, name), &handler, ret, f);
}

static const char *part_of_type(const struct rels *r, enum rel_type type)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].type == type)
			return r->v[i].part;
	return NULL;
}

static const char *worksheet_with_id(const struct rels *r, const char *id)
{
	for (size_t i = 0; id && i < r->n; i++)
		if (r->v[i].type == REL_WORKSHEET && strcmp(r->v[i].id, id) == 0)
			return r->v[i].part;
	return NULL;
}

struct workbook {
	const struct rels *rels;
	struct sheet_book book;
};

static enum err on_workbook(void *ctx, const char *name, const char **attributes, struct fault *f)
{
	(void)f;
	struct workbook *w = ctx;
	if (strcmp(name, "workbookPr") == 0) {
		const char *v = sheet_xml_attribute(attributes, "date1904");
		w->book.date1904 = v && (strcmp(v, "1") == 0 || strcmp(v, "true") == 0);
	}
	if (strcmp(name, "sheet") == 0 && !w->book.sheet) {
		const char *state = sheet_xml_attribute(attributes, "state");
		if (!state || strcmp(state, "visible") == 0)
			w->book.sheet = worksheet_with_id(w->rels, sheet_xml_attribute(attributes, "id"));
	}
	return OK;
}

static enum err find_workbook(struct sheet_zip *z, struct arena *a, const char **ret, struct fault *f)
{
	struct rels top;
	if (!sheet_zip_has(z, "_rels/.rels"))
		return FAULT(f, E_INVALID, "file", MSG_SHEET_NOT_WORKBOOK);
	TRY(read_rels(z, "", a, &top, f));
	const char *part = part_of_type(&top, REL_WORKBOOK);
	size_t n = part ? strlen(part) : 0;
	if (n > 4 && strcmp(part + n - 4, ".bin") == 0)
		return FAULT(f, E_INVALID, "file", MSG_SHEET_XLSB);
	if (!part || !strstr(part, "workbook"))
		return FAULT(f, E_INVALID, "file", MSG_SHEET_NOT_WORKBOOK);
	*ret = part;
	return OK;
}

enum err sheet_book_read(struct sheet_zip *z, struct arena *a, struct sheet_book *ret, struct fault *f)
{
	static const struct sheet_xml_handler handler = { .start = on_workbook };
	const char *part;
	struct rels rels;
	TRY(find_workbook(z, a, &part, f));
	TRY(read_rels(z, part, a, &rels, f));
	struct workbook w = { .rels = &rels };
	TRY(sheet_xml_read(z, part, &handler, &w, f));
	if (!w.book.sheet)
		return FAULT(f, E_INVALID, "file", MSG_SHEET_NO_SHEET);
	w.book.strings = part_of_type(&rels, REL_STRINGS);
	w.book.styles = part_of_type(&rels, REL_STYLES);
	*ret = w.book;
	return OK;
}
