import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachResourcePolicy } from '../../../../sandbox/iam/resourcePolicies.ts';
import { createRole } from '../../../../sandbox/iam/roles.ts';
import type { RunningAccount } from '../../../../sandbox/kernel/kernel.ts';
import { statisticOf } from '../../../../sandbox/services/cloudwatch/metrics.ts';
import { createRule } from '../../../../sandbox/services/eventbridge/rules.ts';
import { createFunction } from '../../../../sandbox/services/lambda/functions.ts';
import { snsState } from '../../../../sandbox/services/sns/state.ts';
import { createTopic } from '../../../../sandbox/services/sns/topics.ts';
import { createQueue, receive } from '../../../../sandbox/services/sqs/queue.ts';
import { createStateMachine } from '../../../../sandbox/services/states/machines.ts';
import { statesService } from '../../../../sandbox/services/states/service.ts';
import { startExecution } from '../../../../sandbox/services/states/start.ts';
import { type Execution, statesOf } from '../../../../sandbox/services/states/store.ts';
import type { Json } from '../../../../shared/platform/json.ts';
import { bundledHandler, removeBundledHandlers } from '../../bundledHandler.ts';
import { clientOptions, letIn, policyOf, throughDoor } from '../throughDoor.ts';
import { FUNCTION, MACHINE, oneTask, outputOf } from './stage.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:page';
const INVOKE = 'arn:aws:states:::lambda:invoke';
const allow = (Action: string, Resource: string): object => ({ Effect: 'Allow', Action, Resource });

let folder: string;
beforeAll(async () => {
  folder = await bundledHandler(`
    const { SFNClient, SendTaskSuccessCommand } = require('@aws-sdk/client-sfn');
    exports.handler = async ({ fail, token, seconds }) => {
      if (seconds) await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      if (fail) throw Object.assign(new Error('it is so'), { name: fail });
      if (!token) return { n: 1 };
      const client = new SFNClient({ endpoint: process.env.AWS_ENDPOINT_URL });
      await client.send(new SendTaskSuccessCommand({ taskToken: token, output: '{"answered":true}' }));
      return 'ignored';
    };`);
});
afterAll(removeBundledHandlers);

function role(account: RunningAccount['account'], name: string, service: string, ...statements: object[]): void {
  const trust = policyOf({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' });
  const document = (): ReturnType<typeof policyOf> => policyOf(...(statements as { [key: string]: unknown }[]));
  const policies = statements.length === 0 ? [] : [{ name, document: document() }];
  createRole(account, { name, arn: `arn:aws:iam::123456789012:role/${name}`, trust, policies });
}

/** Runs one machine on a whole account, until all is quiet. */
async function onAccount(definition: object, permissions: object[], use: (at: RunningAccount) => Promise<void>) {
  await throughDoor([statesService], async (running) => {
    const { account } = running;
    role(account, 'worker', 'lambda.amazonaws.com', allow('states:SendTaskSuccess', '*'));
    role(account, 'machine', 'states.amazonaws.com', ...permissions);
    const environment = { AWS_ENDPOINT_URL: account.endpoint };
    const settings = { codeDir: folder, handler: 'handler.handler', timeoutSeconds: 30, memoryMb: 256, environment };
    createFunction(account, { ...settings, name: 'work', arn: FUNCTION, roleName: 'worker' });
    createTopic(account, { name: 'page', arn: TOPIC });
    createStateMachine(account, { name: 'machine', arn: MACHINE, definition, roleName: 'machine', type: 'STANDARD' });
    await use(running);
  });
}

async function run(definition: object, permissions: object[], input: Json = {}): Promise<Execution> {
  let execution: Execution | undefined;
  await onAccount(definition, permissions, async ({ account, clock }) => {
    execution = startExecution(account, MACHINE, JSON.stringify(input));
    await clock.settle();
  });
  if (!execution) throw new Error('nothing was started');
  return execution;
}

const mayInvoke = [allow('lambda:InvokeFunction', FUNCTION)];
const invoking = (suffix = ''): object =>
  oneTask({
    Resource: `${INVOKE}${suffix}`,
    Parameters: suffix
      ? { FunctionName: FUNCTION, Payload: { 'token.$': '$$.Task.Token' } }
      : { FunctionName: FUNCTION, 'Payload.$': '$' },
    TimeoutSeconds: 600,
  });

describe('functions of the account', () => {
  test("by their own ARN: the answer is the function's", async () => {
    expect(outputOf(await run(oneTask(), mayInvoke))).toEqual({ n: 1 });
  });

  test('by lambda:invoke: the answer is in Payload', async () => {
    expect(outputOf(await run(invoking(), mayInvoke))).toMatchObject({
      ExecutedVersion: '$LATEST',
      Payload: { n: 1 },
      StatusCode: 200,
    });
  });

  test('may answer their token themselves', async () => {
    expect(outputOf(await run(invoking('.waitForTaskToken'), mayInvoke))).toEqual({ answered: true });
  });

  test('that throw fail the task under the name of their error, with the body as cause', async () => {
    const execution = await run(invoking(), mayInvoke, { fail: 'NotSettled' });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'NotSettled' });
    expect(JSON.parse(execution.cause ?? '')).toMatchObject({ errorType: 'NotSettled', errorMessage: 'it is so' });
  });

  test('that take longer than the task may are not waited for', async () => {
    const execution = await run(oneTask({ TimeoutSeconds: 5 }), mayInvoke, { seconds: 20 });
    expect(execution).toMatchObject({ error: 'States.Timeout', stoppedAt: execution.startedAt + 5000 });
  });

  test.each([
    ['no permission at all', []],
    ['permission for another function', [allow('lambda:InvokeFunction', `${FUNCTION}-other`)]],
  ])('are not called with %s', async (_, permissions) => {
    const execution = await run(invoking(), permissions);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Lambda.AWSLambdaException' });
    expect(execution.cause).toMatch(/assumed-role\/machine\/.* is not authorized to perform: lambda:InvokeFunction/);
  });

  test('that do not exist', async () => {
    const absent = `${FUNCTION}-absent`;
    const execution = await run(oneTask({ Resource: absent }), [allow('lambda:*', '*')]);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Lambda.ResourceNotFoundException' });
  });
});

