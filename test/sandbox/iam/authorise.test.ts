import { describe, expect, it } from 'vitest';
import type { Account, Principal } from '../../../sandbox/account.ts';
import { authorise } from '../../../sandbox/iam/authorise.ts';
import { credentialsFor, principalOf } from '../../../sandbox/iam/credentials.ts';
import { attachResourcePolicy } from '../../../sandbox/iam/resourcePolicies.ts';
import { createRole, deleteRole } from '../../../sandbox/iam/roles.ts';
import { fakeAccount } from '../fakeAccount.ts';

const ROLE = 'arn:aws:iam::123456789012:role/Act';
const SESSION = 'arn:aws:sts::123456789012:assumed-role/Act/run-1';
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:intake';
const BUCKET = 'arn:aws:s3:::evidence';

const statement = (Effect: string, Action: string | string[], Resource: string | string[], more: object = {}) => ({
  Effect,
  Action,
  Resource,
  ...more,
});
const document = (...statements: object[]) =>
  JSON.parse(JSON.stringify({ Version: '2012-10-17', Statement: statements }));

function role(statements: object[], sessions: object[][] = []): { account: Account; caller: Principal } {
  const { account } = fakeAccount();
  createRole(account, {
    name: 'Act',
    arn: ROLE,
    trust: document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    policies: statements.length > 0 ? [{ name: 'own', document: document(...statements) }] : [],
  });
  const policies = sessions.map((each) => JSON.stringify(document(...each)));
  const key = credentialsFor(account, 'Act', 'run-1', policies);
  const caller = principalOf(account, key.accessKeyId, key.sessionToken);
  if (typeof caller === 'string') throw new Error('no session');
  return { account, caller };
}

const ask =
  ({ account, caller }: { account: Account; caller: Principal }, action: string, resource: string) =>
  () =>
    authorise(account, caller, [{ action, resource }]);

