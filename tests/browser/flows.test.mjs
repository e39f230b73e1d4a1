// What people do with the program, as they see it: each test is one of them at work, in a browser.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { openBrowser, visiting } from './lib/browser.mjs'
import { LOGINS } from './lib/demo.mjs'
import { Client, formOf, nguon, Server } from './lib/server.mjs'
import { totp } from './lib/totp.mjs'

// Late with the ceremony on the day of the tests, one for each who records one: [name, branch].
const CEREMONY = {
	js: ['Nguyễn Xuân Chiến', 'PL-DL-01'],
	plain: ['Phan Thị Nga', 'PL-LCU-10'],
	keys: ['Nguyễn Bá Tân', 'PL-TTA-01'],
	expired: ['Nguyễn Thị Bích Trang', 'PL-TTYT-04'],
}
const DECISION = ['Vũ Hoài Chi', 'PL-CDSP-06']
// Probationers whose branch is late with its recognition.
const PROBATIONERS = { stale: ['Đoàn Thùy Dung', 'PL-DTNT'], twice: ['Trịnh Khánh Thu', 'PL-BH-04'] }
let server, browser

before(async () => {
	server = await Server.start()
	browser = await openBrowser()
})
after(async () => {
	await browser?.close()
	await server?.remove()
})
const flow = (name, options, body) => test(name, visiting(() => browser, () => server, options, body))

const SUBMIT = 'button:not([type=button])'

const signedIn = async (role) => new Client(server).signIn(...LOGINS[role])

function idOf([name, unit]) {
	const { hits } = JSON.parse(nguon('search', name, '--data', server.data, '--json'))
	return hits.find((hit) => hit.name === name && hit.unit === unit).id
}

// What the dashboard of the whole city says: admitted this year (by day of decision), late, waiting for the ceremony.
async function dashboard(v) {
	await v.page.goto('/units/PL')
	const said = await v.main()
	const number = (pattern) => +pattern.exec(said)[1].replace('.', '')
	return { admitted: number(/Đã kết nạp ([\d.]+)/), late: number(/Đang quá hạn\s*: ([\d.]+)/), waiting: number(/Đã có quyết định kết nạp ([\d.]+)/) }
}

const button = (v, action) => v.page.locator(`main form[action^="${action}"]`).locator(SUBMIT).first()
// Sends the form for an action; the status of the answer, when the next page stands.
async function send(v, action, how = () => button(v, action).click()) {
	const posted = v.page.waitForResponse((answer) => answer.request().method() === 'POST')
	await how()
	const status = (await posted).status()
	await v.page.waitForLoadState('load')
	await v.page.locator('h1').first().waitFor()
	return status
}

const field = (v, name) => v.page.locator(`main [name="${name}"]:not([type=hidden])`).first()

// From the dashboard by links alone to the form for the ceremony of somebody on the late list.
async function findLate(v, name) {
	await v.page.goto('/units/PL')
	await v.page.locator('main a[href*="/late"]').first().click()
	await v.page.waitForURL(/\/late/)
	await v.page.locator('main').getByRole('link', { name }).first().click()
	await v.page.waitForURL(/\/people\/\d+/)
	assert.ok((await v.page.locator('h1').innerText()).includes(name))
}

async function openNextStep(v) {
	if (!await field(v, 'on').isVisible())
		await v.page.locator('main a[href*="/ops/fact_record"][href*="kind=ceremony"]').first().click()
	await field(v, 'on').waitFor()
}

async function recordCeremony(v, day = '16/03/2026') {
	await field(v, 'on').fill(day)
	assert.equal(await send(v, '/ops/fact_record'), 303)
	assert.match(v.page.url(), /\/people\/\d+/)
}

for (const [how, js] of [['js', true], ['plain', false]])
	flow(`from signing in to a ceremony on record, and the dashboard's figures follow${js ? '' : ', without JavaScript'}`, { js }, async (v) => {
		const [name] = CEREMONY[how]
		await v.signIn(...LOGINS.department)
		const before = await dashboard(v)
		await findLate(v, name)
		await openNextStep(v)
		await recordCeremony(v)
		assert.match(await v.main(), /16\/03\/2026/)
		assert.deepEqual(await dashboard(v), { ...before, late: before.late - 1, waiting: before.waiting - 1 })
		await v.page.goto('/units/PL/late')
		assert.equal(await v.page.locator('main').getByRole('link', { name }).count(), 0)
	})

