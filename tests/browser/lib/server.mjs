// The real program, started on made-up data of its own, which is removed at the end.
import { execFileSync, spawn } from 'node:child_process'
import { closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export const NGUON = process.env.NGUON ?? 'build/src/cli/nguon'
export const TODAY = '2026-03-18' // a Wednesday; nothing in the tests moves with the calendar

export function temporary(prefix) {
	return mkdtempSync(join(tmpdir(), prefix))
}

export function nguon(...args) {
	return execFileSync(NGUON, args, { encoding: 'utf8', maxBuffer: 64 << 20 })
}

// A database in the cluster of tools/with-postgres, for a test on the second engine (tests/on-postgres).
class Database {
	constructor(name) {
		this.name = name
		this.run(`CREATE DATABASE "${name}" TEMPLATE template0 STRATEGY file_copy`)
	}

	static asked() {
		return process.env.NGUON_TEST_ENGINE === 'postgres'
	}

	run(sql) {
		execFileSync(join(process.env.NGUON_TEST_PG_BIN, 'psql'), ['-X', '-q', '-d', process.env.NGUON_TEST_PG, '-c', sql])
	}

	// Rows of a query that gives one JSON object each, past the program.
	rows(sql) {
		const out = execFileSync(join(process.env.NGUON_TEST_PG_BIN, 'psql'), ['-X', '-q', '-A', '-t', '-d', this.url(), '-c', sql],
			{ encoding: 'utf8', maxBuffer: 256 << 20 })
		return out.split('\n').filter(Boolean).map((line) => JSON.parse(line))
	}

	url() {
		return process.env.NGUON_TEST_PG.replace(/@\/[^?]*/, `@/${this.name}`)
	}

	remove() {
		this.run(`DROP DATABASE "${this.name}" WITH (FORCE)`)
	}
}

export function freePort() {
	return new Promise((resolve, reject) => {
		const probe = createServer()
		probe.on('error', reject)
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address()
			probe.close(() => resolve(port))
		})
	})
}

export class Server {
	constructor(place) {
		this.place = place
		this.data = join(place, 'data')
	}

	// The demo of a scenario, with its logins.
	static async start({ scenario = 'phu-ly', today = TODAY, place = temporary('nguon-test-') } = {}) {
		const server = new Server(place)
		server.today = today
		if (Database.asked()) {
			server.database = new Database(`${basename(place)}-${process.pid}`)
			mkdirSync(server.data)
			writeFileSync(join(server.data, 'database'), server.database.url() + '\n', { mode: 0o600 })
		}
		nguon('demo', '--scenario', scenario, '--today', today, '--data', server.data)
		server.port = await freePort()
		try {
			await server.up()
		} catch (e) {
			await server.remove()
			throw e
		}
		return server
	}

	// Another node on the same database: a folder of its own with the same key. Not started.
	static async beside(first) {
		const node = new Server(temporary('nguon-test-'))
		node.today = first.today
		mkdirSync(node.data)
		for (const file of ['database', 'secret.key'])
			copyFileSync(join(first.data, file), join(node.data, file))
		node.port = await freePort()
		return node
	}

	async up() {
		const log = openSync(join(this.place, 'log'), 'a')
		this.process = spawn(NGUON, ['serve', '--data', this.data, '--today', this.today, '--listen', `127.0.0.1:${this.port}`],
			{ stdio: ['ignore', log, log] })
		closeSync(log)
		this.ended = new Promise((resolve) => this.process.once('exit', (code, signal) => resolve({ code, signal })))
		for (let tries = 0; tries < 400; tries++) {
			if (this.process.exitCode !== null)
				break
			const health = await fetch(this.url('/health')).catch(() => null)
			if (health?.ok)
				return
			await sleep(50)
		}
		throw new Error(`the server did not start:\n${this.log()}`)
	}

	// The end of what it printed.
	log() {
		return readFileSync(join(this.place, 'log'), 'utf8').slice(-4000)
	}

	url(path) {
		return `http://127.0.0.1:${this.port}${path}`
	}

	// Ends it: SIGTERM lets it finish what has begun, SIGKILL does not.
	async down(signal = 'SIGTERM') {
		this.process.kill(signal)
		return this.ended
	}

	async remove() {
		if (this.process?.exitCode === null && this.process.signalCode === null) {
			await this.down()
		}
		this.database?.remove()
		rmSync(this.place, { recursive: true, force: true })
	}
}

// One for each cookie. Debian's Node.js 18 gives them only joined by commas.
function cookieLines(answer) {
	const joined = answer.headers.get('set-cookie')
	return joined ? joined.split(/, *(?=[^;,=\s]+=)/) : []
}

// Who talks to the server without a browser: keeps cookies, follows nothing.
export class Client {
	constructor(server) {
		this.server = server
		this.cookies = new Map()
	}

	async fetch(path, options = {}) {
		const headers = { ...options.headers }
		if (this.cookies.size)
			headers.cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
		const answer = await fetch(this.server.url(path), { redirect: 'manual', ...options, headers })
		for (const line of cookieLines(answer)) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)
			if (value === '' || /max-age=0/i.test(line))
				this.cookies.delete(name)
			else
				this.cookies.set(name, value)
		}
		return answer
	}

	get cookie() {
		return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
	}

	// Posts a form of a page: its hidden values and what is given.
	async submit(page, action, values) {
		const html = await (await this.fetch(page)).text()
		const form = formOf(html, action)
		return this.fetch(action, { method: 'POST', body: new URLSearchParams({ ...form, ...values }) })
	}

	async signIn(login, password) {
		const answer = await this.submit('/login', '/login', { login, password })
		if (answer.status !== 303)
			throw new Error(`sign-in of ${login}: ${answer.status} ${text(await answer.text()).slice(0, 500)}`)
		return this
	}
}

// Hidden values of the form with that action.
export function formOf(html, action) {
	for (const [form] of html.matchAll(/<form\b[^]*?<\/form>/g)) {
		if (attribute(/<form\b[^>]*>/.exec(form)[0], 'action')?.split('?')[0] !== action)
			continue
		const values = {}
		for (const [input] of form.matchAll(/<input\b[^>]*>/g))
			if (attribute(input, 'type') === 'hidden')
				values[attribute(input, 'name')] = attribute(input, 'value') ?? ''
		return values
	}
	throw new Error(`no form for ${action} on the page:\n${text(html).slice(0, 600)}`)
}

function attribute(tag, name) {
	const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`).exec(tag)
	return found && unescape(found[1] ?? found[2] ?? found[3])
}

function unescape(s) {
	const names = { lt: '<', gt: '>', quot: '"', amp: '&', apos: '\'' }
	return s.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, dec, hex, name) =>
		dec ? String.fromCodePoint(+dec) : hex ? String.fromCodePoint(parseInt(hex, 16)) : names[name] ?? all)
}

export function text(html) {
	return unescape(html.replace(/<(script|style)\b[^]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim()
}

// A token of the one who is signed in, made on their account page.
export async function makeToken(client, name, scope) {
	const answer = await client.submit('/me', '/me/tokens', { name, scope, days: '30' })
	const shown = /<code\b[^>]*>([^<]+)<\/code>/.exec(await answer.text())
	if (!shown)
		throw new Error(`no token was shown: ${answer.status}`)
	return shown[1].trim()
}
