#include "office/report_write.h"

#include <string.h>

enum err report_format_parse(const char *s, enum report_format *ret, struct fault *f)
{
	static const char *const names[REPORT_FORMAT__COUNT] = {
		[REPORT_TEXT] = "text", [REPORT_JSON] = "json", [REPORT_CSV] = "csv", [REPORT_XLSX] = "xlsx",
	};
	for (int i = 0; i < REPORT_FORMAT__COUNT; i++)
		if (strcmp(s, names[i]) == 0) {
			*ret = (enum report_format)i;
			return OK;
		}
	return FAULT(f, E_USAGE, "format", MSG_NOT_CODE, s, "text, json, csv, xlsx");
}
