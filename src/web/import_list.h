/* The lists that can be imported, in the words of the pages. */
#pragma once

#include "app/import_kinds.h"

struct import_list {
	const char *kind;          /* "people" */
	const char *vi, *en;
	const char *what_vi, *what_en;
};
const struct import_list *import_lists(size_t *ret_n);
const struct import_list *import_list_find(const char *kind); /* NULL when there is none */

/* A column that is recognised. */
struct import_column {
	const char *label;         /* heading in the reader's language */
	const char *type;          /* "ngày", "số", "chữ" */
	const char *also;          /* other headings, ", " between; "" */
	const char *values;        /* of a code; "" */
	bool required;
};
struct import_column *import_list_columns(const struct import_list *l, enum lang lang, struct arena *a, size_t *ret_n);
