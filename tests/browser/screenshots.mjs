// Pictures of every page at both widths, light and dark, for docs/screenshots and its index; or of one page alone.
// usage: node screenshots.mjs OUTDIR [PAGE]
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBrowser, Visitor } from './lib/browser.mjs'
import { LOGINS } from './lib/demo.mjs'
import { address, PAGES, places } from './lib/pages.mjs'
import { Client, Server, TODAY } from './lib/server.mjs'

const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
const TALLEST = { wide: 1500, phone: 2000 } // pixels of a page that are worth showing
const [, , out, only] = process.argv

async function picture(v, file, tallest) {
	const size = v.page.viewportSize()
	const full = await v.page.evaluate(() => document.documentElement.scrollHeight)
	const height = Math.max(size.height, Math.min(full, tallest))
	await v.page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width: size.width, height }, animations: 'disabled' })
}

mkdirSync(out, { recursive: true })
if (!only)
	for (const old of readdirSync(out))
		if (old.endsWith('.png'))
			rmSync(join(out, old))
const server = await Server.start()
const browser = await openBrowser()
const titles = new Map()
const made = []
try {
	const at = await places(server)
	for (const [role, ...logins] of [[null], ...Object.entries(LOGINS)]) {
		const client = role && PAGES.some((p) => p[2] === role) ? await new Client(server).signIn(...logins[0]) : null
		for (const [width, size] of Object.entries(SIZES))
			for (const scheme of ['light', 'dark']) {
				const v = await Visitor.in(browser, server, { size, scheme })
				if (client)
					await v.context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: server.url('/') })))
				for (const page of PAGES.filter((p) => p[2] === role && (!only || p[0] === only))) {
					await v.page.goto(address(page, at), { waitUntil: 'networkidle' })
					titles.set(page[0], await v.page.title())
					made.push(join(out, `${page[0]}-${width}-${scheme}.png`))
					await picture(v, made.at(-1), TALLEST[width])
				}
				await v.close()
			}
	}
} finally {
	await browser.close()
	await server.remove()
}
// 98: one of them was small already
const shrunk = spawnSync('pngquant', ['--force', '--skip-if-larger', '--ext', '.png', '--speed', '1', '64', '--', ...made], { stdio: 'inherit' })
if (![0, 98].includes(shrunk.status))
	throw new Error(`pngquant: ${shrunk.error ?? shrunk.status}`)
if (!only)
	writeFileSync(join(out, 'README.md'), `# Screenshots

Every page on the made-up data of Phủ Lý as of ${TODAY}, at 1440 and at 390 pixels, light and dark; long pages are cut. Made by \`make screenshots\`.

| page | 1440, light | 1440, dark | 390, light | 390, dark |
|---|---|---|---|---|
${PAGES.map(([name]) => `| ${titles.get(name)} | ${['wide-light', 'wide-dark', 'phone-light', 'phone-dark']
		.map((kind) => `[![${name}, ${kind}](${name}-${kind}.png)](${name}-${kind}.png)`).join(' | ')} |`).join('\n')}
`)
