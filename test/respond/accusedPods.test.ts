import { describe, expect, it, test } from 'vitest';
import { accusedBy } from '../../shared/account/accused.ts';
import { revokeRoleSessions } from '../../shared/actions/revokeRoleSessions/revokeRoleSessions.ts';
import { scaleWorkload } from '../../shared/actions/scaleWorkload.ts';
import { Throttled } from '../../shared/platform/errors.ts';
import { withRoles } from '../../shared/respond/accusedRoles.ts';
import { type Answers, answeringAws } from '../actions/answeringAws.ts';
import { refusedAs } from '../actions/clusterAws.ts';
import { oneFinding, sampleEvent } from '../finding/sampleEvent.ts';
import { rule, ruleSet } from '../plan/fakes.ts';

const ofPod = oneFinding(sampleEvent('guardduty-eks-reverse-shell'));
const { account, region } = ofPod;
const role = (name: string, of = account): string => `arn:aws:iam::${of}:role/${name}`;
const env = (value: string) => [{ name: 'AWS_ROLE_ARN', value }];
const running = (more: object = {}) => ({ spec: { serviceAccountName: 'checkout', containers: [more] } });
const refusing = (name: string) => () => {
  throw Object.assign(new Error('refused'), { name, $metadata: {}, $fault: 'client' });
};

interface Given {
  /** What the cluster answers for the pod, and for its service account. */
  readonly pod?: object | Error;
  readonly serviceAccount?: object | Error;
  readonly associations?: readonly { readonly roleArn: string; readonly targetRoleArn?: string }[];
  readonly more?: Answers;
  readonly actions?: readonly string[];
  readonly lastTry?: boolean;
  readonly finding?: typeof ofPod;
}

async function read({ pod = running(), serviceAccount = {}, associations = [], more = {}, ...given }: Given) {
  const { actions = ['iam.revoke-role-sessions'], lastTry = false, finding = ofPod } = given;
  const asked: object[] = [];
  const answered = (one: object | Error) => async (param: object) => {
    asked.push(param);
    if (one instanceof Error) throw one;
    return one;
  };
  const { aws, sent } = answeringAws({
    ListPodIdentityAssociations: (({ nextToken }: { readonly nextToken?: string }) => {
      const at = Number(nextToken ?? 0);
      const next = at + 1 < associations.length ? { nextToken: String(at + 1) } : {};
      return { associations: associations.slice(at, at + 1).map(() => ({ associationId: String(at) })), ...next };
    }) as never,
    DescribePodIdentityAssociation: (({ associationId }: { readonly associationId: string }) => ({
      association: associations[Number(associationId)],
    })) as never,
    ...more,
  });
  const core = { readNamespacedPod: answered(pod), readNamespacedServiceAccount: answered(serviceAccount) };
  const apps = {
    readNamespacedDeployment: answered({ spec: { template: pod } }),
    readNamespacedStatefulSet: answered({ spec: { template: pod } }),
  };
  const both = { ...aws, kubernetes: async () => ({ core, apps }) as never };
  const effects = {
    sessions: { read: async () => both, write: async () => both, role: () => 'ours' },
    catalogue: [revokeRoleSessions, scaleWorkload],
  };
  const set = ruleSet([rule({ name: 'r1', do: actions.map((action) => ({ action, params: {} })) })]);
  const matched = [{ finding, decision: 'rule', reason: '', rule: 'r1' } as const];
  const accused = new Map([[finding.id, accusedBy(finding, undefined)]]);
  const found = await withRoles(effects, matched, set, { accused, unread: [] }, lastTry);
  return { unread: found.unread, one: found.accused.get(finding.id), asked, sent };
}
const annotated = (arn: string) => ({ metadata: { annotations: { 'eks.amazonaws.com/role-arn': arn } } });

