/* The time line of a person: every fact with its paper, who entered it and when; what was corrected stays readable. */
#pragma once

#include "web/page_person.h"

enum err person_events(struct visit *v, const struct facts *all, struct person_view *view, struct fault *f) MUST_CHECK;
void person_events_json(struct json *j, const struct person_view *view);
