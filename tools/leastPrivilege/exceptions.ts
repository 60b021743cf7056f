import type { FindingKind } from './report.ts';

/** A finding of the report that is right as it is. What is not given stands for any; one that fits no finding fails the report. */
export interface Exception {
  readonly kind: FindingKind;
  readonly policy?: string;
  readonly statement?: string;
  readonly action?: string;
  readonly why: string;
}

export const exceptions: readonly Exception[] = [
  {
    kind: 'wide',
    statement: 'Logs',
    why: 'Lambda asks for the streams of the group; AWS documents `log-group:NAME:*` for them, and each group is of one function',
  },
  {
    kind: 'wide',
    statement: 'ReadImages',
    why: 'What runs here may come from the registry of another account or Region, which the sandbox does not have: they read, and change nothing',
  },
  {
    kind: 'wide',
    statement: 'AskWhatWasRevoked',
    why: 'An image may be signed by the signing profile of another account (cross-account signing of AWS Signer), which the sandbox does not have: it reads, and changes nothing',
  },
  {
    kind: 'redundant',
    statement: 'ReadLogsLogGroupLogGroup',
    why: 'Names of streams that Lambda writes have slashes in them, so that the grant for tasks, whose streams end in a slash and the id of the task, happens to cover them at the role; the session policy of a step has one of the two alone',
  },
];
