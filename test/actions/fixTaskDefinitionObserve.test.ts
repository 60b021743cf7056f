import { expect, it } from 'vitest';
import type { Target } from '../../shared/actions/contract.ts';
import { fixTaskDefinition } from '../../shared/actions/fixTaskDefinition/fixTaskDefinition.ts';
import { actContext } from './actContext.ts';
import { answeringAws } from './answeringAws.ts';

const arn = 'arn:aws:ecs:eu-central-1:123456789012';
const digest = (of: string): string => `sha256:${of.repeat(64)}`;
const image = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/app@${digest('a')}`;
const target = {
  ...{ kind: 'ecs-service', id: 'prod/api', cluster: 'prod', service: 'api', arn: `${arn}:service/prod/api` },
  ...{ account: '123456789012', region: 'eu-central-1' },
} as Target;

/** What is observed of a service whose deployment is in this state, and that runs this digest. */
async function observed(rolloutState: string, imageDigest = digest('a'), params = {}, more = {}) {
  const taskDefinition = `${arn}:task-definition/api:7`;
  const { aws } = answeringAws({
    DescribeServices: () => ({
      services: [
        {
          serviceArn: target.arn,
          status: 'ACTIVE',
          desiredCount: 2,
          taskDefinition,
          currentServiceRevisions: [{ arn: `${arn}:service-revision/prod/api/1` }],
          deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', rolloutState }],
        },
      ],
    }),
    DescribeServiceRevisions: () => ({
      serviceRevisions: [{ taskDefinition, containerImages: [{ containerName: 'app', imageDigest }] }],
    }),
    DescribeTaskDefinition: () => ({
      taskDefinition: {
        taskDefinitionArn: taskDefinition,
        status: 'ACTIVE',
        containerDefinitions: [{ name: 'app', image }],
      },
    }),
    DescribeClusters: () => ({ clusters: [{ tags: [] }] }),
  });
  return fixTaskDefinition.observe(target, params, { ...actContext(aws), ...more });
}

it('a service that is steady on what it deploys has nothing against it', async () => {
  expect(await observed('COMPLETED')).toMatchObject({ deploying: false, against: [] });
});

it('a deployment of somebody else is seen', async () => {
  expect(await observed('IN_PROGRESS')).toMatchObject({ deploying: true });
});

it('a deployment that has failed speaks against another one', async () => {
  expect(await observed('FAILED')).toMatchObject({ against: [expect.stringContaining('has failed')] });
});

it('an image that a deployment would replace speaks against it', async () => {
  const seen = await observed('COMPLETED', digest('b'));
  expect(seen).toMatchObject({ against: [expect.stringContaining('points to another image by now')] });
});

it('a rule that was mended since is followed where nothing of what was made stands', async () => {
  const definition = `${arn}:task-definition/api:7`;
  const chosen = { fixes: ['user'], given: { user: '1000' }, definition, roles: [] };
  const before = { definition, hardening: { pidMode: null, containers: {} }, version: {} };
  const seen = await observed('COMPLETED', digest('a'), { user: '65532' }, { before, chosen });
  expect(seen).toMatchObject({ given: { user: '65532' }, stood: null });
});
