/* What people write in the cells of lists, as texts that the fields of the operations read. Pure; nothing here knows a table. */
#pragma once

#include "app/ops.h"
#include "office/sheet.h"

/* No letter, digit or sign at all. NULL is blank. */
bool import_value_blank(const char *text);

/* Words for "not known": "không rõ", "chưa có", "-", "?" and the like. "Không" and "không có" count where the field can hold no such
 * value (days, numbers, numbers of papers), not where they are an answer (religion, Youth Union). */
bool import_value_unknown(const struct field *field, const char *text);

/* A day as day_parse reads it, from a spreadsheet serial number, "26 / 3 / 2024", "ngày 26 tháng 3 năm 2024", or with a time behind it.
 * A year or a month alone is refused with the way out; anything else is passed on as it is. */
enum err import_value_day(const struct field *field, const char *text, struct arena *a, const char **ret, struct fault *f) MUST_CHECK;

/* The number of a target as people write it. */
struct import_target_text {
	const char *low, *high; /* high NULL: one number */
	bool at_least;          /* "≥ 100", "100 trở lên", "ít nhất 100", "trên 100" */
	bool percent;           /* "3-4 %" */
};
enum err import_value_target(const char *field, const char *text, struct arena *a, struct import_target_text *ret,
	struct fault *f) MUST_CHECK;

/* "Quý II/2021", "6 tháng đầu năm 2021", "năm học 2021-2022", "nhiệm kỳ 2020 – 2025" in the notation of period_parse; what is not
 * understood is passed on as it is. */
const char *import_value_period(const char *text, struct arena *a);

/* A 12-digit number without the spaces and points that people put into it. *ret_restored: leading zeros that the spreadsheet had
 * dropped were put back (every such number begins with 0). */
const char *import_value_id_number(const char *text, struct arena *a, bool *ret_restored);

/* "(1) (2) (3)" or "A B 1 2 3" below a heading. */
bool import_value_numbering(const struct sheet_row *row);

/* A row whose first words are "Cộng", "Tổng cộng", "Tổng số"; "Tổng công ty" is none. */
bool import_value_total(const struct sheet_row *row);
