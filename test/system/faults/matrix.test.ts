import { describe, expect, it } from 'vitest';
import { allCells, cellNamed, faultsOf, nameOf } from '../../faults/cells.ts';
import type { Baseline } from '../../faults/ground.ts';
import { pairsOf, type Result, summaryOf } from '../../faults/matrix.ts';
import { truthOf } from '../../faults/truth.ts';
import { fakeAccount } from '../../sandbox/fakeAccount.ts';

const baseline: Baseline = {
  calls: ['act ecs:UpdateService', 'aws lambda:Run act'],
  before: truthOf(fakeAccount().account),
  after: truthOf(fakeAccount().account),
};
const result = (trial: Result['trial'], broken: readonly string[] = [], hits = [1]): Result => ({
  trial,
  broken,
  hits,
  ms: 10,
});

describe('the matrix', () => {
  it('knows a cell by its name', () => {
    const name = 'miner/act ecs:UpdateService/2/lost-after';
    expect(nameOf(cellNamed(name))).toBe(name);
    expect(() => cellNamed('minor/act ecs:UpdateService/2/lost-after')).toThrow('There is no play minor: quarantine,');
    expect(() => cellNamed('miner/act ecs:UpdateService/2/lost')).toThrow('There is no fault lost: none, throttled,');
    expect(() => cellNamed('miner/act ecs:UpdateService/0/lost-after')).toThrow('a number from 1, not 0');
  });

  it('lets reads be stale only after a change', () => {
    expect(faultsOf('act ecs:UpdateService')).toContain('stale');
    expect(faultsOf('act ecs:DescribeServices')).not.toContain('stale');
    expect(faultsOf('act dynamodb:PutItem')).not.toContain('stale');
    expect(faultsOf('aws lambda:Run act')).toEqual(['killed-before', 'killed-after']);
    expect(faultsOf('act ecs:UpdateService')).not.toContain('killed-before-on');
  });

  it('throttles whatever a fix asks, though a play before it was struck there, and nothing twice', () => {
    const read = 'decide ecr:ListTagsForResource';
    const again: Baseline = { ...baseline, calls: [read, 'aws sqs:ReceiveMessage', 'sweep dynamodb:Query'] };
    const plays = ['quarantine', 'set-tag-immutability', 'patch', 'patch-fails', 'shell'];
    const names = allCells(new Map(plays.map((name) => [name, again]))).map(nameOf);
    expect(names.filter((name) => name.endsWith('/throttled') && !name.startsWith('quarantine/'))).toEqual([
      `patch/${read}/1/throttled`,
      `set-tag-immutability/${read}/1/throttled`,
    ]);
    expect(names).toContain(`quarantine/${read}/1/throttled-on`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('draws the same pairs for the same seed, of two cells of one play', () => {
    const baselines = new Map([['miner', baseline]]);
    const pairs = pairsOf(baselines, 50, 3);
    expect(pairs).toEqual(pairsOf(baselines, 50, 3));
    expect(pairs).not.toEqual(pairsOf(baselines, 50, 4));
    for (const [one, other] of pairs) expect(one).not.toBe(other);
  });

  it('prints what struck, and the command that repeats what did not hold', () => {
    const bad = 'miner/act ecs:UpdateService/1/lost-after';
    const pair: Result['trial'] = ['miner/act ecs:StopTask/1/slow', 'miner/act ecs:UpdateService/2/slow'];
    const intact = result(['miner/nothing/1/none'], [], [0]);
    const lines = summaryOf([result([bad], ['nobody was told']), result(pair, [], [0, 1]), intact], 7);
    expect(lines.find((line) => line.startsWith('ecs:UpdateService'))).toMatch(/ 1 /);
    expect(lines.some((line) => line.startsWith('ecs:StopTask'))).toBe(false);
    expect(lines).toContain(`  again: npm run faults -- --cell "${bad}"`);
    expect(lines).toContain(`never struck: ${pair[0]}`);
    expect(lines.at(-2)).toContain('2 cells and 1 pairs (seed 7), 1 faults never struck');
    expect(lines.at(-1)).toBe('1 did not hold.');
    expect(summaryOf([result([bad])], 7).at(-1)).toBe('Every promise held in each of them.');
  });
});
