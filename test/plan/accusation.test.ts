import { describe, expect, test } from 'vitest';
import type { Accused, Circumstances } from '../../shared/account/accused.ts';
import type { Cause } from '../../shared/actions/accusation.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { accusationOf, type Causes, causesOf, rolesOf } from '../../shared/plan/cause.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import { finding, now, rule, ruleSet } from './fakes.ts';
import { accused, circumstances, miner, shell, task, threatFinding } from './threats.ts';

const set = ruleSet([rule({ name: 'r1', when: { type: [{ 'anything-but': ['Else'] }] } })]);
const minerId = threatFinding(miner).id;
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

/** All of them have this cause, but those that are named with another. */
const causes = ({ matched }: ReturnType<typeof input>, cause: Cause, others: { [id: string]: Cause } = {}): Causes =>
  new Map(
    matched.map(({ finding: { id } }) => {
      const own = others[id] ?? cause;
      return [id, { cause: own, why: `${own}.` }];
    }),
  );

describe('what an incident accuses', () => {
  test('is all that its findings do, each once and in one order', () => {
    const both = input([threatFinding(shell), other], [threatFinding(miner)]);
    const { digests, ...rest } = accusationOf(both, causes(both, 'intrusion', { [minerId]: 'unknown' }), []);
    expect(digests).toEqual([...digests].sort());
    expect(digests).toContain('sha256:b');
    expect(rest).toEqual({
      cause: 'intrusion',
      tasks: ['arn:a', task.arn, 'arn:b'].sort(),
      suspects: [],
      unsure: [],
      leaving: [],
      pulledUntil: '2026-11-20T09:02:00.000Z',
    });
  });

  test('is nothing where no rule took a threat', () => {
    const nothing = { cause: null, tasks: [], digests: [], pulledUntil: null };
    for (const given of [
      input([finding(), other]),
      input([threatFinding('Else'), other]),
      input([threatFinding(shell, {}, { status: 'resolved' })]),
    ]) {
      const found = causesOf({ ...given, earlier: [], causeWindowMinutes: 60 });
      expect(accusationOf(given, found, [])).toMatchObject(nothing);
    }
  });

  test('has no last pull where none is known', () => {
    const given = input([threatFinding(shell), { pulledUntil: null }]);
    expect(accusationOf(given, causes(given, 'intrusion'), []).pulledUntil).toBeNull();
  });

  test('lets no rollback end at an image that is to blame, nor at what others suspect', () => {
    const given = input([threatFinding(miner), other]);
    expect(accusationOf(given, causes(given, 'image'), ['sha256:z']).suspects).toEqual(['sha256:b', 'sha256:z']);
    expect(accusationOf(given, causes(given, 'intrusion'), ['sha256:z']).suspects).toEqual(['sha256:z']);
    expect(accusationOf(given, causes(given, 'unknown'), []).suspects).toEqual([]);
  });

  test('is the image of its own finding alone: of what goes on in a task of the clean version, that task', () => {
    const given = input([threatFinding(miner)], [threatFinding(shell), other]);
    const { digests, suspects, tasks } = accusationOf(given, causes(given, 'intrusion', { [minerId]: 'image' }), []);
    expect(digests).toEqual(accused().digests);
    expect(suspects).toEqual(accused().digests);
    expect(tasks).toEqual(['arn:a', task.arn, 'arn:b'].sort());
  });
});

describe('of a task with several images', () => {
  const sidecar = 'sha256:sidecar';
  const [app = ''] = accused().digests;
  const long: Circumstances = { firstDeployedAt: '2026-08-01T09:00:00.000Z', hadEarlier: false, readOnlyRoot: false };
  const ofBoth = (around: Circumstances) =>
    input([
      threatFinding(miner),
      {
        digests: [app, sidecar],
        circumstances: long,
        images: [
          { digest: app, circumstances },
          { digest: sidecar, circumstances: around },
        ],
      },
    ]);
  const foundFor = (given: ReturnType<typeof input>) => {
    const found = causesOf({ ...given, earlier: [], causeWindowMinutes: 60 });
    return accusationOf(given, found, []);
  };

  test('the one that was deployed just before is to blame, and not the sidecar that has run for months', () => {
    expect(foundFor(ofBoth(long))).toMatchObject({ cause: 'image', digests: [app], suspects: [app], unsure: [] });
  });

  test('nobody knows which it is where both were deployed just before', () => {
    const both = [app, sidecar].sort();
    expect(foundFor(ofBoth(circumstances))).toMatchObject({ cause: 'image', digests: both, unsure: both });
  });

  test('none is to blame where none was deployed just before', () => {
    const neither = input([
      threatFinding(miner),
      { circumstances: long, images: [app, sidecar].map((digest) => ({ digest, circumstances: long })) },
    ]);
    expect(foundFor(neither)).toMatchObject({ cause: 'unknown', unsure: [] });
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
