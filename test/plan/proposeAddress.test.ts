import { describe, expect, test } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import { propose } from '../../shared/plan/propose.ts';
import { fakeAction, now, rule, ruleSet } from './fakes.ts';
import { shell, threatFinding } from './threats.ts';

describe('the address that somebody came from', () => {
  const refuse = {
    ...fakeAction('address.refuse', { phase: 'traffic', changes: true }),
    targets: ['address' as const],
  };
  const set = ruleSet([rule({ name: 'r', when: { type: [shell] }, do: [{ action: refuse.name, params: {} }] })]);
  const given = (from: string | null) => {
    const found = threatFinding(shell);
    const came = { ...found, threat: { ...found.threat, from } } as Finding;
    return propose([decideFinding(came, set, now)], set, [refuse], now);
  };

  test('is acted on with what it attacked, in its account and Region', () => {
    const { account, region } = threatFinding(shell);
    expect(given('192.175.48.7').proposals.map(({ target }) => target)).toEqual([
      {
        ...{ kind: 'address', id: '192.175.48.7', account, region },
        arn: `arn:aws:firebreak:${region}:${account}:address/192.175.48.7`,
      },
    ]);
  });

  test('is missed, in words, where nobody knows it', () => {
    expect(given(null)).toMatchObject({ proposals: [], notDone: [expect.stringContaining('it acts on address')] });
  });
});
