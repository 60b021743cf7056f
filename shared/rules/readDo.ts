import type { Json } from '../platform/json.ts';
import { closest } from './closest.ts';
import { complaintsOf } from './complaints.ts';
import type { Complaint } from './document.ts';
import type { DoEntry } from './rule.ts';
import type { RuleAction } from './schema.ts';
import { isObject } from './written.ts';

interface Read<T> {
  readonly value: T | null;
  readonly complaints: readonly Complaint[];
}

const failed = (complaint: Complaint): Read<never> => ({ value: null, complaints: [complaint] });

/** An action's parameters by its own schema, defaults filled in. Shared by what is written and what is stored. */
export function readParams(name: string, params: Json, actions: readonly RuleAction[], path: string): Read<DoEntry> {
  const action = actions.find((candidate) => candidate.name === name);
  if (action === undefined) {
    const suggestion = closest(
      name,
      actions.map((candidate) => candidate.name),
    );
    return failed({ code: 'unknown-action', path, message: `there is no action "${name}"`, suggestion });
  }
  const parsed = action.params.safeParse(params, { reportInput: true });
  if (parsed.success) return { value: { action: name, params: parsed.data }, complaints: [] };
  return { value: null, complaints: complaintsOf(parsed.error, path, action.params) };
}

/** `- name`, or `- name: { parameters }`. */
function readEntry(written: Json, actions: readonly RuleAction[], path: string): Read<DoEntry> {
  if (typeof written === 'string') return readParams(written, {}, actions, path);
  const suggestion = 'write - action, or - action: { parameter: value }';
  if (!isObject(written)) return failed({ code: 'value', path, message: 'must be an action', suggestion });
  const entries = Object.entries(written);
  const [entry] = entries;
  if (entry === undefined || entries.length > 1) {
    return failed({ code: 'value', path, message: 'must be a single action with its parameters', suggestion });
  }
  const [name, params] = entry;
  return readParams(name, params ?? {}, actions, `${path}.${name}`);
}

/** A rule's `do` list. Each action may be named once. */
export function readDo(written: readonly Json[], actions: readonly RuleAction[]): Read<readonly DoEntry[]> {
  const entries = written.map((entry, at) => readEntry(entry, actions, `do[${at}]`));
  const names = entries.map(({ value }) => value?.action);
  const twice = names.flatMap((name, at) =>
    name !== undefined && names.indexOf(name) < at
      ? [{ code: 'duplicate-action' as const, path: `do[${at}]`, message: `"${name}" is named twice` }]
      : [],
  );
  const complaints = [...entries.flatMap((entry) => entry.complaints), ...twice];
  return { value: complaints.length > 0 ? null : entries.flatMap(({ value }) => value ?? []), complaints };
}
