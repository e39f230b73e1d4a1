// Bundles the style sheet, the scripts, the fonts and the icons of the web pages. Run by tools/bundle in the order of the build.
// usage: node build.js css|js OUTDIR DEPFILE
import { build, transform } from 'esbuild';
import postcss from 'postcss';
import { PurgeCSS } from 'purgecss';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, 'node_modules');
const web = resolve(here, '../src/web');
const browsers = ['chrome87', 'firefox78', 'safari15'];
const read = new Set([join(here, 'build.js'), join(here, 'package-lock.json'), join(here, 'src')]);

// An unchanged file keeps its time, so that nothing is made from it again.
function write(outdir, name, bytes) {
	const path = join(outdir, name);
	try {
		if (readFileSync(path).equals(Buffer.from(bytes))) return;
	} catch { /* not there yet */ }
	writeFileSync(path, bytes);
}

// Everything that can name a class or an icon: templates, their code, our scripts.
function sources() {
	const found = [];
	for (const folder of [web, join(web, 'pages'), join(here, 'src')]) {
		read.add(folder);
		for (const name of readdirSync(folder))
			if (/\.(html|c|h|js)$/.test(name)) found.push(join(folder, name));
	}
	for (const path of found) read.add(path);
	return found;
}

async function bundle(entry) {
	const result = await build({
		entryPoints: [join(here, 'src', entry)], bundle: true, minify: true, write: false, metafile: true, legalComments: 'none', format: 'iife',
		target: browsers, external: ['*.woff2'], absWorkingDir: here, nodePaths: [modules], logLevel: 'warning',
	});
	for (const input of Object.keys(result.metafile.inputs))
		if (!input.includes('node_modules')) read.add(resolve(here, input));
	return result.outputFiles[0].text;
}

// The dark theme holds on screens only, so that paper stays white. "auto" is what the reader's system says: each dark rule once more for it.
function followSystem(css) {
	const dark = /\[data-bs-theme="?dark"?\]/g;
	const root = postcss.parse(css);
	root.walkRules(dark, (rule) => {
		if (rule.parent.params?.startsWith('screen')) return;
		const media = (params, selector) => postcss.atRule({ name: 'media', params }).append(rule.clone({ selector }));
		rule.replaceWith(media('screen', rule.selector),
			media('screen and (prefers-color-scheme: dark)', rule.selector.replace(dark, '[data-bs-theme=auto]')));
	});
	return root.toString();
}

// Of Tabler's rules only those for classes and elements that a page can name; of ours all.
async function style() {
	const [{ css }] = await new PurgeCSS().purge({
		content: sources(),
		css: [{ raw: readFileSync(join(modules, '@tabler/core/dist/css/tabler.css'), 'utf8') }],
		safelist: { standard: ['html', 'body'], greedy: [/data-bs-theme/] },
		keyframes: true,
	});
	return (await transform(followSystem(css + await bundle('app.css')), { loader: 'css', minify: true, target: browsers })).code;
}

function icons() {
	const names = new Set();
	for (const path of sources())
		for (const [, a, b] of readFileSync(path, 'utf8').matchAll(/\bicon\("([a-z0-9-]+)"\)|(?:\.|->)icon = "([a-z0-9-]+)"/g)) names.add(a ?? b);
	return [...names].sort().map((name) => {
		const svg = readFileSync(join(modules, '@tabler/icons/icons/outline', name + '.svg'), 'utf8');
		const shapes = svg.replace(/^[^]*?<svg[^>]*>/, '').replace('</svg>', '').replace(/<path stroke="none"[^>]*>/, '').replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>');
		return `${name}\t<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes}</svg>\n`;
	}).join('');
}

const [what, outdir, depfile] = process.argv.slice(2);
mkdirSync(outdir, { recursive: true });
let stamp;
if (what === 'css') {
	for (const part of ['latin', 'latin-ext', 'vietnamese'])
		write(outdir, `inter-${part}.woff2`, readFileSync(join(modules, `@fontsource-variable/inter/files/inter-${part}-wght-normal.woff2`)));
	write(outdir, 'mark.svg', readFileSync(join(here, 'src/mark.svg')));
	write(outdir, 'icons.txt', icons());
	write(outdir, 'app.css', await style());
	stamp = 'app.css';
} else {
	for (const name of ['app.js', 'charts.js']) write(outdir, name, await bundle(name));
	stamp = 'app.js';
}
const escaped = (path) => path.replace(/ /g, '\\ ');
writeFileSync(depfile, `${escaped(join(outdir, stamp))}: ${[...read].map(escaped).join(' ')}\n`);
