import { expect, test } from 'vitest';
import { accusedBy } from '../../shared/account/accused.ts';
import { isolateHost } from '../../shared/actions/isolateHost/isolateHost.ts';
import { revokeRoleSessions } from '../../shared/actions/revokeRoleSessions/revokeRoleSessions.ts';
import { stopInvocations } from '../../shared/actions/stopInvocations.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import { Throttled } from '../../shared/platform/errors.ts';
import { withRoles } from '../../shared/respond/accusedRoles.ts';
import { type Answers, answeringAws } from '../actions/answeringAws.ts';
import { oneFinding, sampleEvent } from '../finding/sampleEvent.ts';
import { rule, ruleSet } from '../plan/fakes.ts';

const ofFunction = oneFinding(sampleEvent('guardduty-lambda-c2'));
const ofInstance = oneFinding(sampleEvent('guardduty-instance-bitcoin-dns'));
const arn = 'arn:aws:iam::123456789012:role/service-role/media';

const asking = (...actions: string[]) =>
  ruleSet([rule({ name: 'r1', do: actions.map((action) => ({ action, params: {} })) })]);
const revoking = asking('iam.revoke-role-sessions');

async function read(finding: Finding, answers: Answers, { set = revoking, lastTry = false } = {}) {
  const { aws, sent } = answeringAws(answers);
  const effects = {
    sessions: { read: async () => aws, write: async () => aws, role: () => 'ours' },
    catalogue: [revokeRoleSessions, stopInvocations, isolateHost],
  };
  const matched = [{ finding, decision: 'rule', reason: '', rule: 'r1' } as const];
  const accused = new Map([[finding.id, accusedBy(finding, undefined)]]);
  const found = await withRoles(effects, matched, set, { accused, unread: ['before'] }, lastTry);
  return { ...found, one: found.accused.get(finding.id), sent: sent.map(({ operation }) => operation) };
}
const refusing = (name: string) => () => {
  throw Object.assign(new Error('refused'), { name, $metadata: {}, $fault: 'client' });
};

test('a function leads to its execution role, whatever its path, whose session is named after it', async () => {
  const { one } = await read(ofFunction, { GetFunctionConfiguration: () => ({ Role: arn }) });
  const { account, region } = ofFunction;
  expect(one?.roles).toEqual([arn]);
  expect(one?.roleTargets).toEqual([{ kind: 'role', id: 'media', arn, session: 'img-resize', account, region }]);
});

test('the role of a function is read whatever its rule asks for: its credentials are in somebody’s hands', async () => {
  const { one } = await read(
    ofFunction,
    { GetFunctionConfiguration: () => ({ Role: arn }) },
    { set: asking('evidence.capture') },
  );
  expect(one?.roles).toEqual([arn]);
});

test('an instance leads to the role of its profile, where its rule asks for something about roles', async () => {
  const answers: Answers = {
    DescribeInstances: () => ({
      Reservations: [
        { Instances: [{ IamInstanceProfile: { Arn: 'arn:aws:iam::123456789012:instance-profile/fleet' } }] },
      ],
    }),
    GetInstanceProfile: () => ({ InstanceProfile: { Roles: [{ Arn: arn }] } }),
  };
  const { one } = await read(ofInstance, answers);
  expect(one?.roleTargets).toMatchObject([{ id: 'media', session: ofInstance.resource.id }]);
  expect((await read(ofInstance, answers, { set: asking('lambda.stop-invocations') })).sent).toEqual([]);
  const none = await read(ofInstance, { DescribeInstances: () => ({ Reservations: [{ Instances: [{}] }] }) });
  expect(none.one?.roles).toEqual([]);
});

test('an instance leads to its role where its rule cuts it off: what was taken of it works on', async () => {
  const answers: Answers = {
    DescribeInstances: () => ({
      Reservations: [
        { Instances: [{ IamInstanceProfile: { Arn: 'arn:aws:iam::123456789012:instance-profile/fleet' } }] },
      ],
    }),
    GetInstanceProfile: () => ({ InstanceProfile: { Roles: [{ Arn: arn }] } }),
  };
  expect((await read(ofInstance, answers, { set: asking('ec2.isolate') })).one?.roles).toEqual([arn]);
});

test('a role that cannot be read is unknown, and said; what is throttled is asked again, but for the last try', async () => {
  const denied = await read(ofFunction, { GetFunctionConfiguration: refusing('AccessDeniedException') });
  expect(denied.one?.roles).toEqual(['unknown']);
  expect(denied.one).not.toHaveProperty('roleTargets');
  expect(denied.unread).toEqual(['before', expect.stringContaining('access denied (AccessDeniedException).')]);
  const throttled: Answers = { GetFunctionConfiguration: refusing('TooManyRequestsException') };
  await expect(read(ofFunction, throttled)).rejects.toThrow(Throttled);
  expect((await read(ofFunction, throttled, { lastTry: true })).one?.roles).toEqual(['unknown']);
});

test('the role of what is gone is unknown, and said: its credentials outlive it', async () => {
  const { one, unread } = await read(ofFunction, { GetFunctionConfiguration: refusing('ResourceNotFoundException') });
  expect(one?.roles).toEqual(['unknown']);
  expect(unread).toEqual(['before', expect.stringContaining('it is not there any more. Whoever has credentials')]);
  const lost = await read(ofInstance, { DescribeInstances: refusing('InvalidInstanceID.NotFound') });
  expect(lost.one?.roles).toEqual(['unknown']);
  const terminated = { Instances: [{ State: { Name: 'terminated' } }] };
  const listedYet = await read(ofInstance, { DescribeInstances: () => ({ Reservations: [terminated] }) });
  expect(listedYet.one?.roles).toEqual(['unknown']);
});
