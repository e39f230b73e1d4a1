// Makes pages quicker to use. Every page works without it.
import { days } from './days.js';
import { forms } from './forms.js';
import { menus } from './menus.js';
import { parts } from './part.js';
import { suggest } from './suggest.js';
import { votes } from './votes.js';

for (const start of [days, forms, menus, parts, suggest, votes]) start(document);