describe('identity policies', () => {
  it('allow what they name', () => {
    expect(ask(role([statement('Allow', 'sqs:SendMessage', QUEUE)]), 'sqs:SendMessage', QUEUE)).not.toThrow();
  });

  it('refuse what none names, in the words of AWS', () => {
    const refused = ask(role([statement('Allow', 'sqs:SendMessage', QUEUE)]), 'sqs:DeleteMessage', QUEUE);
    expect(refused).toThrow(
      `User: ${SESSION} is not authorized to perform: sqs:DeleteMessage on resource: ${QUEUE} because no identity-based policy allows the sqs:DeleteMessage action`,
    );
    expect(refused).toThrow(expect.objectContaining({ code: 'AccessDeniedException', status: 403 }));
  });

  it('refuse another resource', () => {
    expect(ask(role([statement('Allow', 'sqs:*', QUEUE)]), 'sqs:SendMessage', `${QUEUE}-dlq`)).toThrow(
      /no identity-based/,
    );
  });

  it('refuse when an explicit deny stands beside the allow', () => {
    const both = role([statement('Allow', 'sqs:*', '*'), statement('Deny', 'sqs:SendMessage', QUEUE)]);
    expect(ask(both, 'sqs:SendMessage', QUEUE)).toThrow(/with an explicit deny in an identity-based policy$/);
    expect(ask(both, 'sqs:ReceiveMessage', QUEUE)).not.toThrow();
  });

  it('cover everything but what NotAction and NotResource list', () => {
    const not = role([
      { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
      { Effect: 'Deny', Action: 'sqs:*', NotResource: QUEUE },
    ]);
    expect(ask(not, 'sqs:SendMessage', QUEUE)).not.toThrow();
    expect(ask(not, 'sqs:SendMessage', `${QUEUE}-other`)).toThrow(/explicit deny/);
    expect(ask(not, 'iam:PassRole', ROLE)).toThrow(/no identity-based/);
  });

  it('do not allow an unscoped action by an ARN', () => {
    expect(ask(role([statement('Allow', 'ecs:ListClusters', 'arn:aws:ecs:*:*:*')]), 'ecs:ListClusters', '*')).toThrow();
    expect(ask(role([statement('Allow', 'ecs:ListClusters', '*')]), 'ecs:ListClusters', '*')).not.toThrow();
  });

  it('must allow each of several needs', () => {
    const { account, caller } = role([statement('Allow', 'ecs:UpdateService', '*')]);
    const update = { action: 'ecs:UpdateService', resource: 'arn:aws:ecs:eu-west-1:123456789012:service/a/b' };
    expect(() => authorise(account, caller, [update])).not.toThrow();
    expect(() => authorise(account, caller, [update, { action: 'iam:PassRole', resource: ROLE }])).toThrow(
      /iam:PassRole/,
    );
  });

  it('hold under their conditions only', () => {
    const when = (Region: string) =>
      role([statement('Allow', 'sqs:*', '*', { Condition: { StringEquals: { 'aws:RequestedRegion': Region } } })]);
    expect(ask(when('eu-west-1'), 'sqs:SendMessage', QUEUE)).not.toThrow();
    expect(ask(when('us-east-1'), 'sqs:SendMessage', QUEUE)).toThrow();
  });

  it('allow nothing when there is none, or the role is gone', () => {
    expect(ask(role([]), 'sqs:SendMessage', QUEUE)).toThrow(/no identity-based/);
    const gone = role([statement('Allow', '*', '*')]);
    deleteRole(gone.account, 'Act');
    expect(ask(gone, 'sqs:SendMessage', QUEUE)).toThrow(/security token/);
  });
});

describe('session policies', () => {
  const wide = [statement('Allow', 'sqs:*', '*')];
  const narrow = [statement('Allow', 'sqs:SendMessage', QUEUE)];
  it('intersect with the identity policies', () => {
    const session = role(wide, [narrow]);
    expect(ask(session, 'sqs:SendMessage', QUEUE)).not.toThrow();
    expect(ask(session, 'sqs:ReceiveMessage', QUEUE)).toThrow(
      /because no session policy allows the sqs:ReceiveMessage action$/,
    );
  });
  it('give nothing that the identity policies do not', () => {
    expect(ask(role(narrow, [wide]), 'sqs:ReceiveMessage', QUEUE)).toThrow(/no identity-based/);
  });
  it('must all allow', () => {
    expect(ask(role(wide, [wide, narrow]), 'sqs:ReceiveMessage', QUEUE)).toThrow(/no session policy/);
    expect(ask(role(wide, [wide, narrow]), 'sqs:SendMessage', QUEUE)).not.toThrow();
  });
  it('deny by themselves', () => {
    const session = role(wide, [[...wide, statement('Deny', 'sqs:*', QUEUE)]]);
    expect(ask(session, 'sqs:SendMessage', QUEUE)).toThrow(/with an explicit deny in a session policy$/);
  });
});

describe("a resource's policy", () => {
  const grant = (principal: object, effect = 'Allow') =>
    document(statement(effect, 's3:*', [BUCKET, `${BUCKET}/*`], { Principal: principal }));
  const object = `${BUCKET}/case/1.json`;

  it('allows the role that it names, within the session policies', () => {
    const session = role([], [[statement('Allow', 's3:PutObject', `${BUCKET}/*`)]]);
    attachResourcePolicy(session.account, BUCKET, grant({ AWS: ROLE }));
    expect(ask(session, 's3:PutObject', object)).not.toThrow();
    expect(ask(session, 's3:GetObject', object)).toThrow(/no session policy/);
  });
  it('hands over to the identity policies when it names the account', () => {
    const none = role([]);
    attachResourcePolicy(none.account, BUCKET, grant({ AWS: '123456789012' }));
    expect(ask(none, 's3:PutObject', object)).toThrow(/no identity-based/);
  });
  it('names a session past its session policies', () => {
    const session = role([], [[statement('Allow', 'sqs:*', '*')]]);
    attachResourcePolicy(session.account, BUCKET, grant({ AWS: SESSION }));
    expect(ask(session, 's3:PutObject', object)).not.toThrow();
  });
  it('does nothing for a role that it does not name', () => {
    const none = role([]);
    attachResourcePolicy(none.account, BUCKET, grant({ AWS: `${ROLE}Other` }));
    expect(ask(none, 's3:PutObject', object)).toThrow(/no identity-based/);
  });
  it('denies what the identity allows, with the code of S3', () => {
    const allowed = role([statement('Allow', 's3:*', '*')]);
    attachResourcePolicy(allowed.account, BUCKET, grant({ AWS: '*' }, 'Deny'));
    expect(ask(allowed, 's3:PutObject', object)).toThrow(/with an explicit deny in a resource-based policy$/);
    expect(ask(allowed, 's3:PutObject', object)).toThrow(
      expect.objectContaining({ code: 'AccessDenied', status: 403 }),
    );
  });
});

describe('the administrator', () => {
  it('may do anything', () => {
    const { account, call } = fakeAccount();
    expect(() => authorise(account, call().principal, [{ action: 'iam:CreateUser', resource: '*' }])).not.toThrow();
  });
});

describe('the words of a refusal', () => {
  const of = (action: string, resource: string) => ask(role([statement('Allow', 'sqs:*', '*')]), action, resource);
  const why = (action: string) => `because no identity-based policy allows the ${action} action`;

  it('quote the object of S3', () => {
    expect(of('s3:PutObject', `${BUCKET}/a`)).toThrow(
      `User: ${SESSION} is not authorized to perform: s3:PutObject on resource: "${BUCKET}/a" ${why('s3:PutObject')}`,
    );
  });
  it('name no resource where EC2 has none, and a star elsewhere', () => {
    expect(of('ec2:DescribeInstances', '*')).toThrow(
      `You are not authorized to perform this operation. User: ${SESSION} is not authorized to perform: ec2:DescribeInstances ${why('ec2:DescribeInstances')}`,
    );
    expect(of('ecs:ListClusters', '*')).toThrow(
      `User: ${SESSION} is not authorized to perform: ecs:ListClusters on resource: * ${why('ecs:ListClusters')}`,
    );
  });
  it.each([
    ['an identity-based', () => ask(role([statement('Deny', 'sqs:*', '*')]), 'sqs:SendMessage', QUEUE)],
    [
      'a session',
      () => ask(role([statement('Allow', '*', '*')], [[statement('Deny', 'sqs:*', '*')]]), 'sqs:SendMessage', QUEUE),
    ],
    [
      'a resource-based',
      () => {
        const caller = role([statement('Allow', '*', '*')]);
        attachResourcePolicy(caller.account, QUEUE, document(statement('Deny', 'sqs:*', QUEUE, { Principal: '*' })));
        return ask(caller, 'sqs:SendMessage', QUEUE);
      },
    ],
  ])('name the policy that denies: %s one', (which, asking) => {
    expect(asking()).toThrow(
      `User: ${SESSION} is not authorized to perform: sqs:SendMessage on resource: ${QUEUE} with an explicit deny in ${which} policy`,
    );
  });
});