describe('topics of the account', () => {
  const publishing = oneTask({
    Resource: 'arn:aws:states:::sns:publish',
    Parameters: { TopicArn: TOPIC, Subject: 'GET UP', Message: { 'key.$': '$.key' } },
  });

  test('get the message, an object as its JSON text', async () => {
    await onAccount(publishing, [allow('sns:Publish', TOPIC)], async ({ account, clock }) => {
      const execution = startExecution(account, MACHINE, '{"key":"k"}');
      await clock.settle();
      const [message] = snsState(account).messages;
      expect(message).toMatchObject({ topicArn: TOPIC, subject: 'GET UP', message: '{"key":"k"}' });
      expect(outputOf(execution)).toMatchObject({ MessageId: message?.messageId });
      expect(account.trail.at(-1)).toMatchObject({ action: 'sns:Publish', resource: TOPIC, result: 'ok' });
    });
  });

  test('get none without permission', async () => {
    await onAccount(publishing, mayInvoke, async ({ account, clock }) => {
      const execution = startExecution(account, MACHINE, '{"key":"k"}');
      await clock.settle();
      expect(snsState(account).messages).toEqual([]);
      expect(execution).toMatchObject({ status: 'FAILED', error: 'SNS.AuthorizationErrorException' });
      const refused = { action: 'sns:Publish', resource: TOPIC, result: 'AuthorizationError' };
      expect(account.trail.at(-1)).toMatchObject(refused);
      expect(account.trail.at(-1)?.principal).toBe(`arn:aws:sts::123456789012:assumed-role/machine/${execution.name}`);
    });
  });
});

test('runs of one seed leave the same history, also when functions run side by side', async () => {
  const States = { Work: { Type: 'Task', Resource: FUNCTION, End: true } };
  const definition = {
    StartAt: 'Each',
    States: { Each: { Type: 'Map', ItemProcessor: { StartAt: 'Work', States }, End: true } },
  };
  const items = [{ seconds: 2 }, {}, { seconds: 1 }, {}];
  const [first, second] = [await run(definition, mayInvoke, items), await run(definition, mayInvoke, items)];
  expect(first.status).toBe('SUCCEEDED');
  expect(JSON.stringify(first.history)).toBe(JSON.stringify(second.history));
});

