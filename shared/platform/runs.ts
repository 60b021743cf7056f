import { once } from './once.ts';
import { type AwsConfig, clientConfig } from './sdk/config.ts';
import { throttled } from './throttling.ts';

export interface RunStatus {
  readonly status: string;
  readonly error?: string;
}

/** Executions of the remediation state machine. */
export interface Runs {
  /** `exists`: an execution of this name is over, or runs with another input. */
  start(name: string, input: string): Promise<'started' | 'exists'>;
  describe(name: string): Promise<RunStatus | undefined>;
}

const named = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name);

export function machineRuns(config: AwsConfig & { readonly stateMachineArn: string }): Runs {
  const ready = once(async () => {
    const sfn = await import('./sdk/sfn.ts');
    return { sfn, client: new sfn.SFNClient(clientConfig(config)) };
  });
  return {
    start: async (name, input) => {
      const { sfn, client } = await ready();
      try {
        await throttled(() =>
          client.send(new sfn.StartExecutionCommand({ stateMachineArn: config.stateMachineArn, name, input })),
        );
        return 'started';
      } catch (error) {
        if (named(error, 'ExecutionAlreadyExists')) return 'exists';
        throw error;
      }
    },
    describe: async (name) => {
      const { sfn, client } = await ready();
      const executionArn = `${config.stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      try {
        const answer = await throttled(() => client.send(new sfn.DescribeExecutionCommand({ executionArn })));
        return { status: answer.status ?? 'UNKNOWN', ...(answer.error === undefined ? {} : { error: answer.error }) };
      } catch (error) {
        if (named(error, 'ExecutionDoesNotExist')) return undefined;
        throw error;
      }
    },
  };
}

/** The tokens that wake the state machine's Act state. */
export interface RunTokens {
  succeed(token: string, output: string): Promise<void>;
}

export function machineTokens(config: AwsConfig): RunTokens {
  const ready = once(async () => {
    const sfn = await import('./sdk/sfn.ts');
    return { sfn, client: new sfn.SFNClient(clientConfig(config)) };
  });
  return {
    succeed: async (token, output) => {
      const { sfn, client } = await ready();
      try {
        await throttled(() => client.send(new sfn.SendTaskSuccessCommand({ taskToken: token, output })));
      } catch (error) {
        // The state has gone on already: a token only wakes, so there is nobody left to wake.
        if (!named(error, 'TaskTimedOut', 'TaskDoesNotExist')) throw error;
      }
    },
  };
}