flow('a decision on record is one admission more on the dashboard', {}, async (v) => {
	const [name] = DECISION
	await v.signIn(...LOGINS.department)
	const before = await dashboard(v)
	await findLate(v, name)
	await field(v, 'on').fill('10/03/2026')
	await field(v, 'paper_no').fill('214-QĐ/TU')
	assert.equal(await send(v, '/ops/fact_record'), 303)
	assert.match(await v.main(), /214-QĐ\/TU/)
	const after = await dashboard(v)
	assert.equal(after.admitted, before.admitted + 1)
	assert.equal(after.late, before.late - 1)
})

// ---- import ----

const HEAD = 'Mã tổ chức,Họ và tên,Ngày sinh,Giới tính,Ngày giới thiệu'
const listOf = (rows) => Buffer.from(`${HEAD}\n${rows.join('\n')}\n`)
const LISTS = {
	js: ['Bạch Thị Hương Giang,14/05/2001,Nữ', 'Bạch Minh Khôi,02/11/1999,Nam'],
	plain: ['Cù Thị Hải Yến,21/07/2002,Nữ', 'Cù Đình Trọng,09/01/1998,Nam'],
}

async function upload(v, name, bytes) {
	await v.page.goto('/import')
	await v.page.locator('main select[name=kind]').selectOption('people')
	await v.page.locator('main input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: bytes })
	await button(v, '/import').click()
	await v.page.waitForURL(/\/import\/./)
}

// The page of a job refreshes itself, with JavaScript or without, until it is checked or stored.
async function until(v, what) {
	for (let tries = 0; tries < 40 && !what.test(await v.main()); tries++) {
		await v.page.waitForTimeout(250)
		await v.page.reload()
	}
	assert.match(await v.main(), what)
}

for (const [how, js] of [['js', true], ['plain', false]])
	flow(`a list with errors is refused with row, column and reason, mended, and stored once${js ? '' : ', without JavaScript'}`, { js }, async (v) => {
		const [first, second] = LISTS[how]
		const row = (person, introduced) => `PL-BVDK-03,${person},${introduced}`
		await v.signIn(...LOGINS.office)
		await upload(v, 'nguon.csv', listOf([row(first, '05/01/2026'), row(second, '31/02/2026'), `PL-BVDK-99,${first},05/01/2026`]))
		await until(v, /31\/02\/2026/)
		const told = await v.main()
		for (const part of [/3 E · Ngày giới thiệu 31\/02\/2026/, /4 A · Mã tổ chức PL-BVDK-99/])
			assert.match(told, part)
		assert.equal(await v.page.locator('main form[action$="/commit"]').count(), 0, 'nothing to store while rows are refused')
		const [download] = await Promise.all([v.page.waitForEvent('download'), v.page.locator('main a[download]').first().click()])
		assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), 'PK')
		assert.match(download.suggestedFilename(), /\.xlsx$/)

		const mended = listOf([row(first, '05/01/2026'), row(second, '28/02/2026')])
		await upload(v, 'nguon.csv', mended)
		await until(v, /Sẽ ghi 2/)
		await v.page.locator('main form[action$="/commit"] button').click()
		await until(v, /Đã ghi 2/)
		await v.page.goto(`/units/PL-BVDK-03/people?q=${encodeURIComponent(second.split(',')[0])}`)
		assert.match(await v.main(), new RegExp(second.split(',')[0]))

		await upload(v, 'nguon.csv', mended)
		await until(v, /không làm thay đổi gì/)
		assert.match(await v.main(), /Sẽ ghi 0/)
	})

