// Replaces only <main> where nothing else of the page changes: filters, the screens of a list, progress. What the reader stands in keeps the focus
// if the new <main> has it too.
import htmx from 'htmx.org';

export function loadMain(address, { push = true } = {}) {
	const request = { target: '#main', select: '#main', swap: 'outerHTML show:none', source: document.getElementById('main') };
	if (push) request.push = 'true';
	const field = document.activeElement?.form && document.activeElement.name;
	return htmx.ajax('GET', address, request).then(() => {
		if (field && document.activeElement === document.body) document.querySelector(`main [name="${CSS.escape(field)}"]`)?.focus();
	});
}

// Answers that are another page (sign in again) or no success are shown whole.
function whole(event) {
	const { xhr, pathInfo } = event.detail;
	const asked = new URL(pathInfo.finalRequestPath, location.href), got = new URL(xhr.responseURL || asked, location.href);
	if (xhr.status === 200 && asked.pathname === got.pathname) return;
	event.detail.shouldSwap = false;
	location.assign(got.href);
}

const plain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;

function turn(event) {
	const link = event.target.closest?.('.pager a, th a[data-sort]');
	if (!link || !plain(event)) return;
	event.preventDefault();
	loadMain(link.href).then(() => {
		window.scrollTo(0, 0);
		document.getElementById('main').focus({ preventScroll: true });
	});
}

function question(form) {
	const asked = new URLSearchParams();
	for (const [name, value] of new FormData(form)) if (value !== '') asked.append(name, value);
	return `${form.action.split('?')[0]}?${asked}`;
}

function automatic(event) {
	const form = event.target.closest?.('form[data-auto]');
	if (form && event.target.matches('select, input[type=checkbox], input[type=radio]')) loadMain(question(form));
}

function ask(event) {
	const form = event.target;
	if (!form.matches('form[data-auto]') || event.submitter?.name) return;
	event.preventDefault();
	loadMain(question(form));
}

// <p data-refresh="2">: the page is loaded anew every two seconds for as long as it says so and is looked at.
function watch(content) {
	for (const part of content.querySelectorAll?.('[data-refresh]') ?? []) {
		const tick = () => {
			if (!part.isConnected) return;
			if (document.hidden) setTimeout(tick, 1000);
			else loadMain(location.href, { push: false });
		};
		setTimeout(tick, 1000 * Math.max(1, Number(part.dataset.refresh) || 5));
	}
}

// Buttons that only work with scripts stand hidden in the page until here.
function printing(content) {
	content.querySelectorAll?.('[data-print]').forEach((button) => {
		button.hidden = false;
		button.addEventListener('click', () => window.print());
	});
}

// What scrolls sideways can be reached by the keyboard.
function scrolling(content) {
	content.querySelectorAll?.('.table-responsive').forEach((part) => {
		if (part.scrollWidth <= part.clientWidth) return;
		part.tabIndex = 0;
		part.setAttribute('role', 'group');
		part.setAttribute('aria-label', part.querySelector('caption')?.textContent.trim() || document.title);
	});
}

export function parts(document) {
	document.addEventListener('htmx:beforeSwap', whole);
	document.addEventListener('click', turn);
	document.addEventListener('change', automatic);
	document.addEventListener('submit', ask);
	htmx.onLoad(watch);
	htmx.onLoad(printing);
	htmx.onLoad(scrolling);
}
