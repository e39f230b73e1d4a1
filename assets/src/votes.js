// The counts of a vote, added up while they are typed; the server says the same, and has the last word.

const TONES = { ask: 'info', needs: 'info', passed: 'good' };
const FIELDS = ['members', 'away', 'exempt_absent', 'suspended', 'yes', 'no'];

// Those that are not given, or no numbers, are null.
export function readCounts(value) {
	return Object.fromEntries(FIELDS.map((name) => {
		const text = (value(name) ?? '').trim();
		return [name, /^\d{1,6}$/.test(text) ? Number(text) : null];
	}));
}

// Which sentence, and its numbers: whoever does not count leaves the denominator, shares are compared in whole numbers.
export function tally(counts, threshold) {
	const { members, yes, no } = counts;
	if (members === null) return { says: 'ask' };
	const out = (counts.away ?? 0) + (counts.exempt_absent ?? 0) + (counts.suspended ?? 0);
	if (out >= members) return { says: 'nobody', out, members };
	const n = members - out;
	const needs = threshold === 'majority' ? Math.floor(n / 2) + 1 : Math.floor((2 * n + 2) / 3);
	const votes = (yes ?? 0) + (no ?? 0);
	if (votes > n) return { says: 'tooMany', votes, n };
	if (yes === null) return { says: 'needs', n, needs };
	return yes >= needs ? { says: 'passed', n, needs, yes } : { says: 'failed', n, needs, yes, missing: needs - yes };
}

const filled = (sentence, numbers) => sentence.replace(/\{(\w+)\}/g, (all, name) => numbers[name] ?? all);

function show(form) {
	const box = form.querySelector('[data-tally]');
	if (!box) return;
	const found = tally(readCounts((name) => form.elements[name]?.value), box.dataset.tally);
	box.querySelector('output').textContent = filled(box.dataset[found.says], found);
	const tone = TONES[found.says] ?? 'warn';
	for (const name of ['info', 'good', 'warn']) box.classList.toggle(`tone-${name}`, name === tone);
	box.querySelector('button')?.remove(); // gone, not hidden: the first button of a form is the one that Enter presses
}

export function votes(document) {
	document.querySelectorAll('form').forEach(show);
	document.addEventListener('input', (event) => {
		if (FIELDS.includes(event.target.name) && event.target.form) show(event.target.form);
	});
}
