import type { Sandbox } from '../../sandbox/sandbox.ts';
import { lambdaFigures } from '../../sandbox/services/lambda/figures.ts';
import { messagesOf } from '../../sandbox/services/sns/topics.ts';
import { statesOf } from '../../sandbox/services/states/store.ts';

/** What a scenario cost. */
export interface Figures {
  readonly runs: number;
  readonly statesEntered: number;
  readonly retries: number;
  readonly lambdaCalls: number;
  readonly awsCalls: number;
  readonly messages: number;
  readonly virtualSeconds: number;
  readonly realSeconds: number;
}

export function figuresOf(sandbox: Sandbox, startedAt: { readonly virtual: number; readonly real: number }): Figures {
  const { account, clock } = sandbox;
  const executions = [...statesOf(account).executions.values()];
  const sum = (of: (one: (typeof executions)[number]) => number): number =>
    executions.reduce((all, one) => all + of(one), 0);
  return {
    runs: executions.length,
    statesEntered: sum(({ figures }) => figures.statesEntered),
    retries: sum(({ figures }) => figures.retries),
    lambdaCalls: lambdaFigures(account).invocations,
    awsCalls: account.trail.length,
    messages: messagesOf(account).length,
    virtualSeconds: Math.round((clock.now() - startedAt.virtual) / 1000),
    realSeconds: Math.round((performance.now() - startedAt.real) / 10) / 100,
  };
}

export const figuresLine = (figures: Figures): string =>
  [
    `${figures.runs} runs`,
    `${figures.statesEntered} states entered (${figures.retries} retries)`,
    `${figures.lambdaCalls} Lambda calls`,
    `${figures.awsCalls} AWS calls`,
    `${figures.messages} messages`,
    `${figures.virtualSeconds} s virtual`,
    `${figures.realSeconds} s real`,
  ].join(', ');
