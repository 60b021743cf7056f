import { describe, expect, it } from 'vitest';
import { documentOf, markOf } from '../../shared/actions/revokeRoleSessions/deny.ts';
import type { Observed } from '../../shared/actions/revokeRoleSessions/observe.ts';
import { revokeRoleSessions as action } from '../../shared/actions/revokeRoleSessions/revokeRoleSessions.ts';
import { TargetGone, Throttled } from '../../shared/platform/errors.ts';
import type { Answers } from './answeringAws.ts';
import {
  accused,
  byTasks,
  contextOf,
  type Given,
  ours,
  params,
  policyName,
  target,
  taskArn,
  throwing,
  trust,
  trusts,
} from './roleWorld.ts';

const observing = async (given: Given = {}): Promise<Observed> =>
  (await action.observe(given.of ?? target, params, contextOf(given).context)) as Observed;

describe('what is observed', () => {
  it('is who else uses the role: services, tasks of none, functions, instances, and whoever else may assume it', async () => {
    const { others } = await observing({
      accusation: accused('t1'),
      more: {
        ListFunctions: () => ({
          Functions: [
            { FunctionName: 'mailer', Role: target.arn },
            { FunctionName: 'no', Role: 'r' },
          ],
        }),
        ListInstanceProfilesForRole: () => ({ InstanceProfiles: [{ Arn: 'profile' }] }),
        DescribeInstances: () => ({
          Reservations: [{ Instances: [{ InstanceId: 'i-1' }, { InstanceId: 'i-2', State: { Name: 'terminated' } }] }],
        }),
        GetRole: () => ({
          Role: {
            AssumeRolePolicyDocument: trust(byTasks, trusts({ AWS: ['arn:aws:iam::1:root'] }), trusts('*', 'Deny')),
          },
        }),
      },
    });
    expect(others).toEqual([
      'function mailer',
      'instance i-1',
      'service prod/pull',
      'task lone',
      'whoever its trust policy lets in as arn:aws:iam::1:root',
    ]);
  });

  it('of the accused task’s own service are its other tasks; what no step stops runs on', async () => {
    expect(await observing({ accusation: accused('t1') })).toMatchObject({
      services: ['prod/cart'],
      siblings: ['t2'],
      runOn: ['task t1'],
      owner: 'shop (tag team)',
    });
    const leaving = { ...accused('t1'), leaving: [taskArn('t1'), taskArn('t2')] };
    expect(await observing({ accusation: leaving })).toMatchObject({ siblings: [], runOn: [] });
  });

  it.each([
    ['t1', 'task t1', 'task lone'],
    ['mailer', 'function mailer', 'function mailer'],
  ])('of a role by itself is who has the session %s: that is no other user', async (session, holder, not) => {
    const more: Answers = { ListFunctions: () => ({ Functions: [{ FunctionName: 'mailer', Role: target.arn }] }) };
    const found = await observing({ more, of: { ...target, session } });
    expect(found.holder).toBe(holder);
    expect(found.others).not.toContain(session === 't1' ? 'service prod/cart' : not);
  });

  it('counts what all inline policies would have together, without white space and with one of ours once', async () => {
    const one = (await observing()).size;
    const more: Answers = {
      ListRolePolicies: () => ({ PolicyNames: ['reads', policyName] }),
      GetRolePolicy: (({ PolicyName }: { readonly PolicyName: string }) =>
        PolicyName === policyName
          ? ours('2026-11-24T11:00:00Z')()
          : { PolicyDocument: '%7B%20%22a%22%3A%201%20%7D' }) as never,
    };
    expect((await observing({ more })).size).toBe(one + '{"a":1}'.length);
  });

  it('tells our policy from one that somebody else has written, or changed', async () => {
    const text = (document: string): Answers => ({
      GetRolePolicy: () => ({ PolicyDocument: encodeURIComponent(document) }),
    });
    const own = documentOf({ cutOff: '2026-11-24T11:00:00Z', mark: markOf({ tasks: [] }) });
    expect((await observing({ more: text(own) })).policy).toBe('ours');
    for (const other of [
      '{}',
      'no JSON',
      own.replace('"Deny"', '"Allow"'),
      own.replace('"Resource":"*"', '"Resource":"a"'),
    ]) {
      expect((await observing({ more: text(other) })).policy).toBe('other');
    }
    expect((await observing()).policy).toBe('none');
  });

  it('says what could not be read; what is only throttled is asked again', async () => {
    const found = await observing({ more: { ListFunctions: throwing('AccessDeniedException') } });
    expect(found.unread).toEqual(['Lambda functions: access denied (AccessDeniedException)']);
    await expect(observing({ more: { ListFunctions: throwing('ThrottlingException') } })).rejects.toThrow(Throttled);
    await expect(observing({ more: { GetRole: throwing('NoSuchEntityException') } })).rejects.toThrow(TargetGone);
  });
});