describe('a pod leads to', () => {
  it('the role and the target role of each association of its service account, all pages', async () => {
    const associations = [{ roleArn: role('a') }, { roleArn: role('b'), targetRoleArn: role('c') }];
    const { one, sent, unread } = await read({ associations });
    expect(one?.roles).toEqual([role('a'), role('b'), role('c')]);
    expect(one?.roleTargets?.[0]).toEqual({ kind: 'role', id: 'a', arn: role('a'), session: null, account, region });
    expect(one?.pods).toEqual([
      { cluster: 'prod-eks', namespace: 'payments', serviceAccount: 'checkout', workload: 'pods/checkout-5c9f' },
    ]);
    expect(sent[0]?.input).toMatchObject({
      ...{ clusterName: 'prod-eks', namespace: 'payments', serviceAccount: 'checkout' },
    });
    expect(unread).toEqual([]);
  });

  it('the role in the annotation, and to the one that it was given as it was made: either may be used', async () => {
    const { one } = await read({ serviceAccount: annotated(role('now')), pod: running({ env: env(role('then')) }) });
    expect(one?.roles).toEqual([role('now'), role('then')]);
  });

  it('its roles where the rule only stops its workload, too: what was taken of it works on elsewhere', async () => {
    const associations = [{ roleArn: role('a') }];
    expect((await read({ associations, actions: ['eks.scale-workload'] })).one?.roles).toEqual([role('a')]);
    expect((await read({ associations, actions: ['evidence.capture'] })).asked).toEqual([]);
  });

  it('a role of another account, which only that account can cut off', async () => {
    const elsewhere = role('a', '999999999999');
    const { one } = await read({ associations: [{ roleArn: elsewhere }] });
    expect(one?.roles).toEqual([elsewhere]);
    expect(one?.roleTargets).toEqual([]);
  });

  it('no role of its own, with what its node may have given it', async () => {
    const { one, unread } = await read({ pod: { spec: { containers: [] } } });
    expect(one?.roles).toEqual([]);
    expect(one?.pods).toMatchObject([{ serviceAccount: 'default' }]);
    expect(unread).toEqual([
      expect.stringContaining("whoever was in it may have taken credentials of the node's role"),
    ]);
  });

  it.each(['deployments', 'StatefulSet'])('what the template of %s runs under', async (kind) => {
    const resource = { ...ofPod.resource, workload: `${kind}/checkout` } as typeof ofPod.resource;
    const { one, asked } = await read({ finding: { ...ofPod, resource }, serviceAccount: annotated(role('a')) });
    expect(one?.roles).toEqual([role('a')]);
    expect(asked[0]).toEqual({ namespace: 'payments', name: 'checkout' });
  });
});

describe('what cannot be read', () => {
  const associations = [{ roleArn: role('a') }];

  it('is unknown beside what can, with the reason: an older manifest gives no service accounts', async () => {
    const { one, unread } = await read({ associations, serviceAccount: refusedAs('Forbidden', 403) });
    expect(one?.roles).toEqual([role('a'), 'unknown']);
    expect(one?.roleTargets).toHaveLength(1);
    expect(unread).toEqual(['Reading the service account payments/checkout: access denied (Forbidden).']);
  });

  it('of a cluster that lets nobody in is taken from the finding, as far as AWS itself says it', async () => {
    const refused = refusedAs('Unauthorized', 401);
    const { one, unread } = await read({ associations, pod: refused, serviceAccount: refused });
    expect(one?.roles).toEqual([role('a'), 'unknown']);
    expect(one?.pods).toHaveLength(1);
    expect(unread).toHaveLength(2);
  });

  it('of a pod that is gone is taken from the finding; of one that names no service account nobody knows', async () => {
    const gone = refusedAs('NotFound', 404);
    expect((await read({ associations, pod: gone })).one?.roles).toEqual([role('a')]);
    const resource = { ...ofPod.resource, serviceAccount: null } as typeof ofPod.resource;
    const { one, unread } = await read({ associations, pod: gone, finding: { ...ofPod, resource } });
    expect(one?.roles).toEqual(['unknown']);
    expect(unread).toEqual([expect.stringContaining('Nobody knows which role prod-eks/payments/checkout-5c9f had')]);
  });

  it('is text that is no ARN of a role', async () => {
    const { one, unread } = await read({ serviceAccount: annotated('arn:aws:iam::1:role/*') });
    expect(one?.roles).toEqual(['unknown']);
    expect(unread).toEqual([expect.stringContaining('no ARN of one')]);
  });

  it('is asked again where it was only throttled, but for the last try', async () => {
    const more: Answers = { ListPodIdentityAssociations: refusing('ThrottlingException') };
    await expect(read({ more })).rejects.toThrow(Throttled);
    expect((await read({ more, lastTry: true })).one?.roles).toEqual(['unknown']);
  });
});

test('a finding that names no pod is not asked for a role', async () => {
  const resource = { ...ofPod.resource, namespace: null, workload: null } as typeof ofPod.resource;
  const { one, asked, unread } = await read({ finding: { ...ofPod, resource } });
  expect([one?.roles, one?.pods, asked, unread]).toEqual([[], undefined, [], []]);
});