flow('what is no list is refused with a reason: another type, cut in half', {}, async (v) => {
	await v.signIn(...LOGINS.office)
	const workbook = Buffer.from(await (await (await signedIn('department')).fetch('/units/PL/people?format=xlsx')).arrayBuffer())
	for (const [name, bytes] of [['anh.xlsx', Buffer.from('\x89PNG\r\n\x1a\n not a list')], ['nua.xlsx', workbook.subarray(0, workbook.length >> 1)]]) {
		await v.page.goto('/import')
		await v.page.locator('main select[name=kind]').selectOption('people')
		await v.page.locator('main input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes })
		await button(v, '/import').click()
		await v.page.waitForLoadState()
		await until(v, /không đọc được|không phải|bị hỏng|hỏng|thiếu/i)
	}
})

// ---- keyboard ----

// Presses Tab until what has the focus fits; every stop on the way must be seen to have it.
async function tabTo(v, selector) {
	for (let stops = 0; stops < 150; stops++) {
		await v.page.keyboard.press('Tab')
		const at = await v.page.evaluate((wanted) => {
			const e = document.activeElement
			if (!e || e === document.body)
				return null
			const style = getComputedStyle(e)
			const box = e.getBoundingClientRect()
			return {
				there: e.matches(wanted), what: e.outerHTML.slice(0, 160),
				visible: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0,
				marked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none',
			}
		}, selector)
		if (!at)
			continue
		assert.ok(at.visible && at.marked, `the focus cannot be seen on ${at.what}`)
		if (at.there)
			return
	}
	assert.fail(`Tab never reached ${selector}`)
}

flow('a ceremony is recorded with the keyboard alone, the focus always in sight', {}, async (v) => {
	const press = (key) => v.page.keyboard.press(key)
	const arrives = (url) => v.page.waitForURL(url)
	await v.page.goto('/login')
	if (!await v.page.evaluate(() => document.activeElement.matches('input[name=login]')))
		await tabTo(v, 'input[name=login]')
	await v.page.keyboard.type(LOGINS.department[0])
	await tabTo(v, 'input[name=password]')
	await v.page.keyboard.type(LOGINS.department[1])
	await press('Enter')
	await arrives(/\/units\/PL$/)
	await press('Tab')
	assert.ok(await v.page.evaluate(() => document.activeElement.getAttribute('href') === '#main'), 'the first stop leads to the content')
	await press('Enter')
	await tabTo(v, 'main a[href*="/late"]')
	await press('Enter')
	await arrives(/\/late/)
	await tabTo(v, `main a[href="/people/${idOf(CEREMONY.keys)}"]`)
	await press('Enter')
	await arrives(/\/people\/\d+/)
	if (!await field(v, 'on').isVisible()) {
		await tabTo(v, 'main a[href*="/ops/fact_record"][href*="kind=ceremony"]')
		await press('Enter')
		await field(v, 'on').waitFor()
	}
	if (!await v.page.evaluate(() => document.activeElement.matches('main input[name=on]')))
		await tabTo(v, 'main input[name=on]')
	await press('ControlOrMeta+A')
	await v.page.keyboard.type('16/03/2026')
	await tabTo(v, `main form[action^="/ops/fact_record"] ${SUBMIT}`)
	assert.equal(await send(v, '/ops/fact_record', () => press('Space')), 303)
	assert.match(await v.main(), /16\/03\/2026/)
})

// ---- who may not ----

flow('a secretary finds no unit and nobody outside the branch', {}, async (v) => {
	await v.signIn(...LOGINS.secretary)
	const outside = idOf(CEREMONY.expired)
	for (const path of ['/units/PL', '/units/PL/people', '/units/PL-TTYT-04', `/people/${outside}`, `/ops/fact_record?person=${outside}&kind=ceremony`]) {
		assert.equal((await v.page.goto(path)).status(), 404, path)
		assert.doesNotMatch(await v.main(), new RegExp(CEREMONY.expired[0]), path)
	}
	await v.page.goto(`/search?q=${encodeURIComponent(CEREMONY.expired[0])}`)
	assert.equal(await v.page.locator(`main a[href="/people/${outside}"]`).count(), 0)
})

flow('a leader sees the figures and is offered nothing to record', {}, async (v) => {
	const somebody = idOf(CEREMONY.expired)
	await v.signIn(...LOGINS.leader)
	assert.ok((await dashboard(v)).admitted > 0)
	await v.page.goto(`/people/${somebody}`)
	assert.equal(await v.page.locator('main a[href*="/ops/"], main form[action*="/ops/"]').count(), 0)
	assert.equal((await v.page.goto(`/ops/fact_record?person=${somebody}&kind=ceremony`)).status(), 403)
	const leader = await signedIn('leader')
	const csrf = /name="_csrf" value="([^"]+)"/.exec(await (await leader.fetch('/me')).text())[1]
	const answer = await leader.fetch('/ops/fact_record', { method: 'POST',
		body: new URLSearchParams({ _csrf: csrf, person: somebody, kind: 'ceremony', on: '16/03/2026' }) })
	assert.equal(answer.status, 403)
})

flow('an administrator sees accounts and nobody else', {}, async (v) => {
	const somebody = idOf(CEREMONY.expired)
	await v.signIn(...LOGINS.admin)
	assert.equal(new URL(v.page.url()).pathname, '/users')
	assert.equal(await v.page.locator('a[href$="/people"], a[href$="/late"]').count(), 0)
	for (const path of ['/units/PL/people', '/units/PL/late', `/people/${somebody}`, '/units/PL/people?format=csv', `/api/v1/people/${somebody}`]) {
		const answer = await v.context.request.get(path)
		assert.ok([403, 404].includes(answer.status()), `${path}: ${answer.status()}`)
		assert.doesNotMatch(await answer.text(), new RegExp(CEREMONY.expired[0]), path)
	}
})

