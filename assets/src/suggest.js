// Below the search box: the first finds while somebody types, from /search/part. Arrow keys walk through them.

const wait = 250, least = 2;

function place(form) {
	const hits = document.createElement('div');
	hits.className = 'hits card';
	hits.hidden = true;
	form.append(hits);
	return hits;
}

async function ask(form, text, signal) {
	const answer = await fetch(`${form.action}/part?q=${encodeURIComponent(text)}`, { signal, credentials: 'same-origin' });
	if (!answer.ok || answer.redirected) return null;
	const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
	return page.querySelector('.search-list, .search-none');
}

function show(hits, found) {
	hits.replaceChildren(...(found ? [document.adoptNode(found)] : []));
	hits.hidden = !found;
}

function walk(event, form, hits) {
	const links = [...hits.querySelectorAll('a')], at = links.indexOf(document.activeElement);
	if (event.key === 'Escape') {
		hits.hidden = true;
		form.elements.q.focus();
	} else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !hits.hidden) {
		event.preventDefault();
		const next = at + (event.key === 'ArrowDown' ? 1 : -1);
		(links[next] ?? form.elements.q).focus();
	}
}

function start(form) {
	const hits = place(form);
	let timer, running;
	form.elements.q.addEventListener('input', ({ target }) => {
		clearTimeout(timer);
		running?.abort();
		const text = target.value.trim();
		if (text.length < least) {
			hits.hidden = true;
			return;
		}
		timer = setTimeout(async () => {
			running = new AbortController();
			try {
				show(hits, await ask(form, text, running.signal));
			} catch { /* the search page itself still works */ }
		}, wait);
	});
	form.addEventListener('keydown', (event) => walk(event, form, hits));
	form.addEventListener('focusout', ({ relatedTarget }) => {
		if (!form.contains(relatedTarget)) hits.hidden = true;
	});
}

export function suggest(document) {
	document.querySelectorAll('form.top-search').forEach(start);
}
