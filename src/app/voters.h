/* How many there are to vote, as far as the register knows: proposed for the minutes, compared with them, never imposed. */
#pragma once

#include "app/app.h"

struct voters {
	int32_t members;  /* official and probationary */
	int32_t official;
	int32_t away;     /* official, on temporary transfer elsewhere */
};

/* Of one branch on a day. Counts those whose card is in it today: whoever moved on since is missing, so that days long past come out too
 * low. */
enum err voters_of(struct app *app, struct unit_id unit, struct day on, struct arena *a, struct voters *ret, struct fault *f) MUST_CHECK;

/* Of an organisation and everything below it on that day. */
enum err voters_below(struct app *app, struct unit_id unit, struct day on, struct arena *a, struct voters *ret, struct fault *f) MUST_CHECK;
