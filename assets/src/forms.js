// Forms: sent once however often the button is pressed, a warning before typed words are lost.

const sending = new WeakSet();

function once(event) {
	const form = event.target;
	if (event.defaultPrevented || form.method !== 'post') return;
	if (sending.has(form)) {
		event.preventDefault();
		return;
	}
	sending.add(form);
	form.setAttribute('aria-busy', 'true');
	form.querySelectorAll('button:not([type=button])').forEach((button) => button.classList.add('is-busy'));
}

// Back from the history the page stands as it was left: everything can be sent again.
function again() {
	document.querySelectorAll('form[aria-busy]').forEach((form) => {
		sending.delete(form);
		form.removeAttribute('aria-busy');
		form.querySelectorAll('.is-busy').forEach((button) => button.classList.remove('is-busy'));
	});
}

function filled(form) {
	return [...form.elements].some((e) => {
		if (e.type === 'hidden' || e.disabled || !e.name) return false;
		if (e.type === 'checkbox' || e.type === 'radio') return e.checked !== e.defaultChecked;
		if (e.type === 'select-one') return [...e.options].some((o) => o.selected !== o.defaultSelected && (o.defaultSelected || o.index > 0));
		return e.value !== e.defaultValue;
	});
}

function guard(event) {
	const lost = [...document.querySelectorAll('form[data-guard]')].some((form) => !sending.has(form) && filled(form));
	if (lost) event.preventDefault();
}

// After a refusal the first field at fault has the focus, so that nobody searches for it.
function focusFault(document) {
	document.querySelector('[aria-invalid=true]')?.focus();
}

export function forms(document) {
	document.addEventListener('submit', once);
	window.addEventListener('pageshow', again);
	window.addEventListener('beforeunload', guard);
	focusFault(document);
}
