import { InvokeCommand, LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { reservations } from '../../sandbox/services/lambda/concurrency.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { stopInvocations as action } from '../../shared/actions/stopInvocations.ts';
import { asAdministrator } from './asAdministrator.ts';
import { environmentOf, firebreak } from './firebreak.ts';
import { functionThreat } from './functionThreat.ts';
import { openStage, type Stage } from './stage.ts';

const name = 'img-resize';
const incident = `function/123456789012/us-east-1/arn:aws:lambda:us-east-1:123456789012:function:${name}`;

const worldWith = (fn: object = {}) =>
  worldSchema.parse({ functions: [{ name, timeoutSeconds: 90, ...fn }, { name: 'other' }] });

const enforced = `name: functions
when:
  source: [guardduty]
  resource: { kind: [function] }
  status: [open]
do:
  - lambda.stop-invocations
mode: enforce
`;

async function found(stage: Stage, of = name): Promise<void> {
  stage.deliver(functionThreat(stage, of));
  await stage.settle();
}

const reserved = ({ account }: Stage, of = name) => reservations(account).get(of);
const heard = (stage: Stage): readonly string[] => stage.told().map(({ tier, subject }) => `${tier} ${subject}`);
const body = (stage: Stage): string => stage.told().at(-1)?.body ?? '';

async function release(stage: Stage, ...more: readonly string[]): Promise<void> {
  const env = environmentOf(stage.account);
  const said = await firebreak(['release', incident, '--reason', 'built anew', '--by', 'ann', ...more], { env });
  expect(said).toMatchObject({ exit: 0, err: '' });
  await stage.settle();
  await stage.pass(10 * 60);
}

describe('a function that talks to a command-and-control server', () => {
  it('wakes somebody with what would stop it, under the shipped rules, and goes on', async () => {
    await using stage = await openStage({ rules: {}, world: worldWith() });
    await found(stage);
    expect(stage.told().map(({ tier }) => tier)).toEqual(['page']);
    expect(body(stage)).toContain('Stop function img-resize from being invoked: reserve a concurrency of 0 for it');
    expect(reserved(stage)).toBeUndefined();
  });

  it.each([
    ['what is not reserved', undefined],
    ['a number', 7],
  ])('is stopped where a rule enforces it, and an undo gives back %s', async (_what, was) => {
    const given = was === undefined ? {} : { reservedConcurrency: was };
    await using stage = await openStage({
      rules: { functions: enforced },
      world: worldWith({ tags: { team: 'media' }, ...given }),
    });
    await found(stage);
    expect(reserved(stage)).toBe(0);
    expect(reserved(stage, 'other')).toBeUndefined();
    expect(stage.heads().map(({ outcome }) => outcome)).toEqual(['contained']);
    expect(body(stage)).toContain('Owner media (tag team)');
    expect(body(stage)).toContain(
      'Invocations of img-resize that run already go on, each until its time-out of 90 seconds at the latest',
    );
    await asAdministrator(stage, LambdaClient, (lambda) =>
      expect(lambda.send(new InvokeCommand({ FunctionName: name }))).rejects.toMatchObject({
        name: 'TooManyRequestsException',
      }),
    );

    await stage.undo(incident);
    await stage.settle();
    expect(reserved(stage)).toBe(was);
    // All that it declares to put back.
    expect(action.restores).toEqual(['reserved']);
    expect(heard(stage).at(-1)).toMatch(/^notice .*img-resize undone/);
  });

  it('is released without a version, which a function has none of', async () => {
    await using stage = await openStage({
      rules: { functions: enforced },
      world: worldWith({ reservedConcurrency: 7 }),
    });
    await found(stage);
    await release(stage, '--to', `sha256:${'1'.repeat(64)}`);
    expect(reserved(stage)).toBe(0);
    expect(body(stage)).toContain('a function is not put on a version. Leave out --to.');
    await release(stage);
    expect(reserved(stage)).toBe(7);
    expect(heard(stage).at(-1)).toMatch(/img-resize released/);
  });

  it('is left as somebody changed it by hand, and that is told', async () => {
    await using stage = await openStage({ rules: { functions: enforced }, world: worldWith() });
    await found(stage);
    await asAdministrator(stage, LambdaClient, (lambda) =>
      lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: 3 })),
    );
    await stage.pass(3600);
    stage.deliver(functionThreat(stage, name, '2'.repeat(32)));
    await stage.settle();
    expect(reserved(stage)).toBe(3);
    expect(heard(stage).at(-1)).toMatch(/^page .*img-resize/);
  });

  it('is never stopped where it is one of ours', async () => {
    await using stage = await openStage({ rules: { functions: enforced }, world: worldWith() });
    await found(stage, 'firebreak-dev-report');
    expect(reserved(stage, 'firebreak-dev-report')).not.toBe(0);
    expect(stage.calls('lambda:PutFunctionConcurrency')).toBe(0);
    expect(heard(stage).map((line) => line.split(' ')[0])).toEqual(['page']);
    expect(body(stage)).toContain('firebreak-dev-report has the name of a function of Firebreak itself');
  });
});
