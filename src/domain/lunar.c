#include "domain/lunar.h"

#include <assert.h>
#include <math.h>

/* Times are Julian days as double; everything is rounded with floor, never by a cast, because lunations before 2000 are negative.
 * New moons and the sun's longitude follow Meeus, Astronomical Algorithms, chapters 49 and 25. */

#define UNIX_EPOCH_JD 2440587.5
#define HANOI_DAYS (7.0 / 24.0)
#define SYNODIC_MONTH 29.530588861
#define NEW_MOON_2000 2451550.09766 /* lunation 0 */

static double sin_deg(double degrees)
{
	return sin(degrees * M_PI / 180.0);
}

/* Terrestrial minus universal time in days: Espenak and Meeus for 2005-2050, good to minutes over the whole range accepted. */
static double delta_t(double julian_centuries)
{
	double t = julian_centuries * 100.0;
	return (62.92 + 0.32217 * t + 0.005589 * t * t) / 86400.0;
}

/* Periodic terms of the new moon: coefficient, power of the eccentricity factor, multiples of M, M' and F. */
static const struct {
	double days;
	int eccentricity, sun, moon, node;
} moon_terms[] = {
	{ -0.40720, 0, 0, 1, 0 }, { 0.17241, 1, 1, 0, 0 }, { 0.01608, 0, 0, 2, 0 }, { 0.01039, 0, 0, 0, 2 },
	{ 0.00739, 1, -1, 1, 0 }, { -0.00514, 1, 1, 1, 0 }, { 0.00208, 2, 2, 0, 0 }, { -0.00111, 0, 0, 1, -2 },
	{ -0.00057, 0, 0, 1, 2 }, { 0.00056, 1, 1, 2, 0 }, { -0.00042, 0, 0, 3, 0 }, { 0.00042, 1, 1, 0, 2 },
	{ 0.00038, 1, 1, 0, -2 }, { -0.00024, 1, -1, 2, 0 }, { -0.00007, 0, 2, 1, 0 }, { 0.00004, 0, 0, 2, -2 },
	{ 0.00004, 0, 3, 0, 0 }, { 0.00003, 0, 1, 1, -2 }, { 0.00003, 0, 0, 2, 2 }, { -0.00003, 0, 1, 1, 2 },
	{ 0.00003, 0, -1, 1, 2 }, { -0.00002, 0, -1, 1, -2 }, { -0.00002, 0, 1, 3, 0 }, { 0.00002, 0, 0, 4, 0 },
};

/* The planets' part: coefficient in millionths of a day, angle at lunation 0, degrees for each lunation. */
static const struct {
	double micro_days, angle, rate;
} planet_terms[] = {
	{ 325, 299.77, 0.107408 }, { 165, 251.88, 0.016321 }, { 164, 251.83, 26.651886 }, { 126, 349.42, 36.412478 },
	{ 110, 84.66, 18.206239 }, { 62, 141.74, 53.303771 }, { 60, 207.14, 2.453732 }, { 56, 154.84, 7.306860 },
	{ 47, 34.52, 27.261239 }, { 42, 207.19, 0.121824 }, { 40, 291.34, 1.844379 }, { 37, 161.72, 24.198154 },
	{ 35, 239.56, 25.513099 }, { 23, 331.55, 3.592518 },
};

static double moon_corrections(double k, double t)
{
	double e = 1.0 - 0.002516 * t - 0.0000074 * t * t;
	double sun = 2.5534 + 29.10535670 * k - 0.0000014 * t * t;
	double moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t;
	double node = 160.7108 + 390.67050284 * k - 0.0016118 * t * t;
	double sum = -0.00017 * sin_deg(124.7746 - 1.56375588 * k + 0.0020672 * t * t);
	for (size_t i = 0; i < sizeof moon_terms / sizeof *moon_terms; i++)
		sum += moon_terms[i].days * pow(e, moon_terms[i].eccentricity) *
			sin_deg(moon_terms[i].sun * sun + moon_terms[i].moon * moon + moon_terms[i].node * node);
	for (size_t i = 0; i < sizeof planet_terms / sizeof *planet_terms; i++)
		sum += planet_terms[i].micro_days * 1e-6 * sin_deg(planet_terms[i].angle + planet_terms[i].rate * k);
	return sum;
}

/* The civil day in Hà Nội on which lunation k begins. */
static struct day new_moon(double k)
{
	double t = k / 1236.85;
	double jd = NEW_MOON_2000 + SYNODIC_MONTH * k + 0.00015437 * t * t + moon_corrections(k, t) - delta_t(t);
	return (struct day){ (int32_t)floor(jd + HANOI_DAYS - UNIX_EPOCH_JD) };
}

/* Which twelfth of the zodiac (0 to 11, from the spring equinox) the sun is in as the day begins in Hà Nội. */
static int sun_sector(struct day d)
{
	double t = (d.n + UNIX_EPOCH_JD - HANOI_DAYS - 2451545.0) / 36525.0;
	t += delta_t(t) / 36525.0;
	double anomaly = 357.52911 + 35999.05029 * t - 0.0001537 * t * t;
	double longitude = 280.46646 + 36000.76983 * t + 0.0003032 * t * t +
		(1.914602 - 0.004817 * t) * sin_deg(anomaly) + (0.019993 - 0.000101 * t) * sin_deg(2 * anomaly) +
		0.000289 * sin_deg(3 * anomaly) - 0.00569 - 0.00478 * sin_deg(125.04 - 1934.136 * t);
	return (int)floor((longitude - 360.0 * floor(longitude / 360.0)) / 30.0);
}

/* The lunation of the 11th month of a year: the one that holds the winter solstice. The year before 1900 and the one after 2199 are
 * needed too, hence the bare count of days to 31 December. */
static double month_11(int32_t year)
{
	struct day last = { 365 * year + year / 4 - year / 100 + year / 400 - 719163 };
	double k = floor((last.n + UNIX_EPOCH_JD - NEW_MOON_2000) / SYNODIC_MONTH) + 1;
	while (last.n < new_moon(k).n || sun_sector(new_moon(k)) >= 9)
		k--;
	return k;
}

/* How many months after month 11 the leap month comes: the first month without a change of sector. */
static int leap_offset(double k)
{
	int i = 1;
	while (sun_sector(new_moon(k + i)) != sun_sector(new_moon(k + i + 1)))
		i++;
	assert(i < 13);
	return i;
}

struct day lunar_day(int32_t year, int32_t month, int32_t day)
{
	assert(month >= 1 && month <= 12 && day >= 1 && day <= 30);
	int32_t first = month >= 11 ? year : year - 1;
	double from = month_11(first), to = month_11(first + 1);
	assert(to - from == 12 || to - from == 13);
	int offset = month >= 11 ? month - 11 : month + 1;
	if (to - from == 13 && offset >= leap_offset(from))
		offset++;
	return day_add(new_moon(from + offset), day - 1);
}
