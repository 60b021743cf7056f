import { describe, expect, it } from 'vitest';
import type { Observed } from '../../shared/actions/revokeRoleSessions/observe.ts';
import { revokeRoleSessions as action } from '../../shared/actions/revokeRoleSessions/revokeRoleSessions.ts';
import { params, roleNamed, seen, target } from './roleWorld.ts';

const settings = { quietPullDays: 7 };
const planned = (more: Partial<Observed> = {}, of = target, given = params) =>
  action.plan(of, given, { ...seen, ...more }, settings);

describe('what is planned', () => {
  it('is to cut off what was issued before, and nobody else loses anything', () => {
    const plan = planned();
    expect(plan).toMatchObject({ kind: 'step', sentence: expect.stringContaining('nothing else is seen to use it') });
    expect(plan).not.toHaveProperty('remains');
  });

  it('names who else loses credentials, as many as the rule allows, and what must be restarted', () => {
    const others = ['function mailer', 'service prod/till'];
    const plan = planned({ others, siblings: ['t2'], services: ['prod/cart'] }, target, { maxOtherUsers: 2 });
    expect(plan).toMatchObject({
      kind: 'step',
      sentence: expect.stringContaining('it is also used by function mailer, service prod/till, which lose'),
      remains: expect.stringContaining('(task t2, function mailer, service prod/till, any task that service prod/cart'),
    });
  });

  it('says who goes on getting credentials of a role that is accused by itself', () => {
    expect(planned({ holder: 'instance i-1' })).toMatchObject({
      remains: expect.stringContaining('given to instance i-1'),
    });
  });

  it.each<[string, Partial<Observed>, RegExp]>([
    [
      'more users than the rule allows',
      { others: ['service prod/till'] },
      /used by service prod\/till.*lets 0 of them/,
    ],
    ['users that cannot be told', { unread: ['Lambda functions: denied'] }, /cannot be told: Lambda functions: denied/],
    ['a policy of somebody else’s', { policy: 'other' }, /FirebreakRevokedSessions that Firebreak has not written/],
    ['a role that is full', { size: 10_241 }, /would have 10241 characters, and IAM takes 10240/],
    ['an accused task that runs on', { runOn: ['task t1'] }, /accused task t1 runs on.*stop that first/],
  ])('is held for a person with %s', (_what, more, reason) => {
    expect(planned(more)).toMatchObject({ kind: 'hold', reason: expect.stringMatching(reason), seen: seen.seen });
  });

  it.each([
    ['Firebreak’s own', roleNamed('firebreak-dev-us-east-1-responder'), /Firebreak itself/],
    ['a break-glass role', roleNamed('Ops-Break-Glass'), /break-glass/],
    ['a service-linked role', roleNamed('AWSServiceRoleForECS'), /linked to a service/],
    ['one of that path', roleNamed('x', 'aws-service-role/ecs.amazonaws.com/'), /linked to a service/],
    ['one of IAM Identity Center', roleNamed('AWSReservedSSO_Admin_0123'), /Identity Center/],
    ['one of its path', roleNamed('y', 'aws-reserved/sso.amazonaws.com/'), /Identity Center/],
  ])('never touches %s', (_what, of, reason) => {
    expect(planned({}, of, { maxOtherUsers: 1000 })).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(reason),
    });
  });
});
