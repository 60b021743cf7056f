import { type Account, AwsError, slice } from '../../account.ts';
import type { SandboxWorker } from '../../kernel/worker.ts';

export interface FunctionSettings {
  readonly name: string;
  readonly arn: string;
  /** Folder that the handler is loaded from; what it requires lies there too. */
  readonly codeDir: string;
  /** `folder/file.export`, relative to codeDir. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly roleName: string;
  /** What it has when it is made; see `reservedBy`. */
  readonly reservedConcurrency?: number;
  /** A queue that takes events which asynchronous invocation has given up. */
  readonly deadLetterArn?: string;
}

/** One execution environment: a worker, and what it was started with. */
export interface Environment {
  readonly worker: SandboxWorker;
  readonly logStream: string;
  /** The key of its credentials. */
  readonly accessKeyId: string;
  /** When its credentials run out; it is not used for an invocation that could last longer. */
  readonly usableUntil: number;
}

export interface FunctionFigures {
  invocations: number;
  coldStarts: number;
  failures: number;
  throttles: number;
}

export interface LambdaFunction {
  readonly settings: FunctionSettings;
  /** Frozen environments, the one used last at the end. */
  readonly warm: Environment[];
  running: number;
  readonly figures: FunctionFigures;
}

interface LambdaState {
  readonly functions: Map<string, LambdaFunction>;
}

export const lambdaState = slice('lambda', (): LambdaState => ({ functions: new Map() }));

/** Finds a function by name, ARN, or either with `:$LATEST`. Throws AwsError ResourceNotFoundException. */
export function functionNamed(account: Account, nameOrArn: string): LambdaFunction {
  const found = lambdaState(account).functions.get(functionNameOf(nameOrArn));
  if (found) return found;
  const arn = arnOf(account, functionNameOf(nameOrArn));
  throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
}

export function arnOf(account: Account, nameOrArn: string): string {
  return `arn:aws:lambda:${account.region}:${account.id}:function:${functionNameOf(nameOrArn)}`;
}

/** The name in a function's name or ARN, with or without a qualifier. */
export function functionNameOf(nameOrArn: string): string {
  const last = nameOrArn.startsWith('arn:') ? nameOrArn.split(':').slice(6) : nameOrArn.split(':');
  return last[0] ?? nameOrArn;
}
