import type { TestEventPatternRequest, TestEventPatternResponse } from '@aws-sdk/client-eventbridge';
import { matches } from '../../../../shared/rules/pattern/match.ts';
import { AwsError, operation } from '../../../account.ts';
import { tooDeep } from '../../depth.ts';
import { compiled } from '../rules.ts';

const REQUIRED = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

/** Does the pattern match the event? The event must have every member of an envelope. */
export const testEventPattern = operation<TestEventPatternRequest, TestEventPatternResponse>(
  () => [{ action: 'events:TestEventPattern', resource: '*' }],
  (input) => {
    const pattern = parsed(input.EventPattern, 'InvalidEventPatternException', 'Event pattern is not valid.');
    const event = parsed(input.Event, 'ValidationException', 'Parameter Event is not valid.');
    const missing = REQUIRED.filter(
      (name) => typeof event !== 'object' || event === null || !Object.hasOwn(event, name),
    );
    if (missing.length > 0) {
      throw new AwsError('ValidationException', `Parameter Event is not valid. Reason: ${missing.join(', ')} missing.`);
    }
    return { Result: matches(compiled(pattern), event) };
  },
);

function parsed(text: string | undefined, code: string, message: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    throw new AwsError(code, `${message} Reason: it is not JSON.`);
  }
  if (tooDeep(value)) throw new AwsError(code, `${message} Reason: it is nested too deeply.`);
  return value;
}
