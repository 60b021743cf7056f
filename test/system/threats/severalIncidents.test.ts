import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentOf, firebreak } from '../firebreak.ts';
import { enforcing, incidentOf } from '../scan.ts';
import { part } from './faulty.ts';
import { clusterIncident, containing, isArchived, openShop, type Shop, serviceIncident } from './shop.ts';
import { deliverSequence, shell } from './threats.ts';
import { accusedDigest, cleanDigest, repositoryOf } from './world.ts';

let shop: Shop;
beforeAll(async () => {
  const services = [{ name: 'sequence' }, { name: 'scanned' }, { name: 'cart' }, { name: 'till', image: 'cart' }];
  shop = await openShop([...services, { name: 'found' }, { name: 'again' }, { name: 'twice' }], {
    rules: { containing, enforcing },
  });
});
afterAll(() => shop[Symbol.asyncDispose]());

const imageOf = (name: string) => ({ repository: repositoryOf(name), digest: accusedDigest(name) });
const outcome = async (incident: string) => (await shop.show(incident)).outcome;
/** So many write calls of ECS and ECR have come through. */
const changes = () => shop.stage.calls('ecs:UpdateService') + shop.stage.calls('ecr:UpdateImageStorageClass');

async function undone(incident: string) {
  expect((await shop.undo(incident)).kind).toBe('opened');
  await shop.stage.pass(40 * 60);
  return shop.told();
}

describe('a finding in a task of a service, and an attack sequence on its cluster that names the task', () => {
  const incident = serviceIncident('sequence');

  it('contain the service once; the incident of the cluster joins', async () => {
    const task = await shop.find('sequence', {});
    await shop.until(() => shop.stage.heads().some(({ plan }) => plan !== null));
    deliverSequence(shop.stage, task);
    await shop.settle();
    expect(await outcome(incident)).toBe('contained');
    expect(await outcome(clusterIncident)).toBe('joined');
    expect(await shop.service('sequence')).toMatchObject({ desired: 2, digests: [cleanDigest('sequence')] });
    // Back and up again, and the image: once.
    expect(changes()).toBe(3);
    const told = shop.told();
    expect(new Set(told.map(({ subject }) => subject.slice(0, 33)))).toEqual(
      new Set(['GET UP: prod/sequence contained, ']),
    );
  });

  it('undone for the one, the service stays as long as the other needs it, and that is said', async () => {
    const [first] = await undone(incident);
    expect(first).toMatchObject({ tier: 'notice', subject: expect.stringContaining('prod/sequence undone') });
    expect(part(first?.body ?? '', 'What was not done, and why')).toContain(`incident ${clusterIncident} needs it`);
    expect((await shop.service('sequence')).digests).toEqual([cleanDigest('sequence')]);

    await undone(clusterIncident);
    expect(await shop.service('sequence')).toMatchObject({ taskDefinition: 'sequence:2', desired: 2 });
    expect((await shop.service('sequence')).digests).toEqual([accusedDigest('sequence')]);
    expect(isArchived(shop, 'sequence')).toBe(false);
  });
});

describe('a service, and its image by a scan', () => {
  it('the scan first: held, because the service runs it; the finding then contains both', async () => {
    shop.stage.scan(imageOf('scanned'));
    await shop.settle();
    expect(shop.onlyTold()).toMatchObject({ tier: 'notice', subject: expect.stringContaining('held until you look') });
    await shop.find('scanned', {});
    await shop.settle();
    expect(shop.onlyTold()).toMatchObject({
      tier: 'page',
      subject: expect.stringContaining('prod/scanned contained,'),
    });
    expect((await shop.service('scanned')).digests).toEqual([cleanDigest('scanned')]);
    expect(isArchived(shop, 'scanned')).toBe(true);
    await undone(serviceIncident('scanned'));
    expect((await shop.service('scanned')).digests).toEqual([accusedDigest('scanned')]);
    expect(isArchived(shop, 'scanned')).toBe(false);
  });

  it('the finding first: the scan changes nothing and wakes nobody a second time', async () => {
    await shop.find('found', {});
    await shop.settle();
    expect(shop.onlyTold().tier).toBe('page');
    const made = changes();
    shop.stage.scan(imageOf('found'));
    await shop.settle();
    expect(shop.told()).toEqual([]);
    expect(changes()).toBe(made);
    expect(await outcome(incidentOf(imageOf('found')))).toBe('joined');
  });

  it('undone for the service while the image is needed: nothing is broken, and whoever asked is told what is in the way', async () => {
    const image = incidentOf(imageOf('found'));
    const asked = await firebreak(
      ['undo', serviceIncident('found'), '--stage', 'dev', '--yes', '--by', 'ann', '--reason', 'a false alarm'],
      { env: environmentOf(shop.stage.account) },
    );
    expect(asked.exit).toBe(0);
    expect(asked.out).toContain(`: It stays: incident ${image} needs it.`);
    expect(asked.out).toMatch(/ecs\.contain-service on .*: It stays: what it would go back to stays contained/);
    expect(asked.out).not.toContain('Undo brings back');
    expect(asked.out).toContain(`To have that back, too: firebreak undo ${image} --stage dev`);
    expect(asked.out).toContain(`Then ask again: firebreak undo ${serviceIncident('found')} --stage dev`);
    await shop.stage.pass(40 * 60);
    const told = shop.told();
    const page = told.find(({ tier }) => tier === 'page');
    expect(page?.subject).toContain('prod/found undo held');
    expect(part(page?.body ?? '', 'What was not done, and why')).toContain(
      `incident ${incidentOf(imageOf('found'))} needs it`,
    );
    expect(part(page?.body ?? '', 'What you can do')).toContain(`Undo that one: firebreak undo ${image} `);
    expect(page?.body).not.toContain('changes what was put back');
    expect(await shop.service('found')).toMatchObject({ taskDefinition: 'found:1', rollout: 'COMPLETED' });
    expect((await shop.service('found')).tasks).toHaveLength(2);
    expect(isArchived(shop, 'found')).toBe(true);

    await undone(incidentOf(imageOf('found')));
    expect(isArchived(shop, 'found')).toBe(false);
    await undone(serviceIncident('found'));
    expect((await shop.service('found')).digests).toEqual([accusedDigest('found')]);
  });
});

