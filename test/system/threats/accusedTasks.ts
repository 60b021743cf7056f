import { clusters } from '../../../sandbox/services/ecs/state.ts';
import type { Shop } from './shop.ts';
import { accusedDigest } from './world.ts';

/** Tasks of a service that run, or are about to run, its accused image. */
export const accusedTasks = ({ stage }: Pick<Shop, 'stage'>, name: string): readonly string[] =>
  [...(clusters(stage.account).get('prod')?.tasks.values() ?? [])]
    .filter(({ group, status }) => group === `service:${name}` && status !== 'STOPPED')
    .filter(({ containers }) => containers.some(({ digest }) => digest === accusedDigest(name)))
    .map(({ id }) => id);
