/* Invented people: names, days of birth, numbers and attributes that go together. */
#pragma once

#include "demo/made.h"

enum people_kind {
	PEOPLE_TEACHER,
	PEOPLE_DOCTOR,
	PEOPLE_CIVIL_SERVANT,
	PEOPLE_PARTY_STAFF,
	PEOPLE_COMMUNE_STAFF,
	PEOPLE_VILLAGE_OFFICIAL,
	PEOPLE_POLICE,
	PEOPLE_SOLDIER,
	PEOPLE_WORKER,
	PEOPLE_ENTERPRISE_STAFF,
	PEOPLE_FARMER,
	PEOPLE_STUDENT,
	PEOPLE_PUPIL,
	PEOPLE_OTHER,
	PEOPLE__COUNT
};

enum people_youth { YOUTH_ANY, YOUTH_YES, YOUTH_NO };

/* Somebody of that kind as of a day, young enough for the Youth Union or not: everything but the unit and the steps. Texts stay until the
 * next operation. */
void people_invent(struct made *m, enum people_kind kind, enum people_youth youth, struct day at, struct person_record_in *ret);

/* A member of long standing as old lists have them: admitted before `before`, ceremony and official day only. */
void people_invent_veteran(struct made *m, struct day before, struct person_record_in *ret);
