import type {
  GetParameterResult,
  GetParametersByPathResult,
  GetParametersResult,
  LabelParameterVersionResult,
  PutParameterResult,
} from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, test } from 'vitest';
import { ssmService } from '../../../../sandbox/services/ssm/service.ts';
import { ssmState } from '../../../../sandbox/services/ssm/state.ts';
import { type FakeAccount, fakeAccount } from '../../fakeAccount.ts';
import { invoke } from '../../invoke.ts';

let fake: FakeAccount;
beforeEach(() => {
  fake = fakeAccount();
  ssmState(fake.account).emptyPageChance = 0;
});
const run = <O>(name: string, input: object): Promise<O> => invoke<O>(ssmService, name, input, fake.call());
const put = (Name: string, Value = 'x', rest: object = {}): Promise<PutParameterResult> =>
  run('PutParameter', { Name, Value, Type: 'String', ...rest });
const refused = (promise: Promise<unknown>, code: string): Promise<void> =>
  expect(promise).rejects.toMatchObject({ code });

describe('PutParameter', () => {
  test('writes version after version, but only over an existing one when told to', async () => {
    expect(await put('/a/b', 'one')).toEqual({ Version: 1, Tier: 'Standard' });
    await refused(put('/a/b', 'two'), 'ParameterAlreadyExists');
    expect(await put('/a/b', 'two', { Overwrite: true })).toMatchObject({ Version: 2 });
    const { Parameter } = await run<GetParameterResult>('GetParameter', { Name: '/a/b' });
    expect(Parameter).toMatchObject({
      Value: 'two',
      Version: 2,
      ARN: 'arn:aws:ssm:eu-west-1:123456789012:parameter/a/b',
    });
  });

  test.each(['a b', '/aws/x', 'ssm-x', 'a/b', '/a//b', '/a/'])('refuses the name %j', async (name) => {
    await refused(put(name), 'ValidationException');
  });

  test('takes 15 levels, not 16', async () => {
    await put('/l'.repeat(15));
    await refused(put('/l'.repeat(16)), 'HierarchyLevelLimitExceededException');
  });

  test('takes 4 KB of UTF-8 in the standard tier, 8 KB in the advanced one, and does not go back', async () => {
    await put('/a', 'é'.repeat(2048));
    await refused(put('/b', 'é'.repeat(2049)), 'ValidationException');
    await put('/b', 'é'.repeat(2049), { Tier: 'Advanced' });
    await refused(put('/b', 'x', { Overwrite: true, Tier: 'Standard' }), 'ValidationException');
    expect(await put('/c', 'x'.repeat(5000), { Tier: 'Intelligent-Tiering' })).toMatchObject({ Tier: 'Advanced' });
  });

  test('refuses {{…}} over several lines too, and takes single braces', async () => {
    await refused(put('/a', 'hello {{\nname\n}}'), 'ValidationException');
    await put('/a', '{ "a": { "b": 1 } }');
  });

  test('validates what claims to be JSON, or to have a pattern', async () => {
    await put('/a', '{}', { DataType: 'json' });
    await refused(put('/b', '{', { DataType: 'json' }), 'ValidationException');
    await refused(put('/c', 'abc', { AllowedPattern: '^\\d+$' }), 'ParameterPatternMismatchException');
  });

  test('drops the oldest of 100 versions, unless a label holds it', async () => {
    for (let version = 1; version <= 101; version += 1) await put('/a', `${version}`, { Overwrite: true });
    await refused(run('GetParameter', { Name: '/a:1' }), 'ParameterVersionNotFound');
    expect((await run<GetParameterResult>('GetParameter', { Name: '/a:2' })).Parameter?.Value).toBe('2');
    await run('LabelParameterVersion', { Name: '/a', ParameterVersion: 2, Labels: ['kept'] });
    await refused(put('/a', 'x', { Overwrite: true }), 'ParameterMaxVersionLimitExceeded');
  });
});

