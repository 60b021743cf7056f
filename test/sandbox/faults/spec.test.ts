import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../sandbox/account.ts';
import type { Asked, Fault } from '../../../sandbox/faults/faults.ts';
import { type FaultSpec, faultRule } from '../../../sandbox/faults/spec.ts';

const asked: Asked = {
  service: 'ecs',
  operation: 'UpdateService',
  functionName: 'firebreak-dev-act',
  target: 'arn:aws:ecs:us-east-1:123456789012:service/prod/cart',
  nth: 3,
  invocation: 1,
};

/** What each of so many equal calls meets. */
function met(spec: FaultSpec, times: number, call: Partial<Asked> = {}): readonly (Fault | undefined)[] {
  const rule = faultRule(spec);
  return Array.from({ length: times }, () => rule({ ...asked, ...call }));
}

const struck = (spec: FaultSpec, call: Partial<Asked> = {}): boolean => met(spec, 1, call)[0] !== undefined;

describe('which calls a fault strikes', () => {
  it.each<[what: string, narrowed: Partial<FaultSpec>, other: Partial<Asked>]>([
    ['service', { service: 'ecs' }, { service: 'ecr' }],
    ['operation', { operation: 'UpdateService' }, { operation: 'StopTask' }],
    ['function, by its last part', { function: 'act' }, { functionName: 'firebreak-dev-react' }],
    ['function, by its name', { function: 'firebreak-dev-act' }, { functionName: 'firebreak-prod-act' }],
    ['function, which a person is not', { function: 'act' }, { functionName: undefined }],
    ['target', { target: 'service/prod/cart' }, { target: 'arn:aws:ecs:us-east-1:123456789012:service/prod/basket' }],
  ])('those of its %s', (_what, narrowed, other) => {
    expect(struck({ fault: 'failed', ...narrowed })).toBe(true);
    expect(struck({ fault: 'failed', ...narrowed }, other)).toBe(false);
  });

  it('all of them, unless it is narrowed', () => {
    expect(struck({ fault: 'lost-after' }, { service: 's3', functionName: undefined })).toBe(true);
  });

  it.each(['killed-before', 'killed-after', 'unanswered'] as const)(
    '%s: those of functions, and none other counts',
    (fault) => {
      const rule = faultRule({ fault, times: 1 });
      expect(rule({ ...asked, functionName: undefined })).toBeUndefined();
      expect(rule(asked)).toBeDefined();
      expect(rule(asked)).toBeUndefined();
    },
  );

  it('a function that is about to run', () => {
    const run = { service: 'lambda', operation: 'Run', functionName: undefined };
    expect(struck({ fault: 'killed-before' }, run)).toBe(true);
  });

  it('the nth and those that follow, so many of them', () => {
    const strikes = (spec: Partial<FaultSpec>) => met({ fault: 'denied', ...spec }, 5).map((one) => one !== undefined);
    expect(strikes({ nth: 3 })).toEqual([false, false, true, true, true]);
    expect(strikes({ nth: 2, times: 2 })).toEqual([false, true, true, false, false]);
    expect(strikes({})).toEqual([true, true, true, true, true]);
  });

  it('with a probability some, the same for the same seed', () => {
    const drawn = (seed: number) =>
      met({ fault: 'denied', probability: 0.3, seed }, 1000).map((one) => one !== undefined);
    const count = drawn(7).filter(Boolean).length;
    expect(count).toBeGreaterThan(240);
    expect(count).toBeLessThan(360);
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
  });
});

describe('what becomes of a call', () => {
  it.each<[FaultSpec['fault'], Fault]>([
    ['denied', 'denied'],
    ['lost-before', 'lost-before'],
    ['lost-after', 'lost-after'],
    ['killed-before', 'crash-before'],
    ['killed-after', 'crash-after'],
    ['unanswered', 'hang'],
    ['slow', { kind: 'slow', ms: 30_000 }],
    ['stale', { kind: 'stale', ms: 30_000 }],
  ])('%s', (fault, expected) => {
    expect(met({ fault }, 1)).toEqual([expected]);
  });

  it.each([
    ['ecs', 'ThrottlingException', 'ServerException'],
    ['dynamodb', 'ProvisionedThroughputExceededException', 'InternalServerError'],
    ['s3', 'SlowDown', 'InternalError'],
    ['sns', 'Throttling', 'InternalError'],
    ['states', 'ThrottlingException', 'InternalFailure'],
  ])('throttled and failed, as %s names them', (service, throttled, failed) => {
    const [one] = met({ fault: 'throttled' }, 1, { service });
    const [other] = met({ fault: 'failed' }, 1, { service });
    expect(one).toBeInstanceOf(AwsError);
    expect([one, other]).toMatchObject([{ code: throttled }, { code: failed }]);
  });
});

it('a call can be refused with any code and words', () => {
  const [plain] = met({ fault: 'refused', code: 'PackedPolicyTooLarge' }, 1, { service: 'sts' });
  expect(plain).toBeInstanceOf(AwsError);
  expect(plain).toMatchObject({ code: 'PackedPolicyTooLarge', status: 400 });
  const [worded] = met({ fault: 'refused', code: 'X', message: 'Not today.' }, 1);
  expect(worded).toMatchObject({ code: 'X', message: 'Not today.' });
});

it('what is no fault is refused', () => {
  expect(() => faultRule({ fault: 'broken' } as never)).toThrow('Invalid option');
  expect(() => faultRule({ fault: 'failed', opperation: 'x' } as never)).toThrow('opperation');
  expect(() => faultRule({ fault: 'stale', service: 'dynamodb' })).toThrow('see every change at once');
  expect(() => faultRule({ fault: 'refused' })).toThrow('refused needs a code');
  expect(() => faultRule({ fault: 'failed', code: 'X' })).toThrow('refused needs a code');
});
