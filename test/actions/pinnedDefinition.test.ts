import { DescribeTaskDefinitionCommand, RegisterTaskDefinitionCommand, type TaskDefinition } from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { registerPinned } from '../../shared/actions/containService/pinnedDefinition.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import * as ecs from '../../shared/platform/sdk/ecs.ts';
import { awsError } from '../account/awsError.ts';

const client = new ecs.ECSClient({ region: 'eu-central-1' });
const stub = mockClient(client);
const aws = { ecs: async () => ({ ...ecs, client, unrepeated: client }) } as unknown as Aws;

const arnOf = (revision: number): string => `arn:aws:ecs:eu-central-1:123456789012:task-definition/cart:${revision}`;
const pinned = 'registry/cart@sha256:abc';

/** Revisions of the family `cart`, in order. */
let revisions: TaskDefinition[];
const add = (image: string, more: Partial<TaskDefinition> = {}): TaskDefinition => {
  const revision = revisions.length + 1;
  const made = { family: 'cart', cpu: '256', containerDefinitions: [{ name: 'app', image }], ...more };
  const stored = {
    ...made,
    taskDefinitionArn: arnOf(revision),
    revision,
    registeredAt: new Date(revision),
    status: 'ACTIVE' as const,
  };
  revisions.push(stored);
  return stored;
};

beforeEach(() => {
  stub.reset();
  revisions = [];
  add('registry/cart:1.0');
  add('registry/cart:2.0');
  stub.on(DescribeTaskDefinitionCommand).callsFake(({ taskDefinition }) => ({
    taskDefinition: revisions.find((one) => one.taskDefinitionArn === taskDefinition) ?? revisions.at(-1),
  }));
  stub.on(RegisterTaskDefinitionCommand).callsFake(({ containerDefinitions, ...more }) => ({
    taskDefinition: add(containerDefinitions[0].image, more),
  }));
});

const register = (): Promise<string> => registerPinned(aws, arnOf(1), { app: pinned });

describe('a copy with its images by digest', () => {
  it('is registered once, however often it is asked for', async () => {
    expect(await register()).toBe(arnOf(3));
    expect(await register()).toBe(arnOf(3));
    expect(revisions.map(({ containerDefinitions }) => containerDefinitions?.[0]?.image)).toEqual([
      'registry/cart:1.0',
      'registry/cart:2.0',
      pinned,
    ]);
  });

  it('is not taken for there when the latest revision says something else', async () => {
    add(pinned, { cpu: '512' });
    expect(await register()).toBe(arnOf(4));
  });

  it('is registered once although the answer is lost', async () => {
    stub.on(RegisterTaskDefinitionCommand).callsFakeOnce(({ containerDefinitions, ...more }) => {
      add(containerDefinitions[0].image, more);
      throw awsError('TimeoutError');
    });
    expect(await register()).toBe(arnOf(3));
    expect(revisions).toHaveLength(3);
  });

  it('is tried three times where AWS fails, and not again where it refuses', async () => {
    stub.on(RegisterTaskDefinitionCommand).rejects(awsError('ECONNRESET'));
    await expect(register()).rejects.toMatchObject({ name: 'ECONNRESET' });
    expect(stub.commandCalls(RegisterTaskDefinitionCommand)).toHaveLength(3);
    stub.on(RegisterTaskDefinitionCommand).rejects(awsError('AccessDeniedException'));
    await expect(register()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(stub.commandCalls(RegisterTaskDefinitionCommand)).toHaveLength(4);
  });
});
