/** Where something is within an event: `['detail', 'resources', 0]`. */
export type Place = readonly (string | number)[];

/** Every place in a value, the value itself left out. */
export function placesIn(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...at, Array.isArray(value) ? Number(key) : key];
    return [place, ...placesIn(inner, place)];
  });
}

/** A copy with something else at a place; undefined takes the place away. */
export function changedAt<T>(event: T, place: Place, value: unknown): T {
  const copy = structuredClone(event);
  let at: unknown = copy;
  for (const key of place.slice(0, -1)) at = (at as { [key: string | number]: unknown })[key];
  const last = place.at(-1) ?? '';
  if (value !== undefined) (at as { [key: string | number]: unknown })[last] = value;
  else if (Array.isArray(at)) at.splice(Number(last), 1);
  else delete (at as { [key: string]: unknown })[last];
  return copy;
}
