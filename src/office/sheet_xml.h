/* XML of a workbook part, under limits: no DOCTYPE, bounded depth, bounded tokens, a bounded number of different names. */
#pragma once

#include "office/sheet_zip.h"

/* What a reader of a part wants to hear; names come without their prefix. NULL: not interested. An error stops the parsing. */
struct sheet_xml_handler {
	enum err (*start)(void *ctx, const char *name, const char **attributes, struct fault *f);
	enum err (*end)(void *ctx, const char *name, struct fault *f);
	enum err (*text)(void *ctx, const char *s, size_t n, struct fault *f);
};

enum err sheet_xml_read(struct sheet_zip *z, const char *part, const struct sheet_xml_handler *h, void *ctx, struct fault *f) MUST_CHECK;

/* The value of the attribute with this name, whatever its prefix; NULL when absent. */
const char *sheet_xml_attribute(const char **attributes, const char *name);

/* A whole number without sign from 0 to max; false for anything else. */
bool sheet_xml_number(const char *s, int64_t max, int64_t *ret);
