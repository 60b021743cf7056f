import { ECSClient, ListContainerInstancesCommand, UpdateContainerInstancesStateCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { clusters } from '../../../sandbox/services/ecs/state.ts';
import { accusedTasks } from './accusedTasks.ts';
import { part } from './faulty.ts';
import { isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { shell } from './threats.ts';
import { accusedDigest, cleanDigest } from './world.ts';

const hosts = ['i-0aaaaaaaaaaaaaaaa', 'i-0bbbbbbbbbbbbbbbb'];
const [first, second] = [0, 1];

let shop: Shop;
let ecs: ECSClient;
beforeAll(async () => {
  const services = ['image', 'intrusion'].map((name) => ({ name, onHosts: true, minimumHealthyPercent: 100 }));
  const containerInstances = hosts.map((ec2InstanceId) => ({ ec2InstanceId }));
  shop = await openShop(services, { cluster: { containerInstances } });
  const { account, door } = shop.stage.sandbox;
  ecs = new ECSClient({ region: account.region, endpoint: door.endpoint, credentials: rootCredentials(account) });
});
afterAll(() => shop[Symbol.asyncDispose]());

/** As a person would: for a patch, say. */
async function set(status: 'ACTIVE' | 'DRAINING', at: number): Promise<void> {
  const { containerInstanceArns = [] } = await ecs.send(new ListContainerInstancesCommand({ cluster: 'prod' }));
  const containerInstances = containerInstanceArns.slice(at, at + 1);
  await ecs.send(new UpdateContainerInstancesStateCommand({ cluster: 'prod', containerInstances, status }));
}

/** Where the tasks of a service are that have not stopped. */
const places = (name: string) =>
  [...(clusters(shop.stage.account).get('prod')?.tasks.values() ?? [])]
    .filter(({ group, status }) => group === `service:${name}` && status !== 'STOPPED')
    .map(({ host }) => hosts.indexOf(host?.ec2InstanceId ?? ''));

it('a host that drains hands the accused image on to another: none of it is left, and the clean one runs there', async () => {
  await set('DRAINING', first);
  // The scheduler starts replacements on the other host, and they pull what is accused.
  await shop.stage.pass(12);
  await shop.find('image', {});
  await shop.settle();
  expect(shop.onlyTold().subject).toContain('prod/image contained, credentials open');
  expect(isArchived(shop, 'image')).toBe(true);
  expect(accusedTasks(shop, 'image')).toEqual([]);
  expect(places('image')).toEqual([second, second]);
  expect(await shop.service('image')).toMatchObject({ rollout: 'COMPLETED', digests: [cleanDigest('image')] });
  expect(places('intrusion')).toEqual([second, second]);
});

it('an intruder on a host that can hand nothing on is put out, and one page says why nobody takes the place', async () => {
  await set('DRAINING', second);
  const accused = await shop.find('intrusion', { kind: shell });
  await shop.stage.pass(6 * 60);
  const { tier, subject, body } = shop.onlyTold();
  expect(tier).toBe('page');
  expect(subject).toContain('prod/intrusion contained, NOT up again');
  const notDone = part(body, 'What was not done, and why');
  expect(notDone).toContain('1 of 2 tasks healthy');
  expect(notDone).toContain('No Container Instances were found in your cluster');
  expect(part(body, 'What you can do')).toContain('prod/intrusion is below its count for want of capacity: 1 of 2');
  for (let minute = 0; minute < 40; minute += 1) await shop.stage.pass(60);
  expect(shop.told()).toEqual([]);
  expect(part(body, 'How to undo')).toContain('its service starts another in its place, as far as it can');
  expect(await shop.show(serviceIncident('intrusion'))).toMatchObject({ state: 'resting', outcome: 'degraded' });
  const left = await shop.service('intrusion');
  expect(left).toMatchObject({ desired: 2, digests: [accusedDigest('intrusion')] });
  // With a minimum of 100 percent the other task stays: the host never ends draining.
  expect(left.tasks.map(({ arn }) => arn)).not.toContain(accused.arn);
  expect(places('intrusion')).toEqual([second]);
  expect(places('image')).toEqual([second, second]);

  await set('ACTIVE', first);
  await shop.settle();
  expect([...places('intrusion'), ...places('image')]).toEqual([first, first, first, first]);
  expect(shop.told()).toEqual([]);
});
