import { describe, expect, it } from 'vitest';
import { ofLayers } from '../../cli/demo/command.ts';
import { layers } from '../../cli/demo/layers/layers.ts';
import { play } from '../../cli/demo/play.ts';
import { shareOf } from '../share.ts';
import { bundles, packaged } from '../system/stage.ts';

const silent = {
  step: <T>(_step: unknown, work: () => Promise<T>) => work(),
  played: () => undefined,
};

/**
 * Steps that contain something, where that is not one: what is only told, or denies an address, keeps an image or empties a host and no more, contains nothing; a task, its
 * role and its secret are three, a pod's workload and role two.
 */
const containing: Readonly<Record<string, number>> = {
  ...{ 'refused-image': 0, 'revoked-signature': 0, 'denied-address': 0, 'kept-image': 0, 'drained-host': 0 },
  ...{ 'read-secret': 3, 'role-of-pod': 2 },
};

/** An undo puts back what else was done: the task that was taken out of traffic is stopped by then, and a new value of a secret stays. */
const stays = ['served-task', 'read-secret'];

describe('a finding of each layer, through the packaged template and the pack: done, read back, told, undone', () => {
  it.each(shareOf(ofLayers))('$name', async (scenario) => {
    const { failed, steps, done } = await play(
      scenario,
      { artifacts: { template: packaged, bundles }, seed: 1 },
      silent,
    );
    expect(failed).toBeNull();
    expect(steps).toHaveLength(scenario.steps.length);
    expect(done?.reduce((all, { contained }) => all + contained, 0)).toBe(containing[scenario.name] ?? 1);
    expect(done?.filter(({ done: all, verified }) => verified !== all)).toEqual([]);
    const layer = layers.find(({ name }) => name === scenario.name);
    if (layer === undefined) return;
    const own = done?.find(({ action }) => action === layer.action);
    expect(own?.done).toBeGreaterThan(0);
    expect((own?.undone ?? 0) > 0).toBe(layer.notUndone === undefined && !stays.includes(layer.name));
  });
});
