-- What wrk measured, as one line of JSON; with WRITES set it is a client that records made-up people at an even pace instead.
local writes = os.getenv("WRITES") -- the unit's code
local token = os.getenv("TOKEN")
local n = 0
local thread_number = 0

function setup(thread)
	thread:set("thread_id", thread_number)
	thread_number = thread_number + 1
end

if writes then
	-- 8 connections of one thread, each every 40 ms: 200 a second
	function delay()
		return 40
	end
	function request()
		n = n + 1
		local body = string.format('{"unit":"%s","name":"Người Thử %s","birth":"%04d-%02d-%02d","sex":"female","introduced":"2026-01-05"}',
			writes, string.char(65 + n % 26) .. string.char(97 + math.floor(n / 26) % 26),
			1970 + n % 30, 1 + math.floor(n / 30) % 12, 1 + math.floor(n / 360) % 28)
		return wrk.format("POST", nil, { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. token }, body)
	end
end

function done(summary, latency, requests)
	local e = summary.errors
	io.write(string.format('\n{"requests":%d,"us":%d,"p50":%d,"p99":%d,"max":%d,"bad":%d}\n', summary.requests, summary.duration,
		latency:percentile(50), latency:percentile(99), latency.max, e.connect + e.read + e.write + e.status + e.timeout))
end
