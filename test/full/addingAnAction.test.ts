import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { copyTree } from '../../tools/treeCopy.ts';
import { run } from '../system/run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const diff = join(root, 'docs', 'adding-an-action.diff');
const action = 'ecr.end-tag-exclusions';

const tree = copyTree(root, ['node_modules']);
afterAll(() => tree.remove());
const there = (command: string, ...args: readonly string[]) =>
  run(command, args, { cwd: tree.root, env: { ...process.env, FIREBREAK_SHARE: '' } });

/** Every file of the copy, with what it holds. */
const filesIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .filter((name) => !/^(node_modules|dist|\.serverless)\//.test(name))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

it('the example of docs/adding-an-action.md touches three files and what is generated, and its action works on the packaged stack', async () => {
  const before = filesIn(tree.root);
  expect(await there('git', 'apply', diff)).toEqual({ exit: 0, out: '', err: '' });
  expect((await there(process.execPath, 'tools/generate.ts')).err).toBe('');
  const after = filesIn(tree.root);
  const touched = [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name);
  expect(touched.filter((name) => !name.includes('.generated.')).toSorted()).toEqual([
    'shared/actions/allTagsStay.ts',
    'shared/actions/catalogue.ts',
    'test/actions/cases/allTagsStay.ts',
  ]);
  expect(after.get('docs/actions.generated.md')).toContain(`## ${action}`);
  expect(after.get('resources/roles.generated.json')).toContain('EcrEndTagExclusions');

  expect(await there(process.execPath, 'tools/build.ts')).toMatchObject({ exit: 0 });
  const tests = ['test/actions/life.test.ts', 'test/actions/iam.test.ts', 'test/system/actionCases.test.ts'];
  const ran = await there('npx', 'vitest', 'run', '--project', 'unit', '--project', 'system', ...tests, '-t', action);
  expect(ran, ran.out.slice(-4000)).toMatchObject({ exit: 0 });
  // What its six tests on the stack, and those of its life, said.
  expect(ran.out).toMatch(/Tests .*\d\d passed/);
});
