import { isCanary } from '../../../shared/finding/canary.ts';
import { act } from '../../../shared/respond/act.ts';
import { decide } from '../../../shared/respond/decide.ts';
import type { Effects } from '../../../shared/respond/effects.ts';
import { report } from '../../../shared/respond/report.ts';
import { verify } from '../../../shared/respond/verify.ts';
import { Crashed, type Gate, type Schedule } from './schedule.ts';

export interface Execution {
  readonly name: string;
  readonly input: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  error?: string;
}

export interface Surroundings {
  readonly schedule: Schedule;
  readonly effectsFor: (gate: Gate) => Effects;
  readonly tokens: Set<string>;
  /** sns:publish, without a Lambda. */
  readonly pageFailure: (incident: string) => Promise<void>;
  readonly ended: (execution: Execution) => void;
  /** Incidents whose every Decide dies. */
  readonly doomed: ReadonlySet<string>;
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Unknown');

/** The remediation state machine as functions/remediation.asl.json has it, with its Retry and Catch. */
export class FakeMachine {
  readonly executions = new Map<string, Execution>();
  private readonly around: Surroundings;
  private tokenCount = 0;

  constructor(around: Surroundings) {
    this.around = around;
  }

  /** Same name and input while it runs: that execution. Anything else of that name: ExecutionAlreadyExists. */
  start(name: string, input: string): 'started' | 'exists' {
    const known = this.executions.get(name);
    if (known !== undefined) return known.status === 'RUNNING' && known.input === input ? 'started' : 'exists';
    const execution: Execution = { name, input, status: 'RUNNING' };
    this.executions.set(name, execution);
    void this.execute(execution);
    return 'started';
  }

  private async execute(execution: Execution): Promise<void> {
    const { incident, run } = JSON.parse(execution.input) as { incident: string; run: string };
    try {
      await this.states(incident, run);
      execution.status = 'SUCCEEDED';
    } catch (error) {
      if (error instanceof Crashed && error.as === 'aborted') execution.status = 'ABORTED';
      else if (nameOf(error) === 'StaleRun') execution.status = 'SUCCEEDED';
      else {
        if (!run.endsWith('-retry') && !isCanary(incident)) await this.around.pageFailure(incident);
        execution.status = 'FAILED';
        execution.error = 'Paged';
      }
    }
    this.around.ended(execution);
  }

  private async states(incident: string, run: string): Promise<void> {
    for (;;) {
      const decided = await this.task((effects, retries) => {
        if (this.around.doomed.has(incident)) throw new Error('Out of memory');
        return decide(effects, { incident, run, retries });
      });
      if (decided.decision === 'contain') {
        for (const { n, atMostSeconds } of decided.steps) {
          await this.iteration({ incident, run, round: decided.round, step: n }, atMostSeconds);
        }
      }
      const { round } = decided;
      const { more } = await this.task((effects) => report(effects, { incident, run, round }));
      if (!more) return;
    }
  }

  private async iteration(
    address: { incident: string; run: string; round: number; step: number },
    atMostSeconds: number,
  ): Promise<void> {
    try {
      let token = '';
      await this.task((effects, retries) => {
        this.tokenCount += 1;
        token = `token-${this.tokenCount}`;
        return act(effects, { ...address, token, retries });
      });
      // States.Timeout leads on to Verify, as an answer does.
      if (!this.around.tokens.has(token)) await this.around.schedule.sleep(atMostSeconds * 1000);
      await this.task((effects) => verify(effects, address));
    } catch (error) {
      if (nameOf(error) === 'StaleRun' || (error instanceof Crashed && error.as === 'aborted')) throw error;
    }
  }

  private async task<T>(handle: (effects: Effects, retries: number) => Promise<T>): Promise<T> {
    let notSettled = 0;
    let others = 0;
    for (;;) {
      try {
        return await this.around.schedule.invoke(async (gate) =>
          handle(this.around.effectsFor(gate), notSettled + others),
        );
      } catch (error) {
        const name = nameOf(error);
        const retried = error instanceof Crashed ? error.as === 'retried' : name === 'Throttled';
        if (name === 'NotSettled' && notSettled < 8) notSettled += 1;
        else if (retried && others < 5) others += 1;
        else throw error;
        await this.around.schedule.sleep(name === 'NotSettled' ? 31_000 * 1.5 ** notSettled : 2_000);
      }
    }
  }
}
