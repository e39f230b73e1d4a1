/* The inner logic of one rule pack; rules_parse asks for it. Fills the positions that the rest of the code goes by. */
#pragma once

#include "domain/rules.h"

enum err rules_check_pack(struct pack *p, struct arena *a, struct fault *f) MUST_CHECK;
