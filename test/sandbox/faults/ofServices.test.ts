import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addFaults } from '../../../sandbox/faults/set.ts';
import type { RunningAccount } from '../../../sandbox/kernel/kernel.ts';
import { putRawEvent } from '../../../sandbox/services/eventbridge/bus.ts';
import { createEventSourceMapping } from '../../../sandbox/services/lambda/eventSourceMapping.ts';
import { lambdaFigures } from '../../../sandbox/services/lambda/figures.ts';
import { invokeFunction } from '../../../sandbox/services/lambda/invoke.ts';
import { createQueue, depth, sendToQueue } from '../../../sandbox/services/sqs/queue.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { addFunction, closeAccounts, smallAccount } from '../lambda/accountWithFunction.ts';
import { addBusWithQueue, eventsIn } from '../services/eventbridge/busWithQueue.ts';
import { openWire } from '../services/openWire.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:orders';
let folder: string;
beforeAll(async () => {
  folder = await bundledHandler('let n = 0; exports.handler = async () => ({ n: (n += 1), batchItemFailures: [] });');
});
afterEach(closeAccounts);
afterAll(removeBundledHandlers);

describe('an event on its way to a target', () => {
  it.each([
    ['lost-before', 0],
    ['lost-after', 2],
    ['slow', 1],
  ] as const)('%s: comes %i times', async (fault, times) => {
    const wire = await openWire();
    try {
      addBusWithQueue(wire.account);
      addFaults(wire.account, [{ operation: 'Deliver', fault, seconds: 60 }]);
      const from = wire.clock.now();
      putRawEvent(wire.account, { id: 'e', source: 'aws.ecr' });
      await wire.clock.settle();
      expect(eventsIn(wire.account, 'scans')).toHaveLength(times);
      if (fault === 'slow') expect(wire.clock.now() - from).toBeGreaterThan(60_000);
    } finally {
      await wire.close();
    }
  });

  it('a queue that fails gets it at the next attempt; one that took it and did not say so, twice', async () => {
    for (const [fault, times] of [
      ['failed', 1],
      ['lost-after', 2],
    ] as const) {
      const wire = await openWire();
      try {
        addBusWithQueue(wire.account);
        addFaults(wire.account, [{ service: 'sqs', operation: 'SendMessage', times: 1, fault }]);
        putRawEvent(wire.account, { id: 'e', source: 'aws.ecr' });
        await wire.clock.settle();
        expect(eventsIn(wire.account, 'scans'), fault).toHaveLength(times);
      } finally {
        await wire.close();
      }
    }
  });
});

async function consumer(): Promise<RunningAccount> {
  const running = await smallAccount();
  createQueue(running.account, {
    name: 'orders',
    arn: QUEUE,
    visibilityTimeoutSeconds: 30,
    messageRetentionSeconds: 86_400,
  });
  addFunction(running, folder);
  createEventSourceMapping(running.account, {
    queueArn: QUEUE,
    functionName: 'fn',
    batchSize: 10,
    reportBatchItemFailures: true,
  });
  return running;
}

describe("Lambda's poller", () => {
  it('that cannot receive tries again', async () => {
    const running = await consumer();
    addFaults(running.account, [{ operation: 'ReceiveMessage', times: 3, fault: 'failed' }]);
    sendToQueue(running.account, QUEUE, 'one');
    await running.clock.settle();
    expect(lambdaFigures(running.account).invocations).toBe(1);
    expect(depth(running.account, QUEUE)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('that cannot delete what was dealt with gets it again', async () => {
    const running = await consumer();
    addFaults(running.account, [{ operation: 'DeleteMessage', times: 1, fault: 'throttled' }]);
    sendToQueue(running.account, QUEUE, 'one');
    await running.clock.settle();
    expect(lambdaFigures(running.account).invocations).toBe(2);
    expect(depth(running.account, QUEUE)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });
});

describe('a function', () => {
  const killed = { ok: false, errorType: 'Runtime.ExitError' };

  it('that is killed before its first call has done nothing, and starts anew', async () => {
    const { account } = await consumer();
    addFaults(account, [{ operation: 'Run', target: 'function:fn', times: 1, fault: 'killed-before' }]);
    expect(await invokeFunction(account, 'fn', {})).toMatchObject(killed);
    expect(await invokeFunction(account, 'fn', {})).toMatchObject({ ok: true, payload: { n: 1 } });
  });

  it('that is killed after its last call has done all of it, and starts anew', async () => {
    const { account } = await consumer();
    expect(await invokeFunction(account, 'fn', {})).toMatchObject({ ok: true, payload: { n: 1 } });
    addFaults(account, [{ operation: 'Run', target: 'function:fn', times: 1, fault: 'killed-after' }]);
    expect(await invokeFunction(account, 'fn', {})).toMatchObject(killed);
    expect(await invokeFunction(account, 'fn', {})).toMatchObject({ ok: true, payload: { n: 1 } });
  });
});
