import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EventFile, envelopeId, hashOf } from '../eventFile.ts';
import type { InspectorKind } from './kinds.ts';

/** A finding of that kind, as Inspector would send it. */
export function inspectorEvent(root: string, { kind, sample, with: fields }: InspectorKind): EventFile {
  const event = JSON.parse(readFileSync(join(root, 'events', `inspector-finding-${sample}.json`), 'utf8')) as EventFile;
  const hash = hashOf(kind);
  const findingArn = String(event.detail['findingArn']).replace(/finding\/.*$/, `finding/${hash.slice(0, 32)}`);
  return { ...event, id: envelopeId(hash), detail: { ...event.detail, ...fields, findingArn } };
}
