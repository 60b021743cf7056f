import { memoryBodies } from '../../shared/incident/bodies.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import { readPointer } from '../../shared/incident/rulesets.ts';
import { sha256Hex } from '../../shared/platform/hash.ts';
import type { Parameter } from '../../shared/platform/parameters.ts';
import { type GuardEffects, guard } from '../../shared/respond/guard.ts';
import type { RuleSet, RuleSource } from '../../shared/rules/rule.ts';
import { evidence } from '../plan/fakes.ts';

export const prefix = '/firebreak/prod/';

/** A rule that compiles, and says its name. */
export const ruleText = (name: string, rest = ''): string =>
  `name: ${name}\nwhen:\n  type: [ImageScan]\ndo:\n  - evidence.take\n${rest}`;
export const brokenRule = `${ruleText('x').replace('do:', 'doo:')}limits: { perHour: 5 }\n`;
export const exemptionText = (name: string): string =>
  `name: ${name}\nwhen: { resource: { repository: [shop/api] } }\nowner: team\nreason: base image\nexpires: 2030-01-01\n`;

/** A stage as the guard sees it: a table, bodies, and parameters whose versions only rise. */
export function guardWorld(pack: readonly RuleSource[] = [{ path: 'rules/packed', text: ruleText('packed') }]) {
  const texts = new Map<string, string>();
  const table = memoryTable();
  const store = new Map<string, Parameter>();
  const puts: string[] = [];
  const notices: { readonly subject: string; readonly body: string }[] = [];
  const lines: unknown[] = [];
  const write = (path: string, value: string): void => {
    const name = `${prefix}${path}`;
    store.set(name, { name, value, version: (store.get(name)?.version ?? 0) + 1 });
  };
  const add = (...line: unknown[]): void => {
    lines.push(line);
  };
  const effects: GuardEffects = {
    table,
    bodies: memoryBodies(sha256Hex, texts),
    parameters: {
      below: async (path) => [...store.values()].filter(({ name }) => name.startsWith(`${path}/`)),
      put: async (name, value) => {
        puts.push(value);
        write(name.slice(prefix.length), value);
      },
    },
    clock: { now: () => new Date('2026-11-20T10:00:00.000Z') },
    log: { info: add, warn: add, error: add },
    stage: 'prod',
    actions: [evidence],
    pack,
    defaultMode: 'observe',
    notify: async (subject, body) => {
      notices.push({ subject, body });
    },
  };
  return {
    effects,
    write,
    remove: (path: string): void => void store.delete(`${prefix}${path}`),
    run: (change: Partial<GuardEffects> = {}) => guard({ ...effects, ...change }),
    pointer: () => readPointer(table),
    /** The set that decides. */
    set: async (): Promise<RuleSet> => JSON.parse(texts.get((await readPointer(table))?.hash ?? '') ?? 'null'),
    status: () => store.get(`${prefix}status`)?.value ?? '',
    puts,
    notices,
    lines,
  };
}

export const ruleNames = (set: RuleSet): readonly string[] => set.rules.map(({ name }) => name);
