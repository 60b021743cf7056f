import { ECSClient, TagResourceCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { repositories } from '../../../sandbox/services/ecr/state.ts';
import { clusters, ecsArn } from '../../../sandbox/services/ecs/state.ts';
import { messagesOf } from '../../../sandbox/services/sns/topics.ts';
import { faulty, part } from './faulty.ts';
import { isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { shell } from './threats.ts';
import { repositoryOf } from './world.ts';

const teams = ['of-service', 'of-definition', 'of-cluster', 'shop', 'of-map'];
const settings = `storm: off
teams:
${teams.map((name) => `  - { name: ${name}${name === 'of-map' ? ', owns: [{ service: [map] }]' : ''} }`).join('\n')}
`;

const openTagged = (names: readonly string[], cluster: object = {}): Promise<Shop> =>
  openShop(
    names.map((name) => ({ name })),
    { settings, cluster },
  );

/** An administrator tags something on ECS. */
async function tag({ stage }: Shop, resource: string, tags: { readonly [key: string]: string }): Promise<void> {
  const { account, door } = stage.sandbox;
  const ecs = new ECSClient({
    region: account.region,
    endpoint: door.endpoint,
    credentials: rootCredentials(account),
  });
  const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
  await ecs.send(new TagResourceCommand({ resourceArn: ecsArn(account, resource), tags: list }));
}

/** Where the last page went, and what it says of the owner. */
function page(shop: Shop): { readonly team: string | undefined; readonly where: string } {
  const sent = messagesOf(shop.stage.account)
    .filter(({ topicArn }) => topicArn.endsWith('-page'))
    .at(-1);
  return { team: sent?.attributes['team']?.StringValue, where: part(sent?.message ?? '', 'Where') };
}

describe('whose a service is, asked in one place after the other', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openTagged(['service', 'definition', 'cluster', 'repository', 'map', 'unread']);
    const all = repositories(shop.stage.account);
    const repository = all.get(repositoryOf('map'));
    if (repository !== undefined) all.set(repository.name, { ...repository, tags: {} });
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  const found = async (service: string) => {
    await shop.find(service, {});
    await shop.settle();
    return page(shop);
  };

  it('where nothing else says it, the repository of its image does', async () => {
    const { team, where } = await found('repository');
    expect(where).toContain('Owner shop (tag team of the repository)');
    expect(team).toBe('shop');
  });

  it('where no tag does, the settings do', async () => {
    const { team, where } = await found('map');
    expect(where).toContain(
      'Owner unknown (no tag firebreak:owner, owner, team of service, task definition or cluster)',
    );
    expect(where).toContain('Team of-map: the settings say so, teams.of-map.owns, and no tag says otherwise');
    expect(team).toBe('of-map');
  });

  it('its cluster, before the repository', async () => {
    await tag(shop, 'cluster/prod', { team: 'of-cluster' });
    const { team, where } = await found('cluster');
    expect(where).toContain('Owner of-cluster (tag team of cluster prod)');
    expect(team).toBe('of-cluster');
  });

  it('the definition that its accused task was started from, before the cluster, and the undo is its, too', async () => {
    await tag(shop, 'task-definition/definition:2', { owner: 'of-definition' });
    // What it went back to is not what was accused.
    await tag(shop, 'task-definition/definition:1', { owner: 'of-service' });
    const { team, where } = await found('definition');
    expect(where).toContain('Owner of-definition (tag owner of the task definition)');
    expect(team).toBe('of-definition');
    await shop.undo(serviceIncident('definition'));
    await shop.settle();
    const told = messagesOf(shop.stage.account).at(-1);
    expect(told?.subject).toContain('undone');
    expect(told?.attributes['team']?.StringValue).toBe('of-definition');
  });

  it('the service itself, before all of them', async () => {
    await tag(shop, 'service/prod/service', { team: 'of-service' });
    await tag(shop, 'task-definition/service:2', { owner: 'of-definition' });
    const { team, where } = await found('service');
    expect(where).toContain('Owner of-service (tag team)');
    expect(team).toBe('of-service');
  });

  it('a place that cannot be read is named, and the next one asked', async () => {
    faulty(shop, { from: 'decide', operation: 'DescribeTaskDefinition' }, 'denied');
    const { team, where } = await found('unread');
    expect(where).toContain('Owner of-cluster (tag team of cluster prod; the task definition could not be read)');
    expect(team).toBe('of-cluster');
  });
});

describe('a task of no service', () => {
  it('is its cluster’s, whatever is tagged onto it: what runs in it may have done that', async () => {
    const id = '9'.repeat(32);
    const alone = { id, taskDefinition: 'cart:2', tags: { team: 'of-service' } };
    await using shop = await openTagged(['cart'], { tasks: [alone], tags: { team: 'of-cluster' } });
    const arn = ecsArn(shop.stage.account, `task/prod/${id}`);
    const [task] = (await shop.service('cart')).tasks;
    if (task === undefined) throw new Error('No task runs');
    const lone = clusters(shop.stage.account).get('prod')?.tasks.get(id);
    expect(lone?.tags).toEqual({ team: 'of-service' });
    await shop.find('cart', { task: { ...task, arn }, kind: shell });
    await shop.settle();
    expect(page(shop)).toMatchObject({
      team: 'of-cluster',
      where: expect.stringContaining('tag team of cluster prod'),
    });
  });
});

describe('a protected cluster', () => {
  it('protects its services: a person is asked before one is taken back', async () => {
    await using shop = await openTagged(['cart'], { tags: { 'firebreak:protected': 'yes' } });
    await shop.find('cart', {});
    await shop.settle();
    expect(shop.onlyTold().body).toContain('counts as protected (tag firebreak:protected of cluster prod)');
    expect(isArchived(shop, 'cart')).toBe(false);
  });

  it('is one, too, whose tags nobody lets us read', async () => {
    await using shop = await openTagged(['cart']);
    faulty(shop, { from: 'decide', operation: 'DescribeClusters' }, 'denied');
    await shop.find('cart', {});
    await shop.settle();
    const { body } = shop.onlyTold();
    expect(body).toContain('counts as protected (the tags of cluster prod could not be read: access denied');
    expect(body).toContain('cluster prod could not be read');
    expect(isArchived(shop, 'cart')).toBe(false);
  });
});