describe('labels', () => {
  test('a label moves to the version it is put on, and selects it', async () => {
    await put('/a', 'one');
    await put('/a', 'two', { Overwrite: true });
    await run('LabelParameterVersion', { Name: '/a', ParameterVersion: 1, Labels: ['active'] });
    const active = (): Promise<GetParameterResult> => run('GetParameter', { Name: '/a:active' });
    expect((await active()).Parameter).toMatchObject({ Value: 'one', Selector: ':active' });
    await run('LabelParameterVersion', { Name: '/a', Labels: ['active'] });
    expect((await active()).Parameter?.Value).toBe('two');
  });

  test('labels of the wrong form are listed, an eleventh is refused', async () => {
    await put('/a');
    const labels = await run<LabelParameterVersionResult>('LabelParameterVersion', {
      Name: '/a',
      Labels: ['1st', 'aws-x', 'fine'],
    });
    expect(labels).toEqual({ InvalidLabels: ['1st', 'aws-x'], ParameterVersion: 1 });
    const ten = Array.from({ length: 10 }, (_, index) => `l${index}`);
    await refused(run('LabelParameterVersion', { Name: '/a', Labels: ten }), 'ParameterVersionLabelLimitExceeded');
  });
});

describe('reading', () => {
  test('by path: ten per page, direct children unless recursive', async () => {
    for (let n = 10; n < 22; n += 1) await put(`/r/${n}`);
    await put('/r/deep/er');
    await put('/rx/other');
    const first = await run<GetParametersByPathResult>('GetParametersByPath', { Path: '/r/', Recursive: true });
    expect(first.Parameters).toHaveLength(10);
    const second = await run<GetParametersByPathResult>('GetParametersByPath', {
      Path: '/r/',
      Recursive: true,
      NextToken: first.NextToken,
    });
    expect(second.Parameters?.map((parameter) => parameter.Name)).toEqual(['/r/20', '/r/21', '/r/deep/er']);
    expect(second.NextToken).toBeUndefined();
    const flat = await run<GetParametersByPathResult>('GetParametersByPath', { Path: '/r', MaxResults: 3 });
    expect(flat.Parameters).toHaveLength(3);
    await refused(run('GetParametersByPath', { Path: '/r', MaxResults: 11 }), 'ValidationException');
  });

  test('by path: an empty page with a token loses nothing to a caller that goes on', async () => {
    ssmState(fake.account).emptyPageChance = 0.5;
    for (let n = 10; n < 35; n += 1) await put(`/r/${n}`);
    const names: string[] = [];
    let pages = 0;
    let NextToken: string | undefined;
    const tokens = new Set<string | undefined>();
    do {
      const page = await run<GetParametersByPathResult>('GetParametersByPath', { Path: '/r', NextToken });
      // botocore takes a token that comes twice for a loop without end.
      expect(tokens).not.toContain(page.NextToken);
      tokens.add(page.NextToken);
      names.push(...(page.Parameters ?? []).map((parameter) => parameter.Name ?? ''));
      ({ NextToken } = page);
      pages += 1;
    } while (NextToken !== undefined);
    expect(names).toEqual([...new Set(names)]);
    expect(names).toHaveLength(25);
    expect(pages).toBeGreaterThan(3);
  });

  test('several by name: the missing are listed', async () => {
    await put('/a');
    const result = await run<GetParametersResult>('GetParameters', { Names: ['/a', '/none', '/a:9'] });
    expect(result.Parameters).toHaveLength(1);
    expect(result.InvalidParameters).toEqual(['/none', '/a:9']);
  });

  test('by ARN, and not after it was deleted', async () => {
    await put('/a/b');
    const Name = 'arn:aws:ssm:eu-west-1:123456789012:parameter/a/b';
    expect((await run<GetParameterResult>('GetParameter', { Name })).Parameter?.Name).toBe('/a/b');
    await run('DeleteParameter', { Name: '/a/b' });
    await refused(run('GetParameter', { Name }), 'ParameterNotFound');
    await refused(run('DeleteParameter', { Name: '/a/b' }), 'ParameterNotFound');
  });
});

test('IAM is asked about the ARN without the leading slash; by path, about the path', () => {
  const needs = (name: string, input: object): unknown =>
    ssmService.operations[name]?.needs(input as never, fake.account);
  expect(needs('GetParameter', { Name: '/a/b:active' })).toEqual([
    { action: 'ssm:GetParameter', resource: 'arn:aws:ssm:eu-west-1:123456789012:parameter/a/b' },
  ]);
  expect(needs('GetParametersByPath', { Path: '/a/' })).toEqual([
    { action: 'ssm:GetParametersByPath', resource: 'arn:aws:ssm:eu-west-1:123456789012:parameter/a' },
  ]);
});
