import { describe, expect, it } from 'vitest';
import { deactivateAccessKey as action } from '../../shared/actions/deactivateAccessKey.ts';
import { ActionFailed, TargetGone, Throttled } from '../../shared/platform/errors.ts';
import { actContext } from './actContext.ts';
import { type Answers, answeringAws } from './answeringAws.ts';
import { embeddedTarget } from './embeddedWorlds.ts';

const target = embeddedTarget('access-key');
const settings = { quietPullDays: 7 };
const { id } = target;
const user = 'builder';

const throwing = (name: string) => () => {
  throw Object.assign(new Error('refused'), { name, $metadata: {}, $fault: 'client' });
};
const keys = (...all: readonly (readonly [id: string, status: string])[]) => ({
  AccessKeyMetadata: all.map(([AccessKeyId, Status]) => ({ UserName: user, AccessKeyId, Status })),
});
const used = { LastUsedDate: new Date('2026-11-01T02:00:00Z'), ServiceName: 'ecr', Region: 'us-east-1' };
const answers: Answers = {
  ListAccessKeys: () => keys([id, 'Active']),
  GetAccessKeyLastUsed: () => ({ UserName: user, AccessKeyLastUsed: used }),
  GetUser: () => ({ User: { UserName: user, Tags: [{ Key: 'team', Value: 'payments' }] } }),
  UpdateAccessKey: () => ({}),
};
const context = (change: Answers = {}) => {
  const { aws, sent } = answeringAws({ ...answers, ...change });
  return { context: actContext(aws), sent };
};
const observed = (change: Answers = {}) => action.observe(target, {}, context(change).context);
const planned = async (change: Answers = {}, of = target) => action.plan(of, {}, await observed(change), settings);

describe('what is observed of an access key', () => {
  it('is its status, its last use, whether there is another, and whose it is', async () => {
    expect(await observed({ ListAccessKeys: () => keys([id, 'Active'], ['AKIAOTHER00000000000', 'Active']) })).toEqual({
      status: 'Active',
      protectedBy: null,
      lastUsed: '2026-11-01T02:00:00.000Z for ecr in us-east-1',
      another: true,
      owner: 'payments (tag team)',
      seen: [
        `access key ${id} of user ${user} is Active, last used 2026-11-01T02:00:00.000Z for ecr in us-east-1`,
        `user ${user} has another key that is Active`,
      ],
    });
  });

  it('counts as protected where the tags of its user say so, or cannot be read', async () => {
    const tagged = { GetUser: () => ({ User: { Tags: [{ Key: 'firebreak:protected', Value: '' }] } }) };
    expect(await observed(tagged)).toMatchObject({ protectedBy: 'tag firebreak:protected' });
    expect(await observed({ GetUser: throwing('AccessDenied') })).toMatchObject({
      protectedBy: expect.stringContaining('could not be read'),
    });
    await expect(observed({ GetUser: throwing('ThrottlingException') })).rejects.toThrow(Throttled);
  });

  it.each([
    ['the key', { ListAccessKeys: () => keys(['AKIAOTHER00000000000', 'Active']) }],
    ['its user', { ListAccessKeys: throwing('NoSuchEntityException') }],
  ])('is gone where a person has deleted %s', async (_what, change) => {
    await expect(observed(change)).rejects.toThrow(TargetGone);
  });

  it('is looked for on every page of the keys', async () => {
    const ListAccessKeys = ({ Marker }: { Marker?: string }) =>
      Marker === undefined ? { AccessKeyMetadata: [], IsTruncated: true, Marker: 'm' } : keys([id, 'Inactive']);
    expect(await observed({ ListAccessKeys })).toMatchObject({ status: 'Inactive' });
  });
});

