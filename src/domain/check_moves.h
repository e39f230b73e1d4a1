/* Predicates of the rules about moving, leaving and coming back. */
#pragma once

#include "domain/check.h"

enum check_result check_moves_within(const struct check_case *c);       /* a: a clock that a fact starts; the act came within its time */
enum check_result check_moves_amount(const struct check_case *c);       /* amount of the fact, from min to max */
enum check_result check_moves_grounded(const struct check_case *c);     /* the fact has its detail */
enum check_result check_moves_not_presented(const struct check_case *c); /* a: time after which somebody may be struck off as not filed */

/* R294 3.5.1, of somebody who was a member before; they hold for everybody else. */
enum check_result check_moves_readmission_open(const struct check_case *c);    /* not barred for ever */
enum check_result check_moves_readmission_once(const struct check_case *c);
enum check_result check_moves_readmission_ground(const struct check_case *c);  /* the ground of leaving is known, and its rule is */
enum check_result check_moves_readmission_cleared(const struct check_case *c); /* the criminal record was cleared, where there was one */
enum check_result check_moves_readmission_wait(const struct check_case *c);    /* a: since leaving, b: since the record was cleared */
enum check_result check_moves_readmission_consent(const struct check_case *c);

/* For "{day}": the day that the predicate named. */
void check_moves_fill_day(const struct check_case *c, enum lang lang, size_t size, char *ret);
