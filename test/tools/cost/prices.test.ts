import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bill, dominant, priced, quantitiesOf, readPrices } from '../../../tools/cost/prices.ts';
import { nothing } from '../../../tools/cost/usage.ts';

const page = readFileSync(new URL('../../../docs/cost.md', import.meta.url), 'utf8');
const prices = readPrices(page);
const line = page.split('\n').find((one) => one.includes('`transitions`')) ?? '';

describe('the price table', () => {
  it('has a price for all that is counted, each with a source and a date', () => {
    expect(Object.keys(prices).toSorted()).toEqual([...priced].toSorted());
    expect(prices.transitions).toEqual({
      what: 'Step Functions, state transition (Standard)',
      dollars: 0.025,
      per: 1000,
      free: 4000,
    });
  });

  it.each([
    ['no price', page.replace(line, ''), 'no price for transitions'],
    ['two prices', `${page}${line}\n`, 'two prices for "transitions"'],
    ['one that nothing counts', `${page}${line.replace('transitions', 'lambdas')}\n`, 'nothing counts'],
    ['no number', page.replace(line, line.replace('0.025', 'cheap')), '"cheap", no number'],
    ['a negative number', page.replace(line, line.replace('0.025', '-1')), 'no number'],
    ['no source mark', page.replace(line, line.replace('[AWS]', 'AWS')), 'source mark and a date'],
    ['no date', page.replace(line, line.replace('2026-11-24', 'today')), 'source mark and a date'],
  ])('is refused with %s', (_, text, why) => {
    expect(() => readPrices(text)).toThrow(why);
  });
});

describe('a bill', () => {
  const usage = { ...nothing, transitions: 5000, mails: 1, writeUnits: 1_000_000 };

  it('is quantity times price', () => {
    const { lines, total } = bill(quantitiesOf(usage), prices, { free: false });
    expect(lines).toMatchObject({ transitions: 0.125, mails: 0.00002, writeUnits: 0.625, invocations: 0 });
    expect(total).toBeCloseTo(0.75002, 10);
  });

  it('leaves out what costs nothing, and is never negative', () => {
    expect(bill(quantitiesOf(usage), prices, { free: true }).lines).toMatchObject({ transitions: 0.025, mails: 0 });
  });

  it('takes what is stored as gigabytes for a month, backups included', () => {
    const stored = { ...nothing, tableBytes: 2 ** 30, bucketBytes: 2 ** 30, logBytes: 2 ** 30 };
    const { lines } = bill(quantitiesOf(stored), prices, { free: false });
    expect(lines).toMatchObject({ tableGb: 0.25, backupGb: 0.2, bucketGb: 0.023, logGb: 0.5 });
  });

  it('says what most of it goes to', () => {
    const shares = dominant(bill(quantitiesOf(usage), prices, { free: false }));
    expect(shares.map(({ key }) => key)).toEqual(['writeUnits', 'transitions', 'mails']);
    expect(dominant(bill(quantitiesOf(nothing), prices, { free: false }))).toEqual([]);
  });
});
