import { expect, it } from 'vitest';
import { readRecord } from '../../shared/incident/records.ts';
import { intake } from '../../shared/respond/intake.ts';
import { scanEvent } from './model/events.ts';
import { Lab } from './model/lab.ts';

/** The scan again, clean by now: the source closes its finding. */
const clean = (): string => {
  const event = JSON.parse(scanEvent({ id: 'clean', second: 30 }));
  return JSON.stringify({ ...event, detail: { ...event.detail, 'finding-severity-counts': {} } });
};

it('what the source closes while a run is at it takes nothing from what the run tells', async () => {
  const lab = new Lab();
  await lab.takeIn();
  await lab.decide();
  const { seq, run } = await lab.head();
  await intake(lab.effects, [{ messageId: 'm', body: clean() }]);
  expect(await readRecord(lab.world.table, 'clean')).toMatchObject({ result: 'accepted', incident: lab.incident, run });
  expect(await lab.head()).toMatchObject({ seq, round: 1 });
  await lab.playPlan(31_000);
  expect(await lab.report()).toMatchObject({ outcome: 'contained', more: false });
  expect(lab.world.published).toHaveLength(1);
});

it('what the source closes before anything was decided is decided as closed', async () => {
  const lab = new Lab();
  await lab.takeIn();
  await intake(lab.effects, [{ messageId: 'm', body: clean() }]);
  expect(await lab.decide()).toMatchObject({ decision: 'ignore' });
});
