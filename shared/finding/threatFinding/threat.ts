import { boundedList } from '../bounds.ts';
import { firstDate } from '../dates.ts';
import type { Threat } from '../finding.ts';
import { fieldsIn, listIn, textIn } from '../given.ts';
import type { Fields } from '../read.ts';
import { filesIn, fromIn, insideIn, namesIn, remoteIn } from './seen.ts';
import { sequenceIn, signalsIn } from './sequence.ts';

const roles: ReadonlyMap<unknown, Threat['role']> = new Map([
  ['TARGET', 'target'],
  ['ACTOR', 'actor'],
]);

/** How often; once, where the finding does not say. */
function countIn(service: Fields): number {
  const count = service['count'];
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : 1;
}

/** The process that was seen; of an attack sequence, that of its first actor that is one. */
function processIn(service: Fields, sequence: Fields): Threat['process'] {
  const seen = fieldsIn(fieldsIn(service, 'runtimeDetails'), 'process');
  const actor = listIn(sequence, 'actors')
    .map((one) => fieldsIn(one, 'process'))
    .find((one) => Object.keys(one).length > 0);
  const process = {
    name: textIn(seen, 'name') ?? textIn(actor ?? {}, 'name'),
    path: textIn(seen, 'executablePath') ?? textIn(actor ?? {}, 'path'),
    sha256: textIn(seen, 'executableSha256') ?? textIn(actor ?? {}, 'sha256'),
  };
  return Object.values(process).every((value) => value === null) ? null : process;
}

/**
 * What the finding says of somebody at work.
 * @param observedAt stands in for the time when it was seen first, ISO 8601 UTC
 */
export function threatIn(detail: Fields, observedAt: string): Threat {
  const service = fieldsIn(detail, 'service');
  const sequence = sequenceIn(detail);
  return {
    firstSeenAt: firstDate([service['eventFirstSeen'], detail['createdAt']], observedAt),
    count: countIn(service),
    role: roles.get(service['resourceRole']) ?? null,
    process: processIn(service, sequence),
    files: filesIn(service),
    names: namesIn(service),
    remote: remoteIn(service, sequence),
    from: fromIn(service),
    signals: boundedList(signalsIn(sequence)),
    ...insideIn(fieldsIn(detail, 'resource'), service),
  };
}