flow('a form that another site sends is refused', {}, async (v) => {
	const client = await signedIn('department')
	const somebody = idOf(CEREMONY.expired)
	const values = { person: somebody, kind: 'ceremony', on: '16/03/2026' }
	for (const [what, body, headers] of [['no value', values, {}], ['a wrong one', { ...values, _csrf: 'x'.repeat(32) }, {}],
		['another origin', { ...values, ...formOf(await (await client.fetch(`/ops/fact_record?person=${somebody}&kind=ceremony`)).text(), '/ops/fact_record') },
			{ origin: 'http://other.example' }]])
		assert.equal((await client.fetch('/ops/fact_record', { method: 'POST', body: new URLSearchParams(body), headers })).status, 403, what)
	await v.page.goto('/login')
})

// ---- languages ----

flow('both languages: everything said by the program changes, and the choice stays', {}, async (v) => {
	await v.signIn(...LOGINS.department)
	await v.page.goto('/units/PL/reports/progress?period=2026-Q1')
	assert.equal(await v.page.locator('html').getAttribute('lang'), 'vi')
	assert.match(await v.main(), /Tiến độ/)
	await v.page.locator('header summary').first().click()
	await Promise.all([v.page.waitForNavigation(), v.page.getByRole('button', { name: 'English' }).first().click()])
	assert.equal(await v.page.locator('html').getAttribute('lang'), 'en')
	assert.match(v.page.url(), /period=2026-Q1/, 'the question stays in the address')
	for (const path of ['/units/PL', '/import', '/me', '/calendar', '/help', '/ops/person_record', '/units/PL/reports/progress?period=2026-Q1']) {
		await v.page.goto(path)
		assert.equal(await v.page.locator('html').getAttribute('lang'), 'en', path)
		const said = await v.page.locator('h1, h2, th[scope=col], label, button, nav a').allInnerTexts()
		const names = /^(Đảng bộ|Chi bộ|Nguồn|Tiếng Việt|Phủ Lý|Phạm Minh Châu|VI$)/
		assert.deepEqual(said.map((s) => s.trim()).filter((s) => /[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]/i.test(s) && !names.test(s)), [], path)
	}
})

// ---- what goes wrong on the way ----

flow('a session that ends in the middle of a form: it comes back filled after signing in', {}, async (v) => {
	await v.signIn(...LOGINS.department)
	await v.page.goto(`/ops/fact_record?person=${idOf(CEREMONY.expired)}&kind=ceremony`)
	await field(v, 'on').fill('17/03/2026')
	await field(v, 'paper_no').fill('35-BB/CB')
	await v.context.clearCookies()
	assert.equal(await send(v, '/ops/fact_record'), 401)
	assert.match(await v.main(), /được giữ lại/)
	await v.page.locator('main input[name=login]').fill(LOGINS.department[0])
	await v.page.locator('main input[name=password]').fill(LOGINS.department[1])
	await button(v, '/login').click()
	await field(v, 'on').waitFor()
	assert.equal(await field(v, 'on').inputValue(), '17/03/2026')
	assert.equal(await field(v, 'paper_no').inputValue(), '35-BB/CB')
	assert.equal(await send(v, '/ops/fact_record'), 303)
	assert.match(await v.main(), /17\/03\/2026/)
})

const noteForm = (person) => `/ops/fact_record?person=${person}&kind=occupation`

flow('a form that has grown stale shows what was recorded meanwhile and keeps what was typed', {}, async (v) => {
	const person = idOf(PROBATIONERS.stale)
	await v.signIn(...LOGINS.department)
	await v.page.goto(noteForm(person))
	const other = await signedIn('department')
	const theirs = formOf(await (await other.fetch(noteForm(person))).text(), '/ops/fact_record')
	const stored = await other.fetch('/ops/fact_record', { method: 'POST',
		body: new URLSearchParams({ ...theirs, on: '02/03/2026', value: 'public_service', paper_no: '77-QĐ/ABC' }) })
	assert.equal(stored.status, 303)
	await field(v, 'on').fill('03/03/2026')
	await field(v, 'paper_no').fill('12-QĐ/XYZ')
	await field(v, 'value').selectOption('farmer')
	assert.equal(await send(v, '/ops/fact_record'), 409)
	assert.match(await v.main(), /02\/03\/2026/)
	assert.equal(await field(v, 'on').inputValue(), '03/03/2026')
	assert.equal(await field(v, 'paper_no').inputValue(), '12-QĐ/XYZ')
	assert.equal(await send(v, '/ops/fact_record'), 303)
	assert.match(await v.main(), /12-QĐ\/XYZ/)
})

