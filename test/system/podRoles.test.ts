import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { addFaults } from '../../sandbox/faults/set.ts';
import { type Credentials, credentialsFor } from '../../sandbox/iam/credentials.ts';
import { roleNamed } from '../../sandbox/iam/roles.ts';
import { issuerOf } from '../../sandbox/services/eks/state.ts';
import { clusterObjects } from '../../sandbox/services/kubernetes/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { clusterGroup } from '../../shared/actions/clusterRules.ts';
import { podThreat } from './podThreat.ts';
import { openStage, type Stage } from './stage.ts';

const [cluster, namespace, pod] = ['prod-eks', 'payments', 'checkout-5c9f'];
const account = 'checkout';
const letIn = [{ role: 'firebreak-dev-us-east-1-responder', groups: [clusterGroup] }];
const workload = { namespace, name: 'checkout', replicas: 2, podNames: [pod], serviceAccount: account };

const ruleOf = (...actions: readonly string[]) =>
  [
    'name: revoking',
    'order: 30',
    'when:',
    '  source: [guardduty]',
    '  resource: { kind: [pod] }',
    'do:',
    ...actions.map((action) => `  - ${action}`),
    'mode: enforce',
    '',
  ].join('\n');
const both = ruleOf('eks.scale-workload', 'iam.revoke-role-sessions');

