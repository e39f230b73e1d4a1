// Debian's Chromium, and visitors in it. A visitor notes whatever a page does that it must not do; `clean` fails the test for it.
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'
import { text } from './server.mjs'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

export function openBrowser() {
	return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--hide-scrollbars'] })
}

export const WIDE = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

// What Chromium itself notes of a page that was answered 4xx on purpose.
const ANSWERED = /^Failed to load resource: the server responded with a status of (401|403|404|409|413|422)/

export class Visitor {
	static async in(browser, server, { js = true, lang = 'vi', scheme = 'light', size = WIDE } = {}) {
		const v = new Visitor()
		v.server = server
		v.wrong = []
		v.context = await browser.newContext({
			baseURL: server.url('/'), javaScriptEnabled: js, locale: lang === 'vi' ? 'vi-VN' : 'en-GB', timezoneId: 'Asia/Ho_Chi_Minh',
			colorScheme: scheme, viewport: size, acceptDownloads: true, reducedMotion: 'reduce',
		})
		v.context.setDefaultTimeout(10000)
		v.context.setDefaultNavigationTimeout(60000) // a busy machine is no fault of the program
		v.page = await v.context.newPage()
		v.watch()
		return v
	}

	watch() {
		const origin = new URL(this.server.url('/')).origin
		this.context.on('console', (message) => {
			if (message.type() === 'error' && !(ANSWERED.test(message.text()) && !message.location().url.includes('/assets/')))
				this.wrong.push(`console: ${message.text()} (${message.location().url})`)
		})
		this.context.on('weberror', (error) => this.wrong.push(`script: ${error.error()}`))
		this.context.on('request', (request) => {
			const url = request.url()
			if (!url.startsWith(origin + '/') && !url.startsWith('data:') && !url.startsWith('blob:'))
				this.wrong.push(`leaves the server: ${url}`)
		})
		this.context.on('response', (answer) => {
			if (answer.status() >= 500)
				this.wrong.push(`${answer.status()} for ${answer.url()}`)
			if (answer.request().resourceType() !== 'document' && answer.status() >= 400 && answer.url().includes('/assets/'))
				this.wrong.push(`${answer.status()} for ${answer.url()}`)
		})
	}

	clean() {
		assert.deepEqual(this.wrong, [])
	}

	async close() {
		await this.context.close()
	}

	async signIn(login, password) {
		await this.page.goto('/login')
		await this.page.locator('main input[name=login]').fill(login)
		await this.page.locator('main input[name=password]').fill(password)
		await this.page.locator('main form[action^="/login"] button').click()
		await this.page.locator('main input[name=password]').waitFor({ state: 'detached' })
	}

	async main() {
		return text(await this.page.locator('main').innerHTML())
	}
}

// A test with a visitor: fails when the page did what it must not do.
export function visiting(browser, server, options, body) {
	return async () => {
		const v = await Visitor.in(browser(), server(), options)
		try {
			await body(v)
			v.clean()
		} catch (e) {
			e.message += `\n  at ${v.page.url()}: ${text(await v.page.content().catch(() => '')).slice(0, 700)}`
			if (v.wrong.length)
				e.message += `\n  noted: ${v.wrong.join('; ')}`
			throw e
		} finally {
			await v.close()
		}
	}
}
