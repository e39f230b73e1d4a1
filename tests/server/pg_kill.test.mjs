// The database server is killed, stopped, and cut off from the program at any moment, and comes back. Every write that was answered is there,
// exactly once; none that was not answered is there twice; the program goes on by itself. KILL_ROUNDS repeats (2 in the suite).
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { LOGINS } from '../browser/lib/demo.mjs'
import { Client, formOf, makeToken, NGUON, nguon, Server } from '../browser/lib/server.mjs'
import { cluster, sql } from './cluster.mjs'

const ROUNDS = +(process.env.KILL_ROUNDS ?? 2)
const WRITES = 60
const PATIENCE_MS = 60000
let server, headers, pid, made = 0

before(async () => {
	assert.equal(process.env.NGUON_TEST_ENGINE, 'postgres')
	server = await Server.start()
	pid = server.process.pid // to the end
	const admin = await new Client(server).signIn(...LOGINS.admin) // no token may give codes
	const { _csrf } = formOf(await (await admin.fetch('/me')).text(), '/logout')
	const token = await makeToken(await new Client(server).signIn(...LOGINS.department), 'people', 'write')
	headers = { people: { authorization: `Bearer ${token}` }, admin: { cookie: admin.cookie, 'x-csrf-token': _csrf } }
})
after(() => server?.remove())

async function post(op, who, body, key) {
	const all = { ...who, 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) }
	const answer = await fetch(server.url(`/api/v1/ops/${op}`), { method: 'POST', headers: all, body: JSON.stringify(body) })
	const said = await answer.json()
	assert.ok(answer.ok || answer.status === 503, `${op}: ${answer.status} ${JSON.stringify(said)}`)
	if (answer.status === 503) {
		assert.match(said.type, /gone|unsure|busy/)
		assert.equal(answer.headers.get('retry-after'), '5')
	}
	return { ok: answer.ok, ...said }
}

// Letters only: it is the name of somebody.
function nextName() {
	let name = ''
	for (let n = ++made; n > 0; n = Math.floor(n / 26))
		name += String.fromCharCode(97 + n % 26)
	return `Người Thử ${name[0].toUpperCase()}${name.slice(1)}z`
}

class Load {
	constructor() {
		this.people = [] // { name, ok, entry, id }: sent once each
		this.resets = [] // { key, entry }: sent with the same key until they were answered
		this.seen = { read: 0, refused: 0 }
		this.answered = 0
		this.going = true
		this.all = [this.#people(), this.#people(), this.#resets('bithu'), this.#resets('vanphong'), this.#reads(), this.#reads()]
	}

	async #people() {
		while (this.going) {
			const name = nextName()
			const said = await post('person_record', headers.people, { unit: 'PL-CS-03', name, birth: '1990-02-03', introduced: '2026-01-05' })
			this.people.push({ name, ...said })
			this.#count(said.ok)
			if (!said.ok)
				await sleep(20)
		}
	}

	// Each done again would be another entry of the journal, if its key were forgotten.
	async #resets(login) {
		while (this.going) {
			const key = `reset-${++made}`
			let said
			for (said = { ok: false }; !said.ok;) {
				said = await post('account_reset', headers.admin, { login }, key)
				this.#count(said.ok)
				if (!said.ok)
					await sleep(20)
			}
			this.resets.push({ key, ...said })
		}
	}

	async #reads() {
		for (let i = 0; this.going; i++) {
			const answer = i % 2 ? await fetch(server.url('/users'), { headers: { cookie: headers.admin.cookie } }) :
				await fetch(server.url('/api/v1/units/PL/people'), { headers: headers.people })
			const body = await answer.text()
			assert.ok(answer.status === 200 || answer.status === 503, `${answer.status} ${body.slice(0, 300)}`)
			assert.ok(!body.includes('postgres') && !body.includes('/tmp/'), 'where the database is, is nobody\'s business')
			this.seen[answer.status === 200 ? 'read' : 'refused']++
			await sleep(5)
		}
	}

	#count(ok) {
		this.answered += ok
		this.seen.refused += !ok
	}

	async until(n) {
		const end = performance.now() + PATIENCE_MS
		while (this.answered < n) {
			assert.ok(performance.now() < end, `${this.answered} of ${n} writes were answered: ${server.log()}`)
			await Promise.race([sleep(5), ...this.all])
		}
	}

	async end() {
		this.going = false
		await Promise.all(this.all)
	}
}

function since(entry) {
	return sql(server.database.url(), `SELECT id, op, input FROM nguon.journal WHERE id > ${entry} ORDER BY id`).map((row) => {
		const [id, op, ...input] = row.split('|')
		return { id: +id, op, input: JSON.parse(input.join('|')) }
	})
}

function byNames(rows) {
	const found = new Map()
	for (const row of rows)
		found.set(row.input.name, [...found.get(row.input.name) ?? [], row])
	return found
}

const head = () => +sql(server.database.url(), 'SELECT max(id) FROM nguon.journal')[0]

