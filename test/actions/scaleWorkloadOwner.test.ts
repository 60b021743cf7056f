import { describe, expect, it } from 'vitest';
import type { Target } from '../../shared/actions/contract.ts';
import { scaleWorkload as action } from '../../shared/actions/scaleWorkload.ts';
import { actContext } from './actContext.ts';
import { clusterAws, type InNamespace, type Owner, ownedBy } from './clusterAws.ts';

const itsName = 'web-5c9f7d8b6-x2k4q';
const pod: Target<'pod'> = {
  kind: 'pod',
  id: `prod/shop/${itsName}`,
  arn: 'arn:aws:eks:eu-central-1:123456789012:cluster/prod',
  ...{ cluster: 'prod', namespace: 'shop', workload: `pods/${itsName}`, serviceAccount: null },
  ...{ account: '123456789012', region: 'eu-central-1' },
};
const of = (app: string) => ({ metadata: {}, spec: { replicas: 2, selector: { matchLabels: { app } } } });
const [ofSet, ofDeployment, ofStateful] = [
  ownedBy('ReplicaSet', 'web-5c9f7d8b6'),
  ownedBy('Deployment', 'web'),
  ownedBy('StatefulSet', 'db'),
].map(([owner]) => owner) as [Owner, Owner, Owner];
const [kruise, uid] = ['apps.kruise.io/v1beta1', '00000000-0000-0000-0000-000000000000'];

const shop = (its: Owner, above = ofDeployment): InNamespace => ({
  pods: { [itsName]: { owners: [its] } },
  replicaSets: { 'web-5c9f7d8b6': [above] },
  deployments: { web: of('web') },
  statefulSets: { db: of('db') },
  listed: [['web-5c9f7d8b6-b7d9k', itsName]],
});
const labelled = (app: string) => ({ labelled: { [itsName]: app } });

const planned = async (given: InNamespace) => {
  const context = actContext(clusterAws(given).aws);
  return action.plan(pod, {}, await action.observe(pod, {}, context), { quietPullDays: 7 });
};

describe('whose pod an accused one is', () => {
  it('is what its owners say, where that is the very object, and chooses it by its labels', async () => {
    expect(await planned(shop(ofSet))).toMatchObject({ sentence: expect.stringContaining('Scale deployments/web') });
    const db = { ...shop(ofStateful), ...labelled('db') };
    expect(await planned(db)).toMatchObject({ sentence: expect.stringContaining('Scale statefulsets/db') });
  });

  it.each([
    ['another replica set', shop({ ...ofSet, uid }), /of the replica set web-5c9f7d8b6, and names another object/],
    ['another deployment', shop(ofSet, { ...ofDeployment, uid }), /of deployments\/web, and names another object/],
    ['another stateful set', { ...shop({ ...ofStateful, uid }), ...labelled('db') }, /db, and names another object/],
    [
      'a kind of others',
      { ...shop({ ...ofStateful, apiVersion: kruise }), ...labelled('db') },
      /a StatefulSet of apps.kruise.io/,
    ],
    ['a replica set of others', shop({ ...ofSet, apiVersion: kruise }), /a ReplicaSet of apps.kruise.io/],
    ['a deployment of others', shop(ofSet, { ...ofDeployment, apiVersion: kruise }), /a Deployment of apps.kruise.io/],
    ['what does not choose it', { ...shop(ofStateful), ...labelled('miner') }, /does not choose it by its labels/],
  ] as const)(
    'is asked of a person where it says %s: whoever starts a pod writes its owners',
    async (_what, given, reason) => {
      expect(await planned(given)).toMatchObject({ kind: 'hold', reason: expect.stringMatching(reason) });
    },
  );

  it('is told as gone where it ended while it was asked for', async () => {
    const ended = { ...shop(ofSet), listed: [['web-5c9f7d8b6-b7d9k']] };
    expect(await planned(ended)).toMatchObject({ reason: expect.stringContaining('is not there any more') });
  });
});
