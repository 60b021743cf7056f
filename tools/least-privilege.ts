/**
 * `npm run least-privilege`: plays every scenario on the packaged template and compares what each of its policies grants with what
 * IAM was asked. Exit 1: something is granted and never used, or used and denied, and no exception says why.
 */
import { bundles, packaged } from '../test/system/stage.ts';
import { check } from './leastPrivilege/check.ts';
import { exceptions } from './leastPrivilege/exceptions.ts';
import { linesOf } from './leastPrivilege/print.ts';
import { isClean } from './leastPrivilege/report.ts';
import { scenarios } from './leastPrivilege/scenarios.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const checked = await check({
  template: packaged,
  bundles,
  scenarios,
  exceptions,
  played: (name, seconds) => print(`${seconds.toFixed(1).padStart(6)} s  ${name}`),
});
print('');
for (const line of linesOf(checked)) print(line);
if (!isClean(checked.report) || checked.failed.length > 0) process.exitCode = 1;
