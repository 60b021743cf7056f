import { type CompiledPattern, compilePattern } from '../../../shared/rules/pattern/compile.ts';
import { PatternError } from '../../../shared/rules/pattern/error.ts';
import { type Account, AwsError } from '../../account.ts';
import { checkTargets } from './checkTargets.ts';
import { parseSchedule } from './schedule/schedule.ts';
import { scheduleNext } from './scheduler.ts';
import { eventsState, type Rule, type Target } from './state.ts';

export interface RuleInput {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly eventPattern?: Readonly<Record<string, unknown>>;
  readonly scheduleExpression?: string;
  /** ENABLED unless it is said. */
  readonly state?: 'ENABLED' | 'DISABLED';
  readonly targets: readonly Target[];
}

/**
 * Makes a rule of the default bus with its targets; a schedule begins now.
 * @throws AwsError InvalidEventPatternException, ValidationException, LimitExceededException, ResourceAlreadyExistsException
 */
export function createRule(account: Account, input: RuleInput): Rule {
  const { name, arn, eventPattern, scheduleExpression, targets } = input;
  const { rules } = eventsState(account);
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) throw invalid(`Not the name of a rule: ${name}`);
  if (rules.has(name)) throw new AwsError('ResourceAlreadyExistsException', `Rule ${name} already exists.`);
  if (eventPattern === undefined && scheduleExpression === undefined) {
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  checkTargets(name, targets);
  const rule: Rule = {
    name,
    arn,
    description: input.description,
    enabled: input.state !== 'DISABLED',
    eventPattern,
    pattern: eventPattern && compiled(eventPattern),
    scheduleExpression,
    schedule: scheduleExpression === undefined ? undefined : parseSchedule(scheduleExpression),
    targets,
  };
  rules.set(name, rule);
  if (rule.schedule) scheduleNext(account, rule, rule.schedule);
  return rule;
}

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

/** Throws AwsError InvalidEventPatternException, with the place. */
export function compiled(pattern: unknown): CompiledPattern {
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const where = error.path === '' ? '' : ` at ${error.path}`;
    throw new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}${where}`);
  }
}

/** Throws AwsError ResourceNotFoundException. */
export function ruleNamed(account: Account, name: string): Rule {
  const rule = eventsState(account).rules.get(name);
  if (!rule) throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
  return rule;
}
