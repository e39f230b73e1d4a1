/* Figures as committees published them, each with the parts from which it follows. The made-up records of test_reports.c have these parts;
 * the program has to come to the printed figure by itself. */
#pragma once

#include "domain/figure.h"

#include <string.h>

struct published {
	const char *report, *figure;
	int64_t numerator, denominator;
	struct rounding_choice rounding; /* as the paper did it: one paper may mix both */
	const char *printed;
};

static const struct published published[] = {
	/* Đảng bộ huyện Ninh Phước (Ninh Thuận), year 2020, published 19/2/2021 */
	{ "ninh-phuoc-2020", "women", 60, 101, { 1, ROUND_HALF_UP }, "59.4" },
	{ "ninh-phuoc-2020", "youth", 50, 101, { 1, ROUND_HALF_UP }, "49.5" },
	{ "ninh-phuoc-2020", "minority", 32, 101, { 1, ROUND_HALF_UP }, "31.7" },
	{ "ninh-phuoc-2020", "secondary", 25, 101, { 1, ROUND_CUT }, "24.7" },
	{ "ninh-phuoc-2020", "university and college", 63, 101, { 1, ROUND_HALF_UP }, "62.4" },
	/* Đảng bộ huyện Phú Ninh (Quảng Nam), year 2024 */
	{ "phu-ninh-2024", "reached", 103, 87, { 2, ROUND_HALF_UP }, "118.39" },
	/* Đảng bộ tỉnh Quảng Trị, first quarter of 2024, published 15/4/2024 */
	{ "quang-tri-2024", "aged 18-30", 213, 333, { 0, ROUND_HALF_UP }, "64" },
	/* Đảng bộ tỉnh Đồng Nai, 1/1 to 10/9/2018, published 8/10/2018; the members of 2017 are implied */
	{ "dong-nai-2018", "rate", 2270, 76174, { 2, ROUND_HALF_UP }, "2.98" },
	{ "dong-nai-2018", "hamlets", 925, 962, { 2, ROUND_HALF_UP }, "96.15" },
};

/* Quotas for 2024 that Đảng bộ tỉnh Quảng Nam handed down (December 2023). The headline says 1,905; they add up to 1,950. */
static const struct {
	const char *code;
	int64_t quota;
} quang_nam_2024[] = {
	{ "QN-TAMKY", 150 }, { "QN-HOIAN", 110 }, { "QN-DIENBAN", 150 }, { "QN-DAILOC", 125 }, { "QN-DUYXUYEN", 90 }, { "QN-THANGBINH", 115 },
	{ "QN-NUITHANH", 115 }, { "QN-PHUNINH", 87 }, { "QN-QUESON", 87 }, { "QN-NONGSON", 30 }, { "QN-HIEPDUC", 48 }, { "QN-TIENPHUOC", 77 },
	{ "QN-PHUOCSON", 80 }, { "QN-BACTRAMY", 95 }, { "QN-NAMTRAMY", 95 }, { "QN-NAMGIANG", 110 }, { "QN-DONGGIANG", 95 },
	{ "QN-TAYGIANG", 80 }, { "QN-CONGAN", 12 }, { "QN-QUANSU", 29 }, { "QN-BIENPHONG", 15 }, { "QN-KHOI", 155 },
};
enum { QUANG_NAM_UNITS = sizeof quang_nam_2024 / sizeof *quang_nam_2024, QUANG_NAM_HEADLINE = 1905 };

static inline const struct published *published_find(const char *report, const char *figure)
{
	for (size_t i = 0; i < sizeof published / sizeof *published; i++)
		if (strcmp(published[i].report, report) == 0 && strcmp(published[i].figure, figure) == 0)
			return &published[i];
	return NULL;
}
