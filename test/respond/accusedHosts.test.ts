import { describe, expect, it } from 'vitest';
import { Throttled } from '../../shared/platform/errors.ts';
import { refusedAs } from '../actions/clusterAws.ts';
import { account, address, container, type Given, host, node, provided, readHost, region, seenAt } from './hostLab.ts';

const byAddress = { container: null, address };

describe('a finding on a host that is a node of EKS leads to', () => {
  it('the pod that has the container, on whichever page it is listed, beside the host', async () => {
    const pods = [
      { name: 'other-1', container: 'a'.repeat(64) },
      { name: 'checkout-1', container },
    ];
    const { own, more, said, asked } = await readHost({ pods });
    expect(own).toMatchObject({ kind: 'instance', id: host });
    expect(more).toEqual([
      {
        ...{ kind: 'pod', id: 'prod-eks/payments/checkout-1', cluster: 'prod-eks', namespace: 'payments' },
        ...{ workload: 'pods/checkout-1', serviceAccount: 'default', account, region },
        arn: `arn:aws:eks:${region}:${account}:cluster/prod-eks`,
      },
    ]);
    expect(said).toEqual([
      `By container ${container.slice(0, 12)}, it was in pod prod-eks/payments/checkout-1 of ${host}.`,
    ]);
    expect(asked).toMatchObject([{ fieldSelector: `spec.nodeName=${node}` }, { _continue: '1' }]);
  });

  it('it by a short id, too, and by the container that ran before this one', async () => {
    const named = { inside: { container: container.slice(0, 12), address: null } };
    expect((await readHost({ pods: [{ name: 'checkout-1', container }], ...named })).more).toHaveLength(1);
    expect(
      (await readHost({ pods: [{ name: 'checkout-1', container: 'f'.repeat(64), last: container }] })).more,
    ).toHaveLength(1);
    const shorter = { inside: { container: container.slice(0, 11), address: null } };
    expect((await readHost({ pods: [{ name: 'checkout-1', container }], ...shorter })).more).toEqual([]);
  });

  it('the only pod that had the address, where no container is named', async () => {
    const pods = [
      { name: 'a', addresses: ['10.0.78.30'] },
      { name: 'b', addresses: [address, '2001:db8:0::1'] },
    ];
    const { more, said } = await readHost({ pods, inside: byAddress });
    expect(more).toMatchObject([{ id: 'prod-eks/payments/b' }]);
    expect(said).toEqual([expect.stringContaining(`By the address ${address}, it was in pod`)]);
    const sixth = await readHost({ pods, inside: { container: null, address: '2001:db8::1' } });
    expect(sixth.more).toMatchObject([{ id: 'prod-eks/payments/b' }]);
  });

  it('a pod that had the address then and has ended since, beside one that ended before', async () => {
    const pods = [-1000, 1000].map((after) => ({
      ...{ name: `after${after}`, addresses: [address] },
      ended: new Date(seenAt.getTime() + after),
    }));
    expect((await readHost({ pods, inside: byAddress })).more).toMatchObject([{ id: 'prod-eks/payments/after1000' }]);
  });

  it('the role of the pod beside that of the node, where a rule asks for roles', async () => {
    const actions = ['eks.scale-workload', 'iam.revoke-role-sessions'];
    const pods = [{ name: 'checkout-1', container, serviceAccountName: 'checkout' }];
    const { withTheirs, id } = await readHost({ pods, actions, nodeRole: 'node' });
    const one = (await withTheirs()).accused.get(id);
    expect(one?.roles).toEqual(['node', 'checkout'].map((name) => `arn:aws:iam::${account}:role/${name}`));
    expect(one?.roleTargets?.map(({ id: name, session }) => [name, session])).toEqual([
      ['node', host],
      ['checkout', null],
    ]);
    expect(one?.pods).toEqual([
      { cluster: 'prod-eks', namespace: 'payments', serviceAccount: 'checkout', workload: 'pods/checkout-1' },
    ]);
  });
});

