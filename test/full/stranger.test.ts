import { fileURLToPath } from 'node:url';
import {
  ECSClient,
  paginateListTasks,
  StopTaskCommand,
  waitUntilServicesStable,
  waitUntilTasksStopped,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../system/run.ts';
import { type SandboxProcess, startSandboxProcess } from '../system/sandboxProcess.ts';
import { hasTool } from '../system/tools.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

let sandbox: SandboxProcess;
beforeEach(async () => {
  sandbox = await startSandboxProcess('--account', here('../system/payments.account.yaml'), '--speed', '30');
});
afterEach(async () => {
  await sandbox?.stop();
});

describe.skipIf(!hasTool('boto3 (python3)', 'python3', ['-c', 'import boto3']))(
  "a stranger's script with boto3",
  () => {
    it('pages, waits, and catches what its client knows, with a request id each', async () => {
      const { exit, out, err } = await run('python3', [here('stranger.py')], { env: sandbox.env });
      expect({ exit, err }).toEqual({ exit: 0, err: '' });
      const found = JSON.parse(out);
      expect(found).toEqual({
        services: ['ledger'],
        stopped: ['STOPPED', 'UserInitiated'],
        running: 3,
        roles: expect.any(Number),
        trusted: { Service: expect.stringMatching(/\.amazonaws\.com$/) },
        'waited in vain': 'NoSuchEntity',
        'items are whole': true,
        caught: [
          ['ClusterNotFoundException', 36],
          ['RepositoryNotFoundException', 36],
          ['NoSuchEntityException', 36],
          ['ResourceNotFoundException', 36],
        ],
        missing: [
          expect.stringMatching(/\(UnknownOperationException\) when calling the CreateService .*ecs.CreateService/),
          expect.stringMatching(/\(UnknownOperationException\) when calling the ListKeys .*kms/),
        ],
        'request ids': 3,
      });
      expect(found.roles).toBeGreaterThan(3);
    });
  },
);

describe("a stranger's program with the JavaScript SDK", () => {
  it('pages through tasks, stops one, and waits until its service is well again', async () => {
    const { endpoint, region, accessKeyId, secretAccessKey } = sandbox.ready;
    const client = new ECSClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
    const waiting = { client, minDelay: 1, maxDelay: 2, maxWaitTime: 120 };
    try {
      const which = { cluster: 'prod', services: ['ledger'] };
      expect((await waitUntilServicesStable(waiting, which)).state).toBe('SUCCESS');
      const pages: (readonly string[])[] = [];
      for await (const { taskArns = [] } of paginateListTasks({ client, pageSize: 2 }, { cluster: 'prod' })) {
        pages.push(taskArns);
      }
      expect(pages.map(({ length }) => length)).toEqual([2, 1]);
      const task = pages[0]?.[0] ?? '';
      await client.send(new StopTaskCommand({ cluster: 'prod', task }));
      expect((await waitUntilTasksStopped(waiting, { cluster: 'prod', tasks: [task] })).state).toBe('SUCCESS');
      expect((await waitUntilServicesStable(waiting, which)).state).toBe('SUCCESS');
      const after: string[] = [];
      for await (const { taskArns = [] } of paginateListTasks({ client }, { cluster: 'prod' })) after.push(...taskArns);
      expect(after).toHaveLength(3);
      expect(after).not.toContain(task);
    } finally {
      client.destroy();
    }
  });
});
