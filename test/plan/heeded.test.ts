import { describe, expect, it } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import { causeOfThreat } from '../../shared/plan/cause.ts';
import { heeded } from '../../shared/plan/heeded.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import { threatClass } from '../../shared/plan/threatTypes.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import { archive, evidence, finding, now, rule, ruleSet } from './fakes.ts';
import { circumstances, miner, threat, threatFinding } from './threats.ts';

const product = { id: '123456789012/default', name: null, generator: null, types: [] };
const ofProduct = (id: string): Finding =>
  threatFinding('TTPs/x', {}, { id: `of ${id}`, source: 'securityhub', product: { ...product, id } as never });

const real = threatFinding(miner);
const quieter = threatFinding('Recon:Runtime/Suspicious', {}, { id: 'quieter', severity: 4 });
const forged = ofProduct('123456789012/default');
const weakness = finding();

const onMiners = rule({ name: 'miners', order: 1, when: { type: [miner] } });
const watches = rule({ name: 'watches', when: { severity: [{ exists: true }] }, mode: 'observe' });

const heard = (rules: readonly Rule[], observeOnly = false): readonly string[] => {
  const set = ruleSet(rules);
  const all = [real, quieter, forged, weakness].map((one) => decideFinding(one, set, now));
  const settings = { ...set.settings, observeOnly };
  return heeded(all, { ...set, settings }, [archive, evidence]).map((one) => one.finding.id);
};

describe('what has a say in what is stopped', () => {
  const all = [real, quieter, forged, weakness].map(({ id }) => id);

  it('are threats of the sources that a rule listens to that acts, and whatever is no threat', () => {
    expect(heard([onMiners, watches])).toEqual([real.id, quieter.id, weakness.id]);
  });

  it('is a product, too, from which a rule that acts takes one, and no other product', () => {
    const trusting = rule({ name: 'trusting', order: 1, when: { product: { id: ['123456789012/default'] } } });
    expect(heard([trusting, watches])).toEqual([forged.id, weakness.id]);
    expect(heard([onMiners, trusting, watches])).toEqual(all);
  });

  it('is everything where no rule acts: it is said what would be done', () => {
    expect(heard([watches])).toEqual(all);
    expect(heard([onMiners, watches], true)).toEqual(all);
    const stores = { ...onMiners, do: [{ action: evidence.name, params: {} }] };
    expect(heard([stores, watches])).toEqual(all);
  });
});

describe('what was seen on an earlier image', () => {
  const causeWith = (earlier: Finding) => causeOfThreat(real, threat(), circumstances, [real, earlier], 60).cause;
  const before = { firstSeenAt: '2026-11-01T00:00:00.000Z' };

  it('is said by the same source, and by no other product', () => {
    const seen = threatFinding(miner, before, { id: 'seen before' });
    expect(causeWith(seen)).toBe('unknown');
    expect(causeWith({ ...forged, type: miner, threat: threat(before) })).toBe('image');
  });
});

it('a type that ends as one of GuardDuty does is not of its class', () => {
  expect(threatClass({ type: miner, severity: 8 })).toBe('B');
  expect(threatClass({ type: 'TTPs/Impact/CryptoMinerExecuted', severity: 8 })).toBe('A');
  expect(threatClass({ type: 'TTPs/x/CredentialExfiltration', severity: 4 })).toBe('C');
});
