import { describe, expect, it } from 'vitest';
import { stack } from '../../../cli/doctor/checks/stack.ts';
import { allPages } from '../../../cli/doctor/pages.ts';
import type { Place } from '../../../cli/doctor/place.ts';
import type { StackResource } from '../../../cli/doctor/stack.ts';

const resource = (logicalId: string, status: string): StackResource => ({
  logicalId,
  id: logicalId,
  type: 't',
  changedAt: 0,
  status,
});
const look = (...resources: readonly StackResource[]) =>
  stack.look({ stage: { stage: 'prod', region: 'eu-west-1' }, stack: async () => resources } as unknown as Place);

describe('the stack', () => {
  it('is in order where every resource was made or updated', async () => {
    expect(await look(resource('A', 'CREATE_COMPLETE'), resource('B', 'UPDATE_COMPLETE'))).toEqual({
      state: 'ok',
      seen: '2 resources.',
      todo: '',
    });
  });

  it('is broken where CloudFormation failed, and says at what', async () => {
    expect(await look(resource('A', 'CREATE_COMPLETE'), resource('Queue', 'UPDATE_FAILED'))).toEqual({
      state: 'broken',
      seen: 'CloudFormation failed at Queue (UPDATE_FAILED).',
      todo: 'CloudFormation console in eu-west-1, stack firebreak-prod, Events, says why; then deploy the stage again.',
    });
  });
});

describe('the pages of a list', () => {
  it('are all read: an empty one may have a successor', async () => {
    const pages = [
      { items: [1], next: 'a' },
      { items: undefined, next: 'b' },
      { items: [2, 3], next: '' },
    ];
    const asked: (string | undefined)[] = [];
    const all = await allPages(async (token) => {
      asked.push(token);
      return pages[asked.length - 1] ?? { items: [99], next: undefined };
    });
    expect({ all, asked }).toEqual({ all: [1, 2, 3], asked: [undefined, 'a', 'b'] });
  });
});
