import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it, vi } from 'vitest';
import type { ChangingCall } from '../../shared/actions/changingCall.ts';
import type { Action, Target } from '../../shared/actions/contract.ts';
import type { StandingChange } from '../../shared/incident/items.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import { lookUpPermission, whoChanged } from '../../shared/respond/whoChanged.ts';
import { awsError } from '../account/awsError.ts';
import { imageTarget } from '../actions/actContext.ts';
import { fakeAction } from '../plan/fakes.ts';

const now = new Date('2026-11-20T12:00:00Z');
const since = '2026-11-20T10:00:00.500Z';
const target: Target = imageTarget('sha256:1');
const ours = 'arn:aws:iam::123456789012:role/firebreak-dev-us-east-1-responder';

const called = (name: string): ChangingCall => ({
  eventName: name,
  eventSource: 'ecr.amazonaws.com',
  isOn: (asked) => asked['repositoryName'] === 'here',
});

/** CloudTrail's record of a call, as JSON. */
const record = (fields: object = {}): string =>
  JSON.stringify({
    eventName: 'Restore',
    eventSource: 'ecr.amazonaws.com',
    eventTime: '2026-11-20T11:00:00Z',
    sourceIPAddress: '203.0.113.7',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/ann' },
    requestParameters: { repositoryName: 'here' },
    responseElements: null,
    ...fields,
  });

