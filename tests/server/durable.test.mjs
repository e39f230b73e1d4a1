// The server is killed at any moment and started again: what it answered is there, and the journal holds. And it is stopped while busy: no
// request that it took stays without an answer. KILL_ROUNDS repeats (2 in the suite).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { LOGINS } from '../browser/lib/demo.mjs'
import { Client, makeToken, nguon, Server } from '../browser/lib/server.mjs'

const ROUNDS = +(process.env.KILL_ROUNDS ?? 2)
const WRITES = 100
const WRITERS = 4
let server, token, made = 0

before(async () => {
	server = await Server.start()
	token = await makeToken(await new Client(server).signIn(...LOGINS.department), 'durable', 'write')
})
after(() => server?.remove())

const api = (path, options = {}) => fetch(server.url('/api/v1' + path),
	{ ...options, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } })

// Records one more made-up person; what was answered, or null when the server was gone before it answered.
async function write() {
	const name = `Người Thử ${String.fromCharCode(65 + made % 26)}${String.fromCharCode(97 + Math.floor(made / 26) % 26)}`
	const birth = `${1970 + made % 30}-0${1 + made % 9}-1${made % 10}`
	const version = ++made
	const body = JSON.stringify({ unit: 'PL-CS-03', name, birth, sex: 'male', introduced: '2026-01-05' })
	try {
		const answer = await api('/ops/person_record', { method: 'POST', body })
		const said = await answer.json()
		assert.ok(answer.ok, `write ${version}: ${answer.status} ${JSON.stringify(said)}`)
		return { person: said.id, entry: said.entry, name }
	} catch (e) {
		if (e instanceof assert.AssertionError)
			throw e
		return null
	}
}

// Several clients write until the server has answered WRITES of them and is killed in the middle of the next ones.
async function writeAndKill() {
	const answered = []
	let down
	await Promise.all(Array.from({ length: WRITERS }, async () => {
		for (;;) {
			const result = await write()
			if (!result)
				return
			answered.push(result)
			if (answered.length >= WRITES)
				down ??= server.down('SIGKILL')
		}
	}))
	assert.equal((await down).signal, 'SIGKILL')
	return answered
}

test(`every answered write survives kill -9, ${ROUNDS} times`, async () => {
	for (let round = 0; round < ROUNDS; round++) {
		const answered = await writeAndKill()
		await server.up()
		assert.ok(answered.length >= WRITES)
		assert.equal(new Set(answered.map((w) => w.entry)).size, answered.length)
		for (const w of answered) {
			const found = await api(`/people/${w.person}`)
			assert.equal(found.status, 200, `person ${w.person} of entry ${w.entry} was answered and is gone`)
			assert.equal((await found.json()).name, w.name)
		}
		nguon('verify', '--data', server.data)
	}
})

// A request that was on its way before the stop is answered, whole; a later one may be refused, but never cut off in the middle.
async function read(path, cookie, stop, seen) {
	for (;;) {
		const sent = performance.now()
		let answer
		try {
			answer = await fetch(server.url(path), { headers: { cookie } })
		} catch (e) {
			if (sent < stop.at - 50)
				seen.lost.push(`${path}: ${e.cause ?? e}`)
			return
		}
		try {
			const bytes = await answer.arrayBuffer()
			seen.answered++
			if (answer.status !== 503 && (answer.status !== 200 || bytes.byteLength < 500))
				seen.lost.push(`${path}: ${answer.status}, ${bytes.byteLength} bytes`)
		} catch (e) {
			seen.lost.push(`${path}: cut off, ${e.cause ?? e}`)
			return
		}
	}
}

async function writeUntilGone(written) {
	for (let result; (result = await write());)
		written.push(result)
}

test('a graceful stop under load leaves no request without an answer', async () => {
	const { cookie } = await new Client(server).signIn(...LOGINS.department)
	const stop = { at: Infinity }
	const seen = { answered: 0, lost: [] }
	const written = []
	const clients = [...Array.from({ length: 6 }, () => read('/units/PL/people', cookie, stop, seen)),
		read('/units/PL/reports/breakdown?period=2025', cookie, stop, seen), writeUntilGone(written), writeUntilGone(written)]
	await sleep(1500)
	stop.at = performance.now()
	assert.deepEqual(await server.down('SIGTERM'), { code: 0, signal: null })
	await Promise.all(clients)
	assert.deepEqual(seen.lost, [])
	assert.ok(seen.answered > 20 && written.length > 5)
	await server.up()
	for (const w of written)
		assert.equal((await api(`/people/${w.person}`)).status, 200)
	nguon('verify', '--data', server.data)
})