describe('what is planned for an access key', () => {
  it('is to set it Inactive, with its last use, and what whoever used it needs then', async () => {
    expect(await planned()).toEqual({
      kind: 'step',
      sentence: `Set access key ${id} of user ${user} Inactive: it was used last 2026-11-01T02:00:00.000Z for ecr in us-east-1, and whatever does so is refused.`,
      undo: action.reversal,
      remains: `Whatever signs with access key ${id} needs another one, or better a role. Delete the key once nothing needs it.`,
    });
    const never = { GetAccessKeyLastUsed: () => ({ AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } }) };
    expect(await planned(never)).toMatchObject({ sentence: expect.stringContaining('IAM knows of no use of it') });
  });

  it.each(['Inactive', 'Expired'])('is nothing where it is %s', async (status) => {
    expect(await planned({ ListAccessKeys: () => keys([id, status]) })).toEqual({
      kind: 'skip',
      reason: `access key ${id} of user ${user} is ${status} already`,
    });
  });

  it.each(['firebreak-deployer', 'ci-Firebreak', 'break-glass', 'ops-breakglass-2'])(
    'is never to touch a key of %s',
    async (name) => {
      const of = { ...target, user: name, arn: `arn:aws:iam::${target.account}:user/${name}` };
      expect(await planned({}, of)).toMatchObject({ kind: 'hold', reason: expect.stringContaining(name) });
    },
  );
});

describe('an access key that is set Inactive', () => {
  const before = { status: 'Active' } as never;

  it('is asked for by its user and id, and read back', async () => {
    const { context: act, sent } = context({ ListAccessKeys: () => keys([id, 'Inactive']) });
    await action.execute(target, {}, before, act);
    expect(sent[0]).toMatchObject({ input: { UserName: user, AccessKeyId: id, Status: 'Inactive' } });
    expect(await action.verify(target, {}, before, act)).toMatchObject({ state: 'holds', absence: false });
  });

  it('is not done before IAM shows it', async () => {
    expect(await action.verify(target, {}, before, context().context)).toMatchObject({ state: 'pending' });
  });

  it('is set Active again by an undo, and that is read back', async () => {
    const { context: act, sent } = context();
    await action.undo?.(target, {}, before, act);
    expect(sent[0]).toMatchObject({ input: { UserName: user, AccessKeyId: id, Status: 'Active' } });
    expect(await action.verifyUndone?.(target, {}, before, act)).toMatchObject({ state: 'holds' });
  });

  it('is left Inactive by an undo where it was so before', async () => {
    const { context: act, sent } = context();
    await action.undo?.(target, {}, { status: 'Inactive' } as never, act);
    expect(sent[0]).toMatchObject({ input: { Status: 'Inactive' } });
  });

  it('cannot be put back once a person has deleted it', async () => {
    const { context: act } = context({ UpdateAccessKey: throwing('NoSuchEntityException') });
    await expect(action.undo?.(target, {}, before, act)).rejects.toThrow(TargetGone);
  });

  it('was changed back by a call on this key, and by none on another', () => {
    const [call] = action.changedBy?.(target, before) ?? [];
    expect(call).toMatchObject({ eventName: 'UpdateAccessKey', region: 'us-east-1' });
    expect(call?.isOn({ userName: user, accessKeyId: id, status: 'Active' }, {})).toBe(true);
    expect(call?.isOn({ userName: user, accessKeyId: 'AKIAOTHER00000000000', status: 'Active' }, {})).toBe(false);
  });
});

describe('permissions', () => {
  it('are for its user alone, with a path or without', () => {
    expect(action.permissions(target).write).toEqual([
      { action: 'iam:UpdateAccessKey', resource: `arn:aws:iam::${target.account}:user/${user}` },
      { action: 'iam:UpdateAccessKey', resource: `arn:aws:iam::${target.account}:user/*/${user}` },
    ]);
  });

  it.each([
    ['a temporary key', { id: 'ASIAIOSFODNN7EXAMPLE' }],
    ['a user with a star', { user: '*' }],
    ['another account', { account: '210987654321' }],
    ['the root user', { arn: `arn:aws:iam::${target.account}:root` }],
  ])('are none for %s', (_what, change) => {
    expect(() => action.permissions({ ...target, ...change })).toThrow(ActionFailed);
  });
});
