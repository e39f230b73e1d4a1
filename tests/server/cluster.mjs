// The PostgreSQL cluster of tools/with-postgres, to be asked, killed and started.
import { execFileSync, spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const { NGUON_TEST_PG_BIN: BIN, NGUON_TEST_PG_DATA: DATA, NGUON_TEST_PG_AS: AS = '' } = process.env

// What psql prints: rows, columns with | between.
export function sql(url, text) {
	const out = execFileSync(join(BIN, 'psql'), ['-d', url, '-AtXq', '-v', 'ON_ERROR_STOP=1', '-c', text],
		{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 << 20 })
	return out.split('\n').filter(Boolean)
}

function ctl(...words) {
	const as = AS.split(' ').filter(Boolean)
	const line = [...as, join(BIN, 'pg_ctl'), '-D', DATA, '-l', join(DATA, '../log'), '-t', '120', '-w', ...words]
	return new Promise((resolve, reject) => {
		const run = spawn(line[0], line.slice(1), { stdio: 'ignore', cwd: '/' })
		run.once('error', reject)
		run.once('exit', (code) => code === 0 ? resolve() : reject(new Error(`pg_ctl ${words.join(' ')}: ${code}`)))
	})
}

function statOf(pid) {
	try {
		const [, state, parent] = /\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
		return { state, parent: +parent }
	} catch {
		return { state: 'gone' }
	}
}

const isGone = (pid) => ['gone', 'Z', 'X'].includes(statOf(pid).state)

export const cluster = {
	// The server and all its processes, at once: nothing is written any more, nobody is told.
	async kill() {
		const [head] = readFileSync(join(DATA, 'postmaster.pid'), 'utf8').split('\n').map(Number)
		process.kill(head, 'SIGSTOP') // so that it starts no others meanwhile
		const all = readdirSync('/proc').map(Number).filter((pid) => pid > 0 && statOf(pid).parent === head)
		for (const pid of [...all, head])
			try {
				process.kill(pid, 'SIGKILL')
			} catch (e) {
				if (e.code !== 'ESRCH')
					throw e
			}
		while (![...all, head].every(isGone))
			await sleep(10)
		for (const lock of [join(DATA, 'postmaster.pid'), join(DATA, '../.s.PGSQL.5432.lock')])
			rmSync(lock, { force: true }) // the number in it may live on as a process that nobody has buried
	},
	start: () => ctl('start'),
	stop: () => ctl('-m', 'fast', 'stop'),
}
