// Every page there is, with whom it is looked at by; what the table of pages has beside these, `missing` tells.
import { LOGINS } from './demo.mjs'
import { Client, formOf } from './server.mjs'

// name of the picture and of the test, address, role of who looks; a function gets what `places` found
export const PAGES = [
	['login', '/login', null],
	['setup', '/setup', null],
	['help', '/help', null],
	['dashboard', '/units/PL', 'department'],
	['dashboard-branch', '/units/PL-BVDK-13', 'secretary'],
	['dashboard-leader', '/units/PL', 'leader'],
	['tree', '/units/PL/tree', 'department'],
	['unit', '/units/PL-BVDK/about', 'department'],
	['people', '/units/PL/people', 'department'],
	['people-asked', '/units/PL/people?q=nguyen&open=1&page=1', 'department'],
	['late', '/units/PL/late', 'department'],
	['late-day', '/units/PL/late/2026-04-01', 'department'],
	['person', (at) => `/people/${at.late}`, 'department'],
	['votes', (at) => `/people/${at.late}/votes`, 'department'],
	['why', (at) => `/people/${at.late}/why`, 'department'],
	['person-member', (at) => `/people/${at.member}`, 'department'],
	['helpers', '/units/PL-BVDK-13/helpers', 'department'],
	['search', '/search?q=nguyen+thi', 'department'],
	['reports', '/units/PL/reports', 'department'],
	['report-progress', '/units/PL/reports/progress?period=2026-Q1', 'department'],
	['report-breakdown', '/units/PL/reports/breakdown?period=2025', 'department'],
	['report-ranking', '/units/PL/reports/ranking?period=2025', 'department'],
	['report-classes', '/units/PL/reports/classes?period=2025', 'department'],
	['report-late', '/units/PL/reports/late?period=2026-Q1', 'department'],
	['operations', '/ops', 'department'],
	['op-person', '/ops/person_record?unit=PL-CS-03', 'department'],
	['op-step', (at) => `/ops/fact_record?person=${at.late}&kind=ceremony`, 'department'],
	['op-correction', (at) => `/ops/fact_correct?person=${at.late}&seq=1`, 'department'],
	['import', '/import', 'department'],
	['import-columns', '/import/columns/people', 'department'],
	['import-refused', (at) => `/import/${at.refused}`, 'department'],
	['import-checked', (at) => `/import/${at.checked}`, 'department'],
	['rules', '/rules', 'department'],
	['calendar', '/calendar', 'department'],
	['calendar-day', '/calendar/change?day=2026-03-25&kind=off', 'department'],
	['calendar-block', '/calendar/change?what=block&year=2027&holiday=tet', 'department'],
	['reorganisations', '/reorgs', 'department'],
	['reorganisation-plan', '/reorgs/plan?kind=union&unit=PL', 'department'],
	['reorganisation-split', '/reorgs/plan?kind=split&unit=PL-BVDK-13', 'department'],
	['journal', '/journal', 'auditor'],
	['users', '/users', 'admin'],
	['user', `/users/${LOGINS.department[0]}`, 'admin'],
	['op-role', `/ops/role_grant?login=${LOGINS.department[0]}`, 'admin'],
	['me', '/me', 'department'],
	['totp', '/me/totp', 'department'],
	['password', '/password', 'department'],
	['not-found', '/units/NO-SUCH', 'department'],
	['forbidden', '/users', 'department'],
]

export const STATUS = { 'not-found': 404, forbidden: 403 }

// Answered as something else than a page of their own: a piece of a page, a workbook.
const NO_PAGES = ['/search/part']

async function firstOf(client, path) {
	const answer = await (await client.fetch(path)).json()
	if (!answer.people?.length)
		throw new Error(`nobody at ${path}: ${JSON.stringify(answer).slice(0, 300)}`)
	return answer.people[0].id
}

// Sends a list and waits until it has been checked; the number of its page.
async function sendList(client, name, rows) {
	const form = new FormData()
	for (const [key, value] of Object.entries(formOf(await (await client.fetch('/import')).text(), '/import')))
		form.set(key, value)
	form.set('kind', 'people')
	form.set('file', new Blob([`Mã tổ chức,Họ và tên,Ngày sinh,Giới tính,Ngày giới thiệu\n${rows.join('\n')}\n`], { type: 'text/csv' }), name)
	const sent = await client.fetch('/import', { method: 'POST', body: form })
	const path = sent.headers.get('location')
	for (let tries = 0; tries < 100 && !/"state":"(checked|failed)"/.test(await (await client.fetch(`/api/v1${path}`)).text()); tries++)
		await new Promise((resolve) => setTimeout(resolve, 50))
	return path.split('/').pop()
}

export async function places(server) {
	const client = await new Client(server).signIn(...LOGINS.department)
	return {
		late: await firstOf(client, '/api/v1/units/PL-TTA-01/people?late=1'),
		member: await firstOf(client, '/api/v1/units/PL/people?phase=official'),
		refused: await sendList(client, 'nguon-thang-3.csv', ['PL-BVDK-03,Bạch Hương Giang,14/05/2001,Nữ,05/01/2026',
			'PL-BVDK-03,Bạch Minh Khôi,02/11/1999,Nam,31/02/2026', 'PL-BVDK-99,Bạch Ngọc Lam,02/11/2001,Nữ,06/01/2026', 'PL-BVDK-04,,02/11/2001,Nữ,06/01/2026']),
		checked: await sendList(client, 'nguon-thang-2.csv', ['PL-BVDK-03,Bạch Hương Giang,14/05/2001,Nữ,05/01/2026']),
	}
}

export const address = ([, path], at) => (typeof path === 'function' ? path(at) : path)

// Paths of the description that no page of the list shows.
export function missing(openapi, at) {
	const shown = PAGES.map((page) => address(page, at).split('?')[0])
	return Object.entries(openapi.paths)
		.filter(([path, methods]) => methods.get && !/^(\/api\/v1)?\/(ops|openapi|health)/.test(path))
		.map(([path]) => path.replace(/^\/api\/v1/, ''))
		.filter((path) => {
			const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)
			return !NO_PAGES.includes(path) && !shown.some((shown_) => pattern.test(shown_))
		})
}
