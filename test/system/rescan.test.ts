import { describe, expect, it } from 'vitest';
import { putParameter } from '../../sandbox/services/ssm/parameters.ts';
import { accused, deleteService, orders, repository, rollOut } from './orders.ts';
import { enforcing } from './scan.ts';
import { openStage, type Stage } from './stage.ts';

const observing = enforcing.replace('mode: enforce', 'mode: observe');
const name = '/firebreak/dev/rules/enforcing';

/** The same twelve critical vulnerabilities each time. */
async function scanned(stage: Stage): Promise<void> {
  stage.scan(accused);
  await stage.settle();
  await stage.pass(60);
}
const tiers = (stage: Stage): readonly string[] => stage.told().map(({ tier }) => tier);
const archived = (stage: Stage): boolean => stage.statuses(repository)[accused.digest] === 'ARCHIVED';

describe('an image that is scanned again, with the same counts', () => {
  it('is contained when the rule that observed it enforces now, and nobody is told in between', async () => {
    await using stage = await openStage({ world: orders(), rules: { enforcing: observing } });
    await scanned(stage);
    await scanned(stage);
    expect(stage.head(accused)).toMatchObject({ state: 'resting', outcome: 'observed', seq: 2 });
    expect(tiers(stage)).toEqual(['digest']);
    putParameter(stage.account, { name, value: enforcing });
    await stage.pass(61);
    await scanned(stage);
    expect(stage.head(accused)).toMatchObject({ state: 'resting', outcome: 'contained', outbox: [] });
    expect(archived(stage)).toBe(true);
    expect(tiers(stage)).toEqual(['digest', 'digest']);
  });

  it('is contained by the rule as it is when the incident was closed in between', async () => {
    await using stage = await openStage({ world: orders(), rules: { enforcing: observing } });
    putParameter(stage.account, { name: '/firebreak/dev/settings', value: 'quietHours: 1' });
    await stage.pass(61);
    await scanned(stage);
    await stage.pass(70 * 60);
    expect(stage.head(accused).state).toBe('closed');
    putParameter(stage.account, { name, value: enforcing });
    await stage.pass(61);
    await scanned(stage);
    expect(stage.head(accused)).toMatchObject({ state: 'resting', outcome: 'contained', outbox: [] });
    expect(archived(stage)).toBe(true);
  });

  it('is contained when the service for which it was held is gone', async () => {
    await using stage = await openStage({ world: orders() });
    rollOut(stage);
    await scanned(stage);
    expect(stage.head(accused)).toMatchObject({ state: 'resting', outcome: 'held' });
    expect(archived(stage)).toBe(false);
    deleteService(stage);
    await scanned(stage);
    expect(stage.head(accused)).toMatchObject({ state: 'resting', outcome: 'contained', outbox: [] });
    expect(archived(stage)).toBe(true);
    expect(tiers(stage)).toEqual(['notice', 'digest']);
  });
});
