import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { expect, it } from 'vitest';
import { type Credentials, credentialsFor } from '../../sandbox/iam/credentials.ts';
import { roleNamed } from '../../sandbox/iam/roles.ts';
import { issuerOf } from '../../sandbox/services/eks/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { clusterGroup } from '../../shared/actions/clusterRules.ts';
import { podThreat } from './podThreat.ts';
import { openStage, type Stage } from './stage.ts';

const [cluster, namespace, pod, account] = ['prod-eks', 'payments', 'checkout-5c9f', 'checkout'];
const issuer = issuerOf({ region: 'us-east-1' }, { arn: `arn:aws:eks:us-east-1:123456789012:cluster/${cluster}` });
const byToken = {
  Effect: 'Allow',
  Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: { StringEquals: { [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${account}` } },
};
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: string) => ({ Effect: 'Allow', Action, Resource: '*' });
const logs = { Effect: 'Deny', NotAction: 'logs:PutLogEvents', Resource: '*' };

const rule = [
  'name: limiting',
  'order: 30',
  'when:',
  '  source: [guardduty]',
  '  resource: { kind: [pod] }',
  'do:',
  '  - eks.scale-workload',
  '  - iam.revoke-role-sessions',
  '  - iam.limit-role',
  'mode: enforce',
  '',
].join('\n');

/** A pod with a role by a web identity token, and a boundary of this text. */
const opened = (boundary: object, its: object = {}) =>
  openStage({
    world: worldSchema.parse({
      managedPolicies: [
        { name: 'firebreak-boundary', version: 'v4', document: boundary },
        { name: 'team', document: document(allow('ecr:*')) },
      ],
      roles: [
        {
          ...{ name: 'till', trust: document(byToken), ...its },
          policies: [{ name: 'reads', document: document(allow('ecr:DescribeRepositories')) }],
        },
      ],
      eksClusters: [
        {
          name: cluster,
          accessEntries: [{ role: 'firebreak-dev-us-east-1-responder', groups: [clusterGroup] }],
          workloads: [{ namespace, name: 'checkout', replicas: 2, podNames: [pod], serviceAccount: account }],
          serviceAccounts: [{ namespace, name: account, role: 'till' }],
        },
      ],
    }),
    rules: { limiting: rule },
  });

async function found(stage: Stage) {
  stage.deliver(podThreat(stage, { cluster, namespace, pod }));
  await stage.settle();
  await stage.pass(600);
  return stage.told().find(({ tier }) => tier === 'page');
}
const boundary = (stage: Stage) => roleNamed(stage.account, 'till')?.boundary;
/** What the token that was taken gives, whenever it is shown. */
const issued = (stage: Stage): Credentials => credentialsFor(stage.account, 'till', 'by-token', [], 6 * 3600);

/** What the account answers to whoever calls with credentials of the role, over the wire. */
async function tried({ account: its, sandbox }: Stage, given: Credentials): Promise<string> {
  const { expiration: _virtual, ...credentials } = given;
  const endpoint = sandbox.door.endpoint;
  const client = new ECRClient({ region: its.region, endpoint, credentials, maxAttempts: 1 });
  const answer = client.send(new DescribeRepositoriesCommand({})).then(() => 'let in', String);
  return answer.finally(() => client.destroy());
}

it('a token that was taken opens a limited role, which is told as dealt with; an undo takes the boundary away', async () => {
  await using stage = await opened(document(allow('*'), logs));
  const told = await found(stage);
  // Issued after the cut-off of what was there.
  expect(await tried(stage, issued(stage))).toMatch(/with an explicit deny in a permissions boundary/);
  expect(stage.heads()).toMatchObject([{ outcome: 'contained' }]);
  expect(told?.subject).not.toContain('credentials open');
  expect(told?.body).toContain('role till has the permissions boundary firebreak-boundary (v4)');
  expect(told?.body).toContain('Role till may do only what firebreak-boundary allows, until an undo or a release');
  await stage.undo(stage.heads()[0]?.incident ?? '');
  await stage.settle();
  await stage.pass(60);
  expect(boundary(stage)).toBeUndefined();
  expect(await tried(stage, issued(stage))).toBe('let in');
});

it.each([
  [
    'lets everything through',
    document(allow('*')),
    {},
    'policy firebreak-boundary (v4) lets everything through',
    undefined,
  ],
  [
    'would take the place of another',
    document(allow('*'), logs),
    { permissionsBoundary: 'team' },
    'and IAM puts a new one in its place',
    'arn:aws:iam::123456789012:policy/team',
  ],
])('a boundary that %s is not set, and somebody is told why', async (_what, text, its, why, stays) => {
  await using stage = await opened(text, its);
  const told = await found(stage);
  expect(told?.body).toContain(why);
  expect(boundary(stage)).toBe(stays);
  expect(told?.subject).toContain('a decision waits');
  expect(told?.body).toContain('gets new sessions of role till');
});
