// Days as people type them: 1/2/2026, 1.2.26, 01022026 become 01/02/2026, in English 2026-02-01. What is no day stays as it is for the server to
// say so.

const vietnamese = () => document.documentElement.lang === 'vi';
const two = (n) => String(n).padStart(2, '0');

// A year of two digits is one that has been, or begins within ten years.
function fullYear(text) {
	const year = Number(text);
	if (text.length !== 2) return year;
	return year + (year <= (new Date().getFullYear() + 10) % 100 ? 2000 : 1900);
}

export function readDay(text) {
	const t = text.trim();
	let m;
	if ((m = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$/.exec(t)) || (m = /^(\d{2})(\d{2})(\d{4})$/.exec(t)))
		return check(fullYear(m[3]), Number(m[2]), Number(m[1]));
	if ((m = /^(\d{4})[/.\- ](\d{1,2})[/.\- ](\d{1,2})$/.exec(t)))
		return check(Number(m[1]), Number(m[2]), Number(m[3]));
	return null;
}

function check(year, month, day) {
	const d = new Date(Date.UTC(year, month - 1, day));
	return d.getUTCFullYear() === year && d.getUTCMonth() === month - 1 && d.getUTCDate() === day ? { year, month, day } : null;
}

export function writeDay({ year, month, day }) {
	return vietnamese() ? `${two(day)}/${two(month)}/${year}` : `${year}-${two(month)}-${two(day)}`;
}

export function days(document) {
	document.addEventListener('change', (event) => {
		const input = event.target.closest?.('input[data-day]');
		const day = input && readDay(input.value);
		if (day) input.value = writeDay(day);
	});
}
