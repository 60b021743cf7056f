import {
  DescribeClusterCommand,
  DescribePodIdentityAssociationCommand,
  EKSClient,
  ListClustersCommand,
  ListPodIdentityAssociationsCommand,
} from '@aws-sdk/client-eks';
import { describe, expect, it } from 'vitest';
import { credentialsFor, rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { openAccount } from '../../../sandbox/sandbox.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { openCluster } from '../../../shared/platform/sdk/kubernetes.ts';

const namespace = 'shop';
const allowed = (Action: string, resource: string) => ({
  name: 'allowed',
  document: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: `arn:aws:eks:us-east-1:123456789012:${resource}` }],
  },
});

async function opened() {
  const world = worldSchema.parse({
    roles: [
      { name: 'till' },
      { name: 'deep' },
      { name: 'lists', policies: [allowed('eks:ListPodIdentityAssociations', 'cluster/prod')] },
      { name: 'reads', policies: [allowed('eks:DescribePodIdentityAssociation', 'podidentityassociation/prod/*')] },
    ],
    eksClusters: [
      {
        name: 'prod',
        workloads: [
          { namespace, name: 'web', serviceAccount: 'web', podNames: ['web-1'] },
          { namespace, name: 'till', serviceAccount: 'till', podNames: ['till-1'] },
          { namespace, name: 'both', serviceAccount: 'both', podNames: ['both-1'] },
        ],
        serviceAccounts: ['web', 'both'].map((name) => ({ namespace, name, role: 'till' })),
        podIdentityAssociations: [
          { namespace, serviceAccount: 'till', role: 'till' },
          { namespace, serviceAccount: 'both', role: 'till', targetRole: 'deep' },
          { namespace: 'other', serviceAccount: 'till', role: 'deep' },
        ],
      },
      { name: 'test' },
    ],
  });
  const { account, door, close } = await openAccount({ world });
  const { region } = account;
  const client = (role?: string) => {
    const { expiration: _virtual, ...own } =
      role === undefined ? { expiration: 0 } : credentialsFor(account, role, 't');
    const credentials = role === undefined ? rootCredentials(account) : (own as ReturnType<typeof rootCredentials>);
    return new EKSClient({ region, endpoint: door.endpoint, credentials, maxAttempts: 1 });
  };
  const config = { region, endpoint: door.endpoint, credentials: rootCredentials(account) };
  return { client, api: () => openCluster(config, 'prod'), [Symbol.asyncDispose]: close };
}
const list = (more: object = {}) => new ListPodIdentityAssociationsCommand({ clusterName: 'prod', ...more });

describe('associations of EKS Pod Identity', () => {
  it('are listed without their roles, page by page, by namespace and by service account', async () => {
    await using eks = await opened();
    const client = eks.client();
    const { associations: [first] = [], nextToken } = await client.send(list({ maxResults: 1 }));
    expect(first).toEqual({
      ...{ clusterName: 'prod', namespace, serviceAccount: 'till' },
      associationId: expect.stringMatching(/^a-[a-z0-9]{17}$/),
      associationArn: `arn:aws:eks:us-east-1:123456789012:podidentityassociation/prod/${first?.associationId}`,
    });
    const rest = await client.send(list({ nextToken }));
    expect([rest.associations?.length, rest.nextToken]).toEqual([2, undefined]);
    const named = await client.send(list({ namespace, serviceAccount: 'till' }));
    expect(named.associations).toEqual([first]);
    expect((await client.send(new ListPodIdentityAssociationsCommand({ clusterName: 'test' }))).associations).toEqual(
      [],
    );
  });

  it('are described with their roles', async () => {
    await using eks = await opened();
    const client = eks.client();
    const { associations: [one] = [] } = await client.send(list({ namespace, serviceAccount: 'both' }));
    const asked = { clusterName: 'prod', associationId: one?.associationId };
    const { association } = await client.send(new DescribePodIdentityAssociationCommand(asked));
    expect(association).toMatchObject({
      ...one,
      roleArn: 'arn:aws:iam::123456789012:role/till',
      targetRoleArn: 'arn:aws:iam::123456789012:role/deep',
    });
  });

  it('are refused as EKS refuses: what is not there, what is asked wrongly, and to whom IAM gives nothing', async () => {
    await using eks = await opened();
    const client = eks.client();
    const gone = { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } };
    const asked = { clusterName: 'prod', associationId: 'a-none' };
    await expect(client.send(new DescribePodIdentityAssociationCommand(asked))).rejects.toMatchObject(gone);
    await expect(client.send(list({ clusterName: 'none' }))).rejects.toMatchObject(gone);
    const wrong = { name: 'InvalidParameterException', $metadata: { httpStatusCode: 400 } };
    await expect(client.send(list({ maxResults: 101 }))).rejects.toMatchObject(wrong);
    await expect(client.send(list({ nextToken: 'x y' }))).rejects.toMatchObject(wrong);
    expect((await eks.client('lists').send(list())).associations).toHaveLength(3);
    const denied = { name: 'AccessDeniedException' };
    await expect(eks.client('reads').send(list())).rejects.toMatchObject(denied);
    await expect(eks.client('lists').send(list({ clusterName: 'test' }))).rejects.toMatchObject(denied);
  });
});

it('clusters are listed, page by page, and name who signs the tokens of their service accounts', async () => {
  await using eks = await opened();
  const client = eks.client();
  const { clusters, nextToken } = await client.send(new ListClustersCommand({ maxResults: 1 }));
  expect(clusters).toEqual(['prod']);
  expect((await client.send(new ListClustersCommand({ nextToken }))).clusters).toEqual(['test']);
  const { cluster } = await client.send(new DescribeClusterCommand({ name: 'prod' }));
  expect(cluster?.identity?.oidc?.issuer).toMatch(/^https:\/\/oidc\.eks\.us-east-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/);
});

it('a service account has its role as an annotation, and a pod what EKS has written into it: the association first', async () => {
  await using eks = await opened();
  const { core } = await eks.api();
  const { metadata } = await core.readNamespacedServiceAccount({ namespace, name: 'web' });
  expect(metadata?.annotations).toEqual({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/till' });
  expect((await core.readNamespacedServiceAccount({ namespace, name: 'default' })).metadata?.annotations).toEqual({});
  await expect(core.readNamespacedServiceAccount({ namespace, name: 'none' })).rejects.toMatchObject({
    name: 'NotFound',
  });
  const given = async (name: string) => {
    const { spec } = await core.readNamespacedPod({ namespace, name });
    return spec?.containers[0]?.env?.map((one) => one.name);
  };
  expect(await given('web-1')).toEqual(['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE']);
  const byAgent = ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];
  expect(await given('till-1')).toEqual(byAgent);
  expect(await given('both-1')).toEqual(byAgent);
});