/** Who is named when CloudTrail answers so, page after page; and what it was asked. */
async function asked(
  pages: readonly (readonly string[] | Error)[],
  names: readonly string[] = ['Restore'],
  change: StandingChange = standing,
) {
  const client = new CloudTrailClient({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  const stub = mockClient(client);
  let at = 0;
  const askedAt: number[] = [];
  stub.on(LookupEventsCommand).callsFake(() => {
    askedAt.push(Date.now() - now.getTime());
    const page = pages[at] ?? [];
    at += 1;
    if (page instanceof Error) throw page;
    return {
      Events: page.map((one) => ({ CloudTrailEvent: one })),
      NextToken: at < pages.length ? `${at}` : undefined,
    };
  });
  const read = vi.fn(
    async () => ({ cloudtrail: async () => ({ client, CloudTrailClient, LookupEventsCommand }) }) as unknown as Aws,
  );
  const logged: string[] = [];
  const effects = {
    sessions: { read, write: () => Promise.reject(new Error('nothing is changed')), role: () => ours },
    // It goes on between two pages.
    clock: { now: () => new Date(now.getTime() + 40 * stub.calls().length) },
    log: (message: string) => void logged.push(message),
  };
  vi.useFakeTimers({ now, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  try {
    const looking = whoChanged(effects, hand({ changedBy: () => names.map(called) }), change);
    await vi.runAllTimersAsync();
    const changedBy = await looking;
    return { changedBy, read, logged, inputs: stub.calls().map(({ args }) => args[0].input), at: askedAt };
  } finally {
    vi.useRealTimers();
  }
}

const hand = (members: Partial<Action>) =>
  ({ action: { ...fakeAction('fake'), ...members }, step: { target } }) as unknown as Parameters<typeof whoChanged>[1];
const standing = { before: {}, startedAt: since } as unknown as StandingChange;

const names = async (...events: readonly string[]) =>
  (await asked([events])).changedBy?.calls.map(({ who }) => who.split('/').at(-1));

describe('who has changed what was contained', () => {
  it('is asked by the names of the calls that the action declares, since the change began, with the right to look up and no other', async () => {
    const { changedBy, read, inputs } = await asked([[record()]], ['Restore']);
    expect(read).toHaveBeenCalledExactlyOnceWith(target, [lookUpPermission]);
    expect(inputs).toEqual([
      {
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'Restore' }],
        StartTime: new Date(since),
        EndTime: now,
      },
    ]);
    expect(changedBy).toEqual({
      since,
      calls: [
        { call: 'Restore', at: '2026-11-20T11:00:00Z', who: 'arn:aws:iam::123456789012:user/ann', from: '203.0.113.7' },
      ],
      more: 0,
      missing: null,
      asked: ['Restore'],
    });
  });

  it('is asked about no more than the 90 days that CloudTrail keeps, however long it has been contained', async () => {
    const long = { ...standing, startedAt: '2026-01-01T00:00:00.000Z' };
    const { changedBy, inputs } = await asked([[record()]], ['Restore'], long);
    expect(changedBy?.since).toBe('2026-08-22T13:00:00.000Z');
    expect(inputs).toMatchObject([{ StartTime: new Date('2026-08-22T13:00:00.000Z') }]);
  });

  it('is not asked of an action that names no call', async () => {
    const effects = { sessions: {} as never, clock: { now: () => now }, log: () => undefined };
    expect(await whoChanged(effects, hand({}), standing)).toBeUndefined();
  });

  it('is nobody whose call AWS has refused, and nobody who has called for something else', async () => {
    expect(await names(record({ errorCode: 'AccessDenied' }))).toEqual([]);
    expect(await names(record({ requestParameters: { repositoryName: 'elsewhere' } }))).toEqual([]);
    expect(await names(record({ eventSource: 'apprunner.amazonaws.com' }))).toEqual([]);
    expect(await names(record({ eventName: 'Other' }))).toEqual([]);
    expect(await names(record())).toEqual(['ann']);
  });

  it('is never ourselves, though a role that is only named alike is not us', async () => {
    const by = (arn: string) =>
      record({
        userIdentity: {
          type: 'AssumedRole',
          arn: 'arn:aws:sts::123456789012:assumed-role/x/firebreak-dev-act',
          sessionContext: { sessionIssuer: { arn } },
        },
      });
    expect(await names(by(ours))).toEqual([]);
    expect(await names(by(`${ours}-2`))).toEqual(['firebreak-dev-act']);
  });

  it.each([
    ['the name of a user', { userName: 'bob' }, 'bob'],
    ['a service of AWS', { type: 'AWSService', invokedBy: 'ecs.amazonaws.com' }, 'ecs.amazonaws.com'],
    ['an id', { type: 'AWSAccount', principalId: 'AIDAEXAMPLE' }, 'AIDAEXAMPLE'],
    ['a kind', { type: 'Unknown' }, 'Unknown'],
    ['nothing', {}, 'an unknown identity'],
  ])('is told by what there is: %s', async (_what, userIdentity, who) => {
    expect(await names(record({ userIdentity }))).toEqual([who]);
  });

  it('is told of the latest of three, the newest first, with how many more there were', async () => {
    const at = (minute: number) =>
      record({ eventTime: `2026-11-20T11:0${minute}:00Z`, userIdentity: { userName: `user${minute}` } });
    const { changedBy } = await asked([[at(1), at(4), at(2), at(3), at(0)]]);
    expect(changedBy?.calls.map((one) => one.at.slice(14, 16))).toEqual(['04', '03', '02']);
    expect(changedBy?.more).toBe(2);
  });

  it('is told with the newest call of each, so that whoever calls again and again hides nobody', async () => {
    const by = (userName: string, minute: number) =>
      record({ eventTime: `2026-11-20T11:0${minute}:00Z`, userIdentity: { userName } });
    const { changedBy } = await asked([[by('bot', 4), by('bot', 5), by('bot', 3), by('ann', 2), by('bot', 1)]]);
    expect(changedBy?.calls.map(({ who, at }) => [who, at.slice(14, 16)])).toEqual([
      ['bot', '05'],
      ['ann', '02'],
    ]);
    expect(changedBy?.more).toBe(3);
  });

  it('is told before the services of AWS, which go on by themselves; whoever goes through one is not one', async () => {
    const scaling = 'AWSServiceRoleForApplicationAutoScaling_ECSService/AutoScaling-UpdateDesiredCapacity';
    const invokedBy = 'ecs.application-autoscaling.amazonaws.com';
    const arn = `arn:aws:sts::123456789012:assumed-role/${scaling}`;
    const later = record({ eventTime: '2026-11-20T11:30:00Z', userIdentity: { type: 'AssumedRole', arn, invokedBy } });
    const through = record({
      userIdentity: { userName: 'bob', type: 'IAMUser', invokedBy: 'cloudformation.amazonaws.com' },
    });
    const own = record({
      eventTime: '2026-11-20T11:40:00Z',
      userIdentity: { type: 'AWSService', invokedBy: 'ecs.amazonaws.com' },
    });
    expect(await names(own, later, through)).toEqual(['bob', 'ecs.amazonaws.com', 'AutoScaling-UpdateDesiredCapacity']);
    // Nor does one end the look for whoever did it.
    const { changedBy } = await asked([[later], [record()]]);
    expect(changedBy?.calls.map(({ who }) => who.split('/').at(-1))).toEqual([
      'ann',
      'AutoScaling-UpdateDesiredCapacity',
    ]);
  });

  it('is asked for page after page between the same two times, as CloudTrail wants it', async () => {
    const other = record({ requestParameters: { repositoryName: 'elsewhere' } });
    const { inputs } = await asked([[other], [other], [record()]]);
    const times = { StartTime: new Date(since), EndTime: now };
    expect(inputs).toMatchObject([times, times, times]);
  });

  it('is asked for no more than twice a second, which is what all who ask have', async () => {
    expect((await asked([[], [], []], ['Restore'])).at).toEqual([0, 600, 1200]);
  });

  it('is told with what was left, where there is a page after that of whoever was found', async () => {
    const { changedBy, inputs } = await asked([[record()], [record()]]);
    expect(inputs).toHaveLength(1);
    expect(changedBy).toMatchObject({
      calls: [{ call: 'Restore' }],
      more: 0,
      missing: 'only the newest calls of Restore in this account were looked at',
    });
  });

  it('may not be shown yet for 15 minutes after it was seen standing, and no longer', async () => {
    const stood = async (verifiedAt?: string) =>
      (await asked([[]], ['Restore'], { ...standing, ...(verifiedAt === undefined ? {} : { verifiedAt }) })).changedBy
        ?.young;
    expect(await stood('2026-11-20T11:45:00.000Z')).toBe(true);
    expect(await stood('2026-11-20T11:44:59.000Z')).toBeUndefined();
    // What was never read back began two hours ago.
    expect(await stood()).toBeUndefined();
  });

  it('is looked for on the next page until it is found, and through no more than six', async () => {
    const other = record({ requestParameters: { repositoryName: 'elsewhere' } });
    const second = await asked([[other], [record()], [record()]]);
    expect(second.changedBy?.calls).toHaveLength(1);
    expect(second.inputs.map((input) => (input as { NextToken?: string }).NextToken)).toEqual([undefined, '1']);
    const never = await asked(Array.from({ length: 9 }, () => [other]));
    expect(never.inputs).toHaveLength(6);
    expect(never.changedBy).toMatchObject({
      calls: [],
      missing: 'only the newest calls of Restore in this account were looked at',
    });
  });

  it.each([
    ['AccessDeniedException', 'access denied (AccessDeniedException)'],
    ['ThrottlingException', 'AWS asked us to slow down (ThrottlingException)'],
    ['InvalidTimeRangeException', 'AWS refused (InvalidTimeRangeException)'],
  ])('is not known after %s, which is said and thrown at nobody', async (name, why) => {
    const { changedBy, logged } = await asked([awsError(name)]);
    expect(changedBy).toMatchObject({ calls: [], missing: why, asked: ['Restore'] });
    expect(logged).toEqual(['Who changed it was not found out']);
  });

  it('is what was found by then, where the next look-up fails', async () => {
    const { changedBy } = await asked([[record()], awsError('ThrottlingException')], ['Restore', 'Push']);
    expect(changedBy?.calls).toHaveLength(1);
    expect(changedBy?.missing).toContain('ThrottlingException');
  });

  it('is not waited for longer than ten seconds', async () => {
    vi.useFakeTimers({ now });
    try {
      const effects = {
        sessions: {
          read: () => new Promise<never>(() => undefined),
          write: () => Promise.reject(new Error('no')),
          role: () => ours,
        },
        clock: { now: () => now },
        log: () => undefined,
      };
      const looking = whoChanged(effects, hand({ changedBy: () => [called('Restore')] }), standing);
      await vi.advanceTimersByTimeAsync(10_000);
      expect((await looking)?.missing).toBe('no answer within 10 s');
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is not hidden by a record that cannot be read, nor by an action that fails to tell', async () => {
    const deep = `${'['.repeat(100_000)}`;
    expect(await names('no JSON', deep, '{}', 'null', record({ eventTime: 'yesterday' }), record())).toEqual(['ann']);
    const effects = {
      sessions: {
        read: () => Promise.reject(new Error('no')),
        write: () => Promise.reject(new Error('no')),
        role: () => ours,
      },
      clock: { now: () => now },
      log: () => undefined,
    };
    const broken = hand({
      changedBy: () => {
        throw new Error('it is broken');
      },
    });
    expect(await whoChanged(effects, broken, standing)).toBeUndefined();
    const failing = hand({ changedBy: () => [called('Restore')] });
    expect((await whoChanged(effects, failing, standing))?.missing).toBe('Firebreak failed');
  });

  it('is kept in few words, however long the name is', async () => {
    const long = 'x'.repeat(100_000);
    const { changedBy } = await asked([[record({ userIdentity: { arn: long }, sourceIPAddress: long })]]);
    expect(JSON.stringify(changedBy).length).toBeLessThan(1500);
  });
});
