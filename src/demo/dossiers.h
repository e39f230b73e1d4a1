/* What stands around the steps of open candidacies and probations: introducers and helpers, papers, letters and their answers. */
#pragma once

#include "demo/made.h"

/* For everybody in m->open, once the members who help them are on record. */
enum err dossiers_fill(struct made *m, struct fault *f) MUST_CHECK;
