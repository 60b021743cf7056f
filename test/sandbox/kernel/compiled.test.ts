import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { invokeFunction } from '../../../sandbox/services/lambda/invoke.ts';
import { bundledHandler, removeBundledHandlers } from '../bundledHandler.ts';
import { addFunction, closeAccounts, smallAccount } from '../lambda/accountWithFunction.ts';

const folder = mkdtempSync(join(tmpdir(), 'firebreak-compiled-'));
afterAll(async () => {
  await closeAccounts();
  await removeBundledHandlers();
  rmSync(folder, { recursive: true });
});

const source = (answer: number): string =>
  `exports.handler = async () => [${answer}, Math.random(), Object.keys(process.env).sort()];`;

/** What a function answers in an account of its own, which is closed then. */
async function answerOf(answer: number, compiledFolder?: string): Promise<unknown> {
  const running = await smallAccount(compiledFolder === undefined ? {} : { compiledFolder });
  addFunction(running, await bundledHandler(source(answer)));
  const result = await invokeFunction(running.account, 'fn', {});
  await running.close();
  return result.ok ? result.payload : result;
}

it('is kept of what a function is made of, and changes nothing that the function sees', async () => {
  const compiled = join(folder, 'compiled');
  const cold = await answerOf(1);
  expect(await answerOf(1, compiled)).toEqual(cold);
  expect(readdirSync(compiled, { recursive: true }).length).toBeGreaterThan(1);
  expect(await answerOf(1, compiled)).toEqual(cold);
  expect(await answerOf(2, compiled)).not.toEqual(cold);
});

it('is gone without where it cannot be kept', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(await answerOf(1, join(file, 'compiled'))).toEqual(await answerOf(1));
});
