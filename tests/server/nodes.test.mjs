// Several nodes on one PostgreSQL database: whoever is asked, the answer is the same. Writers on both while one node joins later, is killed
// and comes back: what was answered stands in the one chain, once, and everybody's figures are those of a fresh start. NODES_SECONDS is how
// long they write (5 in the suite), NODES_WRITERS how many on each node.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { LOGINS } from '../browser/lib/demo.mjs'
import { Client, formOf, makeToken, NGUON, nguon, Server } from '../browser/lib/server.mjs'

const SECONDS = +(process.env.NODES_SECONDS ?? 5)
const WRITERS = +(process.env.NODES_WRITERS ?? 2)
const BRANCH = 'PL-CS-03'
const PATIENCE = 30_000 // milliseconds until a test gives up on a request that keeps failing
const FRESH = 5_000 // milliseconds after which a change has to be in the figures of every node
let a, b, token, people = 0

before(async () => {
	a = await Server.start()
	b = await Server.beside(a)
	token = await makeToken(await new Client(a).signIn(...LOGINS.department), 'nodes', 'write')
})
after(async () => {
	await b?.remove()
	await a?.remove()
})

// ---- asking ----

function api(node, path, options = {}) {
	return fetch(node.url('/api/v1' + path),
		{ ...options, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...options.headers } })
}

async function read(node, path) {
	const answer = await api(node, path)
	assert.equal(answer.status, 200, `${path}: ${answer.status}`)
	return answer.json()
}

// Runs an operation; null where nobody answered. Refused for now (503) is no answer either.
async function run(node, op, input, key) {
	try {
		const answer = await api(node, `/ops/${op}`, { method: 'POST', body: JSON.stringify(input), headers: { 'idempotency-key': key } })
		const said = await answer.json()
		assert.ok(answer.ok || answer.status === 503, `${op}: ${answer.status} ${JSON.stringify(said)}`)
		return answer.ok ? said : null
	} catch (e) {
		if (e instanceof assert.AssertionError)
			throw e
		return null
	}
}

// As a program behind a balancer does: what got no answer goes to the other node, with the same key.
async function runSomewhere(nodes, op, input) {
	const key = randomBytes(16).toString('hex')
	for (let tries = 0, end = Date.now() + PATIENCE; Date.now() < end; tries++) {
		const said = await run(nodes[tries % nodes.length], op, input, key)
		if (said)
			return { ...said, tries, op, input }
		await sleep(20)
	}
	assert.fail(`${op}: no answer for ${PATIENCE} ms`)
}

function newcomer(unit = BRANCH) {
	const number = people++
	const letters = [26 ** 3, 26 ** 2, 26, 1].map((n) => String.fromCharCode(97 + Math.floor(number / n) % 26)).join('')
	const on = number % 2 ? { decided: '2026-03-02' } : { introduced: '2026-01-05' }
	return { unit, name: `Người Thử ${letters[0].toUpperCase()}${letters.slice(1)}`, birth: '1995-06-07', sex: 'male', ...on }
}

async function health(node) {
	return (await fetch(node.url('/health'))).json()
}

// Milliseconds until the figures that a node keeps hold an entry; nobody asks for them meanwhile.
async function untilFigures(node, entry) {
	const start = performance.now()
	while ((await health(node)).figures < entry) {
		assert.ok(performance.now() - start < FRESH, `entry ${entry} is not in the figures after ${FRESH} ms`)
		await sleep(2)
	}
	return performance.now() - start
}

function spread(times) {
	const sorted = times.filter((ms) => ms !== undefined).sort((x, y) => x - y)
	return `median ${sorted[sorted.length >> 1].toFixed(1)} ms, most ${sorted.at(-1).toFixed(1)} ms of ${sorted.length}`
}

// The same browser, whichever node the balancer sends it to.
function atNode(client, node) {
	const same = new Client(node)
	same.cookies = client.cookies
	return same
}

// ---- who may join ----

test('a node with another key does not start and says what to do', () => {
	const key = join(b.data, 'secret.key')
	writeFileSync(key, randomBytes(32))
	const refused = spawnSync(NGUON, ['serve', '--data', b.data, '--today', b.today, '--listen', '127.0.0.1:0'], { encoding: 'utf8' })
	assert.notEqual(refused.status, 0)
	assert.match(refused.stderr, /secret\.key/)
	assert.match(refused.stderr, /hãy chép/)
})

