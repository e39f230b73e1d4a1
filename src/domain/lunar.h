/* The Vietnamese lunar calendar at UTC+7, by astronomical new moons and solar longitude. */
#pragma once

#include "base/day.h"

/* Solar day of day `day` of month `month` (not a leap month) of the lunar year that begins in the solar year `year`, 1900-2199.
 * lunar_day(2026, 1, 1) is Tết 17/2/2026; lunar_day(2026, 3, 10) is Hùng Kings day 26/4/2026. */
struct day lunar_day(int32_t year, int32_t month, int32_t day);