describe('a pod that is gone, because this incident has stopped it', () => {
  const elsewhere = { container: null, address: '10.0.78.99' };

  it('is the one that it knew, by the same container or the same address of the same host', async () => {
    const first = await readHost({ pods: [{ name: 'checkout-1', container }] });
    const again = await readHost({ before: first.pods });
    expect([again.more, again.said, again.doubts]).toEqual([first.more, first.said, []]);
    expect(again.pods).toEqual(first.pods);
    const byIts = await readHost({ pods: [{ name: 'checkout-1', addresses: [address] }], inside: byAddress });
    expect((await readHost({ before: byIts.pods, inside: byAddress })).more).toEqual(byIts.more);
    expect((await readHost({ before: byIts.pods, inside: elsewhere })).more).toEqual([]);
    const ofAnother = byIts.pods.map((one) => ({ ...one, host: 'i-0fffffffffffffff0' }));
    expect((await readHost({ before: ofAnother, inside: byAddress })).more).toEqual([]);
  });

  it('is not taken for the one that has its address now', async () => {
    const { pods } = await readHost({ pods: [{ name: 'a', addresses: [address] }], inside: byAddress });
    const now = await readHost({ before: pods, pods: [{ name: 'b', addresses: [address] }], inside: byAddress });
    expect(now.more).toMatchObject([{ id: 'prod-eks/payments/b' }]);
    expect(now.pods).toMatchObject([{ pod: { id: 'prod-eks/payments/b' } }]);
  });

  it('stays known while another one is looked for in vain, and is forgotten by an undo', async () => {
    const { pods } = await readHost({ pods: [{ name: 'checkout-1', container }] });
    const inVain = await readHost({ before: pods, inside: elsewhere });
    expect(inVain.doubts).toHaveLength(1);
    expect(inVain.pods).toEqual(pods);
    expect((await readHost({ before: pods, direction: 'undo' })).more).toEqual([]);
  });
});

describe('nobody can tell which pod it was', () => {
  it.each([
    ['has the container any more', { pods: [{ name: 'a', container: 'f'.repeat(64), addresses: [address] }] }],
    [
      'had the address of its own',
      { pods: [{ name: 'a', addresses: [address], hostNetwork: true }], inside: byAddress },
    ],
    [
      'had the address of its own then: one was started later',
      { pods: [{ name: 'a', addresses: [address], startTime: new Date(seenAt.getTime() + 1000) }], inside: byAddress },
    ],
    [
      'alone had the address: one has ended since',
      {
        pods: [
          { name: 'a', addresses: [address] },
          { name: 'b', addresses: [address] },
        ],
        inside: byAddress,
      },
    ],
    [
      'had the address then: it ended before',
      { pods: [{ name: 'a', addresses: [address], ended: new Date(seenAt.getTime() - 1000) }], inside: byAddress },
    ],
    [
      'is known to have had the address then: it ended, nobody says when',
      { pods: [{ name: 'a', addresses: [address], ended: null }], inside: byAddress },
    ],
    ['could be on it: no node of the cluster is this instance', { nodes: ['aws:///us-east-1a/i-0fffffffffffffff0'] }],
    ['could be on it: two nodes say that they are', { nodes: [provided, provided] }],
    [
      'is in one cluster: its tags name two',
      { tags: ['a', 'b'].map((name) => ({ Key: `kubernetes.io/cluster/${name}`, Value: 'owned' })) },
    ],
    ['is shown: the cluster lets nobody in', { refused: refusedAs('Forbidden', 403) }],
  ] as const)(
    'where none %s: somebody is asked where it is to be contained, and told where not',
    async (_what, given) => {
      const { more, said, doubts } = await readHost(given as Given);
      expect([more, said]).toEqual([[], []]);
      expect(doubts).toEqual([
        expect.stringMatching(new RegExp(`^Nobody can tell which pod of ${host} it was: .+\\.$`)),
      ]);
      for (const other of [{ mode: 'observe' }, { actions: ['eks.scale-workload', 'ec2.isolate'] }] as const) {
        const told = await readHost({ ...(given as Given), ...other });
        expect([told.said, told.doubts]).toEqual([doubts, []]);
      }
    },
  );

  it.each([
    ['its finding names neither a container nor an address', { inside: null }],
    ['it is no node of an EKS cluster', { tags: [] }],
  ] as const)('since %s: a rule that stops nothing but its pod stops nothing', async (why, given) => {
    const { doubts } = await readHost(given as Given);
    expect(doubts).toEqual([`Nobody can tell which pod of ${host} it was: ${why}.`]);
  });

  it('is asked again where it was only throttled, but for the last try', async () => {
    const refused = refusedAs('TooManyRequests', 429);
    await expect(readHost({ refused })).rejects.toThrow(Throttled);
    expect((await readHost({ refused, lastTry: true })).doubts).toHaveLength(1);
  });
});

describe('nothing is said, and no cluster asked', () => {
  it.each([
    ['where the finding says neither a container nor an address', { inside: null, mode: 'observe' }, 0],
    ['where no rule asks for anything about pods', { actions: ['ec2.isolate'] }, 0],
    ['of a host that is no node', { tags: [], mode: 'observe' }, 1],
  ] as const)('%s', async (_what, given, calls) => {
    const { more, said, doubts, asked, sent } = await readHost({ pods: [{ name: 'a', container }], ...given });
    expect([more, said, doubts, asked]).toEqual([[], [], [], []]);
    expect(sent).toHaveLength(calls);
  });
});
