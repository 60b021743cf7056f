import type { Misfit } from './misfit.ts';
import type { World } from './schema.ts';

/** GuardDuty covers clusters that are there. */
export const inWatch = ({ guardDuty, clusters }: World): readonly Misfit[] =>
  (guardDuty?.uncovered ?? []).flatMap(({ cluster }, at) =>
    clusters.some(({ name }) => name === cluster)
      ? []
      : [
          {
            path: ['guardDuty', 'uncovered', at, 'cluster'],
            message: `no cluster is named ${cluster}; add it under clusters, or take this out`,
          },
        ],
  );
