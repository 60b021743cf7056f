import { expect, it } from 'vitest';
import { noAccusation } from '../../shared/actions/accusation.ts';
import { type Action, targetKey } from '../../shared/actions/contract.ts';
import { keys } from '../../shared/incident/keys.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { changeAttribute } from '../../shared/incident/targets.ts';
import { stepsOf } from '../../shared/plan/steps.ts';
import { Throttled } from '../../shared/platform/errors.ts';
import { planUndo } from '../../shared/respond/planUndo.ts';
import { answeringAws } from '../actions/answeringAws.ts';
import { fakeAction, finding, now, step } from '../plan/fakes.ts';

const { resource, account, region } = finding();
const target = { ...resource, account, region };
const incident = 'i';

const stopped = fakeAction('task.stop', { phase: 'workload', changes: true }, false);
const revoked: Action = {
  ...fakeAction('role.revoke', { phase: 'role', changes: true }),
  staysYet: async () => 'its policy stays until tomorrow',
};

/** An incident for which these stand. */
async function plannedBack(actions: readonly Action[], lastTry = false) {
  const table = memoryTable();
  const key = targetKey(target);
  const changes = actions.flatMap((action) => {
    const around = { target, params: {}, mode: 'enforce', observing: [], rules: [] } as const;
    const [made] = stepsOf({
      proposal: { action, ...around },
      planned: { ...step(action), kind: 'step', sentence: 'Done.', undo: action.reversal },
      observed: null,
      accusation: noAccusation,
    });
    const startedBy = { incident, run: 'r' };
    const change = {
      action: action.name,
      before: {},
      intended: {},
      step: made,
      startedAt: now.toISOString(),
      startedBy,
    };
    return [[changeAttribute(action.name), JSON.parse(JSON.stringify(change))] as const];
  });
  await table.putIfAbsent({ ...keys.touches(incident, key), target: key });
  await table.putIfAbsent({
    ...{ ...keys.target(key), target: key, interested: [incident], version: 1 },
    ...Object.fromEntries(changes),
  });
  const { aws } = answeringAws({});
  const effects = {
    table,
    catalogue: actions,
    sessions: { read: async () => aws, write: async () => aws, role: () => 'ours' },
    evidence: () => ({ get: async () => null }),
    clock: { now: () => now },
  };
  return planUndo(effects as never, { incident, run: 'r2', lastTry });
}

it('says beside what stays yet what cannot be put back at all', async () => {
  const plan = await plannedBack([stopped, revoked]);
  expect(plan).toMatchObject({ decision: 'hold', steps: [], page: { held: 'notice' } });
  expect(plan.reason).toBe('Nothing was put back. Not yet: its policy stays until tomorrow.');
  expect(plan.notDone).toEqual([expect.stringContaining('task.stop on ')]);
});

it('says what stays yet once, where that is all', async () => {
  expect((await plannedBack([revoked])).notDone).toEqual([]);
});

it('asks again what is throttled, and plans the undo all the same on the last try: it is refused then, and nobody is left without an answer', async () => {
  const throttled: Action = { ...revoked, staysYet: () => Promise.reject(new Throttled('later')) };
  await expect(plannedBack([throttled])).rejects.toThrow(Throttled);
  expect(await plannedBack([throttled], true)).toMatchObject({ decision: 'contain', steps: [{ direction: 'undo' }] });
});
