import {
  DeleteRolePolicyCommand,
  GetInstanceProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListInstanceProfilesForRoleCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { type Credentials, credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { createRole, roleNamed } from '../../../../sandbox/iam/roles.ts';
import { iamService } from '../../../../sandbox/services/iam/service.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { clientOptions, policyOf, throughDoor } from '../throughDoor.ts';

const arn = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const all = policyOf({ Effect: 'Allow', Action: '*', Resource: '*' });
const trust = policyOf({
  Effect: 'Allow',
  Principal: { Service: 'ecs-tasks.amazonaws.com' },
  Action: 'sts:AssumeRole',
});
const make = (account: Account, name: string, path = '') =>
  createRole(account, { name, arn: arn(`${path}${name}`), trust, policies: [{ name: 'all', document: all }] });

/** Until when a change is on its way. */
const onItsWayMs = 4000;

const before = (cutOff: string, operator = 'DateLessThan'): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Deny', Action: '*', Resource: '*', Condition: { [operator]: { 'aws:TokenIssueTime': cutOff } } },
    ],
  });
const put = (PolicyDocument: string, RoleName = 'shop', PolicyName = 'cut') =>
  new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument });
const named = (name: string) => expect.objectContaining({ name });

test('a session from before the cut-off is refused once the policy is in force, and one from after it is not', async () => {
  await throughDoor([iamService], async ({ account, clock }) => {
    make(account, 'shop');
    const asked = async (session: Credentials) => {
      const client = new IAMClient(clientOptions(account, session));
      const answer = client.send(new GetRoleCommand({ RoleName: 'shop' }));
      return answer.then(() => 'let in', String).finally(() => client.destroy());
    };
    const early = credentialsFor(account, 'shop', 'early');
    await clock.advance(2000);
    const late = credentialsFor(account, 'shop', 'late');
    const admin = new IAMClient(clientOptions(account));
    await admin.send(put(before('2026-11-24T08:00:02Z')));
    // IAM is eventually consistent: of a change of a moment ago nothing is shown, and nothing is in force.
    expect(await asked(early)).toBe('let in');
    const shown = new GetRolePolicyCommand({ RoleName: 'shop', PolicyName: 'cut' });
    await expect(admin.send(shown)).rejects.toEqual(named('NoSuchEntityException'));
    await clock.advance(onItsWayMs);
    expect(await asked(early)).toMatch(/AccessDenied.* with an explicit deny in an identity-based policy/);
    expect(await asked(late)).toBe('let in');
    expect(decodeURIComponent((await admin.send(shown)).PolicyDocument ?? '')).toBe(before('2026-11-24T08:00:02Z'));
    // Two changes in a row: what stood before both is in force meanwhile.
    await admin.send(put(before('2026-11-24T08:00:03Z')));
    await admin.send(new DeleteRolePolicyCommand({ RoleName: 'shop', PolicyName: 'cut' }));
    expect(await asked(early)).toMatch(/AccessDenied/);
    await clock.advance(onItsWayMs);
    expect(await asked(early)).toBe('let in');
    admin.destroy();
  });
});

test.each([
  ['DateLessThan', '2026-11-24T08:00:00Z', false],
  ['DateLessThan', '2026-11-24T08:00:01Z', true],
  ['DateLessThanEquals', '2026-11-24T08:00:00Z', true],
  ['DateGreaterThan', '2026-11-24T07:59:59Z', true],
  ['DateGreaterThan', '2026-11-24T08:00:00Z', false],
  ['DateGreaterThanEquals', '2026-11-24T08:00:00Z', true],
  ['DateEquals', '2026-11-24T09:00:00+01:00', true],
  ['DateNotEquals', '2026-11-24T08:00:00Z', false],
  // Seconds since the epoch.
  ['DateEquals', String(Date.parse('2026-11-24T08:00:00Z') / 1000), true],
])('%s %s: a session of 08:00:00 is denied: %s', async (operator, time, denies) => {
  await throughDoor([iamService], async ({ account, clock }) => {
    make(account, 'shop');
    const session = credentialsFor(account, 'shop', 'one');
    const [admin, client] = [new IAMClient(clientOptions(account)), new IAMClient(clientOptions(account, session))];
    await admin.send(put(before(time, operator)));
    await clock.advance(onItsWayMs);
    const asked = await client.send(new GetRoleCommand({ RoleName: 'shop' })).then(
      () => false,
      () => true,
    );
    expect(asked).toBe(denies);
    admin.destroy();
    client.destroy();
  });
});

