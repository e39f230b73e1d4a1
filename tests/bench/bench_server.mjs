// The server's pages on both engines beside the bare HTTP library serving the same bytes, and beside the ticket report of Fossil, a page of
// 50 rows from SQLite too; then while 200 operations a second are written, and with slow reports beside them. Everything in one run, rounds interleaved.
// usage: node bench_server.mjs BUILD PLACE
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client, freePort, makeToken, Server } from '../browser/lib/server.mjs'
import { LOGINS } from '../browser/lib/demo.mjs'

const [build, place] = process.argv.slice(2)
const ROUNDS = 3
const SECONDS = 2
const UNIT = 'PL'
const REPORT = fileURLToPath(new URL('wrk_report.lua', import.meta.url))

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1]

// wrk with c connections of one thread; requests a second and milliseconds.
function wrk(url, { c = 8, seconds = SECONDS, headers = {}, env = {} } = {}) {
	const args = ['-t1', `-c${c}`, `-d${seconds}`, '--timeout', '30', '-s', REPORT]
	for (const [name, value] of Object.entries(headers))
		args.push('-H', `${name}: ${value}`)
	const child = spawn('wrk', [...args, url], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } })
	let said = ''
	child.stdout.on('data', (bytes) => { said += bytes })
	return new Promise((resolve, reject) => child.once('exit', () => {
		const line = said.split('\n').find((l) => l.startsWith('{'))
		if (!line)
			return reject(new Error(`wrk ${url}: ${said}`))
		const r = JSON.parse(line)
		resolve({ rate: r.requests / (r.us / 1e6), p50: r.p50 / 1000, p99: r.p99 / 1000, max: r.max / 1000, bad: r.bad })
	}))
}

// Figures of several rounds.
function together(rounds) {
	const of = (key) => median(rounds.map((r) => r[key]))
	return { rate: of('rate'), p50: of('p50'), p99: of('p99'), bad: rounds.reduce((sum, r) => sum + r.bad, 0) }
}

async function startBare(page) {
	const answer = await client.fetch(page)
	if (answer.status !== 200)
		throw new Error(`${page}: ${answer.status}`)
	const file = join(place, `bytes-${page.replace(/\W/g, '_')}`)
	const bytes = Buffer.from(await answer.arrayBuffer())
	writeFileSync(file, bytes)
	const headers = [...answer.headers].filter(([name]) => !['content-length', 'date', 'connection', 'keep-alive', 'transfer-encoding'].includes(name))
	const port = await freePort()
	const child = spawn(join(build, 'tests/bench/bare_http'), [port, file, ...headers.flat()], { stdio: 'inherit' })
	const url = `http://127.0.0.1:${port}/`
	await answers(url)
	return { url, bytes: bytes.length, stop: () => child.kill() }
}

async function answers(url) {
	for (let tries = 0; tries < 200; tries++) {
		if ((await fetch(url).catch(() => null))?.ok)
			return
		await sleep(25)
	}
	throw new Error(`${url} does not answer`)
}

