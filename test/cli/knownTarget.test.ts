import { describe, expect, it } from 'vitest';
import { isKnown } from '../../cli/knownTarget.ts';
import { keys } from '../../shared/incident/keys.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';

const place = '123456789012/eu-west-1';
const ecs = 'arn:aws:ecs:eu-west-1:123456789012';

/** A table in which one incident is open, one is closed, and one instance was to be changed. */
async function knowing() {
  const table = memoryTable();
  const open = `ecs-service/${place}/prod/checkout`;
  await table.putIfAbsent({ ...keys.head(open), incident: open, state: 'resting', gsi: 'resting' });
  const image = `image/${place}/shop/api@sha256:1`;
  await table.putIfAbsent({ ...keys.head(image), incident: image, state: 'running', gsi: 'running' });
  const closed = `ecs-service/${place}/prod/cart`;
  await table.putIfAbsent({ ...keys.head(closed), incident: closed, state: 'closed' });
  const instance = `instance/${place}/i-0a1b2c`;
  await table.putIfAbsent({ ...keys.target(instance), target: instance, version: 1 });
  return table;
}

describe('what is paused', () => {
  it.each([
    `${ecs}:service/prod/checkout`,
    `ecs-service/${place}/prod/checkout`,
    `${ecs}:service/prod/cart`,
    `${ecs}:cluster/prod`,
    'arn:aws:ecr:eu-west-1:123456789012:repository/shop/api',
    'arn:aws:ec2:eu-west-1:123456789012:instance/i-0a1b2c',
  ])('is known: %s', async (target) => {
    expect(await isKnown(await knowing(), target)).toBe(true);
  });

  it.each([
    `${ecs}:service/prod/chekcout`,
    `${ecs}:cluster/pro`,
    'arn:aws:ecs:eu-west-2:123456789012:service/prod/checkout',
    'arn:aws:ecr:eu-west-1:123456789012:repository/shop',
    'arn:aws:ec2:eu-west-1:123456789012:instance/i-0a1b2d',
  ])('is not known: %s', async (target) => {
    expect(await isKnown(await knowing(), target)).toBe(false);
  });

  it('counts as known where that may not be read', async () => {
    const table = await knowing();
    const candidates = () => Promise.reject(new Error('AccessDenied'));
    expect(await isKnown({ ...table, candidates }, `${ecs}:service/prod/chekcout`)).toBe(true);
  });
});
