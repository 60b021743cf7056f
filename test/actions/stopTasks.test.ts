import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  GetTaskProtectionCommand,
  StopTaskCommand,
  UpdateTaskProtectionCommand,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Accusation, noAccusation } from '../../shared/actions/accusation.ts';
import { stopTaskAction as action } from '../../shared/actions/stopTask.ts';
import { substepsOf } from '../../shared/actions/substeps.ts';
import { stopTask } from '../../shared/actions/targets/stopTasks.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import * as ecs from '../../shared/platform/sdk/ecs.ts';
import { awsError } from '../account/awsError.ts';
import { actContext, now } from './actContext.ts';
import { target } from './taskWorld.ts';

const client = new ecs.ECSClient({ region: 'eu-central-1' });
const stub = mockClient(client);
const aws = { ecs: async () => ({ ...ecs, client }) } as unknown as Aws;
beforeEach(() => stub.reset());

describe('a task that is protected from scale-in', () => {
  test('is protected again when it cannot be stopped, though a repeat finds its protection off', async () => {
    let protectedNow = true;
    stub.on(GetTaskProtectionCommand).callsFake(() => ({
      protectedTasks: [
        {
          taskArn: target.arn,
          protectionEnabled: protectedNow,
          ...(protectedNow ? { expirationDate: new Date(now.getTime() + 90 * 60_000) } : {}),
        },
      ],
    }));
    stub.on(UpdateTaskProtectionCommand).callsFake(({ protectionEnabled }) => {
      protectedNow = protectionEnabled;
      return {};
    });
    stub.on(StopTaskCommand).rejectsOnce(awsError('ThrottlingException')).rejects(awsError('AccessDeniedException'));
    const first = actContext(aws);
    const asked = { cluster: 'prod', task: target.arn, reason: 'because' };
    await expect(stopTask(first, substepsOf(first), asked)).rejects.toMatchObject({ name: 'Throttled' });
    expect(protectedNow).toBe(false);
    const second = actContext(aws, first);
    await stopTask(second, substepsOf(second), asked);
    expect(protectedNow).toBe(true);
    expect(stub.commandCalls(UpdateTaskProtectionCommand).at(-1)?.args[0].input).toMatchObject({
      expiresInMinutes: 90,
    });
  });
});

describe('a single task of a protected service', () => {
  const other = `${target.arn}f`;
  const planned = async (accusation: Partial<Accusation>) => {
    const task = { taskArn: target.arn, group: 'service:checkout', lastStatus: 'RUNNING', desiredStatus: 'RUNNING' };
    stub.on(DescribeTasksCommand).resolves({ tasks: [{ ...task, tags: [] }] });
    stub.on(DescribeServicesCommand).resolves({ services: [{ runningCount: 2, tags: [] }] });
    stub.on(DescribeClustersCommand).resolves({ clusters: [{ clusterName: 'prod', tags: [] }] });
    const context = { ...actContext(aws), accusation: { ...noAccusation, ...accusation } };
    const params = action.params.parse({});
    const observed = await action.observe(target, params, context);
    return action.plan(target, params, observed, context.settings);
  };

  test('leaves the service up where another one runs that nobody accuses', async () => {
    expect(await planned({ cause: 'intrusion', tasks: [target.arn] })).toMatchObject({ sparing: true });
  });

  test('does not where the other one is accused, too, or runs the image that is to blame', async () => {
    expect(await planned({ cause: 'intrusion', tasks: [target.arn, other] })).toMatchObject({ sparing: false });
    expect(await planned({ cause: 'image', tasks: [target.arn] })).toMatchObject({ sparing: false });
  });
});

describe('a task in a protected cluster', () => {
  const observed = async (group: string, only?: string) => {
    const task = { taskArn: target.arn, group, lastStatus: 'RUNNING', desiredStatus: 'RUNNING' };
    stub.on(DescribeTasksCommand).resolves({ tasks: [{ ...task, tags: [] }] });
    stub.on(DescribeServicesCommand).resolves({ services: [{ runningCount: 2, tags: [] }] });
    const tags = [{ key: 'firebreak:protected', value: 'yes' }];
    stub.on(DescribeClustersCommand).resolves({ clusters: [{ clusterName: 'prod', tags }] });
    return action.observe(target, action.params.parse(only === undefined ? {} : { only }), actContext(aws));
  };
  const protectedBy = 'tag firebreak:protected of cluster prod';

  test('is protected, of a service or of none', async () => {
    expect(await observed('service:checkout')).toMatchObject({ protectedBy });
    expect(await observed('family:nightly', 'standalone')).toMatchObject({ protectedBy });
  });

  test('its cluster is not asked where it is another action’s to contain', async () => {
    expect(await observed('service:checkout', 'standalone')).toMatchObject({ protectedBy: null });
    expect(stub.commandCalls(DescribeClustersCommand)).toHaveLength(0);
  });
});
