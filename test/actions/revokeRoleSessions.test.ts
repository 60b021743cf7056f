import { describe, expect, it } from 'vitest';
import { type Accusation, noAccusation } from '../../shared/actions/accusation.ts';
import type { Observed } from '../../shared/actions/revokeRoleSessions/observe.ts';
import { revokeRoleSessions as action } from '../../shared/actions/revokeRoleSessions/revokeRoleSessions.ts';
import { ActionFailed, TargetGone } from '../../shared/platform/errors.ts';
import { now } from './actContext.ts';
import type { Answers, Sent } from './answeringAws.ts';
import {
  accused,
  byTasks,
  contextOf,
  type Given,
  ours,
  params,
  seen,
  target,
  taskArn,
  throwing,
  trust,
  trusts,
} from './roleWorld.ts';

const stopped =
  (at: string | null, id = 't1') =>
  () => ({
    tasks: at === null ? [] : [{ taskArn: taskArn(id), lastStatus: 'STOPPED', stoppedAt: new Date(at) }],
  });
const putIn = (sent: readonly Sent[]) => sent.filter(({ operation }) => operation === 'PutRolePolicy');
async function cutOffPut(given: Given): Promise<string | undefined> {
  const { context, sent } = contextOf(given);
  await action.execute(target, params, seen, context);
  const [put] = putIn(sent);
  return /"aws:TokenIssueTime":"([^"]*)"/.exec(String(put?.input['PolicyDocument']))?.[1];
}

describe('the cut-off', () => {
  const before = '2026-11-24T11:58:30.500Z';

  it('is the second after the last accused task stopped: whatever took its place keeps what it has', async () => {
    const given = { accusation: accused('t1'), more: { DescribeTasks: stopped(before) } };
    expect(await cutOffPut(given)).toBe('2026-11-24T11:58:31Z');
  });

  it('lies after the last task that the plan has stopped, too, though no finding names it', async () => {
    const later = '2026-11-24T11:59:10.200Z';
    const more = {
      DescribeTasks: ({ tasks: asked }: { readonly tasks?: readonly string[] }) => ({
        tasks: [...stopped(before)().tasks, ...stopped(later, 't2')().tasks].filter(
          ({ taskArn: arn }) => asked?.includes(arn) === true,
        ),
      }),
    };
    const given = { accusation: { ...accused('t1'), left: [taskArn('t2')] }, more };
    expect(await cutOffPut(given)).toBe('2026-11-24T11:59:11Z');
  });

  it.each<[string, Given]>([
    ['no task is accused', {}],
    ['ECS does not show the task any more', { accusation: accused('t1'), more: { DescribeTasks: stopped(null) } }],
    ['it shows one of two', { accusation: accused('t1', 't2'), more: { DescribeTasks: stopped(before) } }],
    [
      'the role can be assumed by a call, as whoever stole a session may have done',
      {
        accusation: accused('t1'),
        more: {
          DescribeTasks: stopped(before),
          GetRole: () => ({ Role: { AssumeRolePolicyDocument: trust(byTasks, trusts({ AWS: target.arn })) } }),
        },
      },
    ],
  ])('is now, where %s', async (_what, given) => {
    expect(await cutOffPut(given)).toBe('2026-11-24T12:00:01Z');
  });

  it('is not made while an accused task runs', async () => {
    const { context, sent } = contextOf({ accusation: accused('t1') });
    await expect(action.execute(target, params, seen, context)).rejects.toThrow(/Task .*t1 still runs/);
    expect(putIn(sent)).toEqual([]);
  });

  it('is taken once: a repeat after a crash does not move it on', async () => {
    const { context } = contextOf({});
    await action.execute(target, params, seen, context);
    const later = { ...contextOf({ keep: context }).context, clock: { now: () => new Date(now.getTime() + 60_000) } };
    await action.execute(target, params, seen, later);
    expect([...context.done.values()]).toEqual(['2026-11-24T12:00:01Z']);
  });

  it('that stands and is later is kept; the same for the same tasks is not written again', async () => {
    const more: Answers = { GetRolePolicy: ours('2026-11-24T12:30:00Z', ['another']) };
    expect(await cutOffPut({ more })).toBe('2026-11-24T12:30:00Z');
    const same = contextOf({ more: { GetRolePolicy: ours('2026-11-24T12:00:01Z') } });
    await action.execute(target, params, seen, same.context);
    expect(putIn(same.sent)).toEqual([]);
  });

  it('never overwrites a policy of somebody else’s', async () => {
    const { context, sent } = contextOf({ more: { GetRolePolicy: () => ({ PolicyDocument: '%7B%7D' }) } });
    await expect(action.execute(target, params, seen, context)).rejects.toThrow(ActionFailed);
    expect(putIn(sent)).toEqual([]);
  });
});

