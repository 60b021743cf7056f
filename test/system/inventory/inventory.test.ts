import { StartImageScanCommand } from '@aws-sdk/client-ecr';
import { afterEach, describe, expect, it } from 'vitest';
import { addFaults, removeFaults } from '../../../sandbox/faults/set.ts';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { clientConfig } from '../../../shared/platform/sdk/config.ts';
import { ECRClient } from '../../../shared/platform/sdk/ecr.ts';
import { ECSClient, UpdateServiceCommand } from '../../../shared/platform/sdk/ecs.ts';
import type { Stage } from '../stage.ts';
import { fleet, foundBy, noted, openInventory } from './world.ts';

const hour = 3600;
const day = 24 * hour;
/** Past the clock that comes every hour, and what follows from it. */
const look = (stage: Stage): Promise<void> => stage.pass(hour);

const refused = [
  'functions/resize too-old open',
  'functions/resize unscanned open',
  'functions/resize unsigned open',
  'library/nginx unapproved-registry open',
  'payments/far across-regions open',
  'payments/old too-old open',
  'payments/unscanned unscanned open',
  'payments/unsigned unsigned open',
  'payments/withdrawn revoked open',
];

describe('images that run and that the settings refuse', () => {
  let stage: Stage | undefined;
  const opened = async (...args: Parameters<typeof openInventory>): Promise<Stage> => {
    stage = await openInventory(...args);
    return stage;
  };
  afterEach(async () => {
    await stage?.[Symbol.asyncDispose]();
    stage = undefined;
  });

  it('are findings, an incident and one notice for each image; the next day adds nothing; what is mended, or runs no more, resolves', async () => {
    const here = await opened();
    await look(here);
    expect(foundBy(here)).toEqual(refused);
    expect(
      here
        .heads()
        .map(({ incident, outcome }) => `${incident.replace(/@.*/, '')} ${outcome}`)
        .toSorted(),
    ).toEqual([
      'image/123456789012/us-east-1/functions/resize observed',
      'image/123456789012/us-east-1/payments/old observed',
      'image/123456789012/us-east-1/payments/unscanned observed',
      'image/123456789012/us-east-1/payments/unsigned observed',
      'image/123456789012/us-east-1/payments/withdrawn observed',
      'other/123456789012/us-east-1/ContainerImage/123456789012.dkr.ecr.eu-west-1.amazonaws.com/payments/far:1.0 observed',
      'other/123456789012/us-east-1/ContainerImage/docker.io/library/nginx:1.27 observed',
    ]);
    const notices = here.told().filter(({ tier }) => tier === 'notice');
    expect(here.told().filter(({ tier }) => tier === 'page')).toEqual([]);
    const about = notices.filter(({ body }) => body.includes('\nIncident '));
    expect(about).toHaveLength(7);
    expect(about.find(({ subject }) => subject.includes('payments/unsigned'))?.body).toMatch(
      /Owner payments \(tag team\)/,
    );
    expect(noted(here)).toMatchObject({ images: 8, refused: 7, unknown: 2 });

    const told = here.told().length;
    await here.pass(day);
    expect(here.told()).toHaveLength(told);
    expect(foundBy(here)).toEqual(refused);
    expect(here.heads().every(({ state }) => state === 'resting')).toBe(true);

    const config = {
      ...clientConfig({ region: 'us-east-1', endpoint: here.sandbox.door.endpoint }),
      credentials: rootCredentials(here.account),
    };
    const ecs = new ECSClient(config);
    const ecr = new ECRClient(config);
    await ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'old', desiredCount: 0 }));
    const imageId = { imageDigest: `sha256:${'6'.repeat(64)}` };
    await ecr.send(new StartImageScanCommand({ repositoryName: 'payments/unscanned', imageId }));
    ecs.destroy();
    ecr.destroy();
    await here.pass(day);
    const mended = refused.with(6, 'payments/unscanned unscanned resolved');
    expect(foundBy(here)).toEqual(mended);
    await here.pass(day);
    expect(foundBy(here)).toEqual(mended.with(5, 'payments/old too-old resolved'));
    expect(here.told()).toHaveLength(told);
  });

  it('are not told of, and taken for clean as little, where they could not be read', async () => {
    const here = await opened();
    addFaults(here.account, [{ service: 'ecr', operation: 'DescribeImageSigningStatus', fault: 'denied' }]);
    await look(here);
    const bySignature = (one: string): boolean => / (?:unsigned|revoked) /.test(one);
    expect(foundBy(here)).toEqual(refused.filter((one) => !bySignature(one)));
    expect(noted(here).unread.join()).toContain('its signatures could not be read: access denied');
    removeFaults(here.account);
    await here.pass(day);
    expect(foundBy(here)).toEqual(refused);
    addFaults(here.account, [{ service: 'signer', operation: 'GetRevocationStatus', fault: 'denied' }]);
    await here.pass(day);
    expect(foundBy(here)).toEqual(refused);
    expect(noted(here).unread.join()).toContain('whether that holds cannot be told');
    // What was told is not over because it cannot be read today.
    addFaults(here.account, [{ service: 'ecr', operation: 'DescribeImages', fault: 'denied' }]);
    addFaults(here.account, [{ service: 'ecs', operation: 'ListTasks', fault: 'denied' }]);
    await here.pass(2 * day);
    expect(foundBy(here)).toEqual(refused);
    expect(noted(here).unread.join()).toContain('ECS tasks of cluster/prod: access denied');
  });

  it('are told an hour later where EventBridge asked to slow down, and once', async () => {
    const here = await opened();
    addFaults(here.account, [{ service: 'events', operation: 'PutEvents', fault: 'throttled' }]);
    await look(here);
    expect(foundBy(here)).toEqual([]);
    removeFaults(here.account);
    await look(here);
    expect(foundBy(here)).toEqual(refused);
    expect(here.heads()).toHaveLength(7);
  });

  it('are one notice where there are more than twenty at once', async () => {
    const here = await opened('images: { registries: ["*.dkr.ecr.*.amazonaws.com"] }\n', { world: fleet });
    await look(here);
    expect(foundBy(here)).toEqual(['all many open']);
    const about = here.told().filter(({ body }) => body.includes('\nIncident '));
    expect(about).toMatchObject([{ tier: 'notice', body: expect.stringContaining('25 unapproved-registry') }]);
  });

  it('are not looked for where the settings want nothing of images; and are over when they want it no more', async () => {
    const here = await opened('quietHours: 24\n');
    await look(here);
    expect(here.calls('ecs:ListTasks')).toBe(0);
    expect(here.table().filter(({ pk }) => pk === 'inventory')).toEqual([]);
  });
});
