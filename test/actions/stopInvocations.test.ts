import { describe, expect, it } from 'vitest';
import type { Target } from '../../shared/actions/contract.ts';
import { stopInvocations as action } from '../../shared/actions/stopInvocations.ts';
import { ActionFailed, TargetGone, Throttled } from '../../shared/platform/errors.ts';
import { actContext } from './actContext.ts';
import { type Answers, answeringAws } from './answeringAws.ts';
import { embeddedTarget } from './embeddedWorlds.ts';

const target = embeddedTarget('function');
const settings = { quietPullDays: 7 };
const FunctionName = target.arn;

const observed = (reserved: number | null, timeout: number | null = 30) => ({
  reserved,
  timeout,
  protectedBy: null,
  owner: 'unknown',
  seen: ['seen'],
});
const named = (name: string): Target => {
  const arn = target.arn.replace(/[^:]*$/, name);
  return { ...target, id: arn, arn } as Target;
};
const refusal = (name: string): Error => Object.assign(new Error('refused'), { name, $metadata: {}, $fault: 'client' });
const throwing = (name: string) => () => {
  throw refusal(name);
};

const answers: Answers = {
  GetFunctionConcurrency: () => ({ ReservedConcurrentExecutions: 7 }),
  GetFunctionConfiguration: () => ({ Timeout: 90 }),
  ListTags: () => ({ Tags: { team: 'media' } }),
};
const observing = (more: Answers = {}) =>
  action.observe(target, {}, actContext(answeringAws({ ...answers, ...more }).aws));

describe('what is planned', () => {
  it('is to reserve nothing, and what goes on is said', () => {
    expect(action.plan(target, {}, observed(null), settings)).toMatchObject({
      kind: 'step',
      sentence: expect.stringContaining('instead of the concurrency that functions share'),
      remains: expect.stringContaining('each until its time-out of 30 seconds at the latest'),
    });
    expect(action.plan(target, {}, observed(7, null), settings)).toMatchObject({
      kind: 'step',
      sentence: expect.stringContaining('instead of a concurrency of 7'),
      remains: expect.stringContaining('each until their time-out at the latest'),
    });
  });

  it('is nothing where it is stopped already', () => {
    expect(action.plan(target, {}, observed(0), settings)).toEqual({
      kind: 'skip',
      reason: 'f cannot be invoked already: a concurrency of 0 is reserved',
    });
  });

  it.each(['firebreak-dev-report', 'firebreak-prod-eu-central-1-act'])('is to ask a person about ours: %s', (name) => {
    expect(action.plan(named(name), {}, observed(null), settings)).toEqual({
      kind: 'hold',
      reason: `${name} has the name of a function of Firebreak itself, which nothing stops: where it is none, stop it by hand`,
      seen: ['seen'],
    });
  });
});

describe('what is observed', () => {
  it('is what it reserves, how long it may run, owner and protection', async () => {
    expect(await observing()).toEqual({
      reserved: 7,
      timeout: 90,
      protectedBy: null,
      owner: 'media (tag team)',
      seen: ['function f has a concurrency of 7'],
    });
    expect(await observing({ GetFunctionConcurrency: () => ({}) })).toMatchObject({ reserved: null });
    expect(await observing({ GetFunctionConcurrency: () => ({ ReservedConcurrentExecutions: 0 }) })).toMatchObject({
      reserved: 0,
    });
  });

  it('counts as protected where its tags cannot be read', async () => {
    expect(await observing({ ListTags: throwing('AccessDeniedException') })).toMatchObject({
      protectedBy: 'the tags could not be read: access denied (AccessDeniedException)',
    });
  });

  it('is asked again where AWS throttles its tags', async () => {
    await expect(observing({ ListTags: throwing('ThrottlingException') })).rejects.toThrow(Throttled);
  });

  it('is gone when the function is', async () => {
    const gone = observing({ GetFunctionConcurrency: throwing('ResourceNotFoundException') });
    await expect(gone).rejects.toThrow(TargetGone);
  });
});

it.each([
  ['*', 'arn:aws:lambda:eu-central-1:123456789012:function:*'],
  ['another account', 'arn:aws:lambda:eu-central-1:210987654321:function:f'],
  ['another Region', 'arn:aws:lambda:eu-west-1:123456789012:function:f'],
  ['a version', 'arn:aws:lambda:eu-central-1:123456789012:function:f:7'],
])('gives no permission on %s', (_what, arn) => {
  expect(() => action.permissions({ ...target, arn } as Target)).toThrow(ActionFailed);
});

it.each([
  ['nothing', null, { operation: 'DeleteFunctionConcurrency', input: { FunctionName } }],
  ['7', 7, { operation: 'PutFunctionConcurrency', input: { FunctionName, ReservedConcurrentExecutions: 7 } }],
])('an undo and a release put back %s', async (_what, reserved, call) => {
  for (const way of [action.undo, action.release?.execute]) {
    const { aws, sent } = answeringAws({ DeleteFunctionConcurrency: () => ({}), PutFunctionConcurrency: () => ({}) });
    await way?.(target, {}, observed(reserved), actContext(aws));
    expect(sent).toEqual([call]);
  }
});

it('is pending until it is read back, and what was refused with provisioned concurrency has failed', async () => {
  const { aws } = answeringAws({
    ...answers,
    PutFunctionConcurrency: throwing('InvalidParameterValueException'),
  });
  const context = actContext(aws);
  expect(await action.verify(target, {}, observed(7), context)).toMatchObject({ state: 'pending' });
  expect(await action.verifyUndone?.(target, {}, observed(7), context)).toMatchObject({ state: 'holds' });
  await expect(action.execute(target, {}, observed(7), context)).rejects.toThrow(ActionFailed);
});

it('a release onto a named version is somebody else’s', async () => {
  const context = actContext(answeringAws({}).aws);
  const plan = (to: string | null) => action.release?.plan(target, {}, observed(7), to, context);
  expect(await plan('sha256:1')).toMatchObject({ kind: 'elsewhere' });
  expect(await plan(null)).toMatchObject({
    kind: 'release',
    sentence: 'Let f be invoked again, with a concurrency of 7.',
  });
  expect(action.release?.intended(target, observed(7), {})).toEqual({ reserved: 7 });
});
