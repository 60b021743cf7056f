import { expect, it } from 'vitest';
import { differences, playStorm, type Storm } from '../../bench/stormPlay.ts';
import { bundledWithout } from './bundledWithout.ts';

const storm: Storm = { distinct: 6, times: 5, atOnce: 3, seed: 1 };

it('a storm of repeats comes to one execution, one incident and one archived image for each different event', async () => {
  expect(differences(storm, await playStorm(storm))).toEqual([]);
});

it('and the bench says so when it does not: an execution for each delivery', async () => {
  const without = await bundledWithout({
    file: 'shared/respond/start.ts',
    text: 'effects.executions.start(executionName(incident, run),',
    replacement: 'effects.executions.start(`${executionName(incident, run).slice(0, 40)}-${Date.now()}`,',
  });
  try {
    const after = await playStorm({ ...storm, code: without.code });
    expect(differences(storm, after)).toContainEqual(
      expect.stringMatching(/^\d\d executions, and 6 different events$/),
    );
  } finally {
    without.remove();
  }
});
