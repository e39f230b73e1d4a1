// Days as people type them, before the form is sent: assets/src/days.js.
import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.document = { documentElement: { lang: 'vi' } };
const { readDay, writeDay } = await import(`${process.env.NGUON_SOURCE}/assets/src/days.js`);

const written = (text, lang = 'vi') => {
	document.documentElement.lang = lang;
	const day = readDay(text);
	return day && writeDay(day);
};

test('a day typed shortly is written out', () => {
	for (const text of ['1/2/2026', '01/02/2026', '1.2.2026', '1-2-2026', ' 1 2 2026 ', '01022026', '2026-02-01', '2026/2/1', '1/2/26'])
		assert.equal(written(text), '01/02/2026');
});

test('English readers see the year first', () => {
	assert.equal(written('1/2/2026', 'en'), '2026-02-01');
});

test('a year of two digits has been, or begins within ten years', () => {
	const soon = (new Date().getFullYear() + 10) % 100, later = (soon + 1) % 100;
	const two = (n) => String(n).padStart(2, '0');
	assert.equal(readDay(`1/1/${two(soon)}`).year, new Date().getFullYear() + 10);
	assert.ok(readDay(`1/1/${two(later)}`).year < new Date().getFullYear());
});

test('what is no day stays for the server to refuse', () => {
	for (const text of ['', '31/2/2026', '29/02/2025', '0/1/2026', '1/13/2026', '2026', '1/2', 'hôm qua', '1/2/202', '010220261'])
		assert.equal(readDay(text), null);
	assert.equal(written('29/2/2024'), '29/02/2024');
});
