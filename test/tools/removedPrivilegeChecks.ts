import type { RemovedCheck } from '../removedCheck.ts';

const report = 'test/tools/leastPrivilege/report.test.ts';
const narrower = 'test/tools/leastPrivilege/narrower.test.ts';
const decisions = 'test/sandbox/iam/decisions.test.ts';

/** The least-privilege report: where it is silent, a permission that nobody needs stays. */
export const privilegeChecks: readonly RemovedCheck[] = [
  {
    file: 'tools/leastPrivilege/report.ts',
    text: "  if (use === undefined) return found('unused', '');\n",
    replacement: '  if (use === undefined) return [];\n',
    test: report,
    why: 'what no call needed is not named',
  },
  {
    file: 'tools/leastPrivilege/report.ts',
    text: '  if (use.alone === 0) return',
    replacement: '  if (use.calls === 0) return',
    test: report,
    why: 'what stands twice is not named',
  },
  {
    file: 'tools/leastPrivilege/report.ts',
    text: ', ...deniedOf(log.denials)];',
    replacement: ', ...deniedOf([])];',
    test: report,
    why: 'what was denied is not named',
  },
  {
    file: 'tools/leastPrivilege/report.ts',
    text: 'findings.length === 0 && idle.length === 0;',
    replacement: 'findings.length === 0;',
    test: report,
    why: 'an exception outlives what it was made for, and covers the next',
  },
  {
    file: 'tools/leastPrivilege/narrower.ts',
    text: "  if (wanted.length < 6) return [...scope, name].join(':');\n",
    replacement: '  if (wanted.length < 6) return undefined;\n',
    test: narrower,
    why: 'a star for everything is not named',
  },
  {
    file: 'tools/leastPrivilege/narrower.ts',
    text: "used.size === 0 || used.has('*')) return undefined;",
    replacement: 'used.size === 0) return undefined;',
    test: narrower,
    why: 'a star is named where AWS cannot scope the call',
  },
  {
    file: 'sandbox/iam/grants.ts',
    text: '      .filter((statement) => applies(statement, asked))\n',
    replacement: '',
    test: decisions,
    why: 'a statement counts as used by what it does not allow',
  },
  {
    file: 'sandbox/iam/decisions.ts',
    text: 'refused === undefined ? grantsFor(policies, asked) : [];',
    replacement: 'grantsFor(policies, asked);',
    test: decisions,
    why: 'a refused call counts as a use',
  },
];
