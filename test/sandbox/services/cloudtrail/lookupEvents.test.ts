import { CloudTrailClient, LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { DescribeRepositoriesCommand, ECRClient, PutImageTagMutabilityCommand } from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../../sandbox/account.ts';
import { credentialsFor } from '../../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import { kernelOf, type RunningAccount } from '../../../../sandbox/kernel/kernel.ts';
import { keepEvent } from '../../../../sandbox/services/cloudtrail/keep.ts';
import { cloudtrailService } from '../../../../sandbox/services/cloudtrail/service.ts';
import { eventHistory, keptMs, shownAfterMs } from '../../../../sandbox/services/cloudtrail/state.ts';
import { ecrService } from '../../../../sandbox/services/ecr/service.ts';
import { takeSnapshot } from '../../../../sandbox/snapshot.ts';
import { loadWorld } from '../../../../sandbox/world/load.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { clientOptions, policyOf, throughDoor } from '../throughDoor.ts';

const call = (account: Account, credentials?: ReturnType<typeof credentialsFor>, repositoryName = 'shop/web') =>
  new ECRClient(clientOptions(account, credentials)).send(
    new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }),
  );

/** A look-up that no other one of the same second is in the way of. */
async function lookUp({ account, clock }: RunningAccount, input: LookupEventsCommandInput = {}) {
  await clock.advance(1000);
  return new CloudTrailClient(clientOptions(account)).send(new LookupEventsCommand(input));
}

const withShop = (use: (running: RunningAccount) => Promise<void>) =>
  throughDoor([cloudtrailService, ecrService], async (running) => {
    loadWorld(running.account, worldSchema.parse({ repositories: [{ name: 'shop/web' }] }));
    await use(running);
  });

