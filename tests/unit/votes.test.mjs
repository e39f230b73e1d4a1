// The counts of a vote added up while they are typed: assets/src/votes.js. The same cases as in test_vote.c.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const { readCounts, tally } = await import(`${process.env.NGUON_SOURCE}/assets/src/votes.js`);

const counts = (given) => readCounts((name) => given[name]);

test('those away, exempted and absent, or suspended do not count', () => {
	const branch = { members: '12', away: '1', exempt_absent: '1', suspended: '1' };
	assert.deepEqual(tally(counts(branch), 'two_thirds'), { says: 'needs', n: 9, needs: 6 });
	assert.deepEqual(tally(counts({ ...branch, yes: '6' }), 'two_thirds'), { says: 'passed', n: 9, needs: 6, yes: 6 });
	assert.deepEqual(tally(counts({ ...branch, yes: '5', no: '4' }), 'two_thirds'), { says: 'failed', n: 9, needs: 6, yes: 5, missing: 1 });
	assert.deepEqual(tally(counts({ ...branch, exempt_absent: '' }), 'two_thirds'), { says: 'needs', n: 10, needs: 7 });
});

test('a standing committee needs more than half', () => {
	assert.equal(tally(counts({ members: '10' }), 'majority').needs, 6);
	assert.equal(tally(counts({ members: '9' }), 'majority').needs, 5);
});

test('what is impossible is said', () => {
	assert.deepEqual(tally(counts({ members: '3', away: '2', suspended: '1' }), 'two_thirds'), { says: 'nobody', out: 3, members: 3 });
	assert.deepEqual(tally(counts({ members: '9', yes: '6', no: '4' }), 'two_thirds'), { says: 'tooMany', votes: 10, n: 9 });
});

test('nothing is said about what is no number', () => {
	for (const members of ['', 'mười', '-3', '1234567', undefined]) assert.deepEqual(tally(counts({ members }), 'two_thirds'), { says: 'ask' });
});
