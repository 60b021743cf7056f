import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest, type TestModule, type Vitest } from 'vitest/node';
import type { RemovedCheck } from '../test/removedCheck.ts';

/** Takes checks away in a tree that may be changed, one after the other. */
export interface Prover {
  /** What is wrong with a test file while every check is there, or nothing: what fails anyway proves nothing. */
  passes(test: string): Promise<string | undefined>;
  /** What is wrong with an entry, or nothing. */
  prove(entry: RemovedCheck): Promise<string | undefined>;
  close(): Promise<void>;
}

/** One Vitest for all entries: it starts once, and reads again only the file that was changed. */
export async function openProver(root: string): Promise<Prover> {
  const vitest = await createVitest('test', {
    root,
    watch: false,
    reporters: [{}],
    project: ['unit', 'system', 'full'],
    maxWorkers: 1,
  });
  return {
    passes: async (test) => {
      const modules = await run(vitest, root, { test });
      return modules.length > 0 && modules.every((module) => module.ok())
        ? undefined
        : `${test} fails with every check in place, too`;
    },
    prove: async (entry) => {
      const path = join(root, entry.file);
      const original = readFileSync(path, 'utf8');
      const times = original.split(entry.text).length - 1;
      if (times !== 1) return `the text is in ${entry.file} ${times} times, not once`;
      try {
        writeFileSync(
          path,
          original.replace(entry.text, () => entry.replacement),
        );
        vitest.invalidateFile(path);
        return verdictOf(await run(vitest, root, entry), entry);
      } finally {
        writeFileSync(path, original);
        vitest.invalidateFile(path);
      }
    },
    close: () => vitest.close(),
  };
}

async function run(
  vitest: Vitest,
  root: string,
  { test, name }: Pick<RemovedCheck, 'test' | 'name'>,
): Promise<readonly TestModule[]> {
  const moduleId = join(root, test);
  const specifications = (await vitest.globTestSpecifications([test])).filter((one) => one.moduleId === moduleId);
  vitest.setGlobalTestNamePattern(name === undefined ? /./ : new RegExp(name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')));
  const { testModules } = await vitest.runTestSpecifications(specifications);
  // Vitest's answer holds the modules of earlier runs, too.
  return testModules.filter((module) => module.moduleId === moduleId);
}

function verdictOf(modules: readonly TestModule[], { test, name }: RemovedCheck): string | undefined {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  if (tests.some((one) => one.result().state === 'failed')) return undefined;
  // A test that could not even be collected proves nothing.
  const errors = modules.flatMap((module) => module.errors().map(({ message }) => message));
  if (errors.length > 0) return `${test} did not run: ${errors.join('\n')}`;
  const ran = tests.some((one) => one.result().state === 'passed');
  return ran ? `${test} passes without it` : `${test} has no test named like "${name ?? ''}"`;
}
