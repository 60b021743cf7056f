import type { Stage } from './stage.ts';

/** Every text that some service of the account holds, of ECS nothing: it has the definition. */
export function kept({ account, told }: Stage): string {
  const texts: string[] = [JSON.stringify(told())];
  const seen = new Set<unknown>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (value instanceof Uint8Array) texts.push(Buffer.from(value).toString('latin1'));
    else if (value instanceof Map) for (const pair of value) walk(pair);
    else if (value instanceof Set) for (const one of value) walk(one);
    else for (const one of Object.values(value)) walk(one);
  };
  for (const [name, state] of account.slices) if (name.split('.')[0] !== 'ecs') walk(state);
  walk(account.trail);
  return texts.join('\n');
}
