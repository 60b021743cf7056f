import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorise } from '../../../sandbox/iam/authorise.ts';
import { credentialsFor, principalOf } from '../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../sandbox/iam/roles.ts';
import { fakeAccount } from '../fakeAccount.ts';

/** A statement as its author thinks of it: which of six cells (action × resource) it covers, and whether it allows. */
interface Drawn {
  readonly effect: 'Allow' | 'Deny';
  readonly action: (typeof ACTIONS)[number]['pattern'];
  readonly notAction: boolean;
  readonly resource: (typeof RESOURCES)[number]['pattern'];
  readonly notResource: boolean;
}

const arn = (name: string) => `arn:aws:sqs:eu-west-1:123456789012:${name}`;
const ASKED_ACTIONS = ['sqs:SendMessage', 'sqs:DeleteMessage', 'ecs:ListClusters'] as const;
const ASKED_RESOURCES = [arn('a'), arn('b'), '*'] as const;

/** Patterns with what they cover, written down by hand: no matching code decides the expected answer. */
const ACTIONS = [
  { pattern: '*', covers: ['sqs:SendMessage', 'sqs:DeleteMessage', 'ecs:ListClusters'] },
  { pattern: 'SQS:*', covers: ['sqs:SendMessage', 'sqs:DeleteMessage'] },
  { pattern: 'sqs:send*', covers: ['sqs:SendMessage'] },
  { pattern: 'sqs:?eleteMessage', covers: ['sqs:DeleteMessage'] },
  { pattern: 'ecs:List*', covers: ['ecs:ListClusters'] },
] as const;
const RESOURCES = [
  { pattern: '*', covers: [arn('a'), arn('b'), '*'] },
  { pattern: arn('*'), covers: [arn('a'), arn('b')] },
  { pattern: arn('a'), covers: [arn('a')] },
  { pattern: 'arn:aws:sqs:*:*:b', covers: [arn('b')] },
  { pattern: 'arn:aws:sqs:us-east-1:*:*', covers: [] },
] as const;

const drawn: fc.Arbitrary<Drawn> = fc.record({
  effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  action: fc.constantFrom(...ACTIONS.map((each) => each.pattern)),
  notAction: fc.boolean(),
  resource: fc.constantFrom(...RESOURCES.map((each) => each.pattern)),
  notResource: fc.boolean(),
});

const covers = (table: readonly { pattern: string; covers: readonly string[] }[], pattern: string, value: string) =>
  table.some((each) => each.pattern === pattern && each.covers.includes(value));

const says = (statements: readonly Drawn[], action: string, resource: string, effect: string) =>
  statements.some(
    (each) =>
      each.effect === effect &&
      covers(ACTIONS, each.action, action) !== each.notAction &&
      covers(RESOURCES, each.resource, resource) !== each.notResource,
  );

function naive(identity: readonly Drawn[], sessions: readonly (readonly Drawn[])[], action: string, resource: string) {
  const all = [identity, ...sessions];
  return (
    !all.some((each) => says(each, action, resource, 'Deny')) &&
    all.every((each) => says(each, action, resource, 'Allow'))
  );
}

const written = (statements: readonly Drawn[]) => ({
  Version: '2012-10-17',
  Statement: statements.map((each) => ({
    Effect: each.effect,
    [each.notAction ? 'NotAction' : 'Action']: each.action,
    [each.notResource ? 'NotResource' : 'Resource']: [each.resource],
  })),
});

describe('authorise', () => {
  it('agrees with a naive evaluator for any identity and session policies', () => {
    const some = fc.array(drawn, { minLength: 1, maxLength: 4 });
    let allowed = 0;
    fc.assert(
      fc.property(some, fc.array(some, { maxLength: 2 }), (identity, sessions) => {
        const { account } = fakeAccount();
        const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
        createRole(account, {
          name: 'R',
          arn: 'arn:aws:iam::123456789012:role/R',
          trust: { Statement: trust },
          policies: [{ name: 'p', document: written(identity) }],
        });
        const key = credentialsFor(
          account,
          'R',
          's',
          sessions.map((each) => JSON.stringify(written(each))),
        );
        const caller = principalOf(account, key.accessKeyId, key.sessionToken);
        if (typeof caller === 'string') throw new Error('no session');
        for (const action of ASKED_ACTIONS) {
          for (const resource of ASKED_RESOURCES) {
            const expected = naive(identity, sessions, action, resource);
            if (expected) allowed += 1;
            const ask = () => authorise(account, caller, [{ action, resource }]);
            if (expected) expect(ask).not.toThrow();
            else expect(ask).toThrow(/is not authorized to perform/);
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(allowed).toBeGreaterThan(100);
  });
});