// A repository with 50 tickets, shown by its report of all tickets.
async function startFossil() {
	const repository = join(place, 'peer.fossil')
	const env = { ...process.env, HOME: place, FOSSIL_HOME: place }
	const fossil = (...args) => execFileSync('fossil', args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
	fossil('new', '--admin-user', 'bench', repository)
	fossil('sql', '-R', repository, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)
		INSERT INTO ticket(tkt_uuid, tkt_mtime, tkt_ctime, type, status, subsystem, priority, severity, title)
		SELECT lower(hex(randomblob(20))), julianday() - i, julianday() - i, 'Feature_Request', 'Open', 'people', 'Low', 'Minor',
		'Someone of the list, number ' || i || ', with a title as long as a line of ours' FROM n`)
	const port = await freePort()
	const child = spawn('fossil', ['server', '--localhost', '--port', port, repository], { env, stdio: 'ignore', detached: true })
	const url = `http://127.0.0.1:${port}/rptview?rn=1`
	await answers(url)
	const rows = (await (await fetch(url)).text()).split('number ').length - 1
	if (rows < 50)
		throw new Error(`Fossil's report shows ${rows} rows`)
	return { url, stop: () => process.kill(-child.pid) }
}

const n0 = (x) => x.toFixed(0).padStart(7)
const ms = (x) => x.toFixed(2).padStart(7)
const line = (what, r) => console.log(`${what.padEnd(34)}${n0(r.rate)} /s   p50 ${ms(r.p50)} ms   p99 ${ms(r.p99)} ms${r.bad ? `   ${r.bad} WITHOUT ANSWER` : ''}`)
const ratio = (what, x, goal) => console.log(`${what.padEnd(34)}${x.toFixed(2).padStart(7)}${goal ? `      (goal: ${goal})` : ''}`)

// Our server on an engine, with somebody signed in; `side` gives wrk what it needs for a page.
async function startOurs(engine) {
	process.env.NGUON_TEST_ENGINE = engine
	const data = join(place, engine)
	mkdirSync(data, { recursive: true })
	const server = await Server.start({ place: data })
	const client = await new Client(server).signIn(...LOGINS.department)
	return { server, client, side: (path) => ({ url: server.url(path), headers: { Cookie: client.cookie } }) }
}

const { server, client, side } = await startOurs('sqlite')
const postgres = process.env.NGUON_TEST_PG ? await startOurs('postgres') : null
const token = await makeToken(client, 'bench', 'write')
const mine = { Cookie: client.cookie }
const people = await (await client.fetch(`/api/v1/units/${UNIT}/people`)).json()
const fossil = await startFossil()

const pages = [
	['dashboard', `/units/${UNIT}`],
	['list of 50 people', `/units/${UNIT}/people`],
	['person', `/people/${people.people[7].id}`],
]
const slow = `/units/${UNIT}/reports/late?period=2025` // everybody's standing worked out as of another day
const list = server.url(pages[1][1])

async function interleaved(sides, options = {}) {
	const rounds = sides.map(() => [])
	for (let round = 0; round < ROUNDS; round++)
		for (let i = 0; i < sides.length; i++)
			rounds[i].push(await wrk(sides[i].url, { ...options, headers: sides[i].headers }))
	return rounds.map(together)
}

try {
	for (const [name, path] of pages) {
		const bare = await startBare(path)
		await wrk(server.url(path), { headers: mine, seconds: 1 })
		const sides = [side(path), { url: bare.url, headers: mine }, { url: fossil.url }]
		if (postgres) {
			sides.push(postgres.side(path))
			await wrk(postgres.server.url(path), { headers: postgres.side(path).headers, seconds: 1 })
		}
		const [ours, library, peer, onPostgres] = await interleaved(sides)
		bare.stop()
		line(`${name}, ${(bare.bytes / 1024).toFixed(1)} KB`, ours)
		line('  bare library, same bytes', library)
		ratio('  ours / bare library', ours.rate / library.rate, name.startsWith('list') ? 'at least 0.5' : '')
		if (onPostgres) {
			line('  on PostgreSQL', onPostgres)
			ratio('  PostgreSQL / SQLite', onPostgres.rate / ours.rate)
		}
		if (name.startsWith('list')) {
			line('  Fossil, report of 50 tickets', peer)
			ratio('  ours / Fossil', ours.rate / peer.rate, 'at least 20')
		}
	}

	const writing = wrk(server.url('/api/v1/ops/person_record'), { seconds: ROUNDS * SECONDS * 2 + 1, env: { WRITES: 'PL-CS-03', TOKEN: token } })
	await sleep(500)
	const [ours, peer] = await interleaved([{ url: list, headers: mine }, { url: fossil.url }])
	const written = await writing
	line('list of 50 while writing', ours)
	line('  Fossil in the same run', peer)
	line('  the writes', written)
	ratio('  ours / Fossil', ours.rate / peer.rate, 'at least 20')

	for (const round of [0, 1]) {
		line(`8 fast clients alone${round ? ', again' : ''}`, await wrk(list, { headers: mine, seconds: SECONDS }))
		const reports = wrk(server.url(slow), { headers: mine, seconds: SECONDS + 1 })
		await sleep(300)
		line('  with 8 slow reports', await wrk(list, { headers: mine, seconds: SECONDS }))
		line('  the reports', await reports)
	}
} finally {
	fossil.stop()
	await server.remove()
	await postgres?.server.remove()
}
