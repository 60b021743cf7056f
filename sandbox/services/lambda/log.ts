import { type Account, AwsError, type Needed } from '../../account.ts';
import { authorise } from '../../iam/authorise.ts';
import type { LogLine, Outcome } from '../../kernel/worker.ts';
import { addEvent, createLogGroup, createStream, groupArn, groupByName, logsState } from '../logs/groups.ts';
import { logGroupName } from './environment.ts';
import { executionRole } from './executionRole.ts';
import type { Environment, FunctionSettings } from './state.ts';

interface Finished {
  readonly requestId: string;
  readonly startedAt: number;
  readonly outcome: Outcome;
  readonly lines: readonly LogLine[];
}

/**
 * Hands an invocation's lines to CloudWatch Logs, framed as Lambda frames them. A role that may not write them loses them, in
 * silence, as on AWS; where there is no group, Lambda makes one if the role lets it.
 */
export function writeLog(account: Account, settings: FunctionSettings, environment: Environment, done: Finished): void {
  const group = logGroupName(settings);
  const arn = groupArn(account, group);
  const stream = `${arn}:log-stream:${environment.logStream}`;
  const may = (action: string, resource: string): boolean => mayDo(account, settings, { action, resource });
  if (!may('logs:CreateLogStream', `${arn}:log-stream:`) || !may('logs:PutLogEvents', stream)) return;
  if (!logsState(account).groups.has(group)) {
    if (!may('logs:CreateLogGroup', arn)) return;
    createLogGroup(account, { name: group });
  }
  const { requestId, startedAt, outcome, lines } = done;
  const now = account.clock.now();
  const ms = (now - startedAt).toFixed(2);
  const report = [`REPORT RequestId: ${requestId}`, `Duration: ${ms} ms`, `Memory Size: ${settings.memoryMb} MB`];
  const failed = outcome.ok ? [] : [{ at: now, text: `${requestId} ${outcome.errorType}: ${outcome.errorMessage}` }];
  const framed: readonly LogLine[] = [
    { at: startedAt, text: `START RequestId: ${requestId} Version: $LATEST` },
    ...lines,
    ...failed,
    { at: now, text: `END RequestId: ${requestId}` },
    { at: now, text: report.join('\t') },
  ];
  const kept = groupByName(account, group);
  const written = kept.streams.get(environment.logStream) ?? createStream(account, kept, environment.logStream);
  for (const { at, text } of framed) addEvent(account, written, at, text);
}

function mayDo(account: Account, settings: FunctionSettings, needed: Needed): boolean {
  try {
    authorise(account, executionRole(account, settings), [needed]);
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}
