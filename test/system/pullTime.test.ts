import { describe, expect, it } from 'vitest';
import { play } from '../../cli/demo/play.ts';
import { unusedImage } from '../../cli/demo/scenarios/unusedImage.ts';
import type { Template } from '../../sandbox/template/deploy.ts';
import { unused } from './scan.ts';
import { bundles, openStage, packaged } from './stage.ts';

const { ResponderPullTime: exclusion, ...Resources } = packaged.Resources;
const without: Template = { ...packaged, Resources };

const headOf = async (template: Template): Promise<unknown> => {
  await using stage = await openStage({ template });
  stage.scan(unused);
  await stage.settle();
  const { outcome } = stage.head(unused);
  return { outcome, pulls: stage.calls('ecr:BatchGetImage') > 0, statuses: stage.statuses(unused.repository) };
};

describe("Firebreak's own reads of a manifest", () => {
  it('are not taken for somebody who uses the image', async () => {
    expect(exclusion?.Type).toBe('AWS::ECR::PullTimeUpdateExclusion');
    expect(await headOf(packaged)).toEqual({
      outcome: 'contained',
      pulls: true,
      statuses: { [unused.digest]: 'ARCHIVED' },
    });
  });

  it('without the exclusion keep it from being archived, and the demo from ending as it should', async () => {
    expect(await headOf(without)).toEqual({
      outcome: 'held',
      pulls: true,
      statuses: { [unused.digest]: 'ACTIVE' },
    });
    const silent = { step: <T>(_step: unknown, work: () => Promise<T>) => work(), played: () => undefined };
    const played = await play(unusedImage, { artifacts: { template: without, bundles }, seed: 1 }, silent);
    expect(played.failed).not.toBeNull();
  });
});
