/* The lists behind the page of what is late and due: from the roll for today, from the register for any other day. */
#pragma once

#include "web/page_late.h"

/* Fills the sections of the view: all that fit, sorted. */
enum err late_find(struct visit *v, struct late_view *view, struct fault *f) MUST_CHECK;
