import { describe, expect, it } from 'vitest';
import { authorise } from '../../../sandbox/iam/authorise.ts';
import {
  attachResourcePolicy,
  type ServiceCall,
  serviceAllowed,
  serviceMay,
} from '../../../sandbox/iam/resourcePolicies.ts';
import { fakeAccount } from '../fakeAccount.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:intake';
const RULE = 'arn:aws:events:eu-west-1:123456789012:rule/scans';
const send: ServiceCall = {
  service: 'events.amazonaws.com',
  sourceArn: RULE,
  action: 'sqs:SendMessage',
  resourceArn: QUEUE,
};

function queue(statement: object) {
  const { account } = fakeAccount();
  const base = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: QUEUE,
  };
  attachResourcePolicy(account, QUEUE, JSON.stringify({ Version: '2012-10-17', Statement: { ...base, ...statement } }));
  return account;
}
const allowed = (statement: object, call: Partial<ServiceCall> = {}) =>
  serviceAllowed(queue(statement), { ...send, ...call });
const from = (operator: string, value: unknown, key = 'aws:SourceArn') => ({
  Condition: { [operator]: { [key]: value } },
});

describe('a service may act on a resource', () => {
  it('whose policy names it', () => expect(allowed({})).toBe(true));
  it('not without a policy', () => expect(serviceAllowed(fakeAccount().account, send)).toBe(false));
  it('not when the policy names another service', () =>
    expect(allowed({}, { service: 'sns.amazonaws.com' })).toBe(false));
  it('not for another action', () => expect(allowed({}, { action: 'sqs:ReceiveMessage' })).toBe(false));
  it('not when it names only the account', () => expect(allowed({ Principal: { AWS: '123456789012' } })).toBe(false));
  it('not when it denies', () => expect(allowed({ Effect: 'Deny' })).toBe(false));
});

describe('conditions on the source', () => {
  it.each([
    ['ArnEquals', RULE, true],
    ['ArnLike', 'arn:aws:events:*:*:rule/*', true],
    ['ArnEquals', 'arn:aws:events:*:*:rule/scans', true],
    ['ArnLike', `${RULE}-other`, false],
    ['StringEquals', RULE, true],
    ['StringEquals', 'arn:aws:events:*:*:rule/scans', false],
    ['StringLike', 'arn:aws:events:*:rule/scans', true],
    ['ArnLike', 'arn:aws:events:*:rule/scans', false],
    ['StringNotEquals', RULE, false],
    ['StringEquals', [`${RULE}-other`, RULE], true],
    ['StringEqualsIgnoreCase', RULE.toUpperCase(), true],
    ['Null', 'false', true],
    ['Null', 'true', false],
    ['Null', 'True', false],
  ])('%s %s: %s', (operator, value, expected) => expect(allowed(from(operator, value))).toBe(expected));

  it('must all hold', () => {
    const both = (id: string) => ({
      Condition: { ArnEquals: { 'AWS:SourceArn': RULE }, StringEquals: { 'aws:SourceAccount': id } },
    });
    expect(allowed(both('123456789012'))).toBe(true);
    expect(allowed(both('999999999999'))).toBe(false);
  });
  it('fail on a key that is not there, unless IfExists', () => {
    expect(allowed(from('StringEquals', 'x', 'aws:PrincipalAccount'))).toBe(false);
    expect(allowed(from('StringNotEquals', 'x', 'aws:PrincipalAccount'))).toBe(true);
    expect(allowed(from('StringEqualsIfExists', 'x', 'aws:PrincipalAccount'))).toBe(true);
  });
  it('take variables', () => {
    const variable = `arn:aws:events:*:\${aws:SourceAccount}:rule/scans`;
    expect(allowed(from('ArnLike', variable))).toBe(true);
  });
});

describe('what a service does for a resource', () => {
  it('stands in the trail, refused or not', () => {
    const account = queue({});
    expect(serviceMay(account, send)).toBe(true);
    expect(serviceMay(account, { ...send, action: 'sqs:DeleteMessage' })).toBe(false);
    expect(account.trail.map(({ principal, action, result }) => [principal, action, result])).toEqual([
      ['events.amazonaws.com', 'sqs:SendMessage', 'ok'],
      ['events.amazonaws.com', 'sqs:DeleteMessage', 'AccessDenied'],
    ]);
  });
  it('is decided the same way when it comes as a call', () => {
    const caller = { kind: 'service', service: 'events.amazonaws.com', sourceArn: RULE } as const;
    const ask = (action: string) => () => authorise(queue({}), caller, [{ action, resource: QUEUE }]);
    expect(ask('sqs:SendMessage')).not.toThrow();
    expect(ask('sqs:DeleteMessage')).toThrow(/events.amazonaws.com .* because no resource-based policy allows/);
  });
});