// How many were stored although nobody was told.
function check(load, began) {
	const rows = since(began)
	const byName = byNames(rows.filter((r) => r.op === 'person_record'))
	let unsaid = 0
	for (const p of load.people) {
		const found = byName.get(p.name) ?? []
		assert.ok(found.length <= 1, `${p.name} was stored ${found.length} times`)
		if (p.ok)
			assert.equal(found[0]?.id, p.entry, `${p.name} was answered with entry ${p.entry} and is not there`)
		unsaid += !p.ok && found.length
	}
	const resets = rows.filter((r) => r.op === 'account_reset').map((r) => r.id)
	assert.deepEqual(load.resets.map((r) => r.entry).sort((a, b) => a - b), resets)
	assert.equal(rows.length, byName.size + resets.length)
	nguon('verify', '--data', server.data)
	assert.equal(server.process.pid, pid)
	assert.equal(server.process.exitCode ?? server.process.signalCode, null, 'the program ended')
	return unsaid
}

// Writes; then `trouble`, in the middle of them; then as many again.
async function through(trouble) {
	const began = head()
	const load = new Load()
	await load.until(WRITES)
	await trouble(load)
	const back = performance.now(), answered = load.answered
	await load.until(answered + 1)
	load.recovered = Math.round(performance.now() - back)
	await load.until(answered + WRITES)
	await load.end()
	load.unsaid = check(load, began)
	return load
}

test(`kill -9 of the database server loses and doubles nothing, ${ROUNDS} times`, async (t) => {
	for (let round = 0; round < ROUNDS; round++) {
		const load = await through(async () => {
			await cluster.kill()
			await sleep(round % 2 ? 1500 : 0)
			await cluster.start()
		})
		t.diagnostic(`round ${round + 1}: ${load.answered} writes answered, ${load.unsaid} stored and not answered, ${load.seen.refused} requests ` +
			`refused, ${load.seen.read} pages; the first answer ${load.recovered} ms after the server was back`)
	}
})

test('a server that is shut down is waited for, and /health says so', async () => {
	await through(async () => {
		await cluster.stop()
		try {
			const health = await fetch(server.url('/health'))
			assert.equal(health.status, 503)
			assert.equal(health.headers.get('retry-after'), '5')
			const page = await fetch(server.url('/units/PL'), { headers: { cookie: headers.admin.cookie } })
			assert.equal(page.status, 503)
			assert.match(await page.text(), /máy chủ cơ sở dữ liệu đang không trả lời/)
			assert.match(server.log(), / 503 \d+ \d+ "the database server of '.*' (cannot be reached|is just starting or stopping).*"\n/)
		} finally {
			await cluster.start()
		}
	})
})

test('connections that are cut again and again are made anew', async () => {
	await through(async () => {
		for (let i = 0; i < 40; i++) {
			sql(server.database.url(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE datname = current_database() AND pid <> pg_backend_pid()`)
			await sleep(25)
		}
	})
})

/* ---- the command line ---- */

function run(words, input) {
	return new Promise((resolve) => {
		const child = execFile(NGUON, words, { encoding: 'utf8', maxBuffer: 64 << 20 },
			(error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }))
		child.stdin.end(input)
	})
}

test('nguon op - answers each line once, and what it answered is there', async () => {
	const began = head()
	const names = Array.from({ length: 1500 }, nextName)
	const lines = names.map((name) => JSON.stringify({ op: 'person_record', input: { unit: 'PL-CS-03', name, introduced: '2026-01-05' } }))
	const ended = run(['op', '-', '--today', server.today, '--json', '--data', server.data], lines.join('\n') + '\n')
	while (head() < began + 200)
		await sleep(5)
	await cluster.kill()
	await cluster.start()
	const { stdout } = await ended
	const answers = stdout.split('\n').filter(Boolean).map(JSON.parse).filter((a) => a.line)
	assert.equal(answers.length, lines.length)
	const byName = byNames(since(began))
	for (const a of answers) {
		const found = byName.get(names[a.line - 1]) ?? []
		if (a.ok)
			assert.deepEqual(found.map((r) => r.id), [a.entry], `line ${a.line}`)
		else
			assert.ok(/gone|unsure/.test(a.error.code) && found.length <= 1, JSON.stringify(a))
	}
	nguon('verify', '--data', server.data)
})

test('an import that loses its server stores nothing, says so, and can be done again', async () => {
	const began = head()
	const file = join(server.place, 'people.csv')
	const rows = Array.from({ length: 3000 }, () => `PL-CS-03;${nextName()};05/01/2026`)
	writeFileSync(file, ['Mã tổ chức;Họ và tên;Ngày vào danh sách', ...rows].join('\n') + '\n')
	const words = ['import', 'people', file, '--today', server.today, '--data', server.data]
	const ended = run(words)
	const writing = `SELECT count(*) FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND datname = current_database()`
	while (sql(server.database.url(), writing)[0] === '0')
		await sleep(2)
	await cluster.kill()
	await cluster.start()
	const { code, stderr } = await ended
	assert.equal(code, 5, stderr)
	assert.match(stderr, /không kết nối được với máy chủ cơ sở dữ liệu|mất kết nối/)
	assert.equal(head(), began)
	assert.equal((await run(words)).code, 0)
	assert.equal(head(), began + rows.length)
	nguon('verify', '--data', server.data)
})

test('without its database the program does not start, and says why', async () => {
	await cluster.stop()
	try {
		const { code, stderr } = await run(['serve', '--data', server.data, '--listen', '127.0.0.1:0'])
		assert.equal(code, 5)
		assert.match(stderr, /không kết nối được với máy chủ cơ sở dữ liệu «nguon-test-/)
	} finally {
		await cluster.start()
	}
})
