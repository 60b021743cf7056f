import { describe, expect, it } from 'vitest';
import { reapplyAssociation as action } from '../../shared/actions/reapplyAssociation/reapplyAssociation.ts';
import { ActionFailed, Throttled } from '../../shared/platform/errors.ts';
import { now } from './actContext.ts';
import { type Answers, answeringAws } from './answeringAws.ts';
import {
  answers,
  execution,
  executions,
  first,
  other,
  paged,
  second,
  standing,
  step,
  throwing,
  usual,
} from './associationWorld.ts';
import { host, id, minutesAgo } from './hostWorld.ts';

describe('applying it again', () => {
  const starts = (sent: readonly { readonly operation: string }[]) =>
    sent.filter(({ operation }) => operation === 'StartAssociationsOnce');

  it('starts this one association', async () => {
    const { aws, sent } = answeringAws(answers());
    expect(await action.execute(host, usual, {}, step(aws))).toMatchObject({ kind: 'done' });
    expect(starts(sent)).toMatchObject([{ input: { AssociationIds: [first] } }]);
  });

  it('starts it once more after a crash only where nothing has begun since the first try', async () => {
    for (const [begun, expected] of [
      [[execution({ Status: 'InProgress' })], 1],
      [[execution({ CreatedTime: minutesAgo(1) })], 2],
      [[], 2],
    ] as const) {
      const { aws, sent } = answeringAws(answers(executions(...begun)));
      const context = step(aws);
      await action.execute(host, usual, {}, context);
      // The call was made, and the crash came before that was written down.
      context.done.delete(`start ${first}`);
      const later = { now: () => new Date(now.getTime() + 60_000) };
      await action.execute(host, usual, {}, { ...context, clock: later });
      expect(starts(sent)).toHaveLength(expected);
    }
  });

  it.each([
    ['ThrottlingException', Throttled],
    ['AssociationDoesNotExist', ActionFailed],
    ['AccessDeniedException', ActionFailed],
  ])('is told as what it means when AWS answers %s', async (name, error) => {
    const { aws } = answeringAws(answers({ StartAssociationsOnce: throwing(name) }));
    await expect(action.execute(host, usual, {}, step(aws))).rejects.toThrow(error);
  });
});

describe('reading it back', () => {
  const reading = (more: Answers) => {
    const { aws } = answeringAws(answers(more));
    return action.verify(host, usual, {}, { ...step(aws), begunAt: now.toISOString() });
  };
  const onHost = (Status: string, ResourceId = id): Answers => ({
    DescribeAssociationExecutionTargets: () => ({ AssociationExecutionTargets: [{ ResourceId, Status }] }),
  });
  const stands = (status: string, at = now): Answers => ({
    DescribeInstanceAssociationsStatus: paged('InstanceAssociationStatusInfos', [
      standing(second, 'Success'),
      standing(first, status, at),
    ]),
  });

  it('holds where an execution since the step began succeeded on the host, and it stands so', async () => {
    const read = await reading({ ...executions(execution()), ...onHost('Success'), ...stands('Success') });
    expect(read).toMatchObject({ state: 'holds', absence: false, seen: expect.stringContaining('{Success=1}') });
  });

  it('asks for executions since the step began', async () => {
    const { aws, sent } = answeringAws(answers({ ...executions(), ...stands('Failed') }));
    await action.verify(host, usual, {}, { ...step(aws), begunAt: now.toISOString() });
    const Filters = [{ Key: 'CreatedTime', Value: new Date(now.getTime() - 1).toISOString(), Type: 'GREATER_THAN' }];
    expect(sent.find(({ operation }) => operation === 'DescribeAssociationExecutions')?.input).toMatchObject({
      Filters,
    });
  });

  it.each([
    [
      'the only execution began before it',
      [execution({ CreatedTime: minutesAgo(5) })],
      onHost('Success'),
      stands('Success'),
    ],
    ['the host is still at it', [execution({ Status: 'InProgress' })], onHost('InProgress'), stands('InProgress')],
    ['the host is not listed yet', [execution({ Status: 'Pending' })], onHost('Success', other), stands('Failed')],
    ['the host still stands as failed', [execution()], onHost('Success'), stands('Failed')],
    ['the host stands well since before', [execution()], onHost('Success'), stands('Success', minutesAgo(5))],
  ] as const)('waits where %s', async (_when, all, on, how) => {
    expect(await reading({ ...executions(...all), ...on, ...how })).toMatchObject({ state: 'pending' });
  });

  it.each([
    ['it failed there', onHost('Failed'), 'Failed (Failed)'],
    ['it ran out of time there', onHost('TimedOut'), 'TimedOut'],
    ['it was not applied to the host', onHost('Success', other), `was not applied to ${id}`],
  ])('is broken where %s', async (_when, on, seen) => {
    const read = await reading({ ...executions(execution()), ...on, ...stands('Failed') });
    expect(read).toMatchObject({ state: 'broken', seen: expect.stringContaining(seen) });
  });

  it('goes by the newest execution, whatever order they come in', async () => {
    const older = execution({ ExecutionId: 'e-old' });
    const newer = execution({ ExecutionId: 'e-new', CreatedTime: new Date(now.getTime() + 5000) });
    const asked: unknown[] = [];
    const DescribeAssociationExecutionTargets = (input: object) => {
      asked.push(input);
      return { AssociationExecutionTargets: [{ ResourceId: id, Status: 'Success' }] };
    };
    await reading({ ...executions(older, newer), DescribeAssociationExecutionTargets, ...stands('Success') });
    expect(asked).toMatchObject([{ ExecutionId: 'e-new', Filters: [{ Key: 'ResourceId', Value: id }] }]);
  });
});
