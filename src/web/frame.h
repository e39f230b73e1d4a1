/* What is printed around every page: head, navigation, units above, search, user, language, theme, flash and footer. page_frame_top, then
 * the page, then page_frame_bottom; page_plain_top and page_plain_bottom for pages of somebody who is not logged in. */
#pragma once

#include "web/html.h"

struct frame_link {
	const char *label;
	struct url href;
	const char *icon;          /* of Tabler Icons, see icon(); NULL: none */
	bool active;
	int64_t count;             /* in a badge, for example how many are late; 0: none */
};

struct frame_view {
	const char *title;         /* of the page: <title>; the page prints its own <h1> */
	const char *name;          /* of the page's row, "people": for help and for scripts */
	const char *lang;          /* "vi" or "en" */
	const char *theme;         /* "light", "dark", "auto" */
	bool charts;               /* load charts.js */
	const struct frame_link *links; /* the navigation */
	size_t links_n;
	const struct frame_link *units; /* breadcrumb, the nearest last; the last one is `active` */
	size_t units_n;
	const char *user_name, *user_role; /* NULL: nobody is logged in */
	const char *search;        /* what was searched for; NULL */
	const char *flash;         /* one sentence; NULL: none */
	bool flash_bad;
	const char *csrf;          /* for the forms of the frame: sign out, theme and language */
	const char *here;          /* path and query of this page, to which the switches come back: hidden field `back` */
	struct url me, help, logout; /* POST for logout */
	struct url prefs;          /* POST lang=vi|en or theme=light|dark|auto, _csrf and back: sets a cookie, 303 back */
	const char *version;
	struct day today;
	const char *installation;  /* name of the committee that runs it */
	bool demo;                 /* made-up people: the frame says so */
};

/* A fault as a page: page_error. */
struct error_view {
	int status;
	const char *title;         /* "Không tìm thấy" */
	const char *sentence;      /* what is wrong */
	const char *rule;          /* citation; NULL */
	const char *way_out;       /* what to do; NULL */
	struct url back;           /* s NULL: none */
	const char *back_label;
	const char *request;       /* its number in the log */
};
