// The OpenAPI description by the recommended rules of Spectral; the switched-off ones stand with their reason in spectral.yaml.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Server } from './lib/server.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const spectral = createRequire(import.meta.url).resolve('@stoplight/spectral-cli/dist/index.js')
let server, description

before(async () => {
	server = await Server.start()
	description = await (await fetch(server.url('/api/v1/openapi.json'))).json()
})
after(() => server?.remove())

test('the description has no error and no warning', async () => {
	const file = join(server.place, 'openapi.json')
	writeFileSync(file, JSON.stringify(description, null, 1))
	const said = await new Promise((resolve) => execFile(process.execPath, [spectral, 'lint', '--ruleset', join(here, 'spectral.yaml'),
		'--fail-severity', 'warn', '--format', 'text', file], { maxBuffer: 16 << 20 }, (e, stdout, stderr) =>
		resolve(e ? (stdout + stderr).replaceAll(file, 'openapi.json') : '')))
	assert.ok(!said, said.split('\n').slice(0, 40).join('\n'))
})

test('it is OpenAPI 3.1 and names every operation once', () => {
	assert.match(description.openapi, /^3\.1\./)
	const ids = Object.values(description.paths).flatMap((path) => Object.values(path).map((op) => op.operationId)).filter(Boolean)
	assert.ok(ids.length > 30)
	assert.equal(new Set(ids).size, ids.length)
})
