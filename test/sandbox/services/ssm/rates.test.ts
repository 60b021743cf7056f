import { expect, test } from 'vitest';
import { putParameter } from '../../../../sandbox/services/ssm/parameters.ts';
import { keepRates } from '../../../../sandbox/services/ssm/rates.ts';
import { stageOf } from './stage.ts';

function stageWith(throughput: 'none' | 'standard' | 'high') {
  const stage = stageOf();
  putParameter(stage.account, { name: '/a/b', value: 'x' });
  keepRates(stage.account, throughput);
  const outcome = (name: string, input: object): Promise<string> =>
    stage.run(name, input).then(
      () => 'ok',
      (error) => `${error.code}: ${error.message}`,
    );
  return {
    ...stage,
    read: () => outcome('GetParameter', { Name: '/a/b' }),
    readPath: () => outcome('GetParametersByPath', { Path: '/a' }),
    write: () => outcome('PutParameter', { Name: '/a/b', Value: 'x', Overwrite: true }),
  };
}

async function times(count: number, call: () => Promise<string>): Promise<string[]> {
  const results: string[] = [];
  for (let n = 0; n < count; n += 1) results.push(await call());
  return results;
}

const allOk = (count: number) => Array.from({ length: count }, () => 'ok');
const throttled = 'ThrottlingException: Rate exceeded';

test('reads share 40 a second, and are let through again as time passes', async () => {
  const { read, readPath, clock } = stageWith('standard');
  expect(await times(20, read)).toEqual(allOk(20));
  expect(await times(20, readPath)).toEqual(allOk(20));
  expect([await read(), await readPath()]).toEqual([throttled, throttled]);
  await clock.advance(50);
  expect(await times(3, read)).toEqual(['ok', 'ok', throttled]);
  await clock.advance(10_000);
  expect(await times(41, read)).toEqual([...allOk(40), throttled]);
});

test('writes are three a second, whatever is read', async () => {
  const { read, write } = stageWith('standard');
  await times(41, read);
  expect(await times(4, write)).toEqual([...allOk(3), throttled]);
});

test('with higher throughput each operation has a rate of its own', async () => {
  const { readPath, read, write } = stageWith('high');
  expect(await times(101, readPath)).toEqual([...allOk(100), throttled]);
  expect(await read()).toBe('ok');
  expect(await times(11, write)).toEqual([...allOk(10), throttled]);
});

test('unless it is asked for, no call is counted', async () => {
  const { read, write } = stageWith('none');
  expect(await times(200, read)).toEqual(allOk(200));
  expect(await times(50, write)).toEqual(allOk(50));
});