test("an SDK client's view of an execution is what happened", async () => {
  await onAccount(invoking(), mayInvoke, async ({ account, clock }) => {
    const client = new SFNClient(clientOptions(account));
    const started = await client.send(
      new StartExecutionCommand({ stateMachineArn: MACHINE, name: 'run', input: '{}' }),
    );
    expect(started.startDate).toEqual(new Date(clock.now()));
    await clock.settle();
    const { executionArn } = started;
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(described).toMatchObject({ status: 'SUCCEEDED', name: 'run', stopDate: expect.any(Date) });
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.[3]).toMatchObject({
      type: 'TaskStarted',
      previousEventId: 3,
      timestamp: expect.any(Date),
      taskStartedEventDetails: { resourceType: 'lambda', resource: 'invoke' },
    });
    const answered = client.send(new SendTaskSuccessCommand({ taskToken: 'nonsense', output: '{}' }));
    await expect(answered).rejects.toMatchObject({ name: 'InvalidToken' });
  });
});

describe('a change of status', () => {
  const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:changes';
  const RULE = 'arn:aws:events:eu-west-1:123456789012:rule/changes';

  function listening(account: RunningAccount['account']) {
    createQueue(account, {
      name: 'changes',
      arn: QUEUE,
      visibilityTimeoutSeconds: 30,
      messageRetentionSeconds: 86_400,
    });
    attachResourcePolicy(account, QUEUE, letIn('events.amazonaws.com', 'sqs:SendMessage', QUEUE, RULE));
    const targets = [{ id: 'queue', arn: QUEUE }];
    createRule(account, { name: 'changes', arn: RULE, eventPattern: { source: ['aws.states'] }, targets });
    return () => receive(account, QUEUE, 10).map(({ body }) => JSON.parse(body) as { [key: string]: Json });
  }
  const failing = { StartAt: 'No', States: { No: { Type: 'Fail', Error: 'Paged', Cause: 'told' } } };

  test('is an event with error and cause, and is counted', async () => {
    await onAccount(failing, [], async ({ account, clock }) => {
      const events = listening(account);
      const { arn, name, startedAt } = startExecution(account, MACHINE, '{"a":1}');
      await clock.settle();
      const common = { executionArn: arn, stateMachineArn: MACHINE, name, startDate: startedAt, input: '{"a":1}' };
      // The bus keeps no order.
      const told = events();
      const having = (status: string) => told.find(({ detail }) => (detail as { status?: string }).status === status);
      const [running, failed] = [having('RUNNING'), having('FAILED')];
      expect(told).toHaveLength(2);
      expect(running).toMatchObject({
        'detail-type': 'Step Functions Execution Status Change',
        resources: [arn],
        detail: { ...common, status: 'RUNNING', stopDate: null, output: null, outputDetails: null },
      });
      expect(failed?.['detail']).toMatchObject({
        ...common,
        status: 'FAILED',
        stopDate: startedAt,
        error: 'Paged',
        cause: 'told',
        inputDetails: { included: true },
      });
      const metric = {
        namespace: 'AWS/States',
        metricName: 'ExecutionsFailed',
        dimensions: { StateMachineArn: MACHINE },
      };
      expect(statisticOf(account, metric, 'Sum', startedAt, clock.now() + 60_000)).toBe(1);
    });
  });

  test('leaves out input that would not fit', async () => {
    await onAccount(failing, [], async ({ account, clock }) => {
      const events = listening(account);
      startExecution(account, MACHINE, JSON.stringify('"'.repeat(80_000)));
      await clock.settle();
      expect(events()[0]?.['detail']).toMatchObject({ input: null, inputDetails: { included: false } });
    });
  });

  test('may be lost, and is counted all the same', async () => {
    await onAccount(failing, [], async ({ account, clock }) => {
      const events = listening(account);
      statesOf(account).loseStatusEvents = true;
      const { startedAt, status } = startExecution(account, MACHINE, '{}');
      expect(status).toBe('RUNNING');
      await clock.settle();
      expect(events()).toEqual([]);
      const metric = {
        namespace: 'AWS/States',
        metricName: 'ExecutionsFailed',
        dimensions: { StateMachineArn: MACHINE },
      };
      expect(statisticOf(account, metric, 'Sum', startedAt, clock.now() + 60_000)).toBe(1);
    });
  });
});
