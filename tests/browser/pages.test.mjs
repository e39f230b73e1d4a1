// Every page as a reader with a screen reader, a phone, or a strict browser finds it: axe-core in light and dark at both widths, the Nu HTML
// checker on its markup, nothing loaded from elsewhere, no error on the console, nothing to scroll sideways at 390 pixels.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openBrowser, PHONE, Visitor, WIDE } from './lib/browser.mjs'
import { LOGINS } from './lib/demo.mjs'
import { address, missing, PAGES, places, STATUS } from './lib/pages.mjs'
import { Client, Server } from './lib/server.mjs'

const require = createRequire(import.meta.url)
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const vnu = require.resolve('vnu-jar/build/dist/vnu.jar')

let server, browser, at
const clients = new Map()
const markup = [] // files

before(async () => {
	server = await Server.start()
	browser = await openBrowser()
	at = await places(server)
	mkdirSync(join(server.place, 'html'))
})
after(async () => {
	await browser?.close()
	await server?.remove()
})

async function signedIn(role) {
	if (!clients.has(role))
		clients.set(role, role ? await new Client(server).signIn(...LOGINS[role]) : new Client(server))
	return clients.get(role)
}

async function visitorAs(role, options) {
	const v = await Visitor.in(browser, server, options)
	const client = await signedIn(role)
	await v.context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: server.url('/') })))
	return v
}

const told = (violations) => violations.map((v) => `${v.id} (${v.impact}): ${v.help}\n` +
	v.nodes.slice(0, 4).map((n) => `    ${n.target.join(' ')}  ${n.html.slice(0, 200)}\n    ${n.failureSummary?.replace(/\s+/g, ' ').slice(0, 300)}`).join('\n'))

// Everything in light; in dark, what the colours can change.
const RULES = { light: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], dark: ['color-contrast', 'link-in-text-block'] }

async function look(v, scheme) {
	await v.page.emulateMedia({ colorScheme: scheme })
	const found = await v.page.evaluate((rules) => window.axe.run(document, { resultTypes: ['violations'], runOnly: rules }), RULES[scheme])
	return told(found.violations).map((line) => `${scheme} ${v.page.viewportSize().width}: ${line}`)
}

async function sideways(v) {
	return v.page.evaluate(() => {
		const width = document.documentElement.clientWidth
		if (document.documentElement.scrollWidth <= width)
			return []
		return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > width + 1).slice(0, 5)
			.map((e) => `wider than the screen: <${e.tagName.toLowerCase()} class="${e.className}"> ${e.textContent.trim().slice(0, 40)}`)
			.concat([`the page is ${document.documentElement.scrollWidth} wide on a screen of ${width}`])
	})
}

for (const page of PAGES) {
	const [name, , role] = page
	test(`${name}: no violation, no error, nothing from elsewhere, nothing sideways`, async () => {
		const path = address(page, at)
		const found = []
		for (const size of [WIDE, PHONE]) {
			const v = await visitorAs(role, { size })
			try {
				const answer = await v.page.goto(path)
				const wanted = STATUS[name] ?? 200
				if (answer.status() !== wanted)
					found.push(`${path} is answered ${answer.status()}`)
				await v.page.evaluate(axe)
				for (const scheme of ['light', 'dark'])
					found.push(...await look(v, scheme))
				if (size === PHONE)
					found.push(...await sideways(v))
				found.push(...v.wrong)
			} finally {
				await v.close()
			}
		}
		assert.ok(!found.length, found.join('\n'))
	})
}

// Pages with what was typed and refused on them are checked too.
async function keep(name, answer) {
	const file = join(server.place, 'html', `${name}.html`)
	writeFileSync(file, await answer.text())
	markup.push(file)
}

test('Nu HTML checker: no error on any page in either language', async () => {
	for (const page of PAGES) {
		const client = await signedIn(page[2])
		for (const lang of ['vi', 'en'])
			await keep(`${page[0]}-${lang}`, await client.fetch(address(page, at), { headers: { 'accept-language': lang } }))
	}
	const office = await signedIn('department')
	await keep('refused-person', await office.submit('/ops/person_record', '/ops/person_record', { unit: 'NO-SUCH', name: '', birth: '31/02/2000' }))
	await keep('refused-sign-in', await new Client(server).submit('/login', '/login', { login: '<b>"x"', password: '&' }))
	const out = await new Promise((resolve) => execFile('java', ['-Xss4m', '-cp', vnu, 'nu.validator.client.SimpleCommandLineValidator',
		'--format', 'json', '--stdout', '--errors-only', ...markup], { maxBuffer: 64 << 20 }, (e, stdout, stderr) => resolve(stdout || stderr)))
	const messages = JSON.parse(out).messages.map((m) => `${m.url.replace(/.*\//, '')}:${m.lastLine}: ${m.message} ${m.extract?.replace(/\s+/g, ' ')}`)
	assert.ok(!messages.length, messages.slice(0, 40).join('\n'))
})

test('every page of the description is looked at here', async () => {
	const description = await (await fetch(server.url('/api/v1/openapi.json'))).json()
	assert.deepEqual(missing(description, at), [])
})
