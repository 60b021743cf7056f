import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { secondsOf } from '../../shared/actions/parts.ts';
import { retriesOfThrottled } from '../../shared/respond/failure.ts';
import { type Properties, propertiesOf } from './resources.ts';

describe('the state machine', () => {
  const { States, TimeoutSeconds } = propertiesOf('RemediationMachine').Definition;
  const { Act, Verify } = States.Contain.ItemProcessor.States;
  const { Decide, Report } = States;
  const timeOf = (name: string): number => propertiesOf(`${name}LambdaFunction`).Timeout;

  it.each([
    ['Decide', Decide],
    ['Verify', Verify],
    ['Report', Report],
  ])('waits for %s longer than the function may run', (name, state) => {
    expect(state.TimeoutSeconds).toBeGreaterThan(timeOf(name));
  });

  it.each(catalogue)('waits for each part of $name longer than Act may run', (action) => {
    const params = action.params.parse({});
    for (const { timeoutSeconds = action.timeoutSeconds } of [action, ...(action.parts ?? [])]) {
      expect(secondsOf(timeoutSeconds, params)).toBeGreaterThan(timeOf('Act'));
    }
  });

  it('lives longer than any of its waits, and the sweep looks after it several times meanwhile', () => {
    const [, minutes] = /^rate\((\d+) minutes\)$/.exec(propertiesOf('SweepSchedule').ScheduleExpression) ?? [];
    expect(TimeoutSeconds).toBeGreaterThan(12 * 60 * Number(minutes));
    expect(60 * Number(minutes)).toBeGreaterThan(timeOf('Sweep'));
    expect(60).toBeGreaterThan(timeOf('Guard'));
  });

  it.each([
    ['Decide', Decide],
    ['Act', Act],
    ['Verify', Verify],
    ['Report', Report],
  ])('calls %s again when AWS throttles it: boundedly, later each time, with jitter', (_name, state) => {
    const retrier = state.Retry.find(({ ErrorEquals }: Properties) => ErrorEquals.includes('Throttled'));
    expect(retrier).toMatchObject({ BackoffRate: 2, JitterStrategy: 'FULL' });
    // Decide and Act take the last of so many for their last try.
    expect(retrier.MaxAttempts).toBeGreaterThanOrEqual(retriesOfThrottled);
    expect(retrier.MaxAttempts).toBeLessThan(10);
    for (const { ErrorEquals } of state.Retry) expect(ErrorEquals).not.toContain('States.ALL');
  });

  it.each([
    ['Decide', Decide],
    ['Act', Act],
  ])('tells %s how often it has called it again', (_name, { Parameters }) => {
    expect(Parameters.Payload['retries.$']).toBe('$$.State.RetryCount');
  });
});