flow('a form that is sent twice is stored once', {}, async (v) => {
	const person = idOf(PROBATIONERS.twice)
	await v.signIn(...LOGINS.department)
	await v.page.goto(noteForm(person))
	const client = await signedIn('department')
	const form = formOf(await (await client.fetch(noteForm(person))).text(), '/ops/fact_record')
	const body = () => new URLSearchParams({ ...form, on: '04/03/2026', value: 'worker', paper_no: '99-ĐB' })
	const send = () => client.fetch('/ops/fact_record', { method: 'POST', body: body() })
	const answers = await Promise.all([send(), send()])
	answers.push(await send())
	assert.deepEqual(answers.map((a) => a.status), [303, 303, 303])
	await v.page.goto(`/people/${person}`)
	assert.equal((await v.main()).split('99-ĐB').length - 1, 1)
})

// ---- accounts ----

flow('a second factor is set up, asked for, and turned off again', {}, async (v) => {
	const [login, password] = LOGINS.centre
	await v.signIn(login, password)
	await v.page.goto('/me/totp')
	await button(v, '/me/totp').click()
	const secret = (await v.page.locator('main code').first().innerText()).trim()
	assert.equal(await v.page.locator('main svg[role=img]').count(), 1)
	await field(v, 'code').fill(totp(secret) === '000000' ? '111111' : '000000')
	await v.page.locator('main form:has([name=code])').locator(SUBMIT).first().click()
	assert.equal(await v.page.locator('main [name=code][aria-invalid=true], main [role=alert]').count() > 0, true)
	await field(v, 'code').fill(totp(secret))
	await v.page.locator('main form:has([name=code])').locator(SUBMIT).first().click()
	await v.page.waitForURL(/\/me(#.*)?$/)

	await v.context.clearCookies()
	await v.signIn(login, password)
	assert.equal(await field(v, 'code').count(), 1)
	await field(v, 'code').fill('000000')
	await button(v, '/login/code').click()
	assert.equal(await v.page.locator('main [aria-invalid=true]').count(), 1)
	await field(v, 'code').fill(totp(secret, 1)) // the first one was used
	await button(v, '/login/code').click()
	await v.page.waitForURL((url) => !url.pathname.startsWith('/login'))

	await v.page.goto('/me')
	await v.page.locator('main form[action="/me/totp/remove"] [type=password]').fill(password)
	await button(v, '/me/totp/remove').click()
	await v.page.waitForLoadState()
	assert.equal(await v.page.locator('main form[action="/me/totp/remove"]').count(), 0)
})

flow('a token is made, shown once, used, and revoked', {}, async (v) => {
	await v.signIn(...LOGINS.office)
	await v.page.goto('/me')
	await v.page.locator('main form[action="/me/tokens"] [name=name]').fill('Bảng tính tháng')
	await v.page.locator('main form[action="/me/tokens"] [name=scope]').selectOption('read')
	await button(v, '/me/tokens').click()
	const token = (await v.page.locator('main code').first().innerText()).trim()
	const ask = (path, options = {}) => fetch(server.url(`/api/v1${path}`), { ...options, headers: { authorization: `Bearer ${token}`, ...options.headers } })
	assert.equal((await ask('/units/PL-BVDK/people')).status, 200)
	const refused = await ask('/ops/person_record', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"unit":"PL-BVDK-03","name":"Đỗ Văn Thử"}' })
	assert.equal(refused.status, 403, 'a token for reading writes nothing')
	await v.page.goto('/me')
	assert.ok(!(await v.page.content()).includes(token), 'shown once')
	assert.match(await v.main(), /Bảng tính tháng/)
	await button(v, '/me/tokens/end').click()
	await v.page.waitForLoadState()
	assert.equal((await ask('/units/PL-BVDK/people')).status, 401)
})

flow('signing out ends the session, also for a page that is still open', {}, async (v) => {
	await v.signIn(...LOGINS.department)
	const cookies = await v.context.cookies()
	await v.page.locator('header summary').first().click()
	await v.page.getByRole('button', { name: 'Đăng xuất' }).first().click()
	await v.page.waitForURL(/\/login/)
	await v.context.addCookies(cookies)
	await v.page.goto('/units/PL')
	assert.match(v.page.url(), /\/login/)
})
