import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { threatClass, traitOf } from '../../shared/plan/threatTypes.ts';
import { threatTable } from './threatTable.ts';

const trait = (type: string, signals: readonly string[] = []) => traitOf({ type }, { signals });

test.each(threatTable)('%s of severity %d is %s, of class %s', (type, severity, itsTrait, kind) => {
  expect(trait(type)).toBe(itsTrait);
  expect(threatClass({ type, severity })).toBe(kind);
});

test('each type is in the table once', () => {
  expect(new Set(threatTable.map(([type]) => type)).size).toBe(threatTable.length);
});

describe('an attack sequence', () => {
  const sequence = 'AttackSequence:ECS/CompromisedCluster';
  const miner = 'Impact:Runtime/CryptoMinerExecuted';
  const malware = 'Execution:ECS/MaliciousFile';

  test('has the trait of its signals: one shell among many miners is a shell', () => {
    expect(trait(sequence, [miner, 'Execution:Runtime/ReverseShell', malware])).toBe('interactive');
    expect(trait(sequence, [miner, miner])).toBe('carried');
  });

  test('with malware and no shell is malware', () => {
    expect(trait(sequence, [miner, malware])).toBe('malware');
  });

  test('of which no signal is known, or one that is new, does not excuse anybody by the image', () => {
    expect(trait(sequence)).toBe('interactive');
    expect(trait(sequence, [miner, 'Brand:New/Type'])).toBe('interactive');
  });

  test('is of class A whatever its severity', () => {
    for (const severity of [null, 1, 9.5]) expect(threatClass({ type: sequence, severity })).toBe('A');
    expect(threatClass({ type: 'NoAttackSequence:ECS/CompromisedCluster', severity: 1 })).not.toBe('A');
  });

  test('alone is judged by its signals: another type has none of its own', () => {
    expect(trait(miner, ['Execution:Runtime/ReverseShell'])).toBe('carried');
  });
});

describe('a type that nobody has listed', () => {
  test('is somebody at work: nothing says that it came with the image', () => {
    expect(trait('Brand:New/Type')).toBe('interactive');
    expect(trait('')).toBe('interactive');
  });

  test('is contained by its severity: from 7 on it wakes somebody', () => {
    expect(threatClass({ type: 'Brand:New/Type', severity: 7 })).toBe('A');
    expect(threatClass({ type: 'Brand:New/Type', severity: 6.9 })).toBe('C');
    expect(threatClass({ type: 'Brand:New/Type', severity: null })).toBe('C');
  });
});

describe('a high severity', () => {
  test('is never of class C, whatever the type', () => {
    const types = fc.oneof(fc.string(), fc.constantFrom(...threatTable.map(([type]) => type)));
    fc.assert(
      fc.property(types, fc.double({ min: 7, max: 10, noNaN: true }), (type, severity) => {
        expect(threatClass({ type, severity })).not.toBe('C');
      }),
    );
  });

  test('makes no miner worse than a miner', () => {
    expect(threatClass({ type: 'CryptoCurrency:Runtime/BitcoinTool.B', severity: 9.9 })).toBe('B');
  });

  test('is not needed by what is bad by its kind', () => {
    for (const type of ['PrivilegeEscalation:Runtime/DockerSocketAccessed', 'Execution:Container/SuspiciousFile']) {
      expect(threatClass({ type, severity: 1 })).toBe('A');
    }
  });
});
