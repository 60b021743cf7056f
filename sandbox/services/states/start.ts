import type { Json } from '../../../shared/platform/json.ts';
import { type Account, AwsError } from '../../account.ts';
import { tooDeep } from '../depth.ts';
import { beginExecution } from './engine/execution.ts';
import { MAX_PAYLOAD_BYTES, NAME_REUSE_MS, utf8Bytes } from './limits.ts';
import { type Execution, machineByArn, statesOf } from './store.ts';

/** Not in a name: white space, brackets, wildcards, the special characters that AWS lists, control and surrogate characters. */
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\u{FFFE}\u{FFFF}]/u;

/**
 * Starts an execution. While an execution of this name and with this very input text is running, it is the answer.
 * @param name a random one when it is left out
 * @throws AwsError StateMachineDoesNotExist, ExecutionAlreadyExists, InvalidName, InvalidExecutionInput, ValidationException
 */
export function startExecution(account: Account, machineArn: string, inputText = '{}', name?: string): Execution {
  const machine = machineByArn(account, machineArn);
  if (name !== undefined) checkName(name);
  const input = checkedInput(inputText);
  const { executions } = statesOf(account);
  const given = name ?? account.random.uuid();
  const arn = `arn:aws:states:${account.region}:${account.id}:execution:${machine.name}:${given}`;

  const there = executions.get(arn);
  if (there && !isForgotten(there, account.clock.now())) {
    if (there.status === 'RUNNING' && there.inputText === inputText) return there;
    throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }
  const figures = { statesEntered: 0, retries: 0, lambdaCalls: 0, lambdaRetries: 0, maxPayloadBytes: 0 };
  const startedAt = account.clock.now();
  const execution: Execution = {
    arn,
    name: given,
    machine,
    inputText,
    input,
    startedAt,
    history: [],
    figures,
    status: 'RUNNING',
    full: false,
  };
  executions.set(arn, execution);
  beginExecution(account, execution);
  return execution;
}

const isForgotten = ({ stoppedAt }: Execution, now: number): boolean =>
  stoppedAt !== undefined && now - stoppedAt >= NAME_REUSE_MS;

function checkName(name: string): void {
  if (name.length < 1 || name.length > 80) {
    const limit = name.length < 1 ? 'greater than or equal to 1' : 'less than or equal to 80';
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must have length ${limit}`,
    );
  }
  if (FORBIDDEN.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
}

function checkedInput(text: string): Json {
  if (utf8Bytes(text) > MAX_PAYLOAD_BYTES) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${MAX_PAYLOAD_BYTES}`,
    );
  }
  const invalid = new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: 'Invalid JSON'`);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw invalid;
  }
  if (tooDeep(value)) throw invalid;
  return value;
}
