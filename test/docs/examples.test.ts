import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { openAccount } from '../../sandbox/sandbox.ts';
import { clusters } from '../../sandbox/services/ecs/state.ts';
import { readWorld } from '../../sandbox/world/read.ts';
import type { World } from '../../sandbox/world/schema.ts';

const folder = fileURLToPath(new URL('../../examples', import.meta.url));
const text = (file: string): string => readFileSync(join(folder, file), 'utf8');
const world = (name: string): World => readWorld(text(`${name}.account.yaml`), name);
const files = readdirSync(folder).filter((file) => file.endsWith('.account.yaml'));
const readme = text('README.md');

/** What an editor checks with: made from the generated JSON Schema, not from the schema that this was made of. */
const schema = z.fromJSONSchema(
  JSON.parse(readFileSync(join(folder, '..', 'docs', 'account-file.schema.generated.json'), 'utf8')),
);

describe.each(files)('%s', (file) => {
  it('names the schema for editors in its first line, and fits it', () => {
    const [first = ''] = text(file).split('\n');
    const named = /^# yaml-language-server: \$schema=(\S+)$/.exec(first)?.[1];
    expect(existsSync(join(folder, named ?? 'nowhere'))).toBe(true);
    expect(schema.safeParse(parse(text(file)))).toMatchObject({ success: true });
  });

  it('opens as an account', async () => {
    const { account, close } = await openAccount({ world: readWorld(text(file), file) });
    try {
      expect(clusters(account).size).toBeGreaterThan(0);
    } finally {
      await close();
    }
  });

  it('is named, and says what to try with events that there are', () => {
    expect(readme).toContain(`[${file}](${file})`);
    const named = [...text(file).matchAll(/# Try (\S+\.json)/g)].map(([, event]) => event ?? '');
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((event) => !existsSync(join(folder, '..', 'events', event)))).toEqual([]);
  });
});

it('the schema for editors refuses what the sandbox refuses', () => {
  expect(schema.safeParse({ repositorys: [] }).success).toBe(false);
  expect(schema.safeParse({ repositories: [{ name: 'app', images: [{ digest: 'sha256:abc' }] }] }).success).toBe(false);
  expect(schema.safeParse({ roles: [{ name: 'task', policies: [{ name: 'read' }] }] }).success).toBe(false);
});

describe('the shop', () => {
  it('is small, and holds two versions or more of everything', () => {
    const { clusters: all, repositories, functions } = world('shop');
    expect(all.flatMap(({ services }) => services).length).toBeLessThanOrEqual(5);
    expect(all.some(({ scheduledTasks }) => scheduledTasks.length > 0)).toBe(true);
    expect(all.flatMap(({ services }) => services).filter(({ autoscaling }) => autoscaling)).toHaveLength(1);
    expect(functions.length).toBeGreaterThan(0);
    expect(repositories.filter(({ images }) => images.length < 2)).toEqual([]);
  });
});

describe('the company', () => {
  it('has forty services in three clusters, on Fargate and on hosts, each of a team', () => {
    const { clusters: all } = world('company');
    const services = all.flatMap((cluster) => cluster.services);
    expect(all).toHaveLength(3);
    expect(services).toHaveLength(40);
    expect(services.filter(({ launchType }) => launchType === 'EC2').length).toBeGreaterThan(5);
    expect(services.filter(({ tags }) => tags['team'] === undefined)).toEqual([]);
    expect(new Set(services.map(({ tags }) => tags['team'])).size).toBeGreaterThan(5);
  });
});

describe('the awkward account', () => {
  const { repositories, taskDefinitions, clusters: all } = world('awkward');
  const images = repositories.flatMap((repository) => repository.images);
  const services = all.flatMap((cluster) => cluster.services);
  const tasks = all.flatMap((cluster) => cluster.tasks);
  const containers = taskDefinitions.flatMap((definition) => definition.containers);
  const indexed = new Set(images.flatMap(({ platforms }) => platforms.map(({ digest }) => digest)));

  it.each([
    ['a daemon', services.some(({ schedulingStrategy }) => schedulingStrategy === 'DAEMON')],
    ['CODE_DEPLOY', services.some(({ deploymentController }) => deploymentController === 'CODE_DEPLOY')],
    ['EXTERNAL', services.some(({ deploymentController }) => deploymentController === 'EXTERNAL')],
    ['a deployment under way', services.some(({ deploying }) => deploying !== undefined)],
    ['a protected task', services.some(({ protectedTasks }) => protectedTasks > 0)],
    ['a service with the tag', services.some(({ tags }) => tags['firebreak:protected'] === 'true')],
    ['a task with the tag', tasks.some(({ tags }) => tags['firebreak:protected'] === 'true')],
    ['a tag that moved', services.some(({ digests }) => Object.keys(digests).length > 0)],
    ['a tagged platform of an index', images.some(({ digest, tags }) => indexed.has(digest) && tags.length > 0)],
    ['an attestation', images.some(({ platforms }) => platforms.some(({ os }) => os === 'unknown'))],
    ['an archived image', images.some(({ storageClass }) => storageClass === 'ARCHIVE')],
    ['an image that does not start', images.some(({ exits }) => exits === true)],
    ['tags that are resolved anew', containers.some(({ versionConsistency }) => versionConsistency === 'disabled')],
    ['an INACTIVE definition', taskDefinitions.some(({ status }) => status === 'INACTIVE')],
    ['an INACTIVE service', services.some(({ status }) => status === 'INACTIVE')],
    [
      'one task that must stay healthy',
      services.some(({ desiredCount, minimumHealthyPercent: least }) => desiredCount === 1 && least === 100),
    ],
    ['scheduled scaling', services.some(({ autoscaling }) => (autoscaling?.scheduled.length ?? 0) > 0)],
    ['a service without tasks', services.some(({ desiredCount, status }) => desiredCount === 0 && status === 'ACTIVE')],
    ['a task of no service', tasks.some(({ status }) => status === 'RUNNING')],
    ['a registry elsewhere', containers.some(({ image }) => image.startsWith('public.ecr.aws/'))],
    ['a draining host', all.some(({ containerInstances }) => containerInstances.some((h) => h.status === 'DRAINING'))],
    [
      'a host whose agent is lost',
      all.some(({ containerInstances }) => containerInstances.some((h) => h.ssm?.pingStatus === 'ConnectionLost')),
    ],
    [
      'a patch that fails',
      all.some(({ containerInstances }) => containerInstances.some((h) => h.ssm?.patches.some((p) => !p.installs))),
    ],
    ['a cluster of 255 letters', all.some(({ name }) => name.length === 255)],
    ['a service of 255 letters', services.some(({ name }) => name.length === 255)],
    ['a repository of 256 letters', repositories.some(({ name }) => name.length === 256)],
    ['a tag of 300 letters', images.some(({ tags }) => tags.some((tag) => tag.length === 300))],
  ])('has %s', (_what, isThere) => {
    expect(isThere).toBe(true);
  });
});
