import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../../sandbox/iam/policy.ts';

const allow = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };
const policy = (statement: object, version = '2012-10-17') => ({ Version: version, Statement: statement });
const ok =
  (document: unknown, kind: Parameters<typeof parsePolicy>[1] = 'identity') =>
  () =>
    parsePolicy(document, kind, 'role Intake, policy sqs');

describe('a policy is read', () => {
  it('from one statement or a list, from an object or its text', () => {
    expect(ok(policy(allow))().statements).toHaveLength(1);
    expect(ok(policy([allow, allow]))().statements).toHaveLength(2);
    expect(ok(JSON.stringify(policy(allow)))().statements).toHaveLength(1);
  });

  it.each([
    ['not JSON', '{', /not valid JSON/],
    ['no statement', { Version: '2012-10-17' }, /Statement/],
    ['an empty list of statements', policy([]), /Statement/],
    ['an unknown key', policy({ ...allow, Resourcs: '*' }), /Resourcs/],
    ['an unknown version', policy(allow, '2024-01-01'), /Version/],
    ['Action and NotAction', policy({ ...allow, NotAction: 'sqs:*' }), /exactly one of Action and NotAction/],
    ['no resource', policy({ Effect: 'Allow', Action: 'sqs:*' }), /exactly one of Resource/],
    ['an action without a service', policy({ ...allow, Action: 'SendMessage' }), /invalid Action/],
    ['a resource that is no ARN', policy({ ...allow, Resource: 'my-queue' }), /invalid Resource/],
    ['an ARN of five parts', policy({ ...allow, Resource: 'arn:aws:sqs:*:my-queue' }), /invalid Resource/],
    ['a Principal', policy({ ...allow, Principal: '*' }), /must not name a Principal/],
    ['a Sid with a dot', policy({ ...allow, Sid: 'ecr.quarantine-image' }), /alpha-numeric/],
    [
      'two equal Sids',
      policy([
        { ...allow, Sid: 'a' },
        { ...allow, Sid: 'a' },
      ]),
      /unique/,
    ],
  ])('and refused with %s', (_name, document, reason) => {
    expect(ok(document)).toThrow(reason);
    expect(ok(document)).toThrow(expect.objectContaining({ code: 'MalformedPolicyDocument' }));
  });

  it('and the error names the policy', () => expect(ok('{')).toThrow(/^role Intake, policy sqs: /));
});

describe('what this account could not evaluate is refused, never passed over', () => {
  const when = (operator: string, key: string, value: unknown = 'x') =>
    policy({ ...allow, Condition: { [operator]: { [key]: value } } });

  it('an operator it knows, on a key it fills, is fine', () => {
    expect(ok(when('StringNotLikeIfExists', 'aws:PrincipalArn'))).not.toThrow();
  });
  it.each(['IpAddress', 'DateLessThan', 'NumericEquals', 'ForAllValues:StringEquals', 'toString', 'NullIfExists'])(
    'the operator %s is not',
    (operator) => expect(ok(when(operator, 'aws:PrincipalArn'))).toThrow(/condition operator/),
  );
  it.each(['ecs:cluster', 'aws:ResourceTag/owner', 'aws:SourceIp', 'aws:SourceArn'])('the key %s is not', (key) =>
    expect(ok(when('StringEquals', key))).toThrow(/condition key/),
  );
  it('a Null that asks neither for true nor for false is not', () => {
    expect(ok(when('Null', 'aws:PrincipalArn', 'True'))).not.toThrow();
    expect(ok(when('Null', 'aws:PrincipalArn', true))).not.toThrow();
    expect(ok(when('Null', 'aws:PrincipalArn', 'yes'))).toThrow(/Null takes true or false, not yes/);
  });
  it('a policy variable that nobody fills is not', () => {
    const named = (variable: string) => policy({ ...allow, Resource: `arn:aws:sqs:*:\${${variable}}:q` });
    expect(ok(named('aws:PrincipalAccount'))).not.toThrow();
    expect(ok(named('aws:username'))).toThrow(/policy variable/);
    expect(ok(policy({ ...allow, Resource: `arn:aws:sqs:*:\${aws:PrincipalAccount}:q` }, '2008-10-17'))).toThrow(
      /2012/,
    );
  });
});

describe("a resource's policy", () => {
  const named = (principal: unknown) => policy({ ...allow, Principal: principal });
  it('names who it is for', () => {
    expect(ok(named({ Service: 'events.amazonaws.com' }), 'resource')).not.toThrow();
    expect(ok(named({ AWS: ['123456789012', 'arn:aws:iam::123456789012:role/a/b'] }), 'resource')).not.toThrow();
    expect(ok(policy(allow), 'resource')).toThrow(/Principal is missing/);
    expect(ok(named({}), 'resource')).toThrow(/Principal is missing/);
  });
  it.each([{ AWS: 'arn:aws:iam::123456789012:role/*' }, { AWS: 'someone' }, { Service: 'events' }, { Federated: 'x' }])(
    'cannot name %j',
    (principal) =>
      expect(ok(named(principal), 'resource')).toThrow(expect.objectContaining({ code: 'MalformedPolicyDocument' })),
  );
});

describe('a trust policy', () => {
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  it('has no Resource', () => {
    expect(ok(policy(trust), 'trust')).not.toThrow();
    expect(ok(policy({ ...trust, Resource: '*' }), 'trust')).toThrow(/prohibited field Resource/);
  });
});
