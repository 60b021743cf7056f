import { type EvidenceStore, type Target, targetKey } from '../actions/contract.ts';
import { sha256Hex } from '../platform/hash.ts';

/**
 * Where the evidence on one target lies within its round: `ecs-task-prod-0f1e…-3b9ac2d1`. Of an incident several are looked at, and
 * each has its own list. Names come from events, so only what no path can mean anything by is kept of them.
 */
export const folderOf = (target: Target): string => {
  const readable = target.id.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 80);
  return `${target.kind}-${readable}-${sha256Hex(targetKey(target)).slice(0, 8)}`;
};

/** The same store, all names below one folder. */
export const inFolder = (store: EvidenceStore, folder: string): EvidenceStore => ({
  put: (name, body, contentType) => store.put(`${folder}/${name}`, body, contentType),
  get: (name) => store.get(`${folder}/${name}`),
});
