import type { JsonObject } from '../../shared/platform/json.ts';
import type { Stage } from './stage.ts';
import { threatNow } from './threatNow.ts';

export interface PodNamed {
  readonly cluster: string;
  readonly namespace: string;
  readonly pod: string;
}

/** GuardDuty finds now that a pod has opened a reverse shell. */
export const podThreat = (
  stage: Pick<Stage, 'account'>,
  { cluster, namespace, pod }: PodNamed,
  id = '1ec1a2b3c4d5e6f708192a3b4c5d6e7f',
): JsonObject =>
  threatNow(
    stage,
    'guardduty-eks-reverse-shell',
    { 'prod-eks': cluster, '"payments"': JSON.stringify(namespace), 'checkout-5c9f': pod },
    id,
  );
