import { describe, expect, it } from 'vitest';
import { ofLayers } from '../../cli/demo/command.ts';
import { play } from '../../cli/demo/play.ts';
import { shareOf } from '../share.ts';
import { bundles, packaged } from '../system/stage.ts';

const silent = {
  step: <T>(_step: unknown, work: () => Promise<T>) => work(),
  played: () => undefined,
};

/**
 * Steps that contain something, where that is not one: what is only told, or denies an address or keeps an image and no more, contains nothing; a task, its role and its
 * secret are three, a pod's workload and role two.
 */
const containing: Readonly<Record<string, number>> = {
  ...{ 'refused-image': 0, 'revoked-signature': 0, 'denied-address': 0, 'kept-image': 0 },
  ...{ 'read-secret': 3, 'role-of-pod': 2 },
};

describe('a finding of each layer, through the packaged template and the pack: done, read back, told, undone', () => {
  it.each(shareOf(ofLayers))('$name', async (scenario) => {
    const { failed, steps, done } = await play(
      scenario,
      { artifacts: { template: packaged, bundles }, seed: 1 },
      silent,
    );
    expect(failed).toBeNull();
    expect(steps).toHaveLength(scenario.steps.length);
    expect(done?.contained).toBe(containing[scenario.name] ?? 1);
    expect(done?.verified).toBe(done?.contained);
  });
});
