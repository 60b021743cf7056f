import { expect, it } from 'vitest';
import { environmentOf, firebreak, type Ran } from './firebreak.ts';
import { enforcing, incidentOf, unused } from './scan.ts';
import { openStage, type Stage, type Told } from './stage.ts';

const key = incidentOf(unused);

const commandsOn =
  (stage: Stage) =>
  (...args: readonly string[]): Promise<Ran> =>
    firebreak(args, { env: environmentOf(stage.account) });

const askedOn = (stage: Stage): readonly Told[] =>
  stage.told().filter(({ body }) => body.includes('lease of this containment'));

it('what is contained is asked about before its lease ends, extended, asked about again, and stays when nobody answers', async () => {
  await using stage = await openStage({ rules: { enforcing: `${enforcing}lease: P2D\n` } });
  const run = commandsOn(stage);
  const none = await run('extend', key, '--for', '1d', '--reason', 'x');
  expect(none).toMatchObject({ exit: 1, out: '', err: expect.stringMatching(/^firebreak: [^\n]+\n$/) });
  stage.scan(unused);
  await stage.settle();
  expect(stage.told().at(-1)?.body).toContain('Its lease ends ');
  const days = 86_400_000;
  const { containedAt, lease } = stage.head(unused);
  expect(Date.parse(lease?.expiresAt ?? '') - Date.parse(containedAt ?? '')).toBeLessThan(2 * days + 600_000);

  // Days of an account that does nothing are minutes of a test: what a person says in hours ends in hours.
  await run('keep', key, '--reason', 'for now', '--by', 'ben');
  const extended = await run('extend', unused.repository, '--for', '1h', '--reason', 'a fix is built', '--by', 'ann');
  expect(extended).toMatchObject({ exit: 0, err: '' });
  expect(extended.out).toMatch(/stays so at least until \S+: by ann since/);
  await stage.pass(39 * 60);
  await stage.settle();
  expect(askedOn(stage)).toEqual([]);
  await stage.pass(6 * 60);
  await stage.settle();
  expect(askedOn(stage)).toMatchObject([{ subject: expect.stringContaining('contained, its lease ends soon') }]);
  await stage.pass(22 * 60);
  await stage.settle();
  expect(askedOn(stage)).toHaveLength(2);
  expect(askedOn(stage)[1]?.subject).toContain('lease is over, it stays contained');
  expect(stage.statuses(unused.repository)[unused.digest]).toBe('ARCHIVED');
  expect((await run('incidents', 'list')).out).toContain('ITS LEASE IS OVER');

  const kept = await run('keep', key, '--reason', 'nobody needs it', '--by', 'ben');
  expect(kept).toMatchObject({ exit: 0, err: '' });
  expect(kept.out).toContain('Nobody is asked about it any more.');
  expect(stage.statuses(unused.repository)[unused.digest]).toBe('ARCHIVED');
  expect(JSON.parse((await run('incidents', 'show', key, '--json')).out)).toMatchObject({
    outcome: 'contained',
    lease: { expiresAt: null, next: null, decided: { kind: 'keep', by: 'ben' } },
    decisions: [
      { kind: 'keep', by: 'ben' },
      { kind: 'extend', by: 'ann', until: expect.any(String), caller: expect.stringContaining('arn:aws:') },
      { kind: 'keep', by: 'ben' },
    ],
  });
});