test('a second node joins while the first one works', async () => {
	await b.remove()
	b = await Server.beside(a)
	await b.up()
	assert.deepEqual(await read(b, '/units/PL'), await read(a, '/units/PL'))
	assert.doesNotMatch(b.log(), /rules\//)
})

// ---- people at a browser ----

test('a session goes on at another node, and a form of one may be sent to the other, once', async () => {
	const atA = await new Client(a).signIn(...LOGINS.department), atB = atNode(atA, b)
	const form = formOf(await (await atA.fetch(`/ops/person_record?unit=${BRANCH}`)).text(), '/ops/person_record')
	const values = { ...form, unit: BRANCH, name: 'Người Thử Biểu', birth: '01/02/1996' }
	const body = () => ({ method: 'POST', body: new URLSearchParams(values) })
	const first = await atB.fetch('/ops/person_record', body())
	assert.equal(first.status, 303)
	const page = await (await atA.fetch(first.headers.get('location'))).text()
	assert.match(page, /Người Thử Biểu/)
	assert.equal((await atA.fetch('/ops/person_record', body())).headers.get('location'), first.headers.get('location'))
	assert.equal((await read(a, `/units/${BRANCH}/people?q=Bieu`)).total, 1)
})

test('a session that was ended on one node is over on the other', async () => {
	const atA = await new Client(a).signIn(...LOGINS.leader), kept = new Client(b)
	kept.cookies = new Map(atA.cookies)
	assert.equal((await kept.fetch('/units/PL')).status, 200)
	await atA.submit('/me', '/logout', {})
	const over = await kept.fetch('/units/PL')
	assert.notEqual(over.status, 200)
})

test('roles that change and accounts that close on one node do so on the other', async () => {
	const admin = await new Client(a).signIn(...LOGINS.admin), secretary = await new Client(b).signIn(...LOGINS.secretary)
	assert.notEqual((await secretary.fetch('/units/PL')).status, 200)
	const [login] = LOGINS.secretary
	assert.equal((await admin.submit('/ops/role_grant', '/ops/role_grant', { login, role: 'leader', unit: 'PL' })).status, 303)
	assert.equal((await secretary.fetch('/units/PL')).status, 200)
	assert.equal((await admin.submit('/ops/account_close', '/ops/account_close', { login })).status, 303)
	assert.notEqual((await secretary.fetch('/units/PL')).status, 200)
})

test('wrong passwords are counted over all nodes', async () => {
	const tries = []
	for (let i = 0; i < 6; i++) {
		const client = new Client(i % 2 ? a : b)
		const answer = await client.submit('/login', '/login', { login: LOGINS.auditor[0], password: 'không phải mật khẩu' })
		tries.push(/phút/.test(await answer.text()))
	}
	assert.deepEqual(tries, [false, false, false, false, false, true])
})

// ---- figures ----

test('a change on one node is in the figures of the other', async (t) => {
	const times = []
	for (let i = 0; i < 20; i++) {
		const [here, there] = i % 2 ? [a, b] : [b, a]
		const { entry } = await runSomewhere([here], 'person_record', newcomer())
		times.push(await untilFigures(there, entry))
	}
	t.diagnostic(`from the answer on one node to the figures of the other: ${spread(times)}`)
})

// ---- writers on both ----

// One person after another, each with a second fact.
async function write(nodes, end, done) {
	while (Date.now() < end()) {
		const person = await runSomewhere(nodes, 'person_record', newcomer())
		done.push(person)
		const fact = person.input.decided ? { kind: 'ceremony', on: '2026-03-12' } : { kind: 'on_list', on: '2026-02-02' }
		done.push(await runSomewhere(nodes, 'fact_record', { person: person.id, ...fact }))
	}
}

// Milliseconds, or nothing where the node goes away meanwhile.
async function untilFiguresUnlessAway(node, entry) {
	try {
		return node.away ? undefined : await untilFigures(node, entry)
	} catch (e) {
		if (!node.away && e instanceof assert.AssertionError)
			throw e
	}
}

// How soon what was written last reaches each node, looked at again and again.
async function observe(end, done, times) {
	while (Date.now() < end()) {
		const entry = done.at(-1)?.entry ?? 0
		for (const node of [a, b])
			times.push(await untilFiguresUnlessAway(node, entry))
		await sleep(50)
	}
}

// The second node joins late, is killed in the middle of what it does, and comes back.
async function comeAndGo(start) {
	const at = (share) => sleep(Math.max(0, start + share * SECONDS * 1000 - Date.now()))
	await at(0.15)
	await b.up()
	b.away = false
	await at(0.5)
	b.away = true
	assert.equal((await b.down('SIGKILL')).signal, 'SIGKILL')
	await at(0.7)
	await b.up()
	b.away = false
}

function journalSince(entry) {
	return a.database.rows(`SELECT json_build_object('entry', id, 'person', entity_id, 'op', op, 'input', input::json)
		FROM nguon.journal WHERE id > ${entry} ORDER BY id`)
}

// What was answered, and nothing else, in the words in which it was sent.
function assertOnceEach(done, journal) {
	const byEntry = new Map(journal.map((e) => [e.entry, e]))
	assert.equal(new Set(done.map((d) => d.entry)).size, done.length, 'two answers name one entry')
	assert.equal(journal.length, done.length, 'entries beyond those that were answered, or fewer')
	for (const d of done) {
		const e = byEntry.get(d.entry)
		assert.ok(e, `entry ${d.entry} was answered and is gone`)
		assert.equal(e.op, d.op)
		assert.equal(e.person, d.id)
		for (const field of ['name', 'kind'])
			assert.equal(e.input[field], d.input[field])
	}
	journal.forEach((e, i) => assert.equal(e.entry, journal[0].entry + i, 'a gap in the chain'))
}

const FIGURES = ['/units/PL', '/units/PL-CS', `/units/${BRANCH}`, `/units/${BRANCH}/people`, '/units/PL/people?open=1',
	'/units/PL/late?what=late', '/units/PL/late?what=due', '/units/PL/late?what=todo']

// Pages against a node that was started afterwards, reports against the command line, which is one too.
async function assertSameFigures(fresh) {
	for (const path of FIGURES) {
		const expected = await read(fresh, path)
		for (const node of [a, b])
			assert.deepEqual(await read(node, path), expected, path)
	}
	for (const report of ['progress', 'ranking', 'breakdown', 'late']) {
		const question = ['--unit', 'PL', '--period', '2026', '--format', 'json', '--today', a.today, '--data', a.data]
		const told = JSON.parse(nguon('report', report, ...question))
		for (const node of [a, b])
			assert.deepEqual(await read(node, `/units/PL/reports/${report}?period=2026`), told, report)
	}
}

const WHAT = `${WRITERS} writers on each of two nodes for ${SECONDS} s, one of which joins late and is killed`
test(WHAT, { timeout: (SECONDS + 300) * 1000 }, async (t) => {
	await b.down()
	b.away = true
	const before = await read(a, '/units/PL'), { entry } = await health(a)
	const done = [], times = [], start = Date.now()
	let end = start + SECONDS * 1000
	const until = () => end
	const coming = comeAndGo(start).then(() => { end = Math.max(end, Date.now() + 1000) })
	const writers = [[a, b], [b, a]].flatMap((nodes) => Array.from({ length: WRITERS }, () => write(nodes, until, done)))
	await Promise.all([coming, observe(until, done, times), ...writers])
	const took = (Date.now() - start) / 1000

	assertOnceEach(done, journalSince(entry))
	nguon('verify', '--data', a.data)
	for (const node of [a, b])
		await untilFigures(node, entry + done.length)
	const admitted = done.filter((d) => d.input.kind === 'ceremony').length
	assert.equal((await read(b, '/units/PL')).admitted, before.admitted + admitted)
	const fresh = await Server.beside(a)
	try {
		await fresh.up()
		await assertSameFigures(fresh)
	} finally {
		await fresh.remove()
	}
	t.diagnostic(`${done.length} operations in ${took.toFixed(0)} s, ${done.filter((d) => d.tries).length} of them answered at a second try`)
	t.diagnostic(`from an answer to the figures of each node, under load: ${spread(times)}`)
})