describe('read back', () => {
  const begunAt = now.toISOString();
  const verify = (more: Answers, accusation: Accusation, begun: string | undefined = begunAt) => {
    const { context } = contextOf({ more, accusation });
    return action.verify(target, params, seen, begun === undefined ? context : { ...context, begunAt: begun });
  };
  const of = (cutOff: string, tasks: readonly string[], stop: string | null): Answers => ({
    GetRolePolicy: ours(cutOff, tasks.map(taskArn)),
    DescribeTasks: stopped(stop),
  });

  it('holds where the policy was written for the accused tasks, after they had stopped', async () => {
    const one = accused('t1');
    expect(await verify(of('2026-11-24T11:59:00Z', ['t1'], '2026-11-24T11:58:59Z'), one)).toMatchObject({
      state: 'holds',
    });
    expect(await verify(of('2026-11-24T11:59:00Z', ['t1'], null), one)).toMatchObject({ state: 'holds' });
  });

  it.each<[string, Answers]>([
    ['a task stopped after the cut-off', of('2026-11-24T11:59:00Z', ['t1'], '2026-11-24T11:59:30Z')],
    ['it was written for other tasks', of('2026-11-24T11:59:00Z', ['t1', 't2'], '2026-11-24T11:58:59Z')],
    ['an accused task runs', { GetRolePolicy: ours('2026-11-24T11:59:00Z', [taskArn('t1')]) }],
    ['nothing is shown yet', {}],
  ])('is pending where %s', async (_what, more) => {
    expect(await verify(more, accused('t1'))).toMatchObject({ state: 'pending' });
  });

  it('is broken where somebody else has written the policy', async () => {
    const more: Answers = { GetRolePolicy: () => ({ PolicyDocument: '%7B%7D' }) };
    expect(await verify(more, accused('t1'))).toMatchObject({ state: 'broken' });
  });

  it('without accused tasks, only what this step has written holds: what is found later is cut off anew', async () => {
    const more = of('2026-11-24T12:00:01Z', [], null);
    expect(await verify(more, noAccusation)).toMatchObject({ state: 'holds' });
    expect(await verify(more, noAccusation, '2026-11-24T12:30:00Z')).toMatchObject({ state: 'pending' });
    expect(await action.verify(target, params, seen, contextOf({ more }).context)).toMatchObject({ state: 'pending' });
  });
});

describe('an undo', () => {
  const [early, over] = ['2026-11-24T00:00:01Z', '2026-11-24T00:00:00Z'];
  const undo = async (more: Answers, before = seen) => {
    const { context, sent } = contextOf({ more });
    const answer = await action.undo?.(target, params, before, context);
    return { ...answer, deleted: sent.some(({ operation }) => operation === 'DeleteRolePolicy') };
  };
  const yet = (more: Answers) => action.staysYet?.(target, seen, contextOf({ more }).context);

  it('stays until nobody is left whom the policy denies anything: twelve hours after the cut-off', async () => {
    expect(await yet({ GetRolePolicy: ours(early) })).toContain('stays until 2026-11-24T12:00:01Z');
    expect(await yet({ GetRolePolicy: ours(over) })).toBeNull();
    expect(await yet({})).toBeNull();
    await expect(undo({ GetRolePolicy: ours(early) })).rejects.toThrow(/would work again/);
    expect(await undo({ GetRolePolicy: ours(over) })).toMatchObject({ kind: 'done', deleted: true });
  });

  it('leaves what is not ours, what has gone, and what was there before', async () => {
    await expect(undo({ GetRolePolicy: () => ({ PolicyDocument: '%7B%7D' }) })).rejects.toThrow(/left as it is/);
    expect(await undo({})).toMatchObject({ kind: 'done', deleted: false });
    expect(await undo({ GetRolePolicy: ours(over) }, { ...seen, policy: 'ours' })).toMatchObject({ deleted: false });
  });

  it('is done where the policy went away meanwhile, and not where the role did', async () => {
    const more: Answers = { GetRolePolicy: ours(over), DeleteRolePolicy: throwing('NoSuchEntityException') };
    expect(await undo(more)).toMatchObject({ kind: 'done' });
    await expect(undo({ ...more, GetRole: throwing('NoSuchEntityException') })).rejects.toThrow(TargetGone);
  });

  it('is read back as what was there before', async () => {
    const back = (more: Answers, policy: Observed['policy']) =>
      action.verifyUndone?.(target, params, { ...seen, policy }, contextOf({ more }).context);
    expect(await back({}, 'none')).toMatchObject({ state: 'holds', absence: true });
    expect(await back({ GetRolePolicy: ours(over) }, 'none')).toMatchObject({ state: 'pending' });
    expect(await back({ GetRolePolicy: ours(over) }, 'ours')).toMatchObject({ state: 'holds' });
  });
});

describe('its permissions', () => {
  it('are of that one role, whatever its path', () => {
    const { write } = action.permissions(target);
    expect([...new Set(write.map(({ resource }) => resource))]).toEqual([
      'arn:aws:iam::123456789012:role/cart',
      'arn:aws:iam::123456789012:role/*/cart',
    ]);
  });

  it.each([
    ['*', target.arn],
    ['cart', 'arn:aws:iam::999999999999:role/cart'],
    ['cart', 'arn:aws:iam::123456789012:user/cart'],
  ])('are none for %s with the ARN %s', (id, arn) => {
    expect(() => action.permissions({ ...target, id, arn })).toThrow(ActionFailed);
  });
});
