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

/** Of several scenarios together. */
export function sumOf(all: readonly Figures[]): Figures {
  const sum = (of: (one: Figures) => number): number => all.reduce((total, one) => total + of(one), 0);
  return {
    runs: sum(({ runs }) => runs),
    statesEntered: sum(({ statesEntered }) => statesEntered),
    retries: sum(({ retries }) => retries),
    lambdaCalls: sum(({ lambdaCalls }) => lambdaCalls),
    awsCalls: sum(({ awsCalls }) => awsCalls),
    messages: sum(({ messages }) => messages),
    virtualSeconds: sum(({ virtualSeconds }) => virtualSeconds),
    realSeconds: Math.round(sum(({ realSeconds }) => realSeconds) * 100) / 100,
  };
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const minutes = (seconds: number): string =>
  seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;

export const figuresLine = (figures: Figures): string =>
  [
    counted(figures.runs, 'run'),
    `${counted(figures.statesEntered, 'state')} entered (${counted(figures.retries, 'retry', 'retries')})`,
    counted(figures.lambdaCalls, 'Lambda call'),
    counted(figures.awsCalls, 'AWS call'),
    counted(figures.messages, 'message'),
    `${minutes(figures.virtualSeconds)} virtual in ${figures.realSeconds} s real`,
  ].join(', ');
