import { expect, it } from 'vitest';
import { play } from '../../cli/demo/play.ts';
import { oneNight } from '../../cli/demo/scenarios/oneNight.ts';
import { bundles, packaged } from '../system/stage.ts';

it('one incident is one page: the night of the demo ends as it should, each message by its tier', async () => {
  const seen: string[] = [];
  const audience = {
    step: <T>(_step: unknown, work: () => Promise<T>) => work(),
    played: ({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) => {
      seen.push(title, ...lines);
    },
  };
  const { failed, steps } = await play(oneNight, { artifacts: { template: packaged, bundles }, seed: 1 }, audience);
  expect({ failed, seen }).toMatchObject({ failed: null });
  expect(steps).toHaveLength(oneNight.steps.length);
});
