import { afterEach, describe, expect, it } from 'vitest';
import type { Principal } from '../../../sandbox/account.ts';
import { authorise } from '../../../sandbox/iam/authorise.ts';
import { type Decision, onDecision } from '../../../sandbox/iam/decisions.ts';
import { granted } from '../../../sandbox/iam/granted.ts';
import { attachResourcePolicy, serviceMay } from '../../../sandbox/iam/resourcePolicies.ts';
import { createRole } from '../../../sandbox/iam/roles.ts';
import { serviceCredentials } from '../../../sandbox/iam/trust.ts';
import { fakeAccount } from '../fakeAccount.ts';
import { policyOf } from '../services/throughDoor.ts';

const BUCKET = 'arn:aws:s3:::bodies';
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:intake';
const RULE = 'arn:aws:events:eu-west-1:123456789012:rule/scans';
const role = 'arn:aws:iam::123456789012:role/Act';
const act: Principal = {
  kind: 'role',
  roleName: 'Act',
  arn: 'arn:aws:sts::123456789012:assumed-role/Act/act',
  sessionPolicies: [],
};

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function listened(): readonly Decision[] {
  const heard: Decision[] = [];
  stops.push(onDecision((decision) => heard.push(decision)));
  return heard;
}

function account() {
  const { account: made } = fakeAccount();
  createRole(made, {
    name: 'Act',
    arn: role,
    trust: policyOf({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    policies: [
      {
        name: 'act',
        document: policyOf(
          {
            Sid: 'Bodies',
            Effect: 'Allow',
            Action: ['s3:GetObject', 's3:Put*'],
            Resource: [`${BUCKET}/a/*`, `${BUCKET}/b/*`],
          },
          { Effect: 'Allow', Action: 's3:PutObject', Resource: `${BUCKET}/*` },
          {
            Sid: 'Elsewhere',
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: `${BUCKET}/*`,
            Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
          },
          { Effect: 'Deny', NotAction: 's3:*', Resource: 'arn:aws:s3:::other/*' },
        ),
      },
    ],
  });
  attachResourcePolicy(made, QUEUE, {
    ...policyOf({
      Sid: 'Rule',
      Effect: 'Allow',
      Principal: { Service: ['events.amazonaws.com', 'sns.amazonaws.com'] },
      Action: 'sqs:SendMessage',
      Resource: QUEUE,
    }),
  });
  return made;
}

const of = (statement: string, action: string, resource: string) => ({
  policy: 'role Act, policy act',
  statement,
  principal: null,
  action,
  resource,
});

describe('what a decision says', () => {
  it('is which action and resource of which statement allowed the call, and all of them where there are several', () => {
    const heard = listened();
    const made = account();
    authorise(made, act, [{ action: 's3:GetObject', resource: `${BUCKET}/a/1` }]);
    authorise(made, act, [{ action: 's3:PutObject', resource: `${BUCKET}/b/1` }]);
    expect(heard.map(({ allowedBy }) => allowedBy)).toEqual([
      [of('Bodies', 's3:GetObject', `${BUCKET}/a/*`)],
      [of('Bodies', 's3:Put*', `${BUCKET}/b/*`), of('statement 2', 's3:PutObject', `${BUCKET}/*`)],
    ]);
    expect(heard[0]).toMatchObject({ account: made, principal: act, refused: undefined });
    expect(heard[0]?.needed).toEqual({ action: 's3:GetObject', resource: `${BUCKET}/a/1` });
  });

  it('is why not, and nothing that allowed it, when a call is refused', () => {
    const heard = listened();
    const made = account();
    const asked = [{ action: 's3:GetObject', resource: `${BUCKET}/a/1` }];
    expect(() =>
      authorise(
        made,
        { ...act, sessionPolicies: [JSON.stringify(policyOf({ Effect: 'Deny', Action: '*', Resource: '*' }))] },
        asked,
      ),
    ).toThrow();
    expect(() => authorise(made, act, [{ action: 's3:GetObject', resource: `${BUCKET}/c/1` }])).toThrow();
    expect(heard.map(({ refused, allowedBy }) => [refused, allowedBy])).toEqual([
      ['with an explicit deny in a session policy', []],
      ['because no identity-based policy allows the s3:GetObject action', []],
    ]);
  });

  it('is who of several was let in by the policy of a resource, and by a trust policy', () => {
    const made = account();
    const heard = listened();
    const call = { sourceArn: RULE, action: 'sqs:SendMessage', resourceArn: QUEUE };
    expect(serviceMay(made, { ...call, service: 'events.amazonaws.com' })).toBe(true);
    expect(serviceMay(made, { ...call, service: 'lambda.amazonaws.com' })).toBe(false);
    const session = {
      roleName: 'Act',
      sourceArn: 'arn:aws:lambda:eu-west-1:123456789012:function:act',
      sessionName: 'act',
    };
    serviceCredentials(made, { ...session, service: 'lambda.amazonaws.com' });
    expect(() => serviceCredentials(made, { ...session, service: 'states.amazonaws.com' })).toThrow();
    expect(heard.map(({ refused, allowedBy }) => refused ?? allowedBy)).toEqual([
      [
        {
          policy: `policy of ${QUEUE}`,
          statement: 'Rule',
          principal: 'events.amazonaws.com',
          action: 'sqs:SendMessage',
          resource: QUEUE,
        },
      ],
      'because no resource-based policy allows the sqs:SendMessage action',
      [
        {
          policy: 'role Act, trust policy',
          statement: 'statement 1',
          principal: 'lambda.amazonaws.com',
          action: 'sts:AssumeRole',
          resource: null,
        },
      ],
      'because no role trust policy allows the sts:AssumeRole action',
    ]);
  });

  it('is told to nobody who has stopped listening', () => {
    const heard = listened();
    for (const stop of stops.splice(0)) stop();
    authorise(account(), act, [{ action: 's3:GetObject', resource: `${BUCKET}/a/1` }]);
    expect(heard).toEqual([]);
  });
});

describe('what an account grants', () => {
  it('is each action on each resource to each principal, and nothing that is denied', () => {
    expect(granted(account())).toEqual([
      {
        policy: 'role Act, trust policy',
        statement: 'statement 1',
        principal: 'lambda.amazonaws.com',
        action: 'sts:AssumeRole',
        resource: null,
      },
      of('Bodies', 's3:GetObject', `${BUCKET}/a/*`),
      of('Bodies', 's3:GetObject', `${BUCKET}/b/*`),
      of('Bodies', 's3:Put*', `${BUCKET}/a/*`),
      of('Bodies', 's3:Put*', `${BUCKET}/b/*`),
      of('statement 2', 's3:PutObject', `${BUCKET}/*`),
      of('Elsewhere', 's3:GetObject', `${BUCKET}/*`),
      {
        policy: `policy of ${QUEUE}`,
        statement: 'Rule',
        principal: 'events.amazonaws.com',
        action: 'sqs:SendMessage',
        resource: QUEUE,
      },
      {
        policy: `policy of ${QUEUE}`,
        statement: 'Rule',
        principal: 'sns.amazonaws.com',
        action: 'sqs:SendMessage',
        resource: QUEUE,
      },
    ]);
  });
});
