import { describe, expect, test } from 'vitest';
import type { Accused } from '../../shared/account/accused.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { accusationOf, rolesOf } from '../../shared/plan/cause.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import { finding, now, rule, ruleSet } from './fakes.ts';
import { accused, miner, shell, task, threatFinding } from './threats.ts';

const set = ruleSet([rule({ name: 'r1', when: { type: [{ 'anything-but': ['Else'] }] } })]);
const other: Partial<Accused> = {
  tasks: ['arn:b', 'arn:a'],
  digests: ['sha256:b'],
  roles: ['arn:role/b'],
  pulledUntil: '2026-11-20T09:02:00.000Z',
};

/** Findings, each with what is accused by it. */
const input = (...all: readonly (readonly [Finding, Partial<Accused>?])[]) => ({
  matched: all.map(([one]) => decideFinding(one, set, now)),
  accused: new Map(all.map(([one, fields]) => [one.id, accused(fields)])),
});

describe('what an incident accuses', () => {
  test('is all that its findings do, each once and in one order', () => {
    const { digests, ...rest } = accusationOf(
      input([threatFinding(shell), other], [threatFinding(miner)]),
      'intrusion',
      [],
    );
    expect(digests).toEqual([...digests].sort());
    expect(digests).toContain('sha256:b');
    expect(rest).toEqual({
      cause: 'intrusion',
      tasks: ['arn:a', task.arn, 'arn:b'].sort(),
      suspects: [],
      leaving: [],
      pulledUntil: '2026-11-20T09:02:00.000Z',
    });
  });

  test('is nothing where no rule took a threat', () => {
    const nothing = { tasks: [], digests: [], pulledUntil: null };
    expect(accusationOf(input([finding(), other]), null, [])).toMatchObject(nothing);
    expect(accusationOf(input([threatFinding('Else'), other]), null, [])).toMatchObject(nothing);
    expect(accusationOf(input([threatFinding(shell, {}, { status: 'resolved' })]), null, [])).toMatchObject(nothing);
  });

  test('has no last pull where none is known', () => {
    expect(accusationOf(input([threatFinding(shell), { pulledUntil: null }]), 'intrusion', []).pulledUntil).toBeNull();
  });

  test('lets no rollback end at an image that is to blame, nor at what others suspect', () => {
    const given = input([threatFinding(miner), other]);
    expect(accusationOf(given, 'image', ['sha256:z']).suspects).toEqual(['sha256:b', 'sha256:z']);
    expect(accusationOf(given, 'intrusion', ['sha256:z']).suspects).toEqual(['sha256:z']);
    expect(accusationOf(given, 'unknown', []).suspects).toEqual([]);
  });
});

describe('the roles whose credentials may be in somebody’s hands', () => {
  test('are those of the accused workload, each once', () => {
    expect(rolesOf(input([threatFinding(shell), other], [threatFinding(miner), other]))).toEqual(['arn:role/b']);
  });

  test('are none of what is ignored', () => {
    expect(rolesOf(input([threatFinding(shell, {}, { sample: true }), other]))).toEqual([]);
  });
});
