import type { Parameter, Parameters } from '../platform/parameters.ts';

/** `left`: a person has written or deleted it since it was seen, and that stands. `crossed`: it was written over in the very same moment. */
export type Wrote = 'written' | 'left' | 'crossed';

const isSame = (now: Parameter | undefined, seen: Parameter): boolean =>
  now?.version === seen.version && now.value === seen.value;

/**
 * Writes what people edit, where it still is as it was seen. Parameter Store has no conditional write but for what is missing: an edit between
 * the look and the write is known by the version that the write gets. Throws what Parameter Store answers.
 */
export async function putWhereUnedited(
  parameters: Pick<Parameters, 'create' | 'put' | 'read' | 'remove'>,
  { name, text, seen }: { readonly name: string; readonly text: string; readonly seen: Parameter | undefined },
): Promise<Wrote> {
  if (seen === undefined) return (await parameters.create(name, text)) ? 'written' : 'left';
  if (!isSame(await parameters.read(name), seen)) return 'left';
  const version = await parameters.put(name, text);
  if (version === seen.version + 1) return 'written';
  // Versions begin anew where it was deleted: it stays so.
  if (version !== 1) return 'crossed';
  await parameters.remove(name);
  return 'left';
}

/** The same for what is to be gone. An edit between the look and the deletion goes with it: a deletion answers with nothing. */
export async function removeWhereUnedited(
  parameters: Pick<Parameters, 'read' | 'remove'>,
  seen: Parameter,
): Promise<Wrote> {
  if (!isSame(await parameters.read(seen.name), seen)) return 'left';
  await parameters.remove(seen.name);
  return 'written';
}
