import { type Account, AwsError } from '../../account.ts';
import { parseDefinition } from './definition/parse.ts';
import { type StateMachine, statesOf } from './store.ts';

export interface MachineSettings {
  readonly name: string;
  readonly arn: string;
  /** The definition as an object, placeholders already substituted. */
  readonly definition: unknown;
  /** The role whose permissions decide what the machine's tasks may do. */
  readonly roleName: string;
  readonly type: 'STANDARD';
  /** Given back by DescribeStateMachine. */
  readonly loggingConfig?: object;
}

/**
 * Creates a state machine, after checking its definition completely. Repeating it with the same settings gives the same
 * machine.
 * @throws AwsError InvalidDefinition (every problem with its path), StateMachineAlreadyExists
 */
export function createStateMachine(account: Account, settings: MachineSettings): StateMachine {
  const { machines } = statesOf(account);
  const { name, arn, roleName, loggingConfig } = settings;
  const definitionText = JSON.stringify(settings.definition);
  const there = machines.get(arn);
  if (there) {
    if (there.definitionText === definitionText && there.roleName === roleName) return there;
    throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
  }
  const definition = parseDefinition(settings.definition);
  const createdAt = account.clock.now();
  const machine: StateMachine = { name, arn, definition, definitionText, roleName, loggingConfig, createdAt };
  machines.set(arn, machine);
  return machine;
}

export const roleArnOf = (account: Account, { roleName }: StateMachine): string =>
  `arn:aws:iam::${account.id}:role/${roleName}`;