const reads = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'ecr:DescribeRepositories', Resource: '*' }],
};
const issuer = issuerOf({ region: 'us-east-1' }, { arn: `arn:aws:eks:us-east-1:123456789012:cluster/${cluster}` });
const byPodIdentity = { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: 'sts:AssumeRole' };
const byToken = {
  Effect: 'Allow',
  Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: { StringEquals: { [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${account}` } },
};
const role = (name: string, ...Statement: object[]) => ({
  name,
  trust: { Version: '2012-10-17', Statement },
  policies: [{ name: 'reads', document: reads }],
});

const opened = (of: object, { rule = both, roles = [role('till', byPodIdentity)] } = {}) => {
  const eksClusters = [{ name: cluster, accessEntries: letIn, workloads: [workload], ...of }];
  return openStage({ world: worldSchema.parse({ roles, eksClusters }), rules: { revoking: rule } });
};
const associated = { podIdentityAssociations: [{ namespace, serviceAccount: account, role: 'till' }] };

async function found(stage: Stage): Promise<void> {
  stage.deliver(podThreat(stage, { cluster, namespace, pod }));
  await stage.settle();
  await stage.pass(600);
}
const page = (stage: Stage) => stage.told().find(({ tier }) => tier === 'page');
const running = (stage: Stage) => clusterObjects(stage.account).get(cluster)?.pods.size;
const policies = (stage: Stage) => roleNamed(stage.account, 'till')?.written.policies.map(({ name }) => name);

/** What the account answers to whoever calls with credentials of the role, over the wire. */
async function tried({ account: its, sandbox }: Stage, given: Credentials): Promise<string> {
  const { expiration: _virtual, ...credentials } = given;
  const endpoint = sandbox.door.endpoint;
  const client = new ECRClient({ region: its.region, endpoint, credentials, maxAttempts: 1 });
  try {
    return await client.send(new DescribeRepositoriesCommand({})).then(
      () => 'let in',
      (error: unknown) => String(error),
    );
  } finally {
    client.destroy();
  }
}
/** As EKS Pod Identity names a session. */
const issued = (stage: Stage): Credentials =>
  credentialsFor(stage.account, 'till', `eks-${cluster}-${pod}-0c1d2e3f`, [], 6 * 3600);
const denied = /with an explicit deny in an identity-based policy/;

describe('somebody in a pod with a role by EKS Pod Identity', () => {
  it('loses what was taken of it, once no pod is left that would get it anew; an undo waits', async () => {
    await using stage = await opened(associated);
    const stolen = issued(stage);
    expect(await tried(stage, stolen)).toBe('let in');
    await found(stage);
    expect(running(stage)).toBe(0);
    expect(await tried(stage, stolen)).toMatch(denied);
    expect(await tried(stage, issued(stage))).toBe('let in');
    expect(stage.heads()).toMatchObject([{ outcome: 'contained' }]);
    const told = page(stage)?.body ?? '';
    expect(told).toContain('sessions of role till from before');
    expect(told).not.toContain('nothing has cut them off');
    await stage.undo(stage.heads()[0]?.incident ?? '');
    await stage.settle();
    await stage.pass(60);
    expect(running(stage)).toBe(2);
    expect(await tried(stage, stolen)).toMatch(denied);
  });

  it('keeps it where another service account has the role, too: who would lose by it is said', async () => {
    const other = { namespace, serviceAccount: 'refunds', role: 'till' };
    await using stage = await opened({ podIdentityAssociations: [...associated.podIdentityAssociations, other] });
    await found(stage);
    expect(running(stage)).toBe(0);
    expect(policies(stage)).toEqual(['reads']);
    const told = page(stage)?.body ?? '';
    expect(told).toContain('role till is also used by service account prod-eks/payments/refunds');
    expect(told).toContain('in IAM, role till, "Revoke active sessions"');
  });

  it('keeps it where another workload runs under the same service account', async () => {
    const other = { namespace, name: 'refunds', replicas: 2, serviceAccount: account };
    await using stage = await opened({ ...associated, workloads: [workload, other] });
    await found(stage);
    expect(running(stage)).toBe(2);
    expect(policies(stage)).toEqual(['reads']);
    expect(page(stage)?.body).toMatch(/role till is also used by ReplicaSet refunds-\w+ in namespace payments/);
  });

  it('keeps it where the pod runs on: it would get new credentials at once', async () => {
    await using stage = await opened(associated, { rule: ruleOf('iam.revoke-role-sessions') });
    await found(stage);
    expect(policies(stage)).toEqual(['reads']);
    expect(page(stage)?.body).toContain(`the accused pod ${pod} runs on, and would get new credentials of role till`);
    expect(stage.heads()).toMatchObject([{ outcome: 'held' }]);
  });
});

describe('somebody in a pod with a role by a web identity token', () => {
  const annotated = { serviceAccounts: [{ namespace, name: account, role: 'till' }] };

  it('is refused what was issued, and told as open: the token gives new sessions', async () => {
    await using stage = await opened(annotated, { roles: [role('till', byToken)] });
    const stolen = issued(stage);
    await found(stage);
    expect(running(stage)).toBe(0);
    expect(await tried(stage, stolen)).toMatch(denied);
    const told = page(stage);
    expect(told?.subject).toContain('contained, credentials open');
    expect(told?.body).toContain(
      'Whoever took the web identity token of service account prod-eks/payments/checkout gets new sessions of role till',
    );
    expect(told?.body).not.toContain('nothing has cut them off');
  });

  it.each([['an older manifest gives no service accounts', 'denied', 'access denied (Forbidden)']] as const)(
    'is stopped where %s, and somebody is told that its role was not read, and why',
    async (_, fault, why) => {
      await using stage = await opened(annotated, { roles: [role('till', byToken)] });
      // Of the pod itself nothing tells the role either.
      for (const one of clusterObjects(stage.account).get(cluster)?.pods.values() ?? [])
        Object.assign(one, { env: [] });
      addFaults(stage.account, [{ service: 'kubernetes', operation: 'GetServiceAccount', fault }]);
      await found(stage);
      expect(running(stage)).toBe(0);
      const told = page(stage)?.body ?? '';
      expect(told).toContain(`Reading the service account payments/checkout: ${why}`);
      expect(told).toContain('Which role what is accused has could not be read');
    },
  );
});

it('a pod without a role of its own is told so, with what its node may have given it', async () => {
  await using stage = await opened({});
  await found(stage);
  expect(running(stage)).toBe(0);
  expect(page(stage)?.body).toContain('has no role of its own; where pods reach the instance metadata of their node');
});
