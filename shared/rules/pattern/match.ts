import type { Branch, CompiledPattern, Field } from './compile.ts';
import type { Scalar } from './condition.ts';
import { type Element, type FlatEvent, type Found, flatten } from './flatten.ts';

const accepts = (field: Field, value: Scalar): boolean =>
  field.conditions.some((condition) => condition.kind === 'value' && condition.accepts(value));

/** The values at a field's path that it accepts. */
export const accepted = (field: Field, event: FlatEvent): readonly Found[] =>
  (event.values.get(field.key) ?? []).filter(({ value }) => accepts(field, value));

export const mayBeAbsent = (field: Field): boolean => field.conditions.some(({ kind }) => kind === 'absent');

/** Whether an element or one that it lies in is among `set`; remembers, so that each element is walked once. */
function withinAny(set: ReadonlySet<Element>): (element: Element) => boolean {
  const known = new Map<Element, boolean>();
  return (element) => {
    const walked: Element[] = [];
    let at: Element | null = element;
    while (at !== null && !known.has(at) && !set.has(at)) {
      walked.push(at);
      at = at.parent;
    }
    const answer = at !== null && (known.get(at) ?? true);
    for (const passed of walked) known.set(passed, answer);
    return answer;
  };
}

/** The elements with all that they lie in. */
function withParents(elements: Iterable<Element>): ReadonlySet<Element> {
  const all = new Set<Element>();
  for (const element of elements) {
    for (let at: Element | null = element; at !== null && !all.has(at); at = at.parent) all.add(at);
  }
  return all;
}

interface Step {
  readonly field: Field;
  readonly accepted: ReadonlySet<Element>;
  readonly present: ReadonlySet<Element>;
  readonly presentOrAbove: ReadonlySet<Element>;
}

function stepOf(field: Field, event: FlatEvent): Step {
  const present = new Set((event.values.get(field.key) ?? []).map(({ element }) => element));
  const taken = new Set(accepted(field, event).map(({ element }) => element));
  return { field, accepted: taken, present, presentOrAbove: withParents(present) };
}

/** For each step, the arrays that it or a later one looks into: no other binds the choice of elements any more. */
function bindingFrom(steps: readonly Step[]): readonly ReadonlySet<number>[] {
  const binding: Set<number>[] = [new Set()];
  for (const step of steps.toReversed()) {
    binding.unshift(new Set([...(binding[0] ?? []), ...[...step.presentOrAbove].map(({ array }) => array)]));
  }
  return binding;
}

function shorten(element: Element, binding: ReadonlySet<number>): Element {
  let at = element;
  while (at.parent !== null && !binding.has(at.array)) at = at.parent;
  return at;
}

/**
 * Whether one choice of array elements satisfies all fields. A choice so far is the innermost element chosen: fields
 * are taken in the order of their paths, so whatever still binds lies on one line from the event inwards. Each step
 * costs no more than the elements that there are.
 */
function together(branch: Branch, event: FlatEvent, stepFor: (field: Field) => Step): boolean {
  const steps = branch.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(stepFor);
  const binding = bindingFrom(steps);
  let choices = new Set<Element>([event.root]);
  for (const [at, step] of steps.entries()) {
    const next = new Set<Element>();
    const keep = (element: Element) => next.add(shorten(element, binding[at + 1] ?? new Set()));
    const inChoice = withinAny(choices);
    const inAccepted = withinAny(step.accepted);
    const inPresent = withinAny(step.present);
    for (const element of step.accepted) if (inChoice(element)) keep(element);
    for (const choice of choices) {
      const absent = mayBeAbsent(step.field) && !step.presentOrAbove.has(choice) && !inPresent(choice);
      if (absent || inAccepted(choice)) keep(choice);
    }
    if (next.size === 0) return false;
    choices = next;
  }
  return true;
}

/**
 * What each field says by itself: false, no choice of elements can help; true, there is none to make, because no array of objects
 * lies on the way to any of them, or to one alone, which is free to choose. Null: they must be looked at together.
 */
function apart(branch: Branch, event: FlatEvent): boolean | null {
  let choosing = 0;
  let chosen = true;
  for (const field of branch) {
    const found = event.values.get(field.key) ?? [];
    const within = found.some(({ element }) => element !== event.root);
    const taken = found.some(({ value }) => accepts(field, value));
    if (!taken && (!mayBeAbsent(field) || (found.length > 0 && !within))) return false;
    if (!within) continue;
    choosing += 1;
    chosen &&= taken;
  }
  return choosing === 0 || (choosing === 1 && chosen) ? true : null;
}

/** Whether a branch matches. `stepFor` remembers what the branches of one `$or` share. */
export const branchMatches = (
  branch: Branch,
  event: FlatEvent,
  stepFor: (field: Field) => Step = (field) => stepOf(field, event),
): boolean => apart(branch, event) ?? together(branch, event, stepFor);

/** The event's values on the paths of a pattern. */
export const valuesFor = (compiled: CompiledPattern, event: unknown): FlatEvent => flatten(event, compiled.paths);

/** Whether an event (as parsed from JSON) matches. Pure; the work grows with the event's size times the pattern's. */
export function matches(compiled: CompiledPattern, event: unknown): boolean {
  const flat = valuesFor(compiled, event);
  // The branches of a `$or` share the fields beside it.
  const steps = new Map<Field, Step>();
  const stepFor = (field: Field): Step => {
    const step = steps.get(field) ?? stepOf(field, flat);
    steps.set(field, step);
    return step;
  };
  return compiled.branches.some((branch) => branchMatches(branch, flat, stepFor));
}
