import type { Service } from '../../../sandbox/account.ts';
import { type DoorOptions, openDoor } from '../../../sandbox/door/door.ts';
import { createRole } from '../../../sandbox/iam/roles.ts';
import { createAccount, type RunningAccount } from '../../../sandbox/kernel/kernel.ts';
import type { ClockOptions } from '../../../sandbox/kernel/virtualClock.ts';
import { createFunction } from '../../../sandbox/services/lambda/functions.ts';
import type { FunctionSettings } from '../../../sandbox/services/lambda/state.ts';

export const START = Date.UTC(2030, 0, 1);
const open: RunningAccount[] = [];

interface Wanted extends ClockOptions {
  readonly seed?: number;
  readonly services?: readonly Service[];
  readonly door?: DoorOptions;
  /** What the role `worker` may do. */
  readonly allow?: readonly string[];
  readonly compiledFolder?: string;
}

/** An account with an open door and a role `worker` that functions run in. */
export async function smallAccount(wanted: Wanted = {}): Promise<RunningAccount> {
  const running = createAccount({
    id: '123456789012',
    region: 'eu-west-1',
    seed: wanted.seed ?? 1,
    startAtMs: START,
    ...wanted,
  });
  open.push(running);
  createRole(running.account, {
    name: 'worker',
    arn: 'arn:aws:iam::123456789012:role/worker',
    trust: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    policies: [
      {
        name: 'all',
        document: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: [...(wanted.allow ?? ['*'])], Resource: '*' }],
        },
      },
    ],
  });
  await openDoor(running.account, wanted.services ?? [], wanted.door);
  return running;
}

export function addFunction(running: RunningAccount, codeDir: string, given: Partial<FunctionSettings> = {}): string {
  const name = given.name ?? 'fn';
  const arn = `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;
  const settings = { arn, codeDir, handler: 'handler.handler', timeoutSeconds: 3, memoryMb: 256, environment: {} };
  createFunction(running.account, { ...settings, roleName: 'worker', ...given, name });
  return name;
}

export async function closeAccounts(): Promise<void> {
  await Promise.all(open.splice(0).map((running) => running.close()));
}
