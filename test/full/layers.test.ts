import { describe, expect, it } from 'vitest';
import { ofLayers } from '../../cli/demo/command.ts';
import { play } from '../../cli/demo/play.ts';
import { shareOf } from '../share.ts';
import { bundles, packaged } from '../system/stage.ts';

const silent = {
  step: <T>(_step: unknown, work: () => Promise<T>) => work(),
  played: () => undefined,
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
    // What is only told contains nothing.
    expect(done?.contained).toBe(scenario.name === 'refused-image' ? 0 : 1);
    expect(done?.verified).toBe(done?.contained);
  });
});