describe('a service whose image is scanned again while its containment is undone', () => {
  const incident = serviceIncident('again');

  it('is told as undone, and wakes nobody: nothing was found since', async () => {
    await shop.find('again', {});
    await shop.settle();
    expect(shop.onlyTold().tier).toBe('page');
    const made = changes();
    expect((await shop.undo(incident)).kind).toBe('opened');
    await shop.until(() => changes() > made);
    shop.stage.scan(imageOf('again'));
    await shop.stage.pass(40 * 60);
    const tiers = shop.told().map(({ tier }) => tier);
    expect(new Set(tiers)).toEqual(new Set(['notice']));
    expect(await outcome(incident)).toBe('held');
    expect((await shop.service('again')).digests).toEqual([accusedDigest('again')]);
    expect(isArchived(shop, 'again')).toBe(false);
  });

  it('is a page when something is found after that', async () => {
    await shop.find('again', { id: 'f'.repeat(32) });
    await shop.settle();
    expect(shop.onlyTold()).toMatchObject({
      tier: 'page',
      subject: expect.stringContaining('prod/again held, needs you'),
    });
    expect((await shop.service('again')).digests).toEqual([accusedDigest('again')]);
  });
});

describe('a service that was rolled back, and whose clean version somebody is in then', () => {
  it('can be undone, says the page, as the rollback can; the task that was stopped is gone', async () => {
    await shop.find('twice', {});
    await shop.settle();
    expect(shop.onlyTold().tier).toBe('page');
    await shop.find('twice', { kind: shell });
    await shop.settle();
    const told = shop.onlyTold();
    expect(told.tier).toBe('page');
    const lines = part(told.body, 'How to undo').split('\n');
    expect(lines.join('\n')).toContain(`firebreak undo ${serviceIncident('twice')}`);
    expect(lines).toContainEqual(expect.stringMatching(/^ecs\.contain-service: Undo brings back the task definition/));
    expect(lines).toContainEqual(
      expect.stringMatching(/^ecs\.contain-service, what was done this time stays: A stopped task is gone/),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^ecr\.quarantine-image: /));
    expect(lines.join('\n')).not.toContain('cannot be undone');
    await undone(serviceIncident('twice'));
    expect((await shop.service('twice')).digests).toEqual([accusedDigest('twice')]);
  });
});

describe('two services that run one image', () => {
  it('are contained one after the other, the image with the last: before, it is in use, and a person is asked', async () => {
    await shop.find('cart', {});
    await shop.settle();
    const first = shop.onlyTold();
    expect(first.subject).toContain('prod/cart contained, a decision waits');
    expect(part(first.body, 'What is still open')).toMatch(
      /Decide: shop\/cart@sha256:\w+: it is in use: .*service\/prod\/till/,
    );
    expect(isArchived(shop, 'cart')).toBe(false);

    await shop.find('till', {});
    await shop.settle();
    // The same image is a campaign: the page of the first tells the second, whose role is another one.
    const second = shop.onlyTold();
    expect(second.subject).toContain('prod/cart and 1 more, credentials open');
    expect(second.body).toContain('prod/till contained');
    expect(isArchived(shop, 'cart')).toBe(true);
    for (const name of ['cart', 'till']) {
      expect(await shop.service(name)).toMatchObject({ desired: 2, digests: [cleanDigest('cart')] });
    }
  });

  it('undone for one, it keeps its clean tasks, because nothing could pull the other image; then for both', async () => {
    const [page] = await undone(serviceIncident('cart'));
    expect(page).toMatchObject({ tier: 'page', subject: expect.stringContaining('prod/cart undo did NOT finish') });
    expect(part(page?.body ?? '', 'What was not done, and why')).toMatch(
      /prod\/cart stays on its clean version: shop\/cart@sha256:\w+ is ARCHIVED, .* Put the image back first/,
    );
    expect(await shop.service('cart')).toMatchObject({ taskDefinition: 'cart:1', rollout: 'COMPLETED' });
    expect((await shop.service('cart')).tasks).toHaveLength(2);

    await undone(serviceIncident('till'));
    expect(isArchived(shop, 'cart')).toBe(false);
    await undone(serviceIncident('cart'));
    for (const name of ['cart', 'till']) {
      expect(await shop.service(name)).toMatchObject({ desired: 2, digests: [accusedDigest('cart')] });
    }
    expect(await outcome(serviceIncident('cart'))).toBe('undone');
  });
});
