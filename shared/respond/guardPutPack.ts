import { canonicalJson } from '../platform/json.ts';
import type { RuleSource } from '../rules/rule.ts';
import type { Before, GuardEffects } from './guard.ts';
import { notePackRecord, readPackRecord, seeded } from './guardSeed.ts';
import { tellCrossed } from './guardTell.ts';
import { putWhereUnedited } from './guardWrites.ts';

/**
 * Last of all: what is put there decides already, and what fails half-way is found as it is by the next guard. What a person wrote or deleted
 * since it was looked at stands, and is theirs. Throws what Parameter Store, the table or SNS answers.
 */
export async function putPack(
  effects: GuardEffects,
  { prefix, parameters, seeding }: Pick<Before, 'prefix' | 'parameters' | 'seeding'>,
): Promise<void> {
  const { table } = effects;
  const known = await readPackRecord(table);
  // Noted before the first is put: a pack that is half there is no sign of people's own rules.
  if (known === undefined) await notePackRecord(table, seeding.record);
  const puts: RuleSource[] = [];
  for (const source of seeding.puts) {
    const name = `${prefix}${source.path}`;
    const seen = parameters.find((parameter) => parameter.name === name);
    const wrote = await putWhereUnedited(effects.parameters, { name, text: source.text, seen });
    if (wrote === 'crossed') await tellCrossed(effects, name);
    if (wrote !== 'left') puts.push(source);
  }
  const record = seeded({ ...seeding, puts });
  if (canonicalJson(record) !== canonicalJson(known ?? seeding.record)) await notePackRecord(table, record);
}
