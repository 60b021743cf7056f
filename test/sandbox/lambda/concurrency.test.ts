import type { GetFunctionConcurrencyResponse, ListTagsResponse } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { reserve, reservedBy } from '../../../sandbox/services/lambda/concurrency.ts';
import { createEventSourceMapping } from '../../../sandbox/services/lambda/eventSourceMapping.ts';
import { lambdaFigures } from '../../../sandbox/services/lambda/figures.ts';
import { invokeFunction } from '../../../sandbox/services/lambda/invoke.ts';
import { invokeAsync } from '../../../sandbox/services/lambda/invokeAsync.ts';
import { accountFunctions } from '../../../sandbox/services/lambda/operations/accountFunctions.ts';
import { deleteFunctionConcurrency } from '../../../sandbox/services/lambda/operations/deleteFunctionConcurrency.ts';
import { getFunctionConcurrency } from '../../../sandbox/services/lambda/operations/getFunctionConcurrency.ts';
import { invoke } from '../../../sandbox/services/lambda/operations/invoke.ts';
import { listTags } from '../../../sandbox/services/lambda/operations/listTags.ts';
import { putFunctionConcurrency } from '../../../sandbox/services/lambda/operations/putFunctionConcurrency.ts';
import { arnOf } from '../../../sandbox/services/lambda/state.ts';
import { createQueue, depth, sendToQueue } from '../../../sandbox/services/sqs/queue.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { fakeAccount } from '../fakeAccount.ts';
import { runOn } from '../services/runOn.ts';
import { addFunction, closeAccounts, START, smallAccount } from './accountWithFunction.ts';

/** An account with the functions `f` and `g` of its workloads. */
function withTwo() {
  const fake = fakeAccount();
  for (const name of ['f', 'g']) {
    const arn = arnOf(fake.account, name);
    accountFunctions(fake.account).set(name, { name, arn, imageUri: undefined, resolvedImageUri: undefined });
  }
  const run = runOn(fake);
  const put = (FunctionName: string, ReservedConcurrentExecutions: unknown) =>
    run(putFunctionConcurrency.operation, { FunctionName, ReservedConcurrentExecutions });
  return { account: fake.account, run, put };
}

describe('the reserved concurrency of a function', () => {
  it('is put, read and deleted, of this function alone', async () => {
    const { account, run, put } = withTwo();
    const read = (FunctionName: string) =>
      run<GetFunctionConcurrencyResponse>(getFunctionConcurrency.operation, { FunctionName });
    expect(await read('f')).toEqual({});
    expect(await put(arnOf(account, 'f'), 0)).toEqual({ ReservedConcurrentExecutions: 0 });
    expect(await read('f')).toEqual({ ReservedConcurrentExecutions: 0 });
    expect(await read('g')).toEqual({});
    await run(deleteFunctionConcurrency.operation, { FunctionName: 'f' });
    await run(deleteFunctionConcurrency.operation, { FunctionName: 'f' });
    expect(await read(arnOf(account, 'f'))).toEqual({});
  });

  it('leaves 100 to the others, from which 0 takes nothing', async () => {
    const { put } = withTwo();
    await put('g', 900);
    await expect(put('f', 1)).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
    await put('f', 0);
    // Its own is not counted twice.
    await put('g', 899);
    await put('f', 1);
  });

  it.each([-1, 1.5, undefined, '3'])('cannot be %s', async (wanted) => {
    await expect(withTwo().put('f', wanted)).rejects.toMatchObject({ code: 'ValidationException' });
  });

  it('is of no function that is not there', async () => {
    const { run, put } = withTwo();
    const refusal = { code: 'ResourceNotFoundException', status: 404 };
    await expect(put('none', 0)).rejects.toMatchObject(refusal);
    for (const { operation } of [getFunctionConcurrency, deleteFunctionConcurrency]) {
      await expect(run(operation, { FunctionName: 'none' })).rejects.toMatchObject(refusal);
    }
  });

  it('keeps a function of the workloads from being invoked, too', async () => {
    const { run, put } = withTwo();
    const asked = { functionName: 'f', type: 'RequestResponse', body: Buffer.from('') };
    await expect(run(invoke.operation, asked)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    await put('f', 0);
    await expect(run(invoke.operation, asked)).rejects.toMatchObject({ code: 'TooManyRequestsException', status: 429 });
  });
});

describe('the tags of a function', () => {
  it('are listed by its ARN', async () => {
    const { account, run } = withTwo();
    const arn = arnOf(account, 'f');
    accountFunctions(account).set('f', {
      name: 'f',
      arn,
      imageUri: undefined,
      resolvedImageUri: undefined,
      tags: { team: 'media' },
    });
    const tagsOf = (Resource: string) => run<ListTagsResponse>(listTags.operation, { Resource });
    expect(await tagsOf(arn)).toEqual({ Tags: { team: 'media' } });
    expect(await tagsOf(arnOf(account, 'g'))).toEqual({ Tags: {} });
    await expect(tagsOf('f')).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
    await expect(tagsOf(arnOf(account, 'none'))).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});

describe('a function that reserves nothing', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await bundledHandler('exports.handler = async () => ({ batchItemFailures: [] });');
  });
  afterEach(closeAccounts);
  afterAll(removeBundledHandlers);

  const [dead, orders] = ['dead', 'orders'].map((name) => `arn:aws:sqs:eu-west-1:123456789012:${name}`) as [
    string,
    string,
  ];

  async function stopped() {
    const running = await smallAccount();
    const { account } = running;
    const kept = { visibilityTimeoutSeconds: 30, messageRetentionSeconds: 86_400 };
    createQueue(account, { name: 'dead', arn: dead, ...kept });
    const redrive = { deadLetterTargetArn: dead, maxReceiveCount: 3 };
    createQueue(account, { name: 'orders', arn: orders, ...kept, redrive });
    addFunction(running, folder, { deadLetterArn: dead });
    reserve(account, 'fn', 0);
    return running;
  }

  it('is throttled, and runs again once that is lifted', async () => {
    const { account } = await stopped();
    await expect(invokeFunction(account, 'fn', {})).rejects.toMatchObject({ code: 'TooManyRequestsException' });
    expect(reservedBy(account, 'fn')).toBe(0);
    reserve(account, 'fn', 1);
    expect(await invokeFunction(account, 'fn', {})).toMatchObject({ ok: true });
  });

  it('has the messages of its queue come back, until they are dead letters', async () => {
    const { account, clock } = await stopped();
    createEventSourceMapping(account, {
      queueArn: orders,
      functionName: 'fn',
      batchSize: 1,
      reportBatchItemFailures: true,
    });
    sendToQueue(account, orders, 'one');
    await clock.advance(1000);
    expect(depth(account, orders)).toMatchObject({ inFlight: 1 });
    await clock.settle();
    expect(depth(account, dead).visible).toBe(1);
    expect(lambdaFigures(account)).toMatchObject({ invocations: 0, throttles: 3 });
  });

  it('has asynchronous events given up at once, not tried for hours', async () => {
    const { account, clock } = await stopped();
    invokeAsync(account, 'fn', { event: 1 });
    await clock.settle();
    expect(depth(account, dead).visible).toBe(1);
    expect(clock.now()).toBe(START);
  });
});