const person = ({ account }: RunningAccount, name: string, allowed = '*') => {
  const trust = policyOf({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' });
  const document = policyOf({ Effect: 'Allow', Action: allowed, Resource: '*' });
  const arn = `arn:aws:iam::${account.id}:role/${name}`;
  createRole(account, { name, arn, trust, policies: [{ name: 'own', document }] });
  return credentialsFor(account, name, 'ann@example.com');
};

describe('the event history', () => {
  it('shows a call five minutes after it was made, and not sooner', () =>
    withShop(async (running) => {
      await call(running.account);
      await running.clock.advance(shownAfterMs - 2000);
      expect((await lookUp(running)).Events).toEqual([]);
      expect((await lookUp(running)).Events).toHaveLength(1);
    }));

  it('shows who called, by which session, from where and with what; and what was refused, with its error', () =>
    withShop(async (running) => {
      await call(running.account, person(running, 'deployer'));
      await expect(call(running.account, person(running, 'reader', 'ecr:Describe*'))).rejects.toThrow();
      await running.clock.advance(shownAfterMs);
      const { Events = [] } = await lookUp(running);
      expect(Events.map(({ Username, EventName }) => [Username, EventName])).toEqual([
        ['ann@example.com', 'PutImageTagMutability'],
        ['ann@example.com', 'PutImageTagMutability'],
      ]);
      const [refused, done] = Events.map(({ CloudTrailEvent = '' }) => JSON.parse(CloudTrailEvent));
      expect(done).toMatchObject({
        userIdentity: {
          type: 'AssumedRole',
          arn: 'arn:aws:sts::123456789012:assumed-role/deployer/ann@example.com',
          sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::123456789012:role/deployer', userName: 'deployer' } },
        },
        eventTime: '2026-11-24T08:00:00Z',
        eventSource: 'ecr.amazonaws.com',
        awsRegion: 'eu-west-1',
        sourceIPAddress: '127.0.0.1',
        requestParameters: { repositoryName: 'shop/web', imageTagMutability: 'IMMUTABLE' },
        responseElements: { repositoryName: 'shop/web' },
      });
      expect(done).not.toHaveProperty('errorCode');
      expect(refused).toMatchObject({ errorCode: 'AccessDeniedException', responseElements: null });
    }));

  it('is asked by one attribute, between two times, a page after the other, the newest first', () =>
    withShop(async (running) => {
      const { account, clock } = running;
      const start = clock.now();
      for (let n = 0; n < 3; n += 1) {
        await call(account);
        await clock.advance(60_000);
      }
      await clock.advance(shownAfterMs);
      const times = ({ Events = [] }: Awaited<ReturnType<typeof lookUp>>) =>
        Events.map(({ EventTime }) => ((EventTime?.getTime() ?? 0) - start) / 60_000);
      expect(times(await lookUp(running))).toEqual([2, 1, 0]);
      const between = { StartTime: new Date(start + 30_000), EndTime: new Date(start + 90_000) };
      expect(times(await lookUp(running, between))).toEqual([1]);
      const first = await lookUp(running, { MaxResults: 2 });
      expect(times(first)).toEqual([2, 1]);
      expect(times(await lookUp(running, { MaxResults: 2, NextToken: first.NextToken }))).toEqual([0]);
      const by = async (AttributeKey: 'EventName' | 'Username' | 'ResourceName', AttributeValue: string) =>
        times(await lookUp(running, { LookupAttributes: [{ AttributeKey, AttributeValue }] })).length;
      expect(await by('EventName', 'PutImageTagMutability')).toBe(3);
      expect(await by('EventName', 'PutImage')).toBe(0);
      expect(await by('Username', 'root')).toBe(3);
      expect(await by('ResourceName', 'shop/web')).toBe(0);
    }));

  it('refuses as AWS does: a third look-up within a second, two attributes, a page of 51, times that end before they begin', () =>
    withShop(async (running) => {
      const client = new CloudTrailClient(clientOptions(running.account));
      const ask = (input: LookupEventsCommandInput = {}) => client.send(new LookupEventsCommand(input));
      await running.clock.advance(1000);
      await ask();
      await ask();
      await expect(ask()).rejects.toMatchObject({ name: 'ThrottlingException' });
      const attribute = { AttributeKey: 'EventName', AttributeValue: 'PutImage' } as const;
      const refusal = (input: LookupEventsCommandInput, name: string) =>
        expect(lookUp(running, input)).rejects.toMatchObject({ name });
      await refusal({ LookupAttributes: [attribute, attribute] }, 'InvalidLookupAttributesException');
      await refusal({ LookupAttributes: [{ ...attribute, AttributeValue: '' }] }, 'InvalidLookupAttributesException');
      await refusal({ MaxResults: 51 }, 'InvalidMaxResultsException');
      await refusal({ NextToken: 'none' }, 'InvalidNextTokenException');
      const now = running.clock.now();
      const backwards = { StartTime: new Date(now), EndTime: new Date(now - 1000) };
      await refusal(backwards, 'InvalidTimeRangeException');
      await refusal({ StartTime: new Date(now - keptMs - 1000) }, 'InvalidTimeRangeException');
    }));

  it('keeps 90 days, and no more in memory', () =>
    withShop(async (running) => {
      await call(running.account);
      await running.clock.advance(keptMs);
      expect((await lookUp(running)).Events).toEqual([]);
      await call(running.account);
      expect(eventHistory(running.account).events).toHaveLength(1);
    }));

  it('keeps no reads, and nothing of a document that is too large to be shown', () =>
    withShop(async ({ account }) => {
      await new ECRClient(clientOptions(account)).send(new DescribeRepositoriesCommand({}));
      await expect(call(account, undefined, 'a'.repeat(110_000))).rejects.toThrow();
      const [{ record = '' } = {}, ...more] = eventHistory(account).events;
      expect(more).toEqual([]);
      expect(JSON.parse(record)).toMatchObject({ requestParameters: null });
      expect(record.length).toBeLessThan(200_000);
    }));

  it('is copied with the account', () =>
    withShop(async ({ account }) => {
      await call(account);
      const copy = takeSnapshot(account).state.get('cloudtrail') as ReturnType<typeof eventHistory>;
      await call(account);
      expect(copy.events).toHaveLength(1);
      expect(eventHistory(account).events).toHaveLength(2);
    }));

  it('draws no chance, so that an account goes the same way as without one', () =>
    withShop(async ({ account }) => {
      const { random } = kernelOf(account);
      const before = random.position();
      const principal = { kind: 'root', arn: 'arn:aws:iam::123456789012:root' } as const;
      const ended = { service: 'ecr', operation: 'PutImage', input: {}, output: {}, principal, requestId: 'r' };
      keepEvent(account, { ...ended, accessKeyId: 'a', userAgent: 'u' });
      expect(eventHistory(account).events).toHaveLength(1);
      expect(random.position()).toBe(before);
    }));
});
