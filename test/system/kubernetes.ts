import { type Kubernetes, openCluster } from '../../shared/platform/sdk/kubernetes.ts';
import { administrator } from './asAdministrator.ts';
import type { Stage } from './stage.ts';

/** The API of a cluster, as the account's administrator reaches it. */
export const openedByAdministrator = (
  stage: Pick<Stage, 'account' | 'sandbox'>,
  cluster: string,
): Promise<Kubernetes> => {
  const { region, endpoint, credentials } = administrator(stage);
  return openCluster({ region, endpoint, credentials }, cluster);
};
