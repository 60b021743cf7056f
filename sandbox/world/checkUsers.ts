import { type Misfit, repeated } from './misfit.ts';
import type { World } from './schema.ts';

/** A user's name is there once, and so is a key, whosever it is. */
export function inUsers({ users }: World): Misfit[] {
  const keys = users.flatMap(({ accessKeys }, at) =>
    accessKeys.map(({ id }, index) => ({ id, path: ['users', at, 'accessKeys', index, 'id'] })),
  );
  const seen = new Set<string>();
  return [
    ...repeated(users, ['users'], 'name', ({ name }) => name),
    ...keys
      .filter(({ id }) => seen.has(id) || !seen.add(id))
      .map(({ id, path }) => ({ path, message: `${id} is there already; change or remove one of the two` })),
  ];
}
