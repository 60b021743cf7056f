import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Compared, Difference } from '../../conformance/compare.ts';
import { judge, readKnown } from '../../conformance/known.ts';
import { scripts } from '../../conformance/scripts.ts';

const difference: Difference = {
  service: 'sqs',
  operation: 'SendMessage',
  step: 'sends',
  at: 'Messages[3].Body',
  ours: 'a',
  moto: 'b',
};
const found = (...differences: Difference[]): readonly Compared[] => [
  { service: 'sqs', steps: [{ operation: 'SendMessage', step: 'sends', equal: false }], differences, lacking: [] },
];
const entry = (more: object = {}): string =>
  JSON.stringify([
    {
      service: 'sqs',
      operation: 'SendMessage',
      step: 'sends',
      at: 'Messages[].Body',
      ours: 'a',
      moto: 'b',
      verdict: 'ours',
      because: 'It is so.',
      source: 'SDK',
      ...more,
    },
  ]);
const verdict = (more?: object, ...differences: Difference[]) => {
  const { explained, unexplained, stale } = judge(found(...differences), readKnown(entry(more)));
  return [explained.length, unexplained.length, stale.length];
};

describe('known differences', () => {
  it('explain what was found', () => {
    expect(verdict({}, difference)).toEqual([1, 0, 0]);
    expect(verdict({ ours: '<present>', moto: '<present>', step: ['x', 'sends'] }, difference)).toEqual([1, 0, 0]);
    expect(verdict({ at: 'Messages.**', ours: undefined, moto: undefined }, difference)).toEqual([1, 0, 0]);
  });

  it.each([
    ['another value of ours', { ours: 'c' }],
    ["another value of moto's", { moto: '<absent>' }],
    ['another step', { step: 'receives' }],
    ['another operation', { operation: ['ReceiveMessage', 'SendMessage'], step: 'receives' }],
    ['another field', { at: 'Messages[2].Body' }],
  ])('do not explain %s: the difference is reported, and the entry is stale', (_name, more) => {
    expect(verdict(more, difference)).toEqual([0, 1, 1]);
  });

  it('are stale when their difference is gone, and are left alone when the operation was not asked', () => {
    expect(verdict({})).toEqual([0, 0, 1]);
    expect(judge([], readKnown(entry())).stale).toEqual([]);
  });

  it.each([
    ['no reason', { because: '' }],
    ['no source', { source: undefined }],
    ['a verdict that is none', { verdict: 'equal' }],
    ['no values', { ours: undefined }],
    ['all fields of any step', { at: 'Messages.**', step: undefined }],
    ['a key that nothing reads', { note: 'x' }],
  ])('are refused with %s', (_name, more) => {
    expect(() => readKnown(entry(more))).toThrow();
  });

  it('of the project are of steps that there are', () => {
    const text = readFileSync(new URL('../../conformance/differences.yaml', import.meta.url), 'utf8');
    const names = (service: string): readonly string[] =>
      scripts.filter((one) => one.service === service).flatMap(({ steps }) => steps.map(({ name }) => name));
    const unknown = readKnown(text).flatMap(({ service, step }) =>
      [step ?? []].flat().filter((name) => !names(service).includes(name)),
    );
    expect(unknown).toEqual([]);
    expect(readKnown(text).length).toBeGreaterThan(50);
  });

  it('can name every step, because no two steps of a service have one name', () => {
    const all = scripts.flatMap(({ service, steps }) => steps.map(({ name }) => `${service}, ${name}`));
    const twice = all.filter((name, at) => all.indexOf(name) !== at && !/, finds the /.test(name));
    expect(twice).toEqual([]);
  });
});
