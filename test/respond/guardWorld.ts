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
export const brokenRule = `${ruleText('x').replace('do:', 'doo:')}leese: P7D\n`;
export const exemptionText = (name: string): string =>
  `name: ${name}\nwhen: { resource: { repository: [shop/api] } }\nowner: team\nreason: base image\nexpires: 2027-01-01\n`;

/** A stage as the guard sees it: a table, bodies, and parameters whose versions only rise. */
export function guardWorld(pack: readonly RuleSource[] = [{ path: 'rules/packed', text: ruleText('packed') }]) {
  const texts = new Map<string, string>();
  const table = memoryTable();
  const store = new Map<string, Parameter>();
  /** Paths, in order: what the guard itself wrote, and took away. */
  const puts: string[] = [];
  const removed: string[] = [];
  const labels = new Map<string, number>();
  const notices: { readonly subject: string; readonly body: string }[] = [];
  const lines: unknown[] = [];
  let now = Date.parse('2026-11-20T10:00:00.000Z');
  let waited = 0;
  const write = (path: string, value: string): number => {
    const name = `${prefix}${path}`;
    const version = (store.get(name)?.version ?? 0) + 1;
    store.set(name, { name, value, version });
    return version;
  };
  const add = (...line: unknown[]): void => {
    lines.push(line);
  };
  const effects: GuardEffects = {
    table,
    bodies: memoryBodies(sha256Hex, texts),
    parameters: {
      below: async (path) =>
        [...store.values()]
          .filter(({ name }) => name.startsWith(`${path}/`))
          .sort((a, b) => (a.name < b.name ? -1 : 1)),
      read: async (name) => store.get(name),
      create: async (name, value) => {
        if (store.has(name)) return false;
        puts.push(name.slice(prefix.length));
        write(name.slice(prefix.length), value);
        return true;
      },
      put: async (name, value) => {
        puts.push(name.slice(prefix.length));
        return write(name.slice(prefix.length), value);
      },
      remove: async (name) => {
        removed.push(name.slice(prefix.length));
        store.delete(name);
      },
      labelled: async () => labels,
      label: async (name, version) => void labels.set(name, version),
    },
    clock: { now: () => new Date(now) },
    wait: async (ms) => {
      waited += ms;
      now += ms;
    },
    log: { info: add, warn: add, error: add },
    stage: 'prod',
    actions: [evidence],
    pack,
    defaultMode: 'observe',
    notify: async (subject, body) => {
      notices.push({ subject, body });
    },
    // A function that is cold each time: it sees in full whatever is there.
    get rests() {
      return {};
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
    removed,
    labels,
    parameter: (path: string) => store.get(`${prefix}${path}`),
    /** Whose last version was written so many seconds ago. */
    age: (path: string, seconds: number): void => {
      const parameter = store.get(`${prefix}${path}`);
      if (parameter !== undefined) store.set(parameter.name, { ...parameter, modifiedAt: now - seconds * 1000 });
    },
    waited: () => waited,
    pass: (seconds: number): void => {
      now += seconds * 1000;
    },
    notices,
    lines,
  };
}

export const ruleNames = (set: RuleSet): readonly string[] => set.rules.map(({ name }) => name);
