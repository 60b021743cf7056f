/**
 * Copies a service's state: maps, sets, lists, dates, bytes and objects with their class and their getters, and whatever they refer to, each once, so
 * that what was shared is shared again. Functions stay what they are.
 * @param known copies that there are already, by their original; it is added to
 * @param keep what is not copied, because it lives: a worker
 */
export function copyState<T>(value: T, known: Map<object, object>, keep: (value: object) => boolean): T {
  function copy<U>(original: U): U {
    if (typeof original !== 'object' || original === null) return original;
    const there = known.get(original);
    if (there) return there as U;
    if (keep(original) || ArrayBuffer.isView(original)) return original;
    const made = original instanceof Date ? new Date(original) : empty(original);
    known.set(original, made);
    fill(original, made, copy);
    return made as U;
  }
  return copy(value);
}

/** Makes the content of `target` a copy of that of `original`; what refers to `target` sees it. */
export function overwriteState(
  original: object,
  target: object,
  known: Map<object, object>,
  keep: (value: object) => boolean,
): void {
  known.set(original, target);
  clearState(target);
  fill(original, target, (value) => copyState(value, known, keep));
}

/** Takes everything out of a map, set or list. Of an object, nothing: what it was made with cannot be known. */
export function clearState(target: object): void {
  if (target instanceof Map || target instanceof Set) target.clear();
  else if (Array.isArray(target)) target.length = 0;
}

function empty(original: object): object {
  if (original instanceof Map) return new Map();
  if (original instanceof Set) return new Set();
  if (Array.isArray(original)) return [];
  return Object.create(Object.getPrototypeOf(original));
}

function fill(original: object, target: object, copy: <U>(value: U) => U): void {
  if (original instanceof Map && target instanceof Map) {
    for (const [key, value] of original) target.set(copy(key), copy(value));
  } else if (original instanceof Set && target instanceof Set) {
    for (const value of original) target.add(copy(value));
  } else if (Array.isArray(original) && Array.isArray(target)) {
    for (const value of original) target.push(copy(value));
  } else {
    for (const name of Object.keys(target)) if (!Object.hasOwn(original, name)) delete (target as never)[name];
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(original))) {
      // What is worked out from other members goes on being worked out, from the copy's own.
      const own = 'value' in property ? { ...property, value: copy(property.value as unknown) } : property;
      Object.defineProperty(target, name, own);
    }
  }
}
