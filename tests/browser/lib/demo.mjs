// Logins that the demo makes, by role: [login, password].
export const PASSWORD = 'nguon-demo-2026'
export const LOGINS = {
	secretary: ['bithu', PASSWORD],
	office: ['vanphong', PASSWORD],
	department: ['bantochuc', PASSWORD],
	centre: ['trungtam', PASSWORD],
	leader: ['lanhdao', PASSWORD],
	admin: ['quantri', PASSWORD],
	auditor: ['kiemtra', PASSWORD],
}
