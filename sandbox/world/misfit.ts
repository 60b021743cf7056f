export type Path = readonly (string | number)[];

/** One thing that does not fit, at a path of the world: what it is, and what to do. */
export interface Misfit {
  readonly path: Path;
  readonly message: string;
}

/** Every entry whose name an earlier one has. */
export function repeated<T>(all: readonly T[], path: Path, key: string, nameOf: (one: T) => string): Misfit[] {
  const seen = new Set<string>();
  return all.flatMap((one, at) => {
    const name = nameOf(one);
    const isNew = !seen.has(name);
    seen.add(name);
    return isNew
      ? []
      : [{ path: [...path, at, key], message: `${name} is there already; change or remove one of the two` }];
  });
}
