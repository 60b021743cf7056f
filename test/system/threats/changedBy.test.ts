import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addFaults } from '../../../sandbox/faults/set.ts';
import { credentialsFor } from '../../../sandbox/iam/credentials.ts';
import { createRole } from '../../../sandbox/iam/roles.ts';
import { policyOf } from '../../sandbox/services/throughDoor.ts';
import { part } from './faulty.ts';
import { containing, openShop, type Shop, serviceIncident } from './shop.ts';

/** Contains by setting the service to no task at all. */
const stopping = containing.replace('strategy: by-cause', 'strategy: zero, allowZero: true');
const names = ['cart', 'late', 'ours', 'denied'] as const;
type Name = (typeof names)[number];

const responder = 'firebreak-dev-us-east-1-responder';
const mallory = 'arn:aws:sts::123456789012:assumed-role/deployer/mallory@example.com';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(
    names.map((name) => ({ name })),
    // All of these are the rule's: it is not to be stopped for what people undo.
    { rules: { containing: stopping }, settings: 'breaker: { ineffective: 100, withinHours: 1 }\n' },
  );
  const { account } = shop.stage;
  for (const [name, action] of [
    ['deployer', 'ecs:*'],
    ['reader', 'ecs:Describe*'],
  ] as const) {
    createRole(account, {
      name,
      arn: `arn:aws:iam::${account.id}:role/${name}`,
      trust: policyOf({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }),
      policies: [{ name: 'own', document: policyOf({ Effect: 'Allow', Action: action, Resource: '*' }) }],
    });
  }
});
afterAll(() => shop[Symbol.asyncDispose]());

/** The service is accused and stopped; what people are told of that is not looked at. */
async function contained(name: Name) {
  const task = await shop.find(name, {});
  await shop.settle();
  expect(await shop.service(name)).toMatchObject({ desired: 0 });
  expect(shop.onlyTold().subject).toContain(`prod/${name} contained`);
  return task;
}

/** Somebody with this role starts it again. */
async function scaledUp(name: Name, roleName: string, sessionName: string, desiredCount = 2): Promise<void> {
  const { account } = shop.stage;
  const { accessKeyId, secretAccessKey, sessionToken } = credentialsFor(account, roleName, sessionName);
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  const ecs = new ECSClient({ region: account.region, endpoint: account.endpoint, credentials, maxAttempts: 1 });
  await ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: name, desiredCount }));
}

/** The next finding, so many seconds after that; answers with what is told. */
async function foundAgain(name: Name, task: Awaited<ReturnType<typeof contained>>, afterSeconds: number, count = 2) {
  await shop.stage.pass(afterSeconds);
  await shop.find(name, { task, count, ago: 1 });
  await shop.settle();
  expect(await shop.show(serviceIncident(name))).toMatchObject({ state: 'resting', outcome: 'held' });
  expect(await shop.service(name)).toMatchObject({ desired: 2 });
  return shop.told();
}

const happened = (told: Awaited<ReturnType<typeof foundAgain>>): string => part(told[0]?.body ?? '', 'What happened');

describe('a containment that somebody has changed by hand', () => {
  it('is told once, with who did it, by which call, when and from where', async () => {
    const task = await contained('cart');
    // What AWS refuses changes nothing, whoever tried it.
    await expect(scaledUp('cart', 'reader', 'nosy')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await scaledUp('cart', 'deployer', 'mallory@example.com');
    const told = await foundAgain('cart', task, 6 * 60);
    expect(told).toHaveLength(1);
    expect(happened(told)).toContain('CloudTrail shows these calls of others on it since ');
    expect(happened(told)).toMatch(new RegExp(`^UpdateService at \\S+Z by "${mallory}" from "127\\.0\\.0\\.1"$`, 'm'));
    expect(happened(told)).not.toMatch(/nosy|responder/);
    // What follows finds the same, and says nothing new.
    expect(await foundAgain('cart', task, 60, 3)).toEqual([]);
    const { receipts } = await shop.show(serviceIncident('cart'));
    expect(receipts.findLast(({ changedBy }) => changedBy !== undefined)?.changedBy?.calls).toMatchObject([
      { call: 'UpdateService', who: mallory, from: '127.0.0.1' },
    ]);
  });

  it('is told before CloudTrail shows it, with how to ask; what comes later knows it, and tells nobody again', async () => {
    const task = await contained('late');
    await scaledUp('late', 'deployer', 'mallory@example.com');
    const told = await foundAgain('late', task, 60);
    expect(told).toHaveLength(1);
    expect(happened(told)).toContain('CloudTrail does not show yet who did it');
    expect(happened(told)).toMatch(
      /aws cloudtrail lookup-events --region us-east-1 --start-time \S+Z --lookup-attributes AttributeKey=EventName,AttributeValue=UpdateService/,
    );
    expect(happened(told)).not.toContain('mallory');
    expect(await foundAgain('late', task, 60, 3)).toEqual([]);
    const { receipts } = await shop.show(serviceIncident('late'));
    expect(receipts.at(-1)?.changedBy?.calls).toMatchObject([{ who: mallory }]);
  });

  it('is not told as done by ourselves', async () => {
    const task = await contained('ours');
    await scaledUp('ours', responder, 'firebreak-dev-act');
    // Another service is nobody's business here.
    await scaledUp('cart', 'deployer', 'mallory@example.com');
    const told = await foundAgain('ours', task, 6 * 60);
    expect(told).toHaveLength(1);
    expect(happened(told)).toContain('CloudTrail does not show yet who did it');
    expect(happened(told)).not.toMatch(/responder|mallory/);
  });

  it('is told all the same where CloudTrail may not be asked, and says so', async () => {
    const task = await contained('denied');
    await scaledUp('denied', 'deployer', 'mallory@example.com');
    addFaults(shop.stage.account, [{ service: 'cloudtrail', operation: 'LookupEvents', fault: 'denied' }]);
    const told = await foundAgain('denied', task, 6 * 60);
    expect(told).toHaveLength(1);
    expect(happened(told)).toContain(
      'Who did it is not known. CloudTrail was asked: access denied (AccessDeniedException).',
    );
    expect(part(told[0]?.body ?? '', 'What you can do')).toContain('Somebody has changed it back by hand');
  });
});
