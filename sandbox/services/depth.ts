/** Far deeper than any event of AWS's or input of an execution, and far from what writing it as JSON takes of the stack. */
export const DEEPEST_EVENT = 500;

/** Whether a JSON value has more levels than an event, an input or an output may have. Does not recurse. */
export function tooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST_EVENT) return true;
    level = level.flatMap((each) => (each !== null && typeof each === 'object' ? Object.values(each) : []));
  }
  return false;
}
