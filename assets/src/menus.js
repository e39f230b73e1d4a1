// Menus made of <details> close when the focus or a click goes elsewhere, and by Escape, which gives the focus back.

export function menus(document) {
	const open = () => [...document.querySelectorAll('details.menu[open], details.bar-fold[open]')];
	document.addEventListener('click', (event) => {
		for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
	});
	document.addEventListener('focusin', (event) => {
		for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
	});
	document.addEventListener('keydown', (event) => {
		if (event.key !== 'Escape') return;
		for (const menu of open()) {
			menu.open = false;
			menu.querySelector('summary').focus();
		}
	});
}
