import { credentialsFor, rootCredentials } from '../../../../sandbox/iam/credentials.ts';
import { openAccount } from '../../../../sandbox/sandbox.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { clusterGroup } from '../../../../shared/actions/clusterRules.ts';
import { openCluster } from '../../../../shared/platform/sdk/kubernetes.ts';

const describing = {
  name: 'describe',
  document: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'eks:DescribeCluster', Resource: '*' }],
  },
};

/** A cluster with a deployment and a stateful set; one role is let in, one with other groups, one not at all. */
export async function openedCluster(more: object = {}, besides: object = {}) {
  const world = worldSchema.parse({
    ...besides,
    roles: ['responder', 'guest', 'stranger'].map((name) => ({ name, policies: [describing] })),
    eksClusters: [
      {
        name: 'prod',
        accessEntries: [
          { role: 'responder', groups: [clusterGroup] },
          { role: 'guest', groups: ['viewers'] },
        ],
        workloads: [
          { namespace: 'shop', name: 'web', replicas: 2, podNames: ['web-1'], terminationSeconds: 20 },
          { kind: 'StatefulSet', namespace: 'shop', name: 'db', replicas: 2 },
          { namespace: 'other', name: 'web', replicas: 1 },
        ],
        pods: [{ namespace: 'shop', name: 'debug', labels: { app: 'debug' } }],
        ...more,
      },
    ],
  });
  const { account, clock, door, close } = await openAccount({ world });
  const { region } = account;
  const as = (role: string | undefined) => {
    if (role === undefined) return rootCredentials(account);
    const { expiration: _virtual, ...credentials } = credentialsFor(account, role, 'test');
    return credentials;
  };
  return {
    account,
    door,
    api: (role?: string) => openCluster({ region, endpoint: door.endpoint, credentials: as(role) }, 'prod'),
    pass: (seconds: number) => clock.advance(seconds * 1000),
    [Symbol.asyncDispose]: close,
  };
}