test('refuses what IAM refuses', async () => {
  await throughDoor([iamService], async ({ account }) => {
    make(account, 'shop');
    make(account, 'AWSServiceRoleForECS', 'aws-service-role/ecs.amazonaws.com/');
    const client = new IAMClient(clientOptions(account));
    const cut = before('2026-11-24T08:00:00Z');
    await expect(client.send(put(cut, 'nobody'))).rejects.toEqual(named('NoSuchEntityException'));
    await expect(client.send(put(cut, 'AWSServiceRoleForECS'))).rejects.toEqual(named('UnmodifiableEntityException'));
    await expect(client.send(put('{'))).rejects.toEqual(named('MalformedPolicyDocumentException'));
    await expect(client.send(put(before('yesterday')))).rejects.toEqual(named('MalformedPolicyDocumentException'));
    await expect(client.send(put(cut, 'shop', 'a/b'))).rejects.toMatchObject({ message: /policyName/ });
    // 10,240 characters are of all inline policies together; white space does not count.
    const one = (length: number) => {
      const text = JSON.stringify(
        policyOf({ Effect: 'Allow', Action: 'ecr:Describe*', Resource: `arn:aws:ecr:*:*:${'x'.repeat(length)}` }),
      );
      return text.replace('{', `{${' '.repeat(2000)}`);
    };
    const empty = [JSON.stringify(all), one(0)].join('').replaceAll(' ', '').length;
    await client.send(put(one(10_240 - empty)));
    await expect(client.send(put(one(10_241 - empty)))).rejects.toEqual(named('LimitExceededException'));
    const gone = new DeleteRolePolicyCommand({ RoleName: 'shop', PolicyName: 'never' });
    await expect(client.send(gone)).rejects.toEqual(named('NoSuchEntityException'));
    expect(roleNamed(account, 'shop')?.written.policies.map(({ name }) => name)).toEqual(['all', 'cut']);
    client.destroy();
  });
});

test('shows the tags of a role, its path, and the profile by which instances have it', async () => {
  await throughDoor([iamService], async ({ account }) => {
    const world = {
      account: account.id,
      region: account.region,
      roles: [{ name: 'hosts', path: '/fleet/', tags: { team: 'shop' } }, { name: 'idle' }],
      instances: [{ ec2InstanceId: 'i-0ab12cd34ef567890', role: 'hosts', ssm: {} }],
    };
    loadWorld(account, worldSchema.parse(world));
    const client = new IAMClient(clientOptions(account));
    const { Role } = await client.send(new GetRoleCommand({ RoleName: 'hosts' }));
    expect(Role).toMatchObject({ Path: '/fleet/', Arn: arn('fleet/hosts'), Tags: [{ Key: 'team', Value: 'shop' }] });
    const of = (RoleName: string) => client.send(new ListInstanceProfilesForRoleCommand({ RoleName }));
    const profile = 'arn:aws:iam::123456789012:instance-profile/hosts';
    expect((await of('hosts')).InstanceProfiles).toMatchObject([{ Arn: profile, Roles: [{ RoleName: 'hosts' }] }]);
    expect((await of('idle')).InstanceProfiles).toEqual([]);
    const got = await client.send(new GetInstanceProfileCommand({ InstanceProfileName: 'hosts' }));
    expect(got.InstanceProfile).toMatchObject({ Arn: profile, Roles: [{ Arn: arn('fleet/hosts') }] });
    const none = new GetInstanceProfileCommand({ InstanceProfileName: 'idle' });
    await expect(client.send(none)).rejects.toEqual(named('NoSuchEntityException'));
    client.destroy();
  });
});
