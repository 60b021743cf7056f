import type { RemovedCheck } from '../removedCheck.ts';

export const commandChecks: readonly RemovedCheck[] = [
  {
    file: 'cli/explain/reader.ts',
    text: '  excludeFromPullTime(account, arn);\n',
    replacement: '',
    test: 'test/cli/explainAccount.test.ts',
    name: 'no pull tomorrow',
    why: 'explaining an event makes its image one that was pulled lately',
  },
  {
    file: 'cli/explain/reader.ts',
    text: 'if (target.account !== id) ',
    replacement: 'if (target.account === "") ',
    test: 'test/system/agreement/agreement.test.ts',
    name: 'an image of another account',
    why: 'explain and the deployed stack differ on what lies in an account that Firebreak is not set up in',
  },
  {
    file: 'cli/explain/reading.ts',
    text: 'sentence: `${planned.sentence} (${why})`',
    replacement: 'sentence: planned.sentence',
    test: 'test/cli/explain.test.ts',
    name: 'all that the contract names',
    why: 'a plan that nobody checked against an account passes for one that was',
  },
  {
    file: 'cli/incidents/find.ts',
    text: 'if (fitting.length > 1) {',
    replacement: 'if (fitting.length > 1000) {',
    test: 'test/cli/incidents.test.ts',
    name: 'not guessed',
    why: 'an undo of the wrong incident',
  },
  {
    file: 'cli/incidents/lines.ts',
    text: 'plain(text, max);',
    replacement: 'text.slice(0, max);',
    test: 'test/cli/incidents.test.ts',
    name: 'attacker',
    why: 'text from a finding moves the cursor, or begins a line of ours',
  },
];
